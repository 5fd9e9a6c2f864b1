"""Calendars as notices: maintenance notes, plain events, their times and recurrences."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bcp.errors import BcpError
from bcp.files.notices.reading import read_notices
from bcp.model.notice import Notice, NoticeImpact, NoticeStatus, Window
from bcp.words import words
from tests.files.notices.samples import CALENDAR

HERE = "Europe/Stockholm"


def event(*lines: str, around: str = "") -> str:
    """A calendar of one event of the UID 1 from an organizer, with these properties."""
    own = "\r\n".join(lines)
    return (
        f"BEGIN:VCALENDAR\r\nPRODID:Test\r\n{around}BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\n"
        f"ORGANIZER;CN=Example:mailto:noc@example.com\r\n{own}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def read(text: str, zone: str | None = HERE) -> tuple[Notice, ...]:
    """The notices of a calendar."""
    return read_notices(text.encode(), "work.ics", zone=zone).notices


def windows(*lines: str, zone: str | None = HERE) -> list[str]:
    """The windows of an event with these properties, in UTC."""
    (found,) = read(event(*lines), zone)
    return [
        f"{w.start:%d %H:%M}-{w.end:%d %H:%M}" if w.end else f"{w.start:%d %H:%M}-?" for w in found.windows
    ]


def refusal(*lines: str, zone: str | None = HERE) -> str:
    """Why an event with these properties is refused."""
    with pytest.raises(BcpError) as told:
        read(event(*lines), zone)
    return str(told.value)


def test_a_maintenance_note_is_read_whole() -> None:
    """Every property of a BCOP maintenance note, unfolded and unescaped, with each circuit's own impact."""
    note, weekly = read(CALENDAR)
    assert (note.provider, note.id, note.account) == ("example.com", "WorkOrder-31415", "137.035999173")
    assert (note.status, note.sequence, note.format) == (NoticeStatus.CONFIRMED, 1, "maintnote")
    assert note.stamp == datetime(2026, 3, 1, 8, 5, 6, tzinfo=UTC)
    assert [(o.id, o.impact) for o in note.objects] == [
        ("acme-1", NoticeImpact.NO_IMPACT),
        ("acme-2", NoticeImpact.OUTAGE),
    ]
    assert note.summary == "Core router, first night"
    assert note.text == "A long text that is folded across two lines\nand has two of its own."
    assert (note.uid, note.source) == ("42", "work.ics:20")
    assert (weekly.provider, weekly.id, weekly.format) == ("Example", "weekly@example.com", "calendar")
    assert [o.id for o in weekly.objects] == ["acme-3", "acme-4"]


def test_a_zone_that_the_calendar_describes_changes_with_its_summer_time() -> None:
    """Weekly at 02:00 of a zone with European summer time is an hour earlier in UTC from its last Sunday in March."""
    _, weekly = read(CALENDAR, zone=None)
    assert [w.start.isoformat() for w in weekly.windows] == [
        "2026-03-23T01:00:00+00:00",
        "2026-03-30T00:00:00+00:00",
        "2026-04-06T00:00:00+00:00",
    ]
    assert all((w.end - w.start).total_seconds() == 7200 for w in weekly.windows if w.end)


@pytest.mark.parametrize(
    "local", ["20260329T023000", "20261025T023000", "20260701T120000", "20260101T000000"]
)
def test_a_described_zone_agrees_with_the_same_zone_by_name(local: str) -> None:
    """Gaps, doubled hours, summer and winter: a VTIMEZONE gives the moment that the IANA zone gives."""
    by_hand = CALENDAR.replace("TZID=Here:20260323T020000", f"TZID=Here:{local}").replace(
        "COUNT=3", "COUNT=1"
    )
    by_name = by_hand.replace("TZID=Here", f"TZID={HERE}")
    begins = datetime.strptime(local, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(HERE)).astimezone(UTC)
    assert read(by_hand)[1].start == read(by_name)[1].start == begins


def test_a_floating_time_is_read_in_the_zone_asked_for_and_refused_without_one() -> None:
    """A time without a zone means the plan's; where none is given it is not guessed."""
    lines = ("DTSTART:20260310T020000", "DTEND:20260310T050000")
    assert windows(*lines) == ["10 01:00-10 04:00"]
    assert windows(*lines, zone="America/New_York") == ["10 06:00-10 09:00"]
    assert refusal(*lines, zone=None).startswith("work.ics:7: DTSTART is a floating time")


