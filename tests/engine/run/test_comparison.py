from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from bcp import usecases
from bcp.engine.run.comparison import changed_places
from bcp.model.comparison import Change, Comparison, Difference
from bcp.model.plan import Plan
from tests.strategies import plans

PLAN = usecases.open_plan("example:kommun").plan
TELIA = usecases.scenario("se-telia-020-0771")
DAY = date(2026, 3, 3)

OPPOSITE = {
    Change.BETTER: Change.WORSE,
    Change.WORSE: Change.BETTER,
    Change.ADDED: Change.REMOVED,
    Change.REMOVED: Change.ADDED,
    Change.MIXED: Change.MIXED,
    Change.SAME: Change.SAME,
}


def _compared(before: Plan, after: Plan) -> Comparison:
    return usecases.compare(("before", before, TELIA), ("after", after, TELIA), on=DAY)


def _of(differences: tuple[Difference, ...], subject: str) -> Difference:
    return next(d for d in differences if d.subject == subject)


def _without_lead_time() -> tuple[str, Plan]:
    """The example in which its first late fallback carries load at once, and that fallback."""
    late = next(
        o.fallback
        for r in usecases.routes(PLAN, TELIA)
        for o in r.options
        if o.verdict == "too_late" and o.triggered and not PLAN.fallbacks[o.fallback].automatic
    )
    quick = PLAN.fallbacks[late].model_copy(update={"lead_time": 0.0, "decision": 0.0})
    return late, PLAN.model_copy(update={"fallbacks": {**PLAN.fallbacks, late: quick}})


def test_a_plan_compared_with_itself_is_the_same_in_every_figure() -> None:
    """A plan compared with itself is the same in every figure."""
    found = _compared(PLAN, PLAN)
    assert {d.change for d in (*found.activities, *found.fallbacks)} == {Change.SAME}
    assert found.changes == found.findings_gone == found.findings_new == ()
    assert {d.subject for d in found.activities} == set(PLAN.activities)
    assert {d.subject for d in found.fallbacks} == set(PLAN.fallbacks)


def test_a_shorter_lead_time_makes_its_fallback_better_and_names_the_place() -> None:
    """A shorter lead time makes its fallback better, and the changed place is named."""
    late, quick = _without_lead_time()
    found = _compared(PLAN, quick)
    measures = {m.name: m for m in _of(found.fallbacks, late).measures}
    assert measures["active_from_s"].change is Change.BETTER
    assert measures["active_from_s"].after < measures["active_from_s"].before
    assert set(found.changes) == {f"fallbacks.{late}.lead_time", f"fallbacks.{late}.decision"}


def test_the_other_way_round_better_is_worse() -> None:
    """The other way round what was better is worse, in every measure."""
    _, quick = _without_lead_time()
    there, back = _compared(PLAN, quick), _compared(quick, PLAN)
    for one, other in zip(
        (*there.activities, *there.fallbacks), (*back.activities, *back.fallbacks), strict=True
    ):
        assert one.change is OPPOSITE[other.change]
        for m, n in zip(one.measures, other.measures, strict=True):
            assert (m.before, m.after, m.change) == (n.after, n.before, OPPOSITE[n.change])


def test_a_fallback_that_is_taken_out_is_gone_and_its_findings_with_it() -> None:
    """A fallback that is taken out is told as gone, and findings about it with it."""
    taken = usecases.check(PLAN, on=DAY)
    subject = next(f.subject for f in taken if f.subject in PLAN.fallbacks)
    less = PLAN.model_copy(update={"fallbacks": {i: f for i, f in PLAN.fallbacks.items() if i != subject}})
    found = _compared(PLAN, less)
    assert _of(found.fallbacks, subject).change is Change.REMOVED
    assert all(m.after is None for m in _of(found.fallbacks, subject).measures)
    assert subject in {f.subject for f in found.findings_gone}
    assert f"fallbacks.{subject}" in found.changes


def test_two_scenarios_on_one_plan_differ_in_what_they_take_down() -> None:
    """Two scenarios on one plan differ in what they take down, and not in findings."""
    power = usecases.scenario("site-power")
    found = usecases.compare(("Telia", PLAN, TELIA), ("power", PLAN, power), on=DAY)
    assert (found.before.scenario, found.after.scenario) == (TELIA.id, power.id)
    assert Change.BETTER in {d.change for d in found.activities}
    assert found.findings_gone == found.findings_new == found.changes == ()


@given(plan=plans())
def test_without_a_scenario_any_plan_compares_with_itself(plan: Plan) -> None:
    """Without a scenario any plan compares with itself, and nothing has changed."""
    found = usecases.compare(("a", plan, None), ("b", plan, None))
    assert {d.change for d in (*found.activities, *found.fallbacks)} <= {Change.SAME}


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("organisation", PLAN.organisation.model_copy(update={"name": "Another"}), "organisation.name"),
        ("contacts", {}, "contacts"),
    ],
)
def test_changed_places_are_named_at_the_field_or_the_part(field: str, value: object, place: str) -> None:
    """Changed places are named at the field, and a part that is gone as a whole by its entries."""
    found = changed_places(PLAN, PLAN.model_copy(update={field: value}))
    assert found
    assert all(text.startswith(place) for text in found)
