"""What people who never see the plan's file read in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bcp.content import location
from tests.render.sample import PLAN, pdf, plan, text_of

PLACE = re.compile(r"`(components|fallbacks|document|contacts)|requires\[")


@pytest.mark.parametrize("path", sorted((location.content_folder() / "reports").glob("*/*.md")), ids=str)
def test_what_is_missing_is_said_without_places_in_the_file(path: Path) -> None:
    """No template sends its reader to a place in the plan's YAML."""
    assert not PLACE.search(path.read_text(encoding="utf-8"))


def test_where_nobody_is_named_nobody_is_counted() -> None:
    """A plan without people says that nobody is named, and not that 0 of 0 are reached."""
    bare = {
        "components": {"desk": {"kind": "activity", "name": "Desk"}},
        "fallbacks": {},
        "contacts": {},
        "document": {},
    }
    text = text_of(pdf(of=plan(bare), scenario=None))
    assert "nobody is named" in text
    assert "0 of 0" not in text


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "Open questions"),
        ("sv", "Öppna frågor"),
        ("de", "Offene Fragen"),
        ("nl", "Open vragen"),
        ("it", "Domande aperte"),
    ],
)
@pytest.mark.parametrize("document", ["bcp", "drp"])
def test_open_questions_are_listed(document: str, language: str, heading: str) -> None:
    """What nobody could answer yet stands at the end with whom to ask, and that there is none is said."""
    questions = [{"about": "telia-in", "text": "Which other numbers lie on it?"}]
    asked = plan({"document": {**PLAN["document"], "questions": questions}})
    text = text_of(pdf(document, of=asked, language=language))
    assert heading in text
    assert "Which other numbers lie on it?" in text
    assert "Which other numbers" not in text_of(pdf(document, language=language))


@pytest.mark.parametrize("document", ["bcp", "drp"])
def test_operators_have_their_names(document: str) -> None:
    """An operator stands in the tables as people call it."""
    text = text_of(pdf(document))
    assert "Telia" in text
    assert not re.search(r"\btelia\b", text)


def test_a_limit_kept_with_nothing_to_spare_is_a_warning() -> None:
    """A fallback that is ready just when the RTO ends is said to be exactly there, and not to have 0 s to spare."""
    desk = PLAN["components"]["service"]
    tight = {**desk, "bia": {**desk["bia"], "rto": "70m"}}
    of = plan(
        {
            "components": {**PLAN["components"], "service": tight},
            "fallbacks": {"slow": PLAN["fallbacks"]["slow"]},
        }
    )
    text = text_of(pdf(of=of))
    assert "exactly at 1 h 10 min: nothing to spare" in text.replace("\xa0", " ")
    assert "kept, with nothing to spare" in text
    assert not re.search(r"\b0 s\b", text.replace("\xa0", " "))