def test_whole_days_last_from_midnight_to_midnight() -> None:
    """A day without an end is one day long, also when it has 23 hours."""
    assert windows("DTSTART;VALUE=DATE:20260329") == ["28 23:00-29 22:00"]
    assert windows("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260312") == ["09 23:00-11 23:00"]


def test_an_event_without_an_end_has_an_open_window() -> None:
    """No DTEND and no DURATION: when it ends is not known."""
    assert windows("DTSTART:20260310T020000Z") == ["10 02:00-?"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["10", "11", "12"]),
        ("FREQ=DAILY;INTERVAL=2;UNTIL=20260314T020000Z", ["10", "12", "14"]),
        ("FREQ=DAILY;UNTIL=20260312T015959Z", ["10", "11"]),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH", ["10", "12", "17"]),
        ("FREQ=MONTHLY;COUNT=2;BYDAY=2TU", ["10", "14"]),
        ("FREQ=MONTHLY;COUNT=2;BYMONTHDAY=-1", ["10", "31", "30"]),
    ],
)  # fmt: skip
def test_recurring_windows_are_listed(rule: str, expected: list[str]) -> None:
    """Each recurrence is a window; the first is DTSTART itself, whether the rule names it or not."""
    found = windows("DTSTART:20260310T020000Z", "DURATION:PT2H", f"RRULE:{rule}")
    assert [w[:2] for w in found] == expected


def test_a_recurrence_without_end_is_taken_for_a_year() -> None:
    """Every Tuesday for ever is 53 windows: those of a year from when the notice was written, or its start."""
    assert len(windows("DTSTART:20260310T020000Z", "DURATION:PT2H", "RRULE:FREQ=WEEKLY")) == 53


