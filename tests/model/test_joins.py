"""What a block is joined to unasked, and whom the one decision holds for: never more than somebody has said."""

from __future__ import annotations

from bcp import usecases
from bcp.engine.fate.shared_fate import shared_fate
from bcp.model.block import UNKNOWN, Answers
from bcp.model.component import STAND_IN
from bcp.model.fate import Fate
from bcp.model.placing import place
from tests.model.blocks import BLOCKS, placed, told


def test_nobody_says_where_a_reserve_comes_in_unasked() -> None:
    """Whoever only presses Enter claims neither that a reserve shares the usual way in nor that it has its own."""
    done = placed(
        ("customer-service", Answers()),
        ("se-service-number", told(number="+46771123456", operator="Telia")),
        ("own-pbx", told(operator="Telia")),
        ("web-page", told(supplier="Webbhallen")),
        ("publish-other-number", told(number="+46104551234", operator="Tele2")),
    )
    (fallback,) = done.plan.fallbacks.values()
    (reserve,) = [done.plan.components[i] for i in fallback.via]
    below = {m for r in reserve.requires for m in r.members}
    assert "sip-trunk-telia-pbx" not in below
    assert [i for i in below if STAND_IN in done.plan.components[i].tags]
    assert [i for i in fallback.needs if STAND_IN in done.plan.components[i].tags]
    assert shared_fate(done.plan)[0].verdict == Fate.UNKNOWN
    asked = [q.text for q in done.questions]
    assert any("Over which line" in text for text in asked)
    assert any("On which channels" in text for text in asked)


def test_only_what_has_none_yet_is_joined_unasked() -> None:
    """A second number is not taken for one that the activity cannot do without; whom it serves is asked."""
    first = placed(
        ("customer-service", Answers()), ("fixed-number", told(number="+46104551234", operator="Telia"))
    )
    assert first.joined == ("customer-service",)
    second = place(first.plan, BLOCKS["fixed-number"], told(number="+46104551235", operator="Telia"), BLOCKS)
    assert second.joined == ()
    assert any("Which activities" in q.text for q in second.questions)
    said = Answers(
        values={"number": "+46104551235", "operator": "Telia"}, joins={"serves": ("customer-service",)}
    )
    joined = place(first.plan, BLOCKS["fixed-number"], said, BLOCKS)
    assert joined.joined == ("customer-service",)
    assert any("Does it need each" in q.text for q in joined.questions)


def test_an_alarm_that_calls_out_has_no_number_of_the_customers() -> None:
    """Lift telephones fall with their SIM's operator, not with the number that customers call."""
    done = placed(
        ("customer-service", Answers()),
        ("alarms-on-mobile", told(operator="Telia", receiver="Larmcentralen")),
        ("se-service-number", told(number="+46771123456", operator="Telia")),
    )
    assert done.joined == ("customer-service",)
    down = usecases.run(done.plan, usecases.scenario("component-out", {"component": "telia-mobile"}))
    assert down.activities["lift-telephones-and-alarms"].downtime_s > 0
    assert down.activities["customer-service"].downtime_s == 0


def test_the_decision_holds_for_every_fallback_that_says_nothing_else() -> None:
    """Time and owner go to the fallbacks without their own; the person named before gets the mobile."""
    base = (
        ("customer-service", Answers()),
        ("fixed-number", told(number="+46104551234", operator="Telia")),
        ("publish-other-number", told(number="+46104551235", operator="Tele2", who="Anna Berg")),
        ("staff-mobiles", told(number="+46701740605", operator="Tre")),
    )
    said = told(
        name="Anna Berg", mobile="+46701740606", operator="Telia", substitute="Bo Ek", time="1h",
        substitute_mobile="+46701740607", substitute_operator="Tele2",
    )  # fmt: skip
    plan = placed(*base, ("decision", said)).plan
    assert {f.decision for f in plan.fallbacks.values()} == {3600.0}
    assert {f.owner for f in plan.fallbacks.values()} == {"person-anna-berg"}
    anna = plan.contacts["person-anna-berg"]
    assert (anna.mobile, anna.deputy) == ("+46701740606", "person-bo-ek")
    assert plan.document.activation.decided_by == ("person-anna-berg", "person-bo-ek")
    nobody = placed(*base, ("decision", told(name=UNKNOWN, substitute=UNKNOWN, time=UNKNOWN)))
    assert {f.decision for f in nobody.plan.fallbacks.values()} == {None}
    (who,) = [q for q in nobody.questions if "Who decides" in q.text]
    assert who.about == "plan"
    assert not any("mobile number of whoever" in q.text for q in nobody.questions)


def test_two_people_of_one_name_are_one_only_with_one_mobile() -> None:
    """The same name with another mobile is somebody else."""
    done = placed(
        ("crisis-member", told(name="Anna", mobile="+46701740605", operator="Telia")),
        ("crisis-member", told(name="Anna", mobile="+46701740606", operator="Tele2")),
    )
    assert [c.mobile for c in done.plan.contacts.values()] == ["+46701740605", "+46701740606"]


def test_assumed_figures_of_a_thing_are_asked_together() -> None:
    """A decision's time that nobody gave stands in the same question as the lead time that nobody gave."""
    done = placed(
        ("customer-service", Answers()),
        ("fixed-number", told(number="+46104551234", operator="Telia")),
        ("staff-mobiles", told(number="+46701740605", operator="Tre")),
        ("decision", told(name="Anna")),
    )
    (fallback,) = done.plan.fallbacks
    (asked,) = [q for q in done.plan.document.questions if q.about == fallback and q.assumes]
    assert set(asked.assumes) == {"lead_time", "capacity", "endurance", "decision"}
