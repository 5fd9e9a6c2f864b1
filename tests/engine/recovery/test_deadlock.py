"""Black-start deadlocks and the requirements to break, on worked plans and against trying every choice."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from bcp.engine.levels.compile import compile_plan
from bcp.engine.recovery.deadlock import deadlocks
from bcp.engine.recovery.restart import restart_order
from bcp.model.plan import Plan
from bcp.model.recovery import Deadlock
from tests.engine.coarse import coarse_plans
from tests.engine.worked import plan_of


def found_in(plan: Plan, **limits: int) -> tuple[Deadlock, ...]:
    """The deadlocks of a plan."""
    system = compile_plan(plan)
    return deadlocks(plan, system, restart_order(plan, system), **limits)


def at_start(component: str) -> dict[str, str]:
    """A requirement that counts only to start."""
    return {"needs": component, "during": "start"}


def test_what_is_needed_only_to_start_is_broken_first() -> None:
    """Power waits for its management network to start; the network needs power to run: do without the former."""
    plan = plan_of(
        {"power": {"requires": ["site", at_start("net")]}, "net": {"requires": "power"}, "site": {}}
    )
    [found] = found_in(plan)
    [broken] = found.breaks
    assert (broken.owner, broken.requirement, broken.members, broken.during) == (
        "power",
        1,
        ("net",),
        "start",
    )
    assert (found.exact, found.at_least, found.ways_out, broken.stands_in) == (True, 1, (), ())


def test_one_requirement_in_the_middle_of_two_rings_is_enough() -> None:
    """Login and directory, and login and mail, wait for each other: what login waits for is one any-of."""
    plan = plan_of(
        {
            "login": {"requires": [{"quorum": 2, "of": ["directory", "mail"], "during": "start"}]},
            "directory": {"requires": at_start("login")},
            "mail": {"requires": at_start("login")},
        }
    )
    [found] = found_in(plan)
    assert [(b.owner, b.members) for b in found.breaks] == [("login", ("directory", "mail"))]


def test_a_fallback_that_stands_in_is_named_with_what_it_breaks() -> None:
    """The emergency login delivers in the directory's place, and the group starts by it."""
    plan = plan_of(
        {"login": {"requires": at_start("directory")}, "directory": {"requires": "login"}, "paper": {}},
        {"emergency": {"protects": "directory", "via": "paper"}},
    )
    [found] = found_in(plan)
    assert [b.stands_in for b in found.breaks] == [("emergency",)]
    assert found.ways_out == ("emergency",)


def test_a_choice_that_may_not_be_the_smallest_says_so() -> None:
    """Four that each need each other to start take three breaks; without time to search, a bound is given."""
    ids = [f"c{k}" for k in range(4)]
    plan = plan_of({i: {"requires": [at_start(j) for j in ids if j != i]} for i in ids})
    [exact], [greedy] = found_in(plan), found_in(plan, visits=0)
    assert (exact.exact, exact.at_least, len(exact.breaks)) == (True, 6, 6)
    assert not greedy.exact
    assert greedy.at_least <= 6 <= len(greedy.breaks)


def starts_without(plan: Plan, group: tuple[str, ...], broken: set[tuple[str, int]]) -> bool:
    """Whether a group starts without some requirements, when all outside it delivers."""
    components = {}
    for i, c in plan.components.items():
        kept = tuple(r for k, r in enumerate(c.requires) if (i, k) not in broken)
        components[i] = c.model_copy(update={"requires": kept if i in group else ()})
    rest = plan.model_copy(update={"components": components, "fallbacks": {}})
    return set(group) <= restart_order(rest, compile_plan(rest)).ready_s.keys()


@given(coarse_plans())
def test_the_breaks_are_enough_and_no_fewer_are(plan: Plan) -> None:
    """A group starts without them; without any smaller set, or one with fewer running ones, it does not."""
    for found in found_in(plan):
        group = found.components
        chosen = {(b.owner, b.requirement) for b in found.breaks}
        assert found.exact
        assert starts_without(plan, group, chosen)
        every = [(i, k) for i in group for k in range(len(plan.components[i].requires))]
        running = sum(plan.components[i].requires[k].during == "run" for i, k in chosen)
        for size in range(len(chosen) + 1):
            for other in itertools.combinations(every, size):
                least = sum(plan.components[i].requires[k].during == "run" for i, k in other)
                if size < len(chosen) or least < running:
                    assert not starts_without(plan, group, set(other))


@pytest.mark.parametrize("visits", [0, 1000])
@given(plan=coarse_plans())
def test_a_greedy_choice_starts_the_group_too(plan: Plan, visits: int) -> None:
    """However little is looked at, what is broken is enough and the bound is not above it."""
    for found in found_in(plan, visits=visits):
        chosen = {(b.owner, b.requirement) for b in found.breaks}
        assert starts_without(plan, found.components, chosen)
        assert found.at_least <= len(chosen)
