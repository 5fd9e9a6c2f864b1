"""The outage that a page shows first."""

from __future__ import annotations

import pytest

from bcp import usecases
from bcp.files.plan_file import read_plan
from bcp.store import PlanStore
from tests.ui.conftest import Visit, texts

PAGES = ["workshop", "notices", "scenarios"]
BARE = """
format: bcp-plan/1
organisation: {name: Ny, country: SE, language: sv, timezone: Europe/Stockholm, currency: SEK}
components:
  desk: {kind: activity, name: Desk, bia: {mtpd: 1d, rto: 4h}}
"""


@pytest.mark.parametrize("page", PAGES)
def test_it_strikes_the_open_plan(store: PlanStore, visit: Visit, page: str) -> None:
    """A plan from another country, under a name of its own, is met by an outage that fits it and not by an error."""
    store.save("mine", usecases.open_plan("example:telefonie-nl").plan, author="test")
    app = visit(page, plan="mine")
    assert not app.error
    assert any(
        "NL" in usecases.scenario(box.value).countries for box in app.selectbox if box.value in LIBRARY
    )


@pytest.mark.parametrize("page", PAGES[:2])
def test_a_plan_that_nothing_strikes_is_told_what_is_missing(
    store: PlanStore, visit: Visit, page: str
) -> None:
    """Where no outage finds anything to strike, the page says so in its language and leads to the model."""
    store.save("bare", read_plan(BARE, "bare.yaml"), author="test")
    app = visit(page, plan="bare", lang="sv")
    assert not app.error
    assert "Inget avbrott drabbar den här planen ännu" in texts(app)
    assert any(button.key == "to-model" for button in app.button)


LIBRARY = set(usecases.library_ids())
