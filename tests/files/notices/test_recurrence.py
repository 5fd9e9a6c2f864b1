"""Recurrence rules beside dateutil, and calendars beside the icalendar library, where they are installed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.files.notices.reading import read_notices
from bcp.files.notices.recurrence import days, read_rule
from tests.files.notices.samples import CALENDAR

WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A recurrence rule of any kind that is read."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(WEEKDAYS)}")
    if draw(st.booleans()):
        counted = frequency in ("MONTHLY", "YEARLY") and draw(st.booleans())
        ordinals = (
            st.sampled_from(["1", "2", "-1", "5"]) if counted else st.just("")
        )  # dateutil mixes them otherwise
        named = draw(st.lists(st.tuples(ordinals, WEEKDAYS), min_size=1, max_size=3))
        parts.append("BYDAY=" + ",".join(n + day for n, day in named))
    if frequency != "WEEKLY" and draw(st.booleans()):
        monthdays = draw(st.lists(st.sampled_from([1, 2, 13, 28, 31, -1, -2]), min_size=1, max_size=3))
        parts.append("BYMONTHDAY=" + ",".join(map(str, monthdays)))
    if draw(st.booleans()):
        parts.append(
            "BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=3))))
        )
    return ";".join(parts)


@given(rules(), st.dates(date(2020, 1, 1), date(2028, 12, 31)))
def test_recurrences_fall_on_the_days_that_dateutil_finds(text: str, first: date) -> None:
    """Over three years the days of a rule are those of dateutil's rrule."""
    rrule = pytest.importorskip("dateutil.rrule")
    last = first + timedelta(days=3 * 366)
    theirs = rrule.rrulestr(text, dtstart=datetime.combine(first, time()))
    expected = [
        d.date()
        for d in theirs.between(datetime.combine(first, time()), datetime.combine(last, time()), inc=True)
    ]
    assert list(days(read_rule(text), first, last)) == expected


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",)), max_size=40).filter(str.isprintable), max_size=4
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=120),
)
def test_texts_are_read_as_the_icalendar_library_writes_them(circuits: list[str], text: str) -> None:
    """Folding, escapes and parameters that icalendar writes are read back to the same values."""
    icalendar = pytest.importorskip("icalendar")
    head, note = CALENDAR.split("BEGIN:VEVENT", 1)
    note = f"{head}BEGIN:VEVENT" + note[: note.index("X-MAINTNOTE-OBJECT-ID")] + "END:VEVENT\nEND:VCALENDAR\n"
    theirs = icalendar.Calendar.from_ical(note.replace("\n", "\r\n"))
    (theirs_event,) = theirs.walk("VEVENT")
    theirs_event.add("description", text)
    circuits = [c for c in circuits if c.strip()]
    for circuit in circuits:
        theirs_event.add("x-maintnote-object-id", circuit)
    (ours,) = read_notices(theirs.to_ical(), "work.ics").notices
    lines = [
        line.rstrip() for line in "".join(ch for ch in text if ch.isprintable() or ch == "\n").split("\n")
    ]
    assert ours.text == "\n".join(lines).strip()
    plain = [" ".join(c.split()) for c in circuits]
    assert [o.id for o in ours.objects] == list(dict.fromkeys(plain))
