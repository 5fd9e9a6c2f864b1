"""Status pages, feeds, alerts and e-mails as notices."""

from __future__ import annotations

import importlib

import pytest

from bcp.errors import BcpError
from bcp.files.notices import carriers
from bcp.files.notices.plain import html_text
from bcp.files.notices.reading import MOST_BYTES, read_notice_file, read_notices
from bcp.model.notice import Notice, NoticeImpact, NoticeStatus, merged
from tests.files.notices.samples import ALERT, ATOM, CALENDAR, MAIL, RSS, STATUSPAGE


def read(text: str) -> tuple[Notice, ...]:
    """The notices of a text."""
    return read_notices(text.encode(), "file").notices


def times(notice: Notice) -> list[str]:
    """Its windows in UTC."""
    return [
        f"{w.start:%d %H:%M}-{w.end:%d %H:%M}" if w.end else f"{w.start:%d %H:%M}-?" for w in notice.windows
    ]


def test_a_status_page_tells_incidents_and_planned_work() -> None:
    """Times, what was struck and how badly, the status in the words of a maintenance note, texts without markup."""
    incident, work = read(STATUSPAGE)
    assert (incident.provider, incident.id, incident.status) == ("Example", "i1", NoticeStatus.COMPLETED)
    assert times(incident) == ["03 07:00-03 08:45"]
    assert [(o.id, o.impact) for o in incident.objects] == [("SIP trunks", NoticeImpact.DEGRADED)]
    assert incident.text == "Fixed & watched.\nWe look."
    assert (work.status, times(work)) == (NoticeStatus.CONFIRMED, ["10 01:00-10 04:00"])
    assert [(o.id, o.impact) for o in work.objects] == [("acme-2", NoticeImpact.OUTAGE)]


def test_an_incident_that_goes_on_has_an_open_window() -> None:
    """Without `resolved_at` nobody knows when it ends."""
    text = STATUSPAGE.replace('"resolved_at": "2026-03-03T08:45:00Z"', '"resolved_at": null').replace(
        '"resolved"', '"identified"'
    )
    assert (times(read(text)[0]), read(text)[0].status) == (["03 07:00-?"], NoticeStatus.IN_PROCESS)


def test_a_feed_tells_what_was_last_said() -> None:
    """The newest update gives the status; a feed names no circuits and no times of its own."""
    (entry,) = read(ATOM)
    assert (entry.provider, entry.id, entry.summary) == (
        "Example",
        "tag:status.example.com,2026:1",
        "Calls fail",
    )
    assert (entry.status, entry.windows, entry.objects) == (NoticeStatus.COMPLETED, (), ())
    assert entry.stamp is not None
    assert entry.stamp.isoformat() == "2026-03-03T08:00:00+00:00"
    assert entry.text == "Resolved - Done.\nInvestigating - We look."


def test_a_feed_of_planned_work_tells_its_window() -> None:
    """Statuspage's RSS has the end of a maintenance beside its publication date, which is its start."""
    (item,) = read(RSS)
    assert (item.id, item.status, times(item)) == (
        "https://status.example.com/1", NoticeStatus.CONFIRMED, ["10 01:00-10 04:00"],
    )  # fmt: skip


def test_an_alert_goes_on_from_what_it_references() -> None:
    """An Update and the alert that it references are one work; a Cancel calls it off."""
    (update,) = read(ALERT)
    assert (update.provider, update.id, update.replaces) == ("noc@example.com", "A-2", ("A-1",))
    assert times(update) == ["03 07:00-03 11:00"]
    assert [(o.id, o.impact) for o in update.objects] == [("acme-1", NoticeImpact.OUTAGE)]
    assert update.areas == ("Arvika", "SCB=1784")
    first = ALERT.replace(">A-2<", ">A-1<").replace("Update", "Alert").replace("T09:00", "T08:00")
    off = ALERT.replace(">A-2<", ">A-3<").replace("Update", "Cancel").replace("T09:00", "T10:00")
    assert merged([*read(first), update]) == (update,)
    assert merged([update, *read(off), *read(first)]) == ()


def test_an_all_clear_completes_the_work() -> None:
    """What is past, or told to be over, strikes nothing more."""
    assert read(ALERT)[0].status == NoticeStatus.CONFIRMED
    assert read(ALERT.replace("Immediate", "Past"))[0].status == NoticeStatus.COMPLETED
    clear = ALERT.replace("<urgency>", "<responseType>AllClear</responseType><urgency>")
    assert read(clear)[0].status == NoticeStatus.COMPLETED


