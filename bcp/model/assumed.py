"""Figures that somebody took for want of better: which they are, and which verdicts rest on them or on no test."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any

from bcp.model.component import Component
from bcp.model.duration import seconds
from bcp.model.fallback import Fallback
from bcp.model.joins import rests_on
from bcp.model.plan import OpenQuestion, Plan
from bcp.model.run import FallbackState, Run
from bcp.words import Words

_RTO = "bia.rto"


class Doubt(StrEnum):
    """Why a verdict may be better than what it rests on."""

    ASSUMED = "assumed"
    NEVER_TESTED = "never_tested"
    UNKNOWN = "unknown"


def figure(of: Component | Fallback, field: str) -> str:
    """A figure of a component or fallback as a plan file has it, `bia.rto` for one inside; empty where none is said."""
    data: Any = of.model_dump(mode="json", exclude_none=True)
    for part in field.split("."):
        data = data.get(part) if isinstance(data, Mapping) else None
    return "" if data is None else str(data)


def assumed(plan: Plan, about: str) -> tuple[str, ...]:
    """The figures of a component or fallback that were taken for want of better and that nobody has confirmed.

    A figure is confirmed by changing it, by answering the question that says so, and, of a fallback, by a test;
    a test does not tell how long a fallback lasts of which nobody has said that.
    """
    return _assumed(plan, [q for q in plan.document.questions if q.about == about])


def _assumed(plan: Plan, questions: Iterable[OpenQuestion]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for question in questions:
        subject = plan.components.get(question.about) or plan.fallbacks.get(question.about)
        if subject is None:
            continue
        tested = isinstance(subject, Fallback) and subject.last_tested is not None
        found |= {
            f: None
            for f, value in question.assumes.items()
            if figure(subject, f) == value and not (tested and value)
        }
    return tuple(found)


def endurance_unsaid(plan: Plan, fallback: str) -> bool:
    """Whether nobody has said how long a fallback can be kept up; it counts as without limit, which is too good."""
    f = plan.fallbacks[fallback]
    return f.endurance is None and "endurance" in assumed(plan, fallback)


def kept_up(plan: Plan, fallback: str, _: Words, *, endless: str) -> str:
    """How long a fallback can be kept up, in words; `endless` where the plan says that nothing ends it."""
    if endurance_unsaid(plan, fallback):
        return _("unknown for how long")
    length = plan.fallbacks[fallback].endurance
    return endless if length is None else _.length(length)


def still_open(plan: Plan) -> tuple[OpenQuestion, ...]:
    """The questions of the plan that wait for an answer: those about assumed figures only while these are assumed."""
    return tuple(q for q in plan.document.questions if not q.assumes or _assumed(plan, [q]))


def confirmed(plan: Plan, about: str) -> Plan:
    """The plan with the assumed figures of a component or fallback confirmed as they are."""
    left = tuple(q for q in plan.document.questions if q.about != about or not q.assumes)
    return plan.model_copy(update={"document": plan.document.model_copy(update={"questions": left})})


def doubts(plan: Plan, fallback: str, limit_of: str = "") -> tuple[Doubt, ...]:
    """What the verdict on a fallback must be read with; `limit_of` is the activity whose RTO it was judged by."""
    found = []
    if assumed(plan, fallback) or (limit_of and _RTO in assumed(plan, limit_of)):
        found.append(Doubt.ASSUMED)
    if plan.fallbacks[fallback].last_tested is None:
        found.append(Doubt.NEVER_TESTED)
    return tuple(found)


def outcome_doubts(plan: Plan, activity: str, run: Run, unsure: Collection[str] = ()) -> tuple[Doubt, ...]:
    """What must be read with what a run says of an activity: its limits, and the fallbacks that carried for it.

    `unsure` are the fallbacks of which the plan does not say enough to know whether they hold.
    """
    below = {activity, *rests_on(plan, (activity,))}
    carried = [
        f
        for f, states in run.fallbacks.items()
        if plan.fallbacks[f].protects in below and any(s is FallbackState.ACTIVE for _, s in states)
    ]
    found = {doubt for f in carried for doubt in doubts(plan, f)}
    if set(carried) & set(unsure):
        found.add(Doubt.UNKNOWN)
    if set(assumed(plan, activity)) & {_RTO, "bia.mtpd", "bia.mbco"}:
        found.add(Doubt.ASSUMED)
    return tuple(doubt for doubt in Doubt if doubt in found)


def doubt_name(doubt: Doubt, _: Words) -> str:
    """The word beside the verdict."""
    return {
        Doubt.ASSUMED: _("assumed"),
        Doubt.NEVER_TESTED: _("never tested"),
        Doubt.UNKNOWN: _("unknown whether it holds"),
    }[doubt]


def with_doubts(verdict: str, found: Collection[Doubt], _: Words) -> str:
    """A verdict in words with its doubts behind it: `Usable (assumed, never tested)`."""
    return f"{verdict} ({', '.join(doubt_name(d, _) for d in found)})" if found else verdict


def figure_text(field: str, value: str, _: Words) -> str:
    """A figure by its name, with its value as people read it."""
    name, shown = {
        "lead_time": (_("time from the decision until it works"), _length),
        "decision": (_("time to decide"), _length),
        "capacity": (_("share of the calls"), _share),
        "endurance": (_("how long it can be kept up"), _endurance),
        "reach": (_("share of the customers reached"), _share),
        "bia.mtpd": (_("longest tolerable outage (MTPD)"), _length),
        "bia.rto": (_("recovery time objective (RTO)"), _length),
        "bia.mbco": (_("share of the calls that is enough (MBCO)"), _share),
        "bia.demand": (_("calls per hour"), _rate),
    }.get(field, (field, _as_it_is))
    return f"{name}: {shown(value, _)}"


def _endurance(value: str, _: Words) -> str:
    return _length(value, _) if value else _("nobody has said; counted as without limit")


def _length(value: str, _: Words) -> str:
    return _.length(seconds(value))


def _share(value: str, _: Words) -> str:
    return _.percent(float(value))


def _rate(value: str, _: Words) -> str:
    return value.removesuffix("/h")


def _as_it_is(value: str, _: Words) -> str:
    return value


def question_about(
    about: str, figures: Mapping[str, str], _: Words, *, kept: Collection[str] = ()
) -> OpenQuestion:
    """The question that says which figures of a thing were assumed, for whoever can confirm them.

    `kept` are those that somebody saw proposed and let stand. They are told apart, because whoever reads the list
    would else think that nobody had ever looked; they are assumed all the same, because to let a proposal stand is
    not to have measured.
    """
    unseen = {f: v for f, v in figures.items() if f not in kept}
    seen = {f: v for f, v in figures.items() if f in kept}
    told = []
    if unseen:
        told.append(_("Assumed, because nobody has said otherwise: {figures}.", figures=_listed(unseen, _)))
    if seen:
        told.append(_("Proposed, seen and kept when the plan was made: {figures}.", figures=_listed(seen, _)))
    text = " ".join((*told, _("Is that right?")))
    return OpenQuestion(about=about, text=text, assumes=figures, kept=tuple(f for f in figures if f in seen))


def _listed(figures: Mapping[str, str], _: Words) -> str:
    return "; ".join(figure_text(field, value, _) for field, value in figures.items())
