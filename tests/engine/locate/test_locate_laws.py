"""Where a fault lies: what must hold for any calls."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.engine.locate.reader import reader_for
from bcp.engine.locate.samples import samples_of
from bcp.engine.locate.suspects import component_probabilities, locate
from bcp.model.call import OK, Call, Calls
from bcp.model.locate_words import name_text
from bcp.model.plan import Plan
from tests.strategies import plans

RESULTS = st.sampled_from([OK, OK, OK, "no connection", "one-way"])


@st.composite
def planned_calls(draw: st.DrawFn) -> tuple[Plan, Calls]:
    """A random plan and calls that name its components, operators and things outside it."""
    plan = draw(plans(max_components=8, max_fallbacks=0))
    names = [*sorted(plan.components), "alfa", "outside", "+46771123456"]
    some = st.lists(st.sampled_from(names), max_size=2, unique=True).map(tuple)
    rows = draw(st.lists(st.tuples(some, some, some, RESULTS, st.integers(1, 4)), min_size=1, max_size=8))
    calls = [
        (origin, to or ("outside",), via, result) for origin, to, via, result, n in rows for _ in range(n)
    ]
    return plan, Calls(tuple(Call(row, "", *call) for row, call in enumerate(calls, 2)))


def said(plan: Plan, calls: Calls) -> dict[str, float]:
    """The probability of every column."""
    samples = samples_of(reader_for(plan, calls), calls)
    found = component_probabilities(samples)
    return {named.name: float(p) for named, p in zip(samples.columns, found, strict=True)}


def close(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two results say the same."""
    return all(abs(one.get(i, 0.0) - other.get(i, 0.0)) < 1e-6 for i in {*one, *other})


@given(planned_calls())
@settings(max_examples=25, deadline=None)
def test_probabilities_are_probabilities(made: tuple[Plan, Calls]) -> None:
    """Every probability lies between 0 and 1, lines are of the list, and the most probable come first."""
    plan, calls = made
    found = locate(plan, calls)
    chances = [s.probability for s in found.suspects]
    assert chances == sorted(chances, reverse=True)
    assert all(0.0 <= p <= 1.0 for p in (*chances, found.chance, found.background, found.outside_probability))
    failed = {call.row for call in calls.calls if call.failed}
    for suspect in found.suspects:
        assert set(suspect.explains) <= failed
        assert not set(suspect.contradicted_by) & failed
        assert suspect.well <= suspect.through + 1
    assert (found.next_test is None) == (not found.suspects)


@given(planned_calls(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_calls_changes_nothing(made: tuple[Plan, Calls], shuffled: object) -> None:
    """The same calls in another order say the same."""
    plan, calls = made
    rows = list(calls.calls)
    shuffled.shuffle(rows)  # type: ignore[attr-defined]
    assert close(said(plan, calls), said(plan, Calls(tuple(rows))))


@given(planned_calls())
@settings(max_examples=20, deadline=None)
def test_names_change_nothing(made: tuple[Plan, Calls]) -> None:
    """With every id called otherwise, in another order, each component keeps its probability."""
    plan, calls = made
    new = {i: f"z{97 - n}" for n, i in enumerate(sorted(plan.components))}
    data = plan.model_dump(mode="json", exclude_defaults=True)
    renamed = Plan.model_validate({**data, "components": _renamed(data["components"], new)})
    again = tuple(
        Call(
            c.row,
            c.time,
            *(tuple(new.get(n, n) for n in names) for names in (c.origin, c.to, c.via)),
            c.result,
        )
        for c in calls.calls
    )
    before, after = said(plan, calls), said(renamed, Calls(again))
    assert close({name_text(i, lambda end: new.get(end, end)): p for i, p in before.items()}, after)


def _renamed(value: object, new: dict[str, str], key: str = "") -> object:
    """Plain data of components with ids exchanged wherever they stand, names of fields left alone."""
    if isinstance(value, dict):
        keyed = key in ("", "pool", "split")
        return {
            (new.get(k, k) if keyed else k): _renamed(v, new, k if key else "component")
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [_renamed(v, new, key) for v in value]
    return (
        new.get(value, value)
        if isinstance(value, str) and key in ("needs", "any_of", "of", "requires")
        else value
    )


@given(st.integers(1, 6), st.integers(0, 8), st.integers(1, 5), st.booleans())
@settings(max_examples=20, deadline=None)
def test_a_success_never_speaks_for_what_it_went_through(
    failed: int,
    well: int,
    added: int,
    noisy: bool,
) -> None:
    """Of two parts with the same calls so far, the one that a further good call went through is the less probable."""
    components = {i: {"kind": "system", "name": i} for i in ("x", "y", "other")}
    plan = Plan.model_validate({"organisation": {"name": "Test"}, "components": components})
    rows = [(("x", "y"), "no connection")] * failed + [(("x", "y"), OK)] * well + [(("other",), OK)] * 4
    rows += [(("other",), "no connection")] * noisy
    calls = [Call(n, "", (), to, (), result) for n, (to, result) in enumerate(rows, 2)]
    before = said(plan, Calls(tuple(calls)))
    good = [Call(n, "", (), ("x",), (), OK) for n in range(100, 100 + added)]
    after = said(plan, Calls((*calls, *good)))
    assert abs(before["x"] - before["y"]) < 1e-9
    assert after["x"] < after["y"]
