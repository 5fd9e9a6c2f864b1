"""Damaged notices: a clear error or a whole reading, never a traceback, never half of a file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.errors import BcpError, Problem
from bcp.files.notices.reading import read_notices
from bcp.model.notice import Notices
from tests.files.notices.samples import CALENDAR, EVERY, STATUSPAGE

PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        [b"\r", b"\n ", b"BEGIN:VEVENT\n", b"END:VCALENDAR\n", b"<!DOCTYPE x>", b"&lol;", b"]]>", b"null", b"-1",
         b"99991231T235959Z", b"00010101T000000", b"RRULE:FREQ=SECONDLY\n", b";TZID=Nowhere", b"\xff\xfe", b"{", b"\0"]
    ),
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A notice with some of its bytes cut out, doubled, moved or written over."""
    content = draw(st.sampled_from(sorted(EVERY.values()))).encode()
    for _ in range(draw(st.integers(1, 4))):
        low, high = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        high = min(high, low + draw(st.integers(0, 60)))
        match draw(st.sampled_from(["cut", "truncate", "double", "insert", "replace", "line"])):
            case "cut":
                content = content[:low] + content[high:]
            case "truncate":
                content = content[:low]
            case "double":
                content = content[:high] + content[low:]
            case "insert":
                content = content[:low] + draw(PIECES) + content[low:]
            case "replace":
                content = content[:low] + draw(PIECES) + content[high:]
            case "line":
                lines = content.split(b"\n")
                one, other = draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2))
                lines[one], lines[other] = lines[other], lines[one]
                content = b"\n".join(lines)
    return content


def outcome(content: bytes, zone: str | None) -> tuple[Notices | None, tuple[Problem, ...]]:
    """The notices, or what is wrong; anything but a BcpError is raised."""
    try:
        return read_notices(content, "notice", zone=zone), ()
    except BcpError as error:
        return None, error.problems


@settings(max_examples=400, deadline=None)
@given(damaged(), st.sampled_from([None, "Europe/Stockholm"]))
def test_whatever_is_damaged_gives_notices_or_a_clear_error(content: bytes, zone: str | None) -> None:
    """Bytes of every format, damaged in any way, are read whole or refused with a message and what to do."""
    found, problems = outcome(content, zone)
    assert all(p.message and p.fix for p in problems)
    if found is not None:
        assert all(n.provider and n.id for n in found.notices)
        assert all(w.end is None or w.start < w.end for n in found.notices for w in n.windows)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_give_a_clear_error(content: bytes) -> None:
    """What is no notice is refused, whatever it is."""
    with pytest.raises(BcpError):
        read_notices(content, "notice")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(EVERY)), st.data())
def test_a_file_that_was_cut_off_is_refused(name: str, data: st.DataObject) -> None:
    """A file that ends too early is refused, so that no notice of it is taken for the whole."""
    text = EVERY[name].rstrip().encode()
    if name == "mail":
        text = text[: text.index(b"END:VCALENDAR") + len(b"END:VCALENDAR")]
    length = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(BcpError):
        read_notices(text[:length], "notice")


LINES = [
    line for line in CALENDAR.splitlines() if line.startswith(("X-MAINTNOTE", "DTSTART", "DTEND", "SEQ"))
]


@pytest.mark.parametrize("line", LINES)
def test_a_property_that_lost_its_colon_is_never_left_aside(line: str) -> None:
    """A broken line that began as a property which is read makes the whole file refused, with its line."""
    broken = CALENDAR.replace(line, line.replace(":", "", 1).replace(":", ""))
    with pytest.raises(BcpError, match=r"^notice:\d+: "):
        read_notices(broken.encode(), "notice")


def test_one_bad_event_keeps_the_good_ones_out() -> None:
    """All events of a file or none, and every problem of it at once."""
    bad = CALENDAR.replace("DTEND:20260310T040000Z", "DTEND:20260310T000000Z").replace("PT2H", "-PT2H")
    with pytest.raises(BcpError) as told:
        read_notices(bad.encode(), "plan.ics")
    assert [(p.file, p.line) for p in told.value.problems] == [("plan.ics", 23), ("plan.ics", 44)]


def test_one_bad_incident_keeps_the_good_ones_out() -> None:
    """A status page with one time that is none is refused whole, with the line of the incident."""
    bad = STATUSPAGE.replace("2026-03-10T04:00:00Z", "tomorrow")
    with pytest.raises(BcpError, match=r"^status\.json:11: m1: 'tomorrow' is no time"):
        read_notices(bad.encode(), "status.json")
