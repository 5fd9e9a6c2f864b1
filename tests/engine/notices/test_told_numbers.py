from __future__ import annotations

import pytest

from bcp.engine.notices.told_numbers import NumberBook, number_book
from bcp.model.announcement import (
    Announcement,
    Audience,
    Checked,
    Form,
    NumberState,
    Occasion,
    Wording,
)
from tests.engine.telling import facts_of, notices_of, outage, plan_of, to

PLAN, SCENARIO = plan_of(), outage()
FIRST, OPENED, *_ = to(Audience.PUBLIC, notices_of(PLAN, SCENARIO))


def book(*checks: tuple[str, str]) -> NumberBook:
    """The plan's numbers with these test calls: (number, who)."""
    return number_book(facts_of(PLAN, SCENARIO), [(n, Checked(by=by)) for n, by in checks])


def saying(text: str, notice: Announcement = FIRST) -> Announcement:
    """The notice with this text."""
    wording = Wording(language="sv", form=Form.WEB, subject="", text=text, size=len(text))
    return notice.model_copy(update={"wordings": (wording,)})


def states(notice: Announcement) -> dict[str, NumberState]:
    """The state of each number by how it is written."""
    return {n.number: n.state for n in notice.numbers}


def test_a_number_that_no_fallback_has_opened_makes_a_draft() -> None:
    """A prepared text that names the reserve number before it is open must not go out, whoever has checked it."""
    found = book(("0980-319240", "Anna"), ("+46 980 31 92 40", "Bo")).checked(saying("Ring 0980-31 92 40."))
    assert states(found)["0980-31 92 40"] == NumberState.NOT_OPEN
    assert [n.number for n in found.wrong] == ["0980-31 92 40"]
    assert found.unchecked == ()
    assert found.draft


def test_two_different_people_make_a_notice_ready() -> None:
    """One person twice is one person; two make it ready, once the number is open."""
    text = saying("Ring 0980-31 92 40.", OPENED)
    assert book(("0980-31 92 40", "Anna")).checked(text).draft
    assert book(("0980-31 92 40", "Anna"), ("0980-31 92 40", " ANNA ")).checked(text).draft
    ready = book(("0980-31 92 40", "Anna"), ("0980-31 92 40", "Bo")).checked(text)
    assert not ready.draft
    assert {c.by for n in ready.numbers for c in n.checks} == {"Anna", "Bo"}


def test_a_number_that_is_said_to_fail_needs_no_test_call() -> None:
    """Nobody is sent to the number that fails; after restoration it is checked like any other."""
    during = book().checked(saying("Det går inte att ringa 0980-31 92 00."))
    assert not during.draft
    assert during.numbers[0].named_as_failing
    back = next(n for n in notices_of(PLAN, SCENARIO) if n.occasion == Occasion.RESTORATION)
    assert [n.number for n in book().checked(back).unchecked] == ["0980-31 92 00"]


@pytest.mark.parametrize(
    "written",
    ["0980-31 92 40", "0980 31 92 40", "0980319240", "+46980319240", "+46 980 31 92 40", "0046980319240"],
)
def test_a_number_is_known_however_it_is_written(written: str) -> None:
    """The same number in any usual spelling is found in a text."""
    found = book().checked(saying(f"Ring {written} i dag.", OPENED))
    assert [n.component for n in found.numbers if n.component == "n-reserve"] == ["n-reserve"]


def test_strange_numbers_are_listed_and_112_is_not() -> None:
    """A number that the plan does not have must be checked too; nobody test-calls 112."""
    found = book().checked(saying("Ring 08-465 004 99. Vid fara: 112. Ärende 2026-03-03, klockan 08.40."))
    strange = [n for n in found.numbers if n.state == NumberState.UNKNOWN]
    assert [n.number for n in strange] == ["08-465 004 99"]
    assert found.draft


def test_a_time_of_day_is_no_number_to_call() -> None:
    """From one time to another has as many digits as a number; nobody is asked to test-call it."""
    found = book().checked(saying("Arbetet pågår 01.00–05.00, och 22:00 - 06:00 i morgon."))
    assert NumberState.UNKNOWN not in states(found).values()
