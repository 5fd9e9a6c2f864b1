"""Notices out as the formats that machines read: MAINTNOTE, Atom and CAP, and back through the readers of notices in."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.files.notices.reading import read_notices
from bcp.files.notices_out.atom import atom_feed
from bcp.files.notices_out.cap import cap_alert
from bcp.files.notices_out.maintnote import maintnote
from bcp.model.announcement import Announcement, Audience, Form, Occasion
from bcp.model.notice import Notice, NoticeImpact, NoticeStatus
from tests.files.notices_out.samples import NASTY, checked, notice, planned, utc, wording

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ALERT = "identifier sender sent status msgType source scope restriction addresses code note references incidents info"
INFO = (
    "language category event responseType urgency severity certainty audience eventCode effective onset expires"
    " senderName headline description instruction web contact parameter resource area"
)
WORDS = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
    "category": {"Infra"},
    "responseType": {"Execute", "Assess", "AllClear"},
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
}


def only(content: bytes, name: str) -> Notice:
    """The one notice that the reader finds."""
    (found,) = read_notices(content, name).notices
    return found


def names(element: ET.Element) -> list[str]:
    """The names of an element's children, without their namespace."""
    return [child.tag.removeprefix(CAP) for child in element]


def check_cap(content: bytes) -> ET.Element:
    """CAP 1.2 by structure: the elements there must be, in their order, with the words that are allowed."""
    alert = ET.fromstring(content)  # noqa: S314 - our own writer made it
    assert alert.tag == f"{CAP}alert"
    for element, order, needed in (
        (alert, ALERT, ("identifier", "sender", "sent", "status", "msgType", "scope")),
        *(
            (info, INFO, ("category", "event", "urgency", "severity", "certainty"))
            for info in alert.iter(f"{CAP}info")
        ),
    ):
        places = [order.split().index(name) for name in names(element)]
        assert places == sorted(places)
        assert set(needed) <= set(names(element))
    for name, allowed in WORDS.items():
        assert {e.text for e in alert.iter(f"{CAP}{name}")} <= allowed
    for name in ("identifier", "sender"):
        text = alert.findtext(f"{CAP}{name}") or ""
        assert text
        assert not set(text) & set(" ,<&\n\t")
    for name in ("sent", "onset", "expires"):
        assert all((e.text or "")[-6] in "+-" for e in alert.iter(f"{CAP}{name}"))
    return alert


def test_maintenance_comes_back_through_the_reader() -> None:
    """Provider, id, times, revision, status and objects are those of the notice."""
    work = planned()
    content = maintnote([work], sender="noc@example.org", language="en")
    assert content is not None
    found = only(content, "a.ics")
    assert (found.format, found.provider, found.id) == ("maintnote", "Testkommun", "20260320-work-lines")
    assert work.window_end is not None
    assert [(w.start, w.end) for w in found.windows] == [(utc(work.begins), utc(work.window_end))]
    assert (found.sequence, found.status, found.stamp) == (0, NoticeStatus.CONFIRMED, utc(work.at))
    assert [(o.id, o.impact) for o in found.objects] == [("n", NoticeImpact.OUTAGE)]
    assert (found.organizer, found.summary, found.text) == (
        "mailto:noc@example.org", "Disruption", "What fails.\nCall 112."
    )  # fmt: skip


def test_revisions_of_a_maintenance_rise() -> None:
    """UID stays while SEQUENCE and status follow the work; work that drags on ends at the next update."""
    work = planned()
    late = planned(
        revision=4, occasion=Occasion.UPDATE, overrun=True, at=work.begins + timedelta(hours=7),
        next_update=work.begins + timedelta(hours=8), expected_end=None,
    )  # fmt: skip
    done = planned(revision=5, occasion=Occasion.RESTORATION, ended=work.begins + timedelta(hours=9))
    found = [only(maintnote([n], sender="", language="en") or b"", "a.ics") for n in (work, late, done)]
    assert len({n.uid for n in found}) == 1
    assert [n.sequence for n in found] == [0, 3, 4]
    assert [n.status for n in found] == [
        NoticeStatus.CONFIRMED,
        NoticeStatus.IN_PROCESS,
        NoticeStatus.COMPLETED,
    ]
    assert [n.windows[0].end for n in found] == [utc(work.begins + timedelta(hours=h)) for h in (6, 8, 9)]


def test_what_nobody_planned_is_no_maintenance() -> None:
    """A failure gives no calendar."""
    assert maintnote([notice()], sender="", language="en") is None


