"""What is computed once and kept while the server runs.

Plans, scenarios and runs are frozen values, so that sessions can share them without copies. Everything
is keyed by what it is made from: a plan by its content hash, a run by plan, scenario and settings.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from bcp import usecases
from bcp.errors import Problem
from bcp.model.exercise import Exercise
from bcp.model.finding import RuleText
from bcp.model.plan import Plan
from bcp.model.route import RoutingPlan
from bcp.model.run import Run
from bcp.model.scenario import Parameter, Scenario
from bcp.model.sitting import Sitting
from bcp.model.what_if import Trial, applied
from bcp.model.why import Why
from bcp.store import PlanStore, Stored
from bcp.store.location import default_path
from bcp.ui.parts.pages_of import images
from bcp.ui.per_plan import content_hash
from bcp.words import words

Settings = tuple[tuple[str, str], ...]
"""A scenario's parameters as they were set, sorted by name."""


def store() -> PlanStore:
    """The store of saved plans, one for the whole server."""
    return _store(str(default_path()))


@st.cache_resource(show_spinner=False)
def _store(path: str) -> PlanStore:  # noqa: ARG001 - the key: tests use several
    return usecases.default_store()


def stored(name: str, revision: int) -> Stored:
    """A saved revision of a plan; it never changes."""
    return _stored(str(default_path()), store().identity(name), name, revision)


@st.cache_resource(show_spinner=False, max_entries=200)
def _stored(path: str, identity: int, name: str, revision: int) -> Stored:
    del path, identity  # the key: tests use several stores, and a name may be given to another plan
    return store().load(name, revision)


def tried(plan: Plan, trials: tuple[Trial, ...]) -> Plan:
    """The plan with changes on trial made, which nobody has saved. Raises BcpError where one does not fit it."""
    return _tried(plan.content_hash, plan, trials) if trials else plan


@st.cache_resource(show_spinner=False, max_entries=50, hash_funcs={Trial: lambda t: t.model_dump_json()})
def _tried(plan_hash: str, _plan: Plan, trials: tuple[Trial, ...]) -> Plan:
    del plan_hash  # the key
    return applied(_plan, trials)


@st.cache_resource(show_spinner=False)
def library() -> tuple[Scenario, ...]:
    """The scenarios that come with the product."""
    return usecases.library()


@st.cache_resource(show_spinner=False)
def shelf() -> usecases.Shelf:
    """The countries, causes and patterns of the library."""
    return usecases.shelf()


@st.cache_resource(show_spinner=False, max_entries=200)
def scenario(reference: str, settings: Settings) -> Scenario:
    """A scenario with these settings."""
    return usecases.scenario(reference, dict(settings), store=store())


def scenario_on(plan: Plan, reference: str, settings: Settings) -> Scenario:
    """A scenario with these settings, and with those that only one thing in the plan fits."""
    return _scenario_on(content_hash(plan), reference, settings, plan)


@st.cache_resource(show_spinner=False, max_entries=200)
def _scenario_on(plan_hash: str, reference: str, settings: Settings, _plan: Plan) -> Scenario:
    del plan_hash  # the key
    return usecases.scenario_on(_plan, reference, dict(settings), store=store())


def fitted(plan: Plan, reference: str) -> Mapping[str, str]:
    """The settings of a scenario that only one thing in the plan fits, by name."""
    return _fitted(content_hash(plan), reference, plan)


@st.cache_resource(show_spinner=False, max_entries=200)
def _fitted(plan_hash: str, reference: str, _plan: Plan) -> Mapping[str, str]:
    del plan_hash  # the key
    return usecases.fitted(_plan, reference, store=store())


def first_choice(plan: Plan, known: Mapping[str, Scenario], wanted: tuple[str, ...]) -> str:
    """The outage to show first on a plan: one of those `wanted` or `known` that strikes it; empty for none."""
    return _first_choice(plan.content_hash, tuple(known), wanted, plan, known)


@st.cache_resource(show_spinner=False, max_entries=200)
def _first_choice(
    plan_hash: str,
    references: tuple[str, ...],
    wanted: tuple[str, ...],
    _plan: Plan,
    _known: Mapping[str, Scenario],
) -> str:
    del plan_hash, references  # the key
    return usecases.first_choice(_plan, _known, wanted)