@pytest.mark.parametrize("status", ["Exercise", "Test", "Draft"])
def test_an_exercise_is_no_notice(status: str) -> None:
    """What is no alert of a real event is kept as not understood, and strikes nothing."""
    found = read_notices(ALERT.replace("Actual", status).encode(), "file")
    assert found.notices == ()
    assert [n.text for n in found.not_understood] == [f"A-2: {status}, Update"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ALERT.replace("<alert", "<!DOCTYPE x [<!ENTITY a 'b'>]><alert"), "declares a document type"),
        (ALERT.replace("+01:00", ""), "is no time with its offset"),
        (ALERT.replace("<references>", "<code>").replace("</references>", "</code>"), "needs <references>"),
        (ALERT.replace("noc@example.com,A-1,", "A-1,"), "is no reference"),
        (ALERT.replace("Severe", "Bad"), "severity: 'Bad' is none that CAP has"),
        (ALERT.replace("utf-8", "x").replace("UTF-8", "utf-7"), "the encoding 'utf-7' is not read"),
        (ATOM.replace("<id>tag:status.example.com,2026:1</id>", ""), "id: it is missing."),
        (ATOM.replace("feed", "html"), "<html> is no notice that can be read"),
        (RSS.replace("Tue, 10 Mar 2026 05:00:00 +0100", "soon"), "maintenanceEndDate: 'soon' is no time"),
        (STATUSPAGE.replace('"m1"', "1"), "scheduled_maintenances[0].id: a text is wanted, not the number 1."),
        (STATUSPAGE.replace('"scheduled",', '"planned",'), "'planned' is no status"),
        ("[]", "this is no status page"),
        ("", "this is no notice that can be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    """Each kind of damage is named, with what to do."""
    with pytest.raises(BcpError) as told:
        read(text)
    assert said in str(told.value)


def test_a_feed_in_an_old_encoding_is_read() -> None:
    """XML says its encoding itself."""
    text = ATOM.replace("utf-8", "ISO-8859-1").replace("Calls fail", "Störning")
    (entry,) = read_notices(text.encode("iso-8859-1"), "file").notices
    assert entry.summary == "Störning"


def test_a_large_file_and_a_missing_one_are_refused(tmp_path: object) -> None:
    """More than 5 MB is no notice; a file that is not there is said so."""
    with pytest.raises(BcpError, match="larger than 5 MB"):
        read_notices(b" " * (MOST_BYTES + 1), "file")
    with pytest.raises(BcpError, match="cannot be read"):
        read_notice_file(tmp_path / "none.ics")  # type: ignore[operator]


def test_html_is_shown_as_its_reader_sees_it() -> None:
    """Elements become lines, scripts nothing, entities characters."""
    assert html_text("<p>A &amp; B</p><script>x()</script>C<br>D<b>E") == "A & B\nC\nDE"


def test_a_calendar_in_an_e_mail_is_read_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """A BCOP maintenance calendar needs nothing else, whoever sent it."""
    monkeypatch.setattr(carriers, "LIBRARY", "no_such_library")
    carriers._offline.cache_clear()
    assert [n.id for n in read(MAIL)] == [n.id for n in read(CALENDAR) if n.format == "maintnote"]
    plain = MAIL.replace("X-MAINTNOTE-", "X-NOTE-")
    found = read_notices(plain.encode(), "file")
    assert [n.format for n in found.notices] == ["calendar", "calendar"]
    assert "which is not installed" in found.not_understood[-1].text


def test_a_carriers_own_format_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the message says what to install; the rest of the product needs nothing of it."""
    monkeypatch.setattr(carriers, "LIBRARY", "no_such_library")
    carriers._offline.cache_clear()
    with pytest.raises(BcpError, match=r"pip install 'bcp\[notices\]'"):
        read("From: a@example.com\nSubject: Work\n\nTonight.\n")


def test_nothing_is_asked_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library would send notices to a service, nothing is read; its map service is never asked."""
    monkeypatch.setenv("PARSER_OPENAI_API_KEY", "set")
    with pytest.raises(BcpError, match="PARSER_OPENAI_API_KEY is set"):
        read("From: a@example.com\nSubject: Work\n\nTonight.\n")
    monkeypatch.delenv("PARSER_OPENAI_API_KEY")
    pytest.importorskip(carriers.LIBRARY)
    carriers._offline()
    places = importlib.import_module(f"{carriers.LIBRARY}.utils")
    with pytest.raises(ValueError, match="no service is asked"):
        places.Geolocator.get_location_from_api("Nowhere")


def test_an_e_mail_of_nobody_known_is_refused() -> None:
    """Which carrier wrote it is never guessed: the sender tells, or whoever imports it."""
    pytest.importorskip(carriers.LIBRARY)
    with pytest.raises(BcpError, match=r"nobody known sends from example\.com\. Give it as provider: apple,"):
        read("From: a@example.com\nSubject: Work\n\nTonight.\n")
    with pytest.raises(BcpError, match="the e-mails of 'acme' are not known"):
        read_notices(b"From: a@example.com\n\nTonight.\n", "file", provider="acme")
    with pytest.raises(BcpError, match="the e-mail is none that is known of equinix"):
        read_notices(b"From: a@example.com\n\nTonight.\n", "file", provider="Equinix")