@pytest.mark.parametrize(
    ("occasion", "status"),
    [
        (Occasion.BEFORE_24_HOURS, NoticeStatus.CONFIRMED),
        (Occasion.DETECTION, NoticeStatus.IN_PROCESS),
        (Occasion.UPDATE, NoticeStatus.IN_PROCESS),
        (Occasion.RESTORATION, NoticeStatus.COMPLETED),
    ],
)
def test_the_feed_comes_back_through_the_reader(occasion: Occasion, status: NoticeStatus) -> None:
    """An entry's id, time, title and status are read as they were meant."""
    feed = atom_feed([notice(occasion=occasion)], language="en", title="Status", organisation="Testkommun")
    assert feed is not None
    found = only(feed, "feed.xml")
    assert (found.provider, found.status, found.stamp) == ("Testkommun", status, utc(notice().at))
    assert found.summary == "Disruption"
    assert "What fails." in found.text


def test_a_feed_has_one_entry_a_notice_newest_first() -> None:
    """Revisions stand in one entry whose id stays; there is no feed in a language without texts."""
    first = notice(revision=1, at=notice().begins, history=(), wordings=(wording("en", "The first."),))
    feed = atom_feed([first, notice()], language="en", title="Status", organisation="Testkommun")
    assert feed is not None
    text = only(feed, "feed.xml").text
    assert text.index("What fails.") < text.index("The first.")
    assert atom_feed([notice()], language="nl", title="", organisation="Testkommun") is None


def test_the_alert_comes_back_through_the_reader() -> None:
    """Who, when, what, where and what it goes on from are those of the notice."""
    content = cap_alert(notice(), sender="crisis@example.org")
    check_cap(content)
    found = only(content, "a.xml")
    assert (found.provider, found.id) == ("crisis@example.org", "20260303-case-public.2")
    assert found.replaces == ("20260303-case-public.1",)
    assert (found.stamp, found.status) == (utc(notice().at), NoticeStatus.CONFIRMED)
    assert [(o.id, o.impact) for o in found.objects] == [("0980-31 92 00", NoticeImpact.OUTAGE)]
    assert found.areas == ("Residents", "area=SE/BD")
    assert found.text == "What fails.\nCall 112."


def test_the_status_of_an_alert_says_what_it_is() -> None:
    """Draft until two have checked its numbers, Exercise in an exercise, Actual else; scope by audience."""
    cases: list[tuple[Announcement, str, str]] = [
        (notice(), "Actual", "Public"),
        (notice(exercise=True), "Exercise", "Public"),
        (notice(numbers=(checked("0980-31 92 40", "Anna"),)), "Draft", "Public"),
        (notice(audience=Audience.PARTNERS), "Actual", "Restricted"),
    ]
    for told, status, scope in cases:
        alert = check_cap(cap_alert(told, sender=""))
        assert (alert.findtext(f"{CAP}status"), alert.findtext(f"{CAP}scope")) == (status, scope)
        assert (alert.find(f"{CAP}restriction") is not None) == (scope == "Restricted")


@given(st.lists(NASTY, min_size=8, max_size=8))
def test_any_text_gives_well_formed_files(texts: list[str]) -> None:
    """Whatever stands in a plan, the calendar, the feed and the alert are read as exactly one notice."""
    a, b, c, d, e, f, g, h = texts
    changes = {
        "organisation": a[:300], "place": (b[:300],), "areas": (c[:300],), "contact": d[:300], "cause": e[:300],
        "failing": notice().failing[0].model_copy(update={"name": f[:300], "number": g[:300]}),
    }  # fmt: skip
    changes["failing"] = (changes["failing"],)
    told = notice(**changes, wordings=(wording("en", h, subject=a[:300]),))
    check_cap(cap_alert(told, sender=b))
    feed = atom_feed([told], language="en", title=c, organisation=a)
    assert feed is not None
    root = ET.fromstring(feed)  # noqa: S314 - our own writer made it
    assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    work = planned(**changes, wordings=(wording("en", h, subject=a[:300]),))
    content = maintnote([work], sender=c, language="en")
    assert content is not None
    text = content.decode()
    assert text.replace("\r\n ", "").split("\r\n").count("BEGIN:VEVENT") == 1
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    if a.strip() and a.isprintable():
        assert len(read_notices(content, "a.ics").notices) == 1


def test_a_text_for_another_form_is_no_alert() -> None:
    """Only a page's texts become part of an alert."""
    short = wording("en", "Short.", form=Form.SMS)
    alert = check_cap(cap_alert(notice(wordings=(short,)), sender=""))
    assert alert.find(f"{CAP}info") is None
