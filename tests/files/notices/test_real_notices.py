"""Real carriers' notices beside what circuit-maintenance-parser's authors expect of them."""

from __future__ import annotations

import csv
import json
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from bcp.errors import BcpError
from bcp.files.notices import carriers
from bcp.files.notices.reading import read_notice_file, read_notices
from bcp.model.notice import Notice

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "notices"
STATUS = FOLDER.parent / "status"

OUTDATED = {
    "hgc/hgc2.eml": "its expected times are those of hgc1; the e-mail itself and hgc2_html_result say 8 July",
    "lumen/lumen3.html": "the library reads CONFIRMED now",
    "lumen/lumen4.html": "the library reads CONFIRMED now",
    "lumen/lumen8.html": "the library reads CONFIRMED now",
}
"""Cases in which the installed library's own output differs from its older expected results."""

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
    """Id, status, window, circuits and impacts of each real notice are those that the library's authors expect."""
    outdated = [OUTDATED[path] for _, path in inputs(row) if path in OUTDATED]
    if any(kind != "ical" for kind, _ in inputs(row)) and "eunetworks" not in row["inputs"]:
        pytest.importorskip(carriers.LIBRARY)
    found = read(row)
    if outdated:
        assert {(e[0], e[4]) for e in found} >= {(e[0], e[4]) for e in expected(row)}
    else:
        assert found == expected(row)


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
