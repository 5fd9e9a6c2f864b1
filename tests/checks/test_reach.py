from __future__ import annotations

from hypothesis import given

from bcp.checks.reach import Reach
from bcp.engine.levels.selectors import Lineage
from bcp.model.component import Kind
from bcp.model.plan import Plan
from tests.strategies import plans


@given(plans())
def test_reach_agrees_with_walking_the_requirements(plan: Plan) -> None:
    """What rests on what is the same whether it is kept in bits or walked one requirement after another."""
    reach, lineage = Reach(plan), Lineage(plan)
    for i in plan.components:
        below = lineage.rests_on([i])
        assert set(reach.ids(reach.below(i))) == below
        assert {j for j in plan.components if reach.rests(i, j)} == below
        assert set(reach.activities_on(i)) == lineage.carried_by([i]) & set(plan.activities)


@given(plans())
def test_tops_cover_everything_and_rest_on_none_of_each_other(plan: Plan) -> None:
    """The tops of a set rest on no other top, and all of the set lies below them."""
    reach = Reach(plan)
    some = reach.mask(list(plan.components)[::2])
    tops = reach.tops(some)
    covered = 0
    for top in tops:
        covered |= reach.below(top)
        assert not any(reach.rests(top, other) for other in tops if other != top)
    assert some & ~covered == 0
    assert tops == sorted(tops)


@given(plans())
def test_kinds_have_their_bits(plan: Plan) -> None:
    """The bits of a kind are its components."""
    reach = Reach(plan)
    assert set(reach.ids(reach.of_kind(Kind.ACTIVITY, Kind.TEAM))) == set(
        plan.of_kind(Kind.ACTIVITY, Kind.TEAM)
    )
