"""Minimal cut sets, exact probability and importance against trying everything, on random logics."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bcp.engine.failure import diagrams
from bcp.engine.failure.compiled import numba_available
from bcp.engine.failure.cutsets import Analysis, analyse
from bcp.engine.failure.diagrams import Limits
from bcp.engine.failure.logic import Logic
from bcp.errors import BcpError
from tests.engine.logics import TOP, chances, inclusion_exclusion, logic_of, logics, random_logic, truth

COMPILED = pytest.param(
    True, marks=pytest.mark.skipif(not numba_available(), reason="the extra fast is not installed")
)
NO_TIME, ENDED = Limits(seconds=0.0), Limits(ended=lambda: True)
SEEDS = st.integers(0, 10**9)


def assert_sets(known: Analysis, logic: Logic) -> None:
    """Every minimal cut set is listed, in order, and counted; nothing else is."""
    expected = truth(logic).cut_sets
    assert list(known.sets) == expected
    assert known.listed_to is None
    assert (known.event.total, known.event.always) == (len(expected), expected == [()])
    orders = [len(s) for s in expected if s]
    assert known.event.counts == tuple(orders.count(k) for k in range(1, max(orders, default=0) + 1))


@settings(max_examples=300)
@given(logics())
def test_cut_sets_are_those_found_by_trying_every_set(logic: Logic) -> None:
    """All minimal cut sets are listed and counted by order, whatever the gates."""
    known = analyse(logic, TOP, fast=False)
    assert known.event.complete_to is None
    assert known.event.stopped == ""
    assert_sets(known, logic)


@pytest.mark.skipif(not numba_available(), reason="the extra fast is not installed")
@settings(max_examples=100)
@given(logics())
def test_compiled_kernels_find_the_same(logic: Logic) -> None:
    """Compiled kernels give exactly what the plain ones give."""
    q = chances(logic, 1)
    assert analyse(logic, TOP, unavailability=q, fast=True) == analyse(
        logic, TOP, unavailability=q, fast=False
    )


@settings(max_examples=300)
@given(logics(), SEEDS)
def test_probability_is_that_of_all_states_added_up(logic: Logic, seed: int) -> None:
    """The probability is exact, also where it is tiny or components have failed for certain."""
    q = chances(logic, seed)
    expected = truth(logic).probability(q)
    event = analyse(logic, TOP, unavailability=q, fast=False).event
    assert event.unavailability == pytest.approx(expected, rel=1e-11, abs=1e-300)
    assert event.at_least == event.at_most == event.unavailability


@settings(max_examples=100)
@given(logics(most_variables=8, most_gates=6), SEEDS)
def test_probability_is_that_of_inclusion_and_exclusion(logic: Logic, seed: int) -> None:
    """The probability is that of the union of the cut sets that are listed."""
    q = chances(logic, seed)
    known = analyse(logic, TOP, unavailability=q, fast=False)
    assume(1 <= len(known.sets) <= 10)
    assert known.event.unavailability == pytest.approx(
        inclusion_exclusion(list(known.sets), q), rel=1e-9, abs=1e-13
    )


@settings(max_examples=100)
@given(logics(most_variables=10), SEEDS)
def test_importance_is_what_a_component_changes(logic: Logic, seed: int) -> None:
    """Every measure follows from the probability with the component failed, up, and as it is."""
    q = chances(logic, seed)
    table = truth(logic)
    p = table.probability(q)
    known = analyse(logic, TOP, unavailability=q, fast=False)
    assert {i.component for i in known.event.importance} == {name for s in known.sets for name in s}
    for i in known.event.importance:
        failed, up = (table.probability({**q, i.component: x}) for x in (1.0, 0.0))
        assert i.unavailability == q[i.component]
        assert i.birnbaum == pytest.approx(failed - up, rel=1e-9, abs=1e-12)
        if p > 0:
            assert i.fussell_vesely == pytest.approx((p - up) / p, rel=1e-7, abs=1e-9)
            assert i.risk_achievement == pytest.approx(failed / p, rel=1e-9)
        else:
            assert (i.fussell_vesely, i.risk_achievement, i.risk_reduction) == (None, None, None)
        if up > 0:
            assert i.risk_reduction == pytest.approx(p / up, rel=1e-7)
        else:
            assert i.risk_reduction is None


@settings(max_examples=60)
@given(logics(most_variables=10), SEEDS)
def test_birnbaum_is_the_numerical_derivative(logic: Logic, seed: int) -> None:
    """The probability rises by Birnbaum's importance for each unit of a component's unavailability."""
    q = {name: 0.1 + 0.8 * x for name, x in chances(logic, seed).items()}
    known = analyse(logic, TOP, unavailability=q, fast=False).event
    h = 1e-4
    for i in known.importance:
        sides = [
            analyse(logic, TOP, unavailability={**q, i.component: q[i.component] + d}, fast=False).event
            for d in (-h, h)
        ]
        below, above = (side.unavailability for side in sides)
        assert below is not None
        assert above is not None
        assert i.birnbaum == pytest.approx((above - below) / (2 * h), abs=1e-9)


def test_importance_is_sorted_and_rises_with_what_depends_on_it() -> None:
    """The component that most of the unavailability goes back to stands first."""
    logic = logic_of(3, [(2, [0, 1]), (1, [2, 3])])
    names = logic.variables
    known = analyse(logic, TOP, unavailability=dict(zip(names, (0.1, 0.2, 0.01), strict=True))).event
    assert known.unavailability == pytest.approx(1 - 0.99 * 0.98)
    assert [i.component for i in known.importance] == [*sorted(names[:2]), names[2]]
    shares = [i.fussell_vesely for i in known.importance]
    assert all(a >= b for a, b in pairwise(shares))  # type: ignore[operator]


def test_without_figures_a_component_never_fails_and_is_named() -> None:
    """A cut set with a component of unknown unavailability adds nothing, and the answer says which."""
    logic = logic_of(3, [(2, [0, 1]), (1, [2, 3])])
    a, b, c = logic.variables
    event = analyse(logic, TOP, unavailability={a: 0.1, c: 0.01}).event
    assert event.unavailability == pytest.approx(0.01)
    assert event.without_figures == (b,)
    assert {i.component: i.unavailability for i in event.importance} == {a: 0.1, b: None, c: 0.01}
    unasked = analyse(logic, TOP).event
    assert (unasked.unavailability, unasked.at_least, unasked.importance) == (None, None, ())


def test_a_figure_that_is_no_probability_is_refused_by_name() -> None:
    """An unavailability outside 0 to 1 names its component."""
    logic = logic_of(1, [(1, [0])])
    for wrong in (-0.1, 1.5, float("nan")):
        with pytest.raises(BcpError, match=logic.variables[0]):
            analyse(logic, TOP, unavailability={logic.variables[0]: wrong})


@pytest.mark.parametrize(("least", "sets"), [(0, ((),)), (2, ())])
def test_a_constant_top_has_the_empty_cut_set_or_none(least: int, sets: tuple[tuple[str, ...], ...]) -> None:
    """What has failed from the start says so, with order 0; what cannot fail has no cut set."""
    known = analyse(logic_of(1, [(least, [0])]), TOP, unavailability={})
    assert known.sets == sets
    assert known.event.always == (least == 0)
    assert known.event.counts == ()
    assert known.event.unavailability == float(least == 0)


def test_a_top_that_is_a_variable_has_it_as_its_only_cut_set() -> None:
    """A top may be a variable itself."""
    logic = logic_of(2, [(1, [0])], top=1)
    known = analyse(logic, TOP, unavailability={logic.variables[1]: 0.25})
    assert known.sets == ((logic.variables[1],),)
    assert known.event.unavailability == 0.25


@settings(max_examples=60)
@given(logics(), st.integers(0, 4), st.integers(0, 8))
def test_a_short_list_has_the_smallest_sets(logic: Logic, order: int, most: int) -> None:
    """With a limit to order and number, whole orders are listed first, and counts are of all sets."""
    expected = truth(logic).cut_sets
    known = analyse(logic, TOP, order=order, list_up_to=most, fast=False)
    assert known.event.total == len(expected)
    if expected == [()]:
        return
    within = [s for s in expected if len(s) <= order]
    assert len(known.sets) == min(most, len(within))
    assert [len(s) for s in known.sets] == [len(s) for s in within[:most]]
    assert set(known.sets) <= set(within)
    whole = order if known.listed_to is None else known.listed_to
    assert [s for s in known.sets if len(s) <= whole] == [s for s in within if len(s) <= whole]
    if known.listed_to is None:
        assert list(known.sets) == expected


@pytest.mark.parametrize("fast", [False, COMPILED])
def test_very_many_cut_sets_are_counted_without_being_listed(fast: bool) -> None:
    """Twelve joint failures of any of a thousand give 10^36 sets, counted at once."""
    variables = 12_000
    ors = [(1, list(range(1000 * g, 1000 * g + 1000))) for g in range(12)]
    logic = logic_of(variables, [*ors, (12, [variables + g for g in range(12)])])
    event = analyse(logic, TOP, list_up_to=5, fast=fast).event
    assert event.counts == (0,) * 11 + (1000**12,)


def test_a_quorum_of_many_is_counted() -> None:
    """At least 20 of 40 has as many cut sets as there are ways to choose 20 of 40."""
    event = analyse(logic_of(40, [(20, list(range(40)))]), TOP, list_up_to=0, fast=False).event
    assert event.total == 137_846_528_820


def _chain(n: int, odd: int, below: int) -> list[tuple[int, list[int]]]:
    """N gates on top of each other: gate k joins variable k and the gate below, OR for every other k."""
    return [(1 if k % 2 == odd else 2, [k, (below + k - 2) if k > 1 else 0]) for k in range(1, n)]


@pytest.mark.parametrize("fast", [False, COMPILED])
def test_long_chains_are_no_matter_of_depth(fast: bool) -> None:
    """Two chains of two thousand gates over the same variables, without recursion and exact."""
    n = 2001
    gates = _chain(n, 1, n) + _chain(n, 0, 2 * n - 1)
    logic = logic_of(n, [*gates, (2, [n + n - 2, n + 2 * n - 3])])
    q = {name: 0.2 + 0.3 * (v % 3) for v, name in enumerate(logic.variables)}
    # the joint probability of what the two gates say, from the bottom up
    first = q[logic.variables[0]]
    joint = {(False, False): 1 - first, (True, True): first}
    for k in range(1, n):
        step: dict[tuple[bool, bool], float] = {}
        for (a, b), p in joint.items():
            for failed, chance in ((True, q[logic.variables[k]]), (False, 1 - q[logic.variables[k]])):
                new = (a or failed, b and failed) if k % 2 else (a and failed, b or failed)
                step[new] = step.get(new, 0.0) + p * chance
        joint = step
    event = analyse(logic, TOP, unavailability=q, list_up_to=10, fast=fast).event
    assert event.unavailability == pytest.approx(joint[True, True], rel=1e-10)


@pytest.mark.skipif(not numba_available(), reason="the extra fast is not installed")
def test_the_gear_changes_in_the_middle_of_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """What plain Python has begun compiled kernels finish, with the same result."""
    monkeypatch.setattr(diagrams, "_PLAIN", 4)
    monkeypatch.setattr(diagrams, "_START", 4)
    monkeypatch.setattr(diagrams, "_loaded", lambda: False)
    for seed in range(30):
        logic = random_logic(seed, 12, 16)
        q = chances(logic, seed)
        assert analyse(logic, TOP, unavailability=q) == analyse(logic, TOP, unavailability=q, fast=False)


def assert_within(logic: Logic, q: dict[str, float], limits: Limits, *, fast: bool) -> bool:
    """What is known within limits agrees with the truth; whether a limit stopped it."""
    table = truth(logic)
    expected = table.cut_sets
    known = analyse(logic, TOP, unavailability=q, limits=limits, fast=fast)
    event = known.event
    whole = event.complete_to
    if whole is None:
        assert_sets(known, logic)
    else:
        orders = [len(s) for s in expected]
        assert event.counts == tuple(orders.count(k) for k in range(1, whole + 1))
        assert event.total is None
        assert list(known.sets) == [s for s in expected if len(s) <= whole]
        assert str(whole) in event.stopped
    p = table.probability(q)
    assert event.at_least is not None
    assert event.at_most is not None
    assert event.at_least * (1 - 1e-11) <= p <= event.at_most * (1 + 1e-11)
    assert (event.unavailability is None) <= bool(event.stopped)
    return bool(event.stopped)


@pytest.mark.parametrize("fast", [False, COMPILED])
@pytest.mark.parametrize("limits", [Limits(nodes=4), Limits(nodes=20), NO_TIME, ENDED])
def test_a_limit_leaves_bounds_and_complete_orders(limits: Limits, fast: bool) -> None:
    """Stopped by any limit, counts are right for complete orders and bounds hold the truth."""
    stopped = 0
    for seed in range(150):
        logic = random_logic(seed, 12, 16)
        stopped += assert_within(logic, chances(logic, seed), limits, fast=fast)
    assert stopped > (
        -1 if limits in {NO_TIME, ENDED} else 0
    )  # what is small is known before anybody looks at the time


def test_who_ended_the_work_is_told_so() -> None:
    """What somebody ends gives what is known by then, and says that it was ended, not that time was over."""
    logic = logic_of(6, [(2, [0, 1]), (2, [1, 2, 3]), (2, [0, 3, 4, 5]), (1, [6, 7, 8])])
    told = [
        analyse(logic, TOP, limits=limits, fast=False).event.stopped
        for limits in (Limits(nodes=3, ended=lambda: True), Limits(nodes=3))
    ]
    assert told[0].startswith("It was ended before all was known.")
    assert told[1].startswith("The decision diagram grew past 3 nodes.")


def test_with_time_left_the_search_finds_all_that_the_diagram_did_not() -> None:
    """Where only the table is too small, all cut sets and a close probability come from the search."""
    for seed in range(40):
        logic = random_logic(seed, 10, 12)
        q = chances(logic, seed)
        event = analyse(logic, TOP, unavailability=q, limits=Limits(nodes=3, seconds=30), fast=False).event
        assert event.complete_to is None
        assert event.at_least == pytest.approx(event.at_most, rel=1e-9, abs=1e-12)
        assert event.at_least == pytest.approx(truth(logic).probability(q), rel=1e-9, abs=1e-12)


def test_a_stop_is_told_in_the_users_language() -> None:
    """The sentence that says why it stopped is translated."""
    logic = logic_of(6, [(2, [0, 1]), (2, [1, 2, 3]), (2, [0, 3, 4, 5]), (1, [6, 7, 8])])
    texts = [
        analyse(logic, TOP, limits=Limits(nodes=3, seconds=30), language=language, fast=False).event.stopped
        for language in ("en", "sv")
    ]
    assert "3 nodes" in texts[0]
    assert "3 noder" in texts[1]


def test_numbers_are_plain_numbers() -> None:
    """No NumPy type leaks out of compiled kernels into a value."""
    for fast in (False, numba_available()):
        event = analyse(logic_of(2, [(1, [0, 1])]), TOP, unavailability={"v3": 0.5}, fast=fast).event
        assert all(type(n) is int for n in event.counts)
        assert not isinstance(event.unavailability, np.floating)
