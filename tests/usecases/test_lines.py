"""Lists of customers' lines: the made-up ones that come with the product, and whose owners are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcp import usecases
from bcp.errors import NotFoundError
from bcp.model.line import ContactChannel
from bcp.usecases import lines, notifying

FIBRA = usecases.open_plan("example:fibra").plan
CASE = usecases.scenario("it-pianetafibra-area")


def test_the_made_up_list_is_of_the_fibre_example() -> None:
    """About two hundred lines in every municipality, some alarms among them; none where another plan is open."""
    found = lines.read_lines(Path("example:fibra"), FIBRA)
    assert len(found) == 204
    assert {line.area for line in found} == {
        c.area for i, c in FIBRA.components.items() if i.startswith("owners-")
    }
    assert {"alarm", "health", "business", "public", ""} == {line.priority for line in found}
    assert lines.sample_lines(FIBRA) is not None
    assert lines.sample_lines(usecases.open_plan("example:kommun").plan) is None


def test_an_example_without_a_list_is_said() -> None:
    """Nothing outside the folder of samples is ever opened."""
    for name in ("kommun", "../organisations/fibra", ""):
        with pytest.raises(NotFoundError, match="there is no sample"):
            lines.read_lines(Path(f"example:{name}"), FIBRA)


def test_only_owners_in_the_affected_municipality_are_told_and_all_of_them() -> None:
    """Counted by hand from the list: who is concerned, who agreed to e-mail or SMS and has an address."""
    listed = lines.read_lines(Path("example:fibra"), FIBRA)
    told = notifying.notify(FIBRA, CASE, lines=listed)
    there = [line for line in listed if line.area == "IT/25/valdoro"]
    written = {ContactChannel.SMS, ContactChannel.EMAIL}
    counted = told.owners()
    assert counted is not None
    assert counted.concerned == len(there)
    assert counted.sent == sum(bool({p.channel for p in line.told_by} & written) for line in there)
    assert sum(counted.priorities.values()) == sum(counted.languages.values()) == len(there)
    assert {t.line for t in told.to_lines()} == {line.id for line in there}
    files = notifying.owner_files(told)
    assert not any("staff" in name or "public" in name for name in files)
    mails = b"".join(content for name, content in files.items() if name.endswith("email.csv")).decode()
    agreed = {p.address for line in there for p in line.told_by if p.channel is ContactChannel.EMAIL}
    assert {row.split(",")[0] for row in mails.splitlines()} & {
        p.address for line in listed for p in line.contacts
    } == agreed
