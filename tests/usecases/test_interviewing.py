"""An interview between visits: where it was left, and what happens when the plan was changed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bcp.model import edit
from bcp.model import interview as steps
from bcp.model.component import Component, Kind
from bcp.model.interview import Done, Interview
from bcp.model.plan import Plan
from bcp.store import PlanStore
from bcp.usecases import building, interviewing

NAME = "Test"
BASE = Plan(organisation=building.organisation("Test", "SE", "en"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PlanStore]:
    """A store with an empty plan."""
    with PlanStore.open(tmp_path / "plans.sqlite") as opened:
        opened.save(NAME, BASE, author="test")
        yield opened


def answered(store: PlanStore) -> Interview:
    """An interview with one block done, the plan saved with it."""
    begun = interviewing.begun(store.load(NAME))
    role = building.blocks()["customer-service"].role
    now = begun.model_copy(update={"done": (Done(section=role, block="customer-service"),)})
    store.save(NAME, interviewing.conduct(BASE, now).plan, author="test")
    interviewing.keep(store, NAME, now)
    return now


def test_without_one_there_is_none(store: PlanStore) -> None:
    """A plan that nobody has been asked about has no interview."""
    assert interviewing.resumed(store.load(NAME), store) is None


def test_it_goes_on_where_it_was_left(store: PlanStore) -> None:
    """After a restart the interview stands where it stood, and what was done can still be taken back."""
    now = answered(store)
    found = interviewing.resumed(store.load(NAME), store)
    assert found is not None
    assert found.interview == now
    back = steps.back(found.interview, found.plan, building.blocks())
    assert interviewing.conduct(BASE, back).plan == BASE


def test_a_change_elsewhere_is_kept(store: PlanStore) -> None:
    """Where the plan was edited in the model meanwhile, the interview goes on from there and undoes none of it."""
    answered(store)
    other = Component(kind=Kind.SYSTEM, name="Added by hand")
    store.save(NAME, edit.put_component(store.load(NAME).plan, "by-hand", other), author="test")
    stored = store.load(NAME)
    found = interviewing.resumed(stored, store)
    assert found is not None
    assert found.plan == stored.plan
    assert found.interview.done == ()
    assert found.interview.base == stored.revision.number


def test_undo_takes_back_the_last_block(store: PlanStore) -> None:
    """After an undo elsewhere the interview stands without what was undone, and can still go back further."""
    answered(store)
    store.undo(NAME, "test", store.load(NAME).revision.number)
    found = interviewing.resumed(store.load(NAME), store)
    assert found is not None
    assert found.plan == BASE
    assert found.interview.base == 1
    assert found.interview.done == ()


def test_what_cannot_be_read_begins_anew(store: PlanStore) -> None:
    """An interview kept by another version of the product is none; the plan is as it was."""
    answered(store)
    for text in ("{", '{"base": "x"}', "[]"):
        store.put_setting(interviewing._key(store, NAME), text)
        assert interviewing.resumed(store.load(NAME), store) is None


def test_a_plan_with_activities_is_not_asked_for_them(store: PlanStore) -> None:
    """About a plan that has activities already the interview begins with its numbers."""
    answered(store)
    assert interviewing.begun(store.load(NAME)).section == building.Role.NUMBER


@pytest.mark.parametrize(
    ("timezone", "locale", "country"),
    [
        ("Europe/Stockholm", "en-GB", "SE"),
        ("Europe/London", "en-GB", "GB"),
        ("", "en-GB", "GB"),
        ("Europe/Rome", "en", "IT"),
        ("Europe/Stockholm", "nl", "NL"),
        ("Europe/Stockholm", "nl-NL", "NL"),
        ("", "nl-BE", "BE"),
        ("", "de", "DE"),
        ("", "de-AT", "AT"),
        ("", "it", "IT"),
        ("", "sv-SE", "SE"),
        ("", "sv-FI", "FI"),
        ("Asia/Tokyo", "ja-JP", None),
        ("America/New_York", "en-US", None),
        ("", "", None),
    ],
)
def test_the_likely_country_is_where_the_language_is_at_home(
    timezone: str, locale: str, country: str | None
) -> None:
    """A language says whose plan it is; English does not, so the timezone does; where neither tells, none is likely."""
    assert building.likely_country(timezone, locale) == country
