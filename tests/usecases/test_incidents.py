"""What is left of an incident: the report, and a scenario that runs as the incident went."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from bcp import usecases
from bcp.model.decision import Act
from bcp.model.log_entry import ActionAgreed, Closed, Corrected, Decided, Marked, Noted, Told, What
from bcp.store import PlanStore
from bcp.usecases import incidents, own_outages, sittings
from bcp.usecases.sittings import Live
from bcp.words import LANGUAGES, words

BEGAN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
NASTY = "Telia | *says* # <b>noon</b> {{ 7*7 }}"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PlanStore:
    """The store of this test, with the example municipality."""
    monkeypatch.setenv("BCP_DATA", str(tmp_path))
    opened = usecases.default_store()
    opened.save("kommun", usecases.open_plan("example:kommun").plan, author="test")
    return opened


@pytest.fixture
def lived(store: PlanStore) -> Live:
    """Three hours: the platform down for two and a half, one fallback decided after 20 minutes and in place after 75."""
    sitting, seat = sittings.open_incident(
        store, "kommun", by="Disa", title="Nobody gets through", begun=BEGAN, now=BEGAN
    )
    log: tuple[tuple[float, What], ...] = (
        (0, Marked(component="telia-in-1", level=0.0, source=NASTY)),
        (20, Decided(fallback="socialjour-pa-reservmobil", act=Act.ACTIVATE, reason="Urgent", owner="Ture")),
        (75, Decided(fallback="socialjour-pa-reservmobil", act=Act.IN_PLACE)),
        (80, Told(audience="Allmänheten", channel="krissida", text="x")),
        (90, Noted(text=NASTY)),
        (95, Noted(text="Said by mistake")),
        (100, ActionAgreed(text="Ask for a second platform", owner="Hanna")),
        (150, Marked(component="telia-in-1", level=1.0)),
    )
    for minute, what in log:
        sittings.append(store, seat, what, now=BEGAN + timedelta(minutes=minute))
    sittings.append(store, seat, Corrected(entry=7, reason="Wrong"), now=BEGAN + timedelta(minutes=151))
    sittings.append(store, seat, Closed(text="All works again"), now=BEGAN + timedelta(hours=3))
    return sittings.live(store, sitting.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_tells_the_whole_log(lived: Live, language: str) -> None:
    """Decisions with reason and owner, who was told, actions and every entry stand in it, texts as they were typed."""
    made = incidents.incident_report(lived, language=language, made_at=BEGAN + timedelta(days=1))
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(made)).pages).split())
    for told in ("Nobody gets through", "Urgent", "Ture", "Allmänheten", "Ask for a second platform", "All works again",
                 "Said by mistake", "{{ 7*7 }}", "<b>noon</b>", "Servicenummerplattform 1"):  # fmt: skip
        assert told in text, told
    assert "55 min" in text, "the lead time that was measured"


def test_an_open_incident_can_be_reported(store: PlanStore) -> None:
    """A report made in the middle says that the incident is not closed."""
    sitting, seat = sittings.open_incident(store, "kommun", by="Disa", begun=BEGAN, now=BEGAN)
    sittings.append(store, seat, Marked(component="telia-in-1", level=0.0), now=BEGAN)
    live = sittings.live(store, sitting.id)
    made = incidents.incident_report(live, language="en", made_at=BEGAN + timedelta(minutes=30))
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(made)).pages).split())
    assert "not closed when this was made" in text


def test_the_report_is_no_document_of_a_plan() -> None:
    """It is not offered where documents of a plan are made."""
    assert "incident-report" not in usecases.document_names()


def test_the_incident_runs_again_as_a_scenario(store: PlanStore, lived: Live) -> None:
    """Kept among the plan's own outages, it takes down what was down, for as long as it was."""
    assert incidents.keep_as_scenario(store, lived, "test")
    assert not incidents.keep_as_scenario(store, lived, "test"), "a second click keeps no second one"
    (kept,) = store.outages.every("kommun")
    scenario = own_outages.scenario_of(kept.text, "kept.yaml")
    run = usecases.run(lived.plan, scenario)
    assert run.levels["telia-in-1"] == ((0.0, 0.0), (9000.0, 1.0))
    assert any("{{ 7*7 }}" in text for inject in scenario.injects for text in inject.text.values())


def test_the_report_says_what_nobody_has_said(store: PlanStore) -> None:
    """What was never marked as back is down as far as anybody has said; what was, is back at that time. Oldest first."""
    sitting, seat = sittings.open_incident(store, "kommun", by="Disa", title="Two", begun=BEGAN, now=BEGAN)
    log: tuple[tuple[float, float | None, What], ...] = (
        (10, 0, Marked(component="telia-in-1", level=0.0)),
        (12, None, Noted(text="Called the operator")),
        (15, 5, Noted(text="First complaint")),
        (20, None, Marked(component="telia-mobil", level=0.0)),
        (60, None, Marked(component="telia-in-1", level=1.0)),
        (61, None, Closed()),
    )
    for minute, happened, what in log:
        when = None if happened is None else BEGAN + timedelta(minutes=happened)
        sittings.append(store, seat, what, now=BEGAN + timedelta(minutes=minute), happened=when)
    live = sittings.live(store, sitting.id)
    made = incidents.incident_report(live, language="en", made_at=BEGAN + timedelta(days=1))
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(made)).pages).split())
    assert text.count("nobody has said that it is back") == 1
    assert "+0:00 +1:00" in text
    assert text.index("First complaint") < text.index("Called the operator")
    markdown = sittings.log_markdown(live, words("en"))
    assert markdown.index("First complaint") < markdown.index("Called the operator")
