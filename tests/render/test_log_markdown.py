from __future__ import annotations

from datetime import date

import pytest
from markdown_it import MarkdownIt

from bcp.model.decision import Act
from bcp.model.log_entry import (
    ActionAgreed,
    ActionDone,
    Clock,
    Closed,
    Corrected,
    Decided,
    Held,
    Joined,
    Marked,
    Noted,
    Parked,
    Released,
    StepTaken,
    Told,
    What,
)
from bcp.model.log_words import entry_kind, entry_text
from bcp.render.log_markdown import log_markdown
from bcp.words import LANGUAGES, words
from tests.engine.live.sitting import PLAN, exercise, incident, log

SAID: list[tuple[What, str]] = [
    (Joined(seat="1"), "came in as it"),
    (Clock(running=True, speed=10, jump_to=5400), "the clock runs, 10 times as fast, jump to +1:30"),
    (Clock(running=False), "the clock stands"),
    (Released(inject="i1", to="it"), "it: inject i1"),
    (Released(text="The mayor calls", channel="phone"), "The mayor calls (phone)"),
    (Held(inject="i1"), "inject i1 is held back"),
    (Held(inject="i1", held=False), "inject i1 is held back no more"),
    (Decided(fallback="f", act=Act.ACTIVATE, reason="too late else", owner="Bo"), "f: activate (Bo). too late else"),
    (Marked(component="in", level=0, source="call samples"), "in: down. call samples"),
    (Marked(component="in", level=0.4, frozen=True), "in: at 40%, nothing can be changed there"),
    (Marked(component="in", level=1), "in: works"),
    (StepTaken(fallback="f", step=1), "f, step 2 done. Divert"),
    (StepTaken(fallback="f", step=0, done=False), "f, step 1 not done after all. Log in"),
    (Told(audience="public", channel="portal", text="010 works"), "public (portal). 010 works"),
    (Noted(text="two\nlines"), "two lines"),
    (Parked(text="why?"), "why?"),
    (ActionAgreed(text="write", owner="Bo", due=date(2026, 4, 1)), "write – Bo – 2026-04-01"),
    (ActionDone(action=3), "the action in entry 3 is done"),
    (ActionDone(action=3, done=False), "the action in entry 3 is open again"),
    (Corrected(entry=2, reason="wrong"), "entry 2 does not count. wrong"),
    (Closed(), "closed"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text"), SAID)
def test_an_entry_is_said_in_a_line(what: What, text: str) -> None:
    """Every kind of entry has its sentence, with the names that the plan gives things."""
    assert entry_text(log((0, what))[0], PLAN, words("en")) == text


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_kind_of_entry_has_a_name(language: str) -> None:
    """In each language of the product."""
    assert all(entry_kind(what, words(language)) for what, _ in SAID)


def test_a_step_that_the_plan_no_longer_has_is_said_by_its_number() -> None:
    """A log outlives the plan's steps and fallbacks."""
    entry = log((0, StepTaken(fallback="gone", step=8)))[0]
    assert entry_text(entry, PLAN, words("en")) == "gone, step 9 done"


def test_the_log_is_a_table_in_local_time() -> None:
    """Six in UTC is seven in Stockholm; what was struck out is struck through; an exercise says so aloud."""
    entries = log((0, Noted(text="a")), (61, Corrected(entry=1)))
    text = log_markdown(PLAN, exercise(), entries, lambda e: 3660.0 * (e.number - 1), words("en"))
    assert text.startswith("# EXERCISE: Prov\n")
    assert "| 1 | 2026-03-03 07:00:00 | +0:00 | Åsa \\(it\\) | Note | ~~a~~ |" in text
    assert "| 2 | 2026-03-03 08:01:00 | +1:01 |" in text
    assert log_markdown(PLAN, incident(), [], lambda _: 0.0, words("en")).startswith("# Incident: Prov\n")


@pytest.mark.parametrize(
    "nasty", ["a|b", "<script>alert(1)</script>", "[x](javascript:alert(1))", "`x`", "x\n# y"]
)
def test_what_people_write_is_text(nasty: str) -> None:
    """No sign of theirs becomes a link, a cell, code or HTML."""
    entries = log((0, Noted(text=nasty)), who=nasty)
    text = log_markdown(PLAN, exercise(title=nasty), entries, lambda _: 0.0, words("en"))
    shown = MarkdownIt("commonmark").enable("table").render(text)
    assert shown.count("<td") == 6
    for tag in ("<script", "<a ", "<code"):
        assert tag not in shown
    assert shown.count("<h1") == 1
