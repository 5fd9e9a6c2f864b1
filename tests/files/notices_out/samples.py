"""Notices with any text in any field, for the writers' tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bcp.model.announcement import (
    Announcement,
    Audience,
    Checked,
    Failing,
    Form,
    Instead,
    NumberCheck,
    NumberState,
    Occasion,
    Revision,
    Wording,
)

ZONE = ZoneInfo("Europe/Stockholm")
BEGINS = datetime(2026, 3, 3, 7, 0, tzinfo=ZONE)

NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from([
        "</script><script>alert(1)</script>", "]]>", "<!--", "&amp;&lt;", "\r\nBcc: x@example.org", "=cmd|'/c calc'!A0",
        "+1+1", "@SUM(A1)", "-2+3", "\t=1", 'a"b\'c', "\x00\x0b\ufffe", "line\u2028line\u0085x", "{{ 7*7 }}",
        "END:VEVENT\r\nBEGIN:VEVENT", "a;b,c\\n\\", "<a href='javascript:x'>", "💥" * 20, "é" * 100,
    ]),
)  # fmt: skip


def notice(**changes: Any) -> Announcement:
    """The second revision of a notice to the public, in English and Swedish."""
    fields: dict[str, Any] = {
        "id": "20260303-case-public",
        "revision": 2,
        "occasion": Occasion.UPDATE,
        "audience": Audience.PUBLIC,
        "at_s": 4800.0,
        "at": BEGINS + timedelta(minutes=80),
        "organisation": "Testkommun",
        "country": "SE",
        "planned": False,
        "begins": BEGINS,
        "next_update": BEGINS + timedelta(minutes=140),
        "place": ("Residents",),
        "areas": ("SE/BD",),
        "failing": (Failing(component="n", name="Main", number="0980-31 92 00", level=0),),
        "instead": (
            Instead(
                fallback="f",
                component="r",
                number="0980-31 92 40",
                instead_of=("0980-31 92 00",),
                public=True,
            ),
        ),
        "impact": "all",
        "history": (Revision(revision=1, occasion=Occasion.DETECTION, at=BEGINS + timedelta(minutes=40)),),
        "wordings": (wording("en"), wording("sv")),
        "numbers": (checked("0980-31 92 40"),),
    }
    return Announcement(**{**fields, **changes})


def wording(language: str, text: str = "What fails.\nCall 112.", **changes: Any) -> Wording:
    """A page's text."""
    fields: dict[str, Any] = {"form": Form.WEB, "subject": "Disruption", "size": len(text)}
    return Wording(**{"language": language, "text": text, **fields, **changes})


def checked(number: str, *by: str) -> NumberCheck:
    """A number that two people have called, unless said."""
    return NumberCheck(
        number=number,
        state=NumberState.WORKS,
        checks=tuple(Checked(by=name) for name in by or ("Anna", "Bo")),
    )


def planned(**changes: Any) -> Announcement:
    """The first notice of planned work on a night."""
    start = datetime(2026, 3, 20, 0, 0, tzinfo=ZONE)
    fields: dict[str, Any] = {
        "id": "20260320-work-lines",
        "revision": 1,
        "occasion": Occasion.BEFORE_10_DAYS,
        "audience": Audience.LINES,
        "planned": True,
        "at": start - timedelta(days=14),
        "begins": start,
        "window_end": start + timedelta(hours=6),
        "expected_end": start + timedelta(hours=6),
        "next_update": None,
        "instead": (),
        "history": (),
        "numbers": (),
    }
    return notice(**{**fields, **changes})


def utc(moment: datetime) -> datetime:
    """The same moment in UTC."""
    return moment.astimezone(UTC)
