"""Real carriers' notices beside what circuit-maintenance-parser's authors expect of them."""

from __future__ import annotations

import csv
import json
import quopri
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from bcp.errors import BcpError
from bcp.files.notices import carriers
from bcp.files.notices.plain import html_text
from bcp.files.notices.reading import read_notice_file, read_notices
from bcp.model.notice import Notice

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "notices"
STATUS = FOLDER.parent / "status"

SCHEDULED = "This maintenance is scheduled."

CORRECTED = {
    "hgc/hgc2.eml": "08-Jul-2021 17:00 UTC",
    "lumen/lumen3.html": SCHEDULED,
    "lumen/lumen4.html": SCHEDULED,
    "lumen/lumen8.html": SCHEDULED,
}
"""Notices whose expected result is wrong, and what stands in them.

Lumen's say under Updates that the work is scheduled, weeks or hours before it begins; the expected results
have IN-PROCESS, which they say nowhere. hgc2 is of 8 July, 17:00 to 18:00 UTC, as its other result
(hgc2_html_result) has it; hgc2_result has the times, the circuit and the summary of hgc1.
"""

HGC2 = ("TIC000000000000001", "CONFIRMED", 1625763600, 1625767200, (("CIR0000001", "OUTAGE"),))

Row = dict[str, str]


def rows() -> list[Row]:
    """The cases of the manifest; none where the shared data are not there."""
    manifest = FOLDER / "manifest.csv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def inputs(row: Row) -> list[tuple[str, str]]:
    """Kind and path of each input."""
    return [(kind, path) for part in row["inputs"].split() for kind, _, path in [part.partition("=")]]


def expected(row: Row) -> set[tuple[Any, ...]]:
    """What a case shall give: one entry for each window."""
    found = []
    for name in row["expected"].split():
        if (FOLDER / name).is_file():
            data = json.loads((FOLDER / name).read_text(encoding="utf-8"), strict=False)
            found += data if isinstance(data, list) else [data]
    return {
        (
            e["maintenance_id"],
            e["status"],
            e["start"],
            e["end"],
            circuits({c["circuit_id"]: c["impact"] for c in e["circuits"]}),
        )
        for e in found
        if "maintenance_id" in e
    }