def run(plan: Plan, reference: str, settings: Settings) -> Run:
    """The run of a plan under a scenario."""
    return _run(plan.content_hash, plan, reference, settings)


@st.cache_resource(show_spinner=False, max_entries=200)
def _run(plan_hash: str, _plan: Plan, reference: str, settings: Settings) -> Run:
    del plan_hash  # the key
    return usecases.run(_plan, scenario_on(_plan, reference, settings))


def why(plan: Plan, reference: str, settings: Settings, component: str, t_s: float) -> Why:
    """Why a component is where it is at scenario time `t_s` (seconds)."""
    return _why(plan.content_hash, plan, reference, settings, component, t_s)


@st.cache_resource(show_spinner=False, max_entries=500)
def _why(plan_hash: str, _plan: Plan, reference: str, settings: Settings, component: str, t_s: float) -> Why:
    del plan_hash  # the key
    return usecases.why(_plan, scenario_on(_plan, reference, settings), component, t_s)


def problems(plan: Plan) -> tuple[Problem, ...]:
    """What keeps a plan from being run."""
    return _problems(content_hash(plan), plan)


@st.cache_resource(show_spinner=False, max_entries=200)
def _problems(plan_hash: str, _plan: Plan) -> tuple[Problem, ...]:
    del plan_hash  # the key
    return usecases.problems(_plan)


def routes(plan: Plan, reference: str, settings: Settings) -> tuple[RoutingPlan, ...]:
    """The fallback routing plan, under a scenario or, with an empty reference, under none."""
    return _routes(plan.content_hash, plan, reference, settings)


@st.cache_resource(show_spinner=False, max_entries=100)
def _routes(plan_hash: str, _plan: Plan, reference: str, settings: Settings) -> tuple[RoutingPlan, ...]:
    del plan_hash  # the key
    return usecases.routes(_plan, scenario_on(_plan, reference, settings) if reference else None)


@st.cache_resource(show_spinner=False, max_entries=100)
def _unsure(plan_hash: str, _plan: Plan) -> frozenset[str]:
    del plan_hash  # the key
    return usecases.unsure(_plan)


def unsure(plan: Plan) -> frozenset[str]:
    """The fallbacks of which the plan does not say enough to know whether they hold."""
    return _unsure(plan.content_hash, plan)


def reach(plan: Plan, reference: str, settings: Settings) -> usecases.Reached:
    """Who can be reached, and which fallback steps can be done, in a scenario."""
    return _reach(plan.content_hash, plan, reference, settings)


@st.cache_resource(show_spinner=False, max_entries=100)
def _reach(plan_hash: str, _plan: Plan, reference: str, settings: Settings) -> usecases.Reached:
    del plan_hash  # the key
    return usecases.reach(_plan, scenario_on(_plan, reference, settings))


@st.cache_resource(show_spinner=False)
def rules(language: str) -> tuple[RuleText, ...]:
    """The catalogue of rules in a language."""
    return tuple(RuleText.model_validate(rule) for rule in usecases.rules(words(language)))


@st.cache_data(show_spinner=False, max_entries=20)
def page_images(pdf: bytes, first: int, count: int) -> tuple[list[bytes], int]:
    """Pages of a PDF as PNG, `count` of them from page `first` (from 0), and how many pages it has."""
    return images(pdf, first, count)


def exercise(plan: Plan, sitting: Sitting) -> Exercise | None:
    """What the generator writes for a sitting's scenario: roles, what is expected, answer key; None without one."""
    if sitting.scenario is None:
        return None
    return _exercise(plan.content_hash, sitting.id, sitting.language, plan, sitting.scenario)


@st.cache_resource(show_spinner=False, max_entries=50)
def _exercise(plan_hash: str, sitting_id: str, language: str, _plan: Plan, _scenario: Scenario) -> Exercise:
    del plan_hash, sitting_id  # the key
    return usecases.exercises.exercise(_plan, _scenario, language)


@st.cache_resource(show_spinner=False)
def example(name: str) -> Plan:
    """A shipped example organisation."""
    return usecases.open_plan(f"example:{name}").plan


@st.cache_resource(show_spinner=False, max_entries=200)
def parameters(reference: str) -> Mapping[str, Parameter]:
    """What may be set in a scenario."""
    return usecases.scenario_parameters(reference, store=store())
