"""Which operators are offered for what: whoever runs the sort of thing that is asked about comes first."""

from __future__ import annotations

from bcp.model.block import Answers
from bcp.model.operators_known import known_operators
from tests.model.blocks import BLOCKS, placed, told


def test_who_runs_such_a_thing_comes_first() -> None:
    """For a mobile: the mobile operator, then whoever runs other platforms; who runs the web site is another matter."""
    plan = placed(
        ("web-page", told(supplier="Webbhallen")),
        ("fixed-number", told(number="+46104551234", operator="Telia")),
        ("answered-on-mobiles", Answers(values={"operator": "Tre"})),
    ).plan
    assert known_operators(plan, BLOCKS["staff-mobiles"], "operator") == (("Tre", "Telia"), ("Webbhallen",))
    assert known_operators(plan, BLOCKS["sms-notices"], "supplier") == (("Webbhallen",), ("Telia", "Tre"))


def test_an_empty_plan_names_nobody() -> None:
    """Without operators there is nothing to offer."""
    plan = placed(("customer-service", Answers())).plan
    assert known_operators(plan, BLOCKS["staff-mobiles"], "operator") == ((), ())