def test_left_out_and_added_dates_count() -> None:
    """EXDATE takes a window out, RDATE adds one, and an event of the series that was moved stands alone."""
    lines = ("DTSTART:20260310T020000Z", "DURATION:PT2H", "RRULE:FREQ=DAILY;COUNT=3")
    assert windows(*lines, "EXDATE:20260311T020000Z", "RDATE:20260320T030000Z") == [
        "10 02:00-10 04:00", "12 02:00-12 04:00", "20 03:00-20 05:00",
    ]  # fmt: skip
    moved = event(*lines).replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260302T000000Z\r\nORGANIZER;CN=Example:mailto:noc@example.com\r\n"
        "RECURRENCE-ID:20260311T020000Z\r\nDTSTART:20260311T090000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR",
    )
    series, one = read(moved)
    assert [f"{w.start:%d %H}" for w in series.windows] == ["10 02", "12 02"]
    assert (one.id, [f"{w.start:%d %H}" for w in one.windows]) == ("1/20260311T020000Z", ["11 09"])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["DTSTART:20260310T020000Z", "RRULE:FREQ=SECONDLY"], "work.ics:8: a recurrence with FREQ=SECONDLY is not read."),
        (["DTSTART:20260310T020000Z", "RRULE:FREQ=DAILY;BYSETPOS=1"], "a recurrence with BYSETPOS is not read."),
        (["DTSTART:20260310T020000Z", "RRULE:FREQ=DAILY;COUNT=0"], "'0' is no number of a recurrence rule."),
        (["DTSTART:20260310T020000Z", "DTEND:20260310T020000Z"], "work.ics:8: the event ends before it begins."),
        (["DTSTART:20260310T020000Z", "DURATION:-PT1H"], "DURATION: '-PT1H' is no length of time."),
        (["DTSTART:20260230T020000Z"], "work.ics:7: DTSTART: there is no such day"),
        (["DTSTART:20260210T250000Z"], "DTSTART: there is no such time of day."),
        (["DTSTART;TZID=Nowhere:20260210T020000"], "the time zone 'Nowhere' is neither an IANA zone"),
        (["DTSTART:20260310T020000Z", "SEQUENCE:one"], "SEQUENCE: 'one' is no whole number."),
        (["DTSTART:20260310T020000Z", "STATUS:MAYBE"], "STATUS: 'MAYBE' is no status of a maintenance."),
        (["DTSTART:20100310T020000Z", "RRULE:FREQ=DAILY"], "began more than ten years before"),
        (["SUMMARY:No time"], "work.ics:3: the event has no DTSTART."),
        (["DTSTART:20260310T020000Z", "END:VALARM"], "END:VALARM ends what was not begun: VEVENT of line 3 is open."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_line(lines: list[str], said: str) -> None:
    """What is not read is refused with the place, never taken for something else."""
    assert said in refusal(*lines)


@pytest.mark.parametrize(
    "missing", ["X-MAINTNOTE-PROVIDER", "X-MAINTNOTE-MAINTENANCE-ID", "DTEND", "DTSTART:"]
)
def test_a_maintenance_note_without_what_matters_is_refused(missing: str) -> None:
    """Whose, which, from when and until when: a note without one of these is not complete."""
    head, note = CALENDAR.split("END:VTIMEZONE\n")
    lines = [head + "END:VTIMEZONE", *(line for line in note.splitlines() if not line.startswith(missing))]
    with pytest.raises(BcpError, match=r"^work\.ics:\d+: the (maintenance note|event) has no "):
        read("\n".join(lines))


def test_an_impact_that_nobody_knows_counts_as_an_outage() -> None:
    """As the BCOP says: what is not understood is taken as the worst."""
    note = read(CALENDAR.replace("IMPACT:OUTAGE", "IMPACT:SWITCHING-HITS"))[0]
    assert note.objects[1].impact == NoticeImpact.OUTAGE


def test_a_cancelling_calendar_cancels_its_events() -> None:
    """METHOD:CANCEL calls off every event, whatever its status says."""
    assert {n.status for n in read(CALENDAR.replace("METHOD:PUBLISH", "METHOD:CANCEL"))} == {
        NoticeStatus.CANCELLED
    }


def test_wrongly_folded_text_is_kept_as_not_understood() -> None:
    """Carriers break lines without the blank that goes on; what is lost by that is shown with its line."""
    found = read_notices(CALENDAR.replace("acr\n oss", "acr\noss").encode(), "work.ics")
    assert [(n.where, n.text) for n in found.not_understood] == [
        ("work.ics:36", "oss two lines\\nand has two of its own.")
    ]


def test_unknown_maintenance_properties_are_kept_as_not_understood() -> None:
    """A misspelt X-MAINTNOTE property is shown, since a circuit may stand in it."""
    text = CALENDAR.replace("X-MAINTNOTE-OBJECT-ID:acme-2", "X-MAINTNOTE-OBJCT-ID:acme-2")
    found = read_notices(text.encode(), "work.ics")
    assert [n.text for n in found.not_understood] == ["X-MAINTNOTE-OBJCT-ID:acme-2"]
    assert words("sv").say(found.not_understood[0].why) == "en okänd egenskap"
    assert [o.id for o in found.notices[0].objects] == ["acme-1"]


def test_entries_of_one_revision_are_one_notice_with_all_windows() -> None:
    """A carrier's two events of the same work, sequence and stamp become one notice with both windows."""
    second = CALENDAR[CALENDAR.index("BEGIN:VEVENT") : CALENDAR.index("BEGIN:VEVENT\nSUMMARY:Weekly")]
    second = second.replace("20260310", "20260311").replace(":acme-2", ":acme-9")
    note = read(CALENDAR.replace("END:VCALENDAR", second + "END:VCALENDAR"))[0]
    assert note.windows == (
        Window(start=datetime(2026, 3, 10, 1, tzinfo=UTC), end=datetime(2026, 3, 10, 4, tzinfo=UTC)),
        Window(start=datetime(2026, 3, 11, 1, tzinfo=UTC), end=datetime(2026, 3, 11, 4, tzinfo=UTC)),
    )
    assert [o.id for o in note.objects] == ["acme-1", "acme-2", "acme-9"]


def test_a_calendar_of_too_many_series_is_refused() -> None:
    """Each series stands for up to 400 windows, so a file may have only so many."""
    one = CALENDAR[CALENDAR.index("BEGIN:VEVENT\nSUMMARY:Weekly") : CALENDAR.index("END:VCALENDAR")]
    with pytest.raises(BcpError, match="more than 200 events take place more than once"):
        read(CALENDAR.replace("END:VCALENDAR", one * 200 + "END:VCALENDAR"))
