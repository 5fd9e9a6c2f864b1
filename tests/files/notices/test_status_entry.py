"""One incident or maintenance of a status page as a file of its own."""

from __future__ import annotations

import pytest

from bcp.errors import BcpError
from bcp.files.notices.reading import read_notices
from bcp.model.notice import Notice, NoticeImpact, NoticeStatus
from tests.files.notices.samples import INCIDENT, MAINTENANCE


def read(text: str, provider: str | None = None) -> Notice:
    """The notice of a text."""
    (notice,) = read_notices(text.encode(), "entry.json", provider=provider).notices
    return notice


def test_an_incident_lasts_from_its_first_update_to_the_one_that_resolves_it() -> None:
    """The updates may stand in any order; an incident is none that was told beforehand."""
    found = read(INCIDENT, "example.com")
    assert (found.provider, found.id) == ("example.com", "2026-03-03 Calls fail")
    assert [(f"{w.start:%H:%M}", f"{w.end:%H:%M}") for w in found.windows if w.end] == [("07:00", "08:45")]
    assert (found.status, found.planned, found.objects) == (NoticeStatus.COMPLETED, False, ())
    assert found.text == "Fixed & watched.\nWe look."


def test_an_incident_that_nobody_resolved_goes_on() -> None:
    """Its window has no end."""
    found = read(INCIDENT.replace("resolved", "monitoring"))
    assert (found.status, [w.end for w in found.windows]) == (NoticeStatus.IN_PROCESS, [None])


def test_a_maintenance_has_its_window_and_strikes_its_components() -> None:
    """It was told beforehand; a component named twice is one."""
    found = read(MAINTENANCE)
    assert [(f"{w.start:%H:%M}", f"{w.end:%H:%M}") for w in found.windows if w.end] == [("01:00", "04:00")]
    assert [(o.id, o.impact) for o in found.objects] == [("acme-2", NoticeImpact.OUTAGE)]
    assert (found.status, found.planned) == (NoticeStatus.CONFIRMED, True)


def test_a_maintenance_that_took_no_time_has_no_window() -> None:
    """Nothing happens in it."""
    assert read(MAINTENANCE.replace('"180"', "0")).windows == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (MAINTENANCE.replace('"180"', '"long"'), r"^entry\.json:4: minutes: 'long' is no length"),
        (MAINTENANCE.replace('"180"', '"999999999"'), "is no length of a maintenance"),
        (MAINTENANCE.replace("2026-03-10T01:00:00.000Z", "soon"), r"^entry\.json:3: .*is no time"),
        (INCIDENT.replace("minor", "huge"), r"^entry\.json:3: 'huge' is no impact"),
        (INCIDENT.replace("investigating", "thinking"), "'thinking' is no status"),
        (INCIDENT.replace('"Calls fail"', "7"), "name: a text is wanted, not the number 7."),
        ('{"name": "x", "updates": []}', "says no time"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_with_its_line(text: str, message: str) -> None:
    """Nothing of the entry is read then."""
    with pytest.raises(BcpError, match=message):
        read(text)