def circuits(impacts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Circuits with their impact, sorted."""
    return tuple(sorted(impacts.items()))


def told(notices: tuple[Notice, ...]) -> set[tuple[Any, ...]]:
    """Notices in the same form."""
    return {
        (n.id, n.status.value.upper(), int(w.start.timestamp()), int(w.end.timestamp()) if w.end else None,
         circuits({o.id: o.impact.value.upper() for o in n.objects}))
        for n in notices
        for w in n.windows
    }  # fmt: skip


def corrected(row: Row) -> set[tuple[Any, ...]]:
    """What a case shall give by what stands in its notice, where that is not what is expected of it."""
    paths = {path for _, path in inputs(row)}
    if "hgc/hgc2.eml" in paths:
        return expected(row) | {HGC2}
    if paths & CORRECTED.keys():
        return {(i, "CONFIRMED", *rest) for i, _, *rest in expected(row)}
    return expected(row)


def plain(path: str) -> str:
    """The text of a notice without its markup and transfer encoding."""
    content = quopri.decodestring((FOLDER / path).read_bytes())
    if path.endswith(".eml"):
        parts = message_from_bytes((FOLDER / path).read_bytes()).walk()
        found = [p.get_payload(decode=True) for p in parts if p.get_content_type() == "text/html"]
        content = b"".join(part for part in found if isinstance(part, bytes))
    return " ".join(html_text(content.decode("utf-8", "replace")).split())


def read(row: Row) -> set[tuple[Any, ...]]:
    """What a case gives."""
    kinds = dict(inputs(row))
    if "html" not in kinds:
        found = [
            read_notices((FOLDER / path).read_bytes(), path, provider=row["provider"])
            for _, path in inputs(row)
        ]
        return told(tuple(n for part in found for n in part.notices))
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = "Mon, 1 Feb 2021 09:33:34 +0000"
    mail["Subject"] = (FOLDER / kinds["email-header-subject"]).read_text(encoding="utf-8").strip()
    mail.set_content((FOLDER / kinds["html"]).read_text(encoding="utf-8"), subtype="html")
    return told(read_notices(mail.as_bytes(), kinds["html"], provider=row["provider"]).notices)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['provider']}:{row['inputs']}"[:60])
def test_a_real_notice_is_read_as_its_library_expects(row: Row) -> None:
    """Id, status, window, circuits and impacts of each real notice: as expected of it, but where the notice says otherwise."""
    if any(kind != "ical" for kind, _ in inputs(row)) and "eunetworks" not in row["inputs"]:
        pytest.importorskip(carriers.LIBRARY)
    assert read(row) == corrected(row)


@pytest.mark.parametrize(("path", "words"), CORRECTED.items())
def test_a_real_notice_itself_says_what_is_read_of_it(path: str, words: str) -> None:
    """Where the expected result is another, the words that decide stand in the notice, and none of work that goes on."""
    if not FOLDER.is_dir():
        pytest.skip("the shared data are not there")
    text = plain(path)
    assert words in text
    assert "in progress" not in text.lower()
    assert "has begun" not in text.lower()


CALENDARS = ("ical_no_account", "ical_no_object_id", "ical_no_organizer", "ical_no_stamp")


@pytest.mark.parametrize("name", CALENDARS)
def test_a_real_note_without_what_does_not_matter_is_read(name: str) -> None:
    """Account, organizer and stamp may be missing; a note without circuits is kept, and strikes nothing."""
    if not FOLDER.is_dir():
        pytest.skip("the shared data are not there")
    (note,) = read_notice_file(FOLDER / "ical" / name).notices
    assert note.id == "WorkOrder-31415"


@pytest.mark.parametrize(
    "name", ["ical_no_start", "ical_no_end", "ical_no_provider", "ical_no_maintenance_id"]
)
def test_a_real_note_without_what_matters_is_refused(name: str) -> None:
    """When, whose and which are needed."""
    if not FOLDER.is_dir():
        pytest.skip("the shared data are not there")
    with pytest.raises(BcpError, match=rf"^{name}:\d+: "):
        read_notice_file(FOLDER / "ical" / name)


def test_a_real_status_page_and_feed_are_read() -> None:
    """GitHub's incidents of a day and an Atom feed: ids, times and what was struck."""
    if not STATUS.is_dir():
        pytest.skip("the shared data are not there")
    page = read_notice_file(STATUS / "github-incidents-2024-09-16.json").notices
    assert [(n.provider, n.id, n.status.value) for n in page] == [
        ("GitHub", "69sb0f8lydp4", "completed"),
        ("GitHub", "r3x7x31k7nn1", "completed"),
    ]
    assert {(o.id, o.impact.value) for o in page[0].objects} >= {("Actions", "outage"), ("Pages", "degraded")}
    feed = read_notice_file(STATUS / "history-excerpt.atom").notices
    assert [n.id[:10] for n in feed] == ["2026-09-27", "2026-02-24"]


def durations() -> list[Row]:
    """Each of DatoCMS's incidents with its minutes from first to last update; none where the data are not there."""
    table = STATUS / "derived-durations.csv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_entry_of_a_real_status_history_is_read() -> None:
    """72 incidents and 31 maintenances: times as derived from the data, which is planned, which struck what."""
    if not STATUS.is_dir():
        pytest.skip("the shared data are not there")
    files = sorted((STATUS / "data").rglob("*.json"))
    found = [read_notice_file(path, provider="datocms").notices[0] for path in files]
    assert (sum(not n.planned for n in found), sum(n.planned for n in found)) == (72, 31)
    assert all(n.status.value == "completed" for n in found)
    assert all(n.objects for n in found if n.planned)
    lasted = sorted(
        round((w.end - w.start).total_seconds() / 60, 1)
        for n in found
        if not n.planned
        for w in n.windows
        if w.end
    )
    expected = [float(r["minutes_between"]) for r in durations() if r["kind"] == "incident"]
    assert lasted == sorted(m for m in expected if m > 0)
