"""Figures that were taken for want of better: they say so until somebody changes, confirms or tests them."""

from __future__ import annotations

from datetime import date

import pytest

from bcp import usecases
from bcp.files.plan_file import read_plan
from bcp.model.assumed import (
    Doubt,
    assumed,
    confirmed,
    doubts,
    kept_up,
    outcome_doubts,
    still_open,
    with_doubts,
)
from bcp.model.block import Answers
from bcp.model.letters import letters
from bcp.model.plan import Plan
from bcp.model.swap import with_parts
from bcp.usecases import building
from bcp.words import LANGUAGES, words


@pytest.fixture(name="plan")
def _plan() -> Plan:
    """A plan in which nobody said how long the reserve takes, nor what the customer service can bear."""
    plan = Plan(organisation=building.organisation("Test", "SE", "en"))
    for name, values, joins in (
        ("customer-service", {}, {}),
        ("fixed-number", {"number": "+46104551234", "operator": "Telia"}, {}),
        ("web-page", {"supplier": "Webbhallen"}, {}),
        ("staff-mobiles", {"number": "+46701740605", "operator": "Tre"}, {"told_on": ("web-page",)}),
    ):
        plan = building.placed(
            plan, building.blocks()[name], Answers(values=dict(values), joins=dict(joins))
        ).plan
    return plan


def _fallback(plan: Plan) -> str:
    (only,) = plan.fallbacks
    return only


def test_what_nobody_said_is_assumed(plan: Plan) -> None:
    """The proposals that were taken are named, in the plan's own words, and the verdict carries the doubts."""
    key = _fallback(plan)
    assert assumed(plan, key) == ("lead_time", "capacity", "endurance")
    assert doubts(plan, key) == (Doubt.ASSUMED, Doubt.NEVER_TESTED)
    (option,) = [o for r in usecases.routes(plan) for o in r.options if r.subject == "customer-service"]
    assert option.doubts == (Doubt.ASSUMED, Doubt.NEVER_TESTED)
    texts = [q.text for q in plan.document.questions]
    assert any("45\u00a0min" in text and "10%" in text for text in texts)


def test_a_changed_figure_is_no_longer_assumed(plan: Plan) -> None:
    """Whoever changes the lead time has said it; the capacity is as it was."""
    key = _fallback(plan)
    changed = with_parts(
        plan, {"fallbacks": {key: plan.fallbacks[key].model_copy(update={"lead_time": 1800.0})}}
    )
    assert assumed(changed, key) == ("capacity", "endurance")


@pytest.mark.parametrize("how", ["confirmed", "tested", "both changed"])
def test_the_word_goes_with_a_confirmation_or_a_test(plan: Plan, how: str) -> None:
    """After it nothing of the fallback is assumed, and nobody is asked any more."""
    key = _fallback(plan)
    if how == "confirmed":
        after = confirmed(plan, key)
    else:
        update = (
            {"last_tested": date(2026, 3, 1)} if how == "tested" else {"lead_time": 60.0, "capacity": 0.3}
        ) | {"endurance": 3600.0}
        after = with_parts(plan, {"fallbacks": {key: plan.fallbacks[key].model_copy(update=update)}})
    assert assumed(after, key) == ()
    assert [q for q in still_open(after) if q.about == key and q.assumes] == []
    asked = [q for letter in letters(after, words("en")) for q in letter.questions]
    assert [q for q in asked if q.about == key and q.assumes] == []
    assert Doubt.ASSUMED not in doubts(after, key)
    assert (Doubt.NEVER_TESTED in doubts(after, key)) == (how != "tested")


def test_an_assumed_limit_makes_the_verdict_assumed(plan: Plan) -> None:
    """A way that is in time for an RTO that nobody set is in time as far as one knows."""
    sure = confirmed(plan, _fallback(plan))
    (option,) = [o for r in usecases.routes(sure) for o in r.options if r.subject == "customer-service"]
    assert option.limit_of == "customer-service"
    assert Doubt.ASSUMED in option.doubts


def test_a_run_says_that_its_limits_are_assumed(plan: Plan) -> None:
    """What an outage does to an activity is told with what it was judged by, and with the ways that carried."""
    outage = usecases.scenario("carrier-total", {"operator": "telia"})
    happened = usecases.run(plan, outage)
    assert outcome_doubts(plan, "customer-service", happened) == (Doubt.ASSUMED, Doubt.NEVER_TESTED)


def test_a_run_says_that_a_way_that_carried_is_not_known_to_hold(plan: Plan) -> None:
    """Only where the way in question carried for the activity."""
    happened = usecases.run(plan, usecases.scenario("carrier-total", {"operator": "telia"}))
    found = outcome_doubts(plan, "customer-service", happened, {_fallback(plan)})
    assert found == (Doubt.ASSUMED, Doubt.NEVER_TESTED, Doubt.UNKNOWN)
    assert with_doubts("In time", found[2:], words("en")) == "In time (unknown whether it holds)"
    assert Doubt.UNKNOWN not in outcome_doubts(plan, "customer-service", happened, {"other"})


def test_assumptions_survive_the_plan_file(plan: Plan) -> None:
    """Written as YAML and read again, the same figures are assumed."""
    text = usecases.export_text(plan, "plan.yaml")
    again = read_plan(text, "plan.yaml")
    assert again == plan
    assert assumed(again, _fallback(plan)) == ("lead_time", "capacity", "endurance")


def test_no_test_tells_how_long_it_lasts(plan: Plan) -> None:
    """Where nobody said how long a fallback can be kept up, it is unknown and not without limit, tested or not."""
    key = _fallback(plan)
    assert kept_up(plan, key, words("en"), endless="no limit") == "unknown for how long"
    tested = plan.fallbacks[key].model_copy(update={"last_tested": date(2026, 3, 1)})
    after = with_parts(plan, {"fallbacks": {key: tested}})
    assert assumed(after, key) == ("endurance",)
    assert kept_up(confirmed(after, key), key, words("en"), endless="no limit") == "no limit"


def test_seen_and_kept_is_told_from_never_seen() -> None:
    """What somebody saw proposed and let stand is named apart, and assumed all the same, after a second block too."""
    plan = Plan(organisation=building.organisation("Test", "SE", "en"))
    for name, answers in (
        ("customer-service", Answers()),
        ("fixed-number", Answers()),
        ("staff-mobiles", Answers(kept=("lead_time",))),
        ("decision", Answers(values={"name": "Anna"}, kept=("time",))),
    ):
        plan = building.placed(plan, building.blocks()[name], answers).plan
    key = _fallback(plan)
    (question,) = [q for q in plan.document.questions if q.about == key and q.assumes]
    assert question.kept == ("lead_time", "decision")
    unseen, seen = question.text.split("Proposed, seen and kept when the plan was made: ")
    assert "share of the calls" in unseen
    assert "time to decide" in seen
    assert set(assumed(plan, key)) == {"lead_time", "capacity", "endurance", "decision"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_it(language: str) -> None:
    """The words beside a verdict are those of the language."""
    shown = with_doubts("X", tuple(Doubt), words(language))
    assert shown.startswith("X (")
    assert (language == "en") == ("never tested" in shown)
