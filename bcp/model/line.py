"""Customers' lines: what each hangs on, and how its owner may be told. Columns, for there may be a million."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bcp.model.columns import Coded, Texts

PRIORITIES = ("alarm", "health", "rescue", "public", "business")
"""Whose lines come first, in this order: safety and lift alarms; care; rescue services and other emergency
organisations; public services; firms. Then any other words in alphabetical order, and last lines without one."""

BETWEEN = ";"
"""What stands between several components, contacts or channels in one cell."""


class ContactChannel(StrEnum):
    """A way to tell a line's owner something."""

    SMS = "sms"
    PHONE = "phone"
    EMAIL = "email"
    APP = "app"
    LETTER = "letter"


_SEPARATORS = re.compile(r"[ \-]")


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A channel, and the address on it: E.164 for SMS and telephone; empty where only the channel is known."""

    channel: ContactChannel
    address: str = ""

    def __str__(self) -> str:
        return f"{self.channel}:{self.address}" if self.address else str(self.channel)


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One line: its area, the components it hangs on, its contacts, and who owns it ("" where not known)."""

    id: str
    components: tuple[str, ...]
    area: str = ""
    contacts: tuple[ContactPoint, ...] = ()
    consent: tuple[ContactChannel, ...] = ()
    language: str = ""
    priority: str = ""
    customer: str = ""

    @property
    def told_by(self) -> tuple[ContactPoint, ...]:
        """The contacts on channels that the owner has agreed to: the only ones a notice may go to."""
        return tuple(point for point in self.contacts if point.channel in self.consent)


@dataclass(frozen=True, eq=False, slots=True)
class Lines:
    """Many lines as columns of the same length, in the order of their file. `contacts` are cells as written."""

    ids: Texts
    components: Coded[tuple[str, ...]]
    area: Coded[str]
    contacts: Texts
    consent: Coded[tuple[ContactChannel, ...]]
    language: Coded[str]
    priority: Coded[str]
    customer: Coded[str]

    @classmethod
    def of(cls, lines: Iterable[CustomerLine]) -> Lines:
        """These lines as columns."""
        rows = list(lines)
        return cls(
            ids=Texts.of(line.id for line in rows),
            components=Coded.of(line.components for line in rows),
            area=Coded.of(line.area for line in rows),
            contacts=Texts.of(BETWEEN.join(map(str, line.contacts)) for line in rows),
            consent=Coded.of(line.consent for line in rows),
            language=Coded.of(line.language for line in rows),
            priority=Coded.of(line.priority for line in rows),
            customer=Coded.of(line.customer for line in rows),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, row: int) -> CustomerLine:
        return CustomerLine(
            id=self.ids[row],
            components=self.components[row],
            area=self.area[row],
            contacts=contact_points(self.contacts[row]),
            consent=self.consent[row],
            language=self.language[row],
            priority=self.priority[row],
            customer=self.customer[row],
        )

    def __iter__(self) -> Iterator[CustomerLine]:
        return (self[row] for row in range(len(self)))


def contact_points(cell: str) -> tuple[ContactPoint, ...]:
    """The contacts in a cell such as `sms:+46701234567; email`. Raises ValueError for an unknown channel."""
    found = []
    for part in filter(None, (p.strip() for p in cell.split(BETWEEN))):
        name, _, address = part.partition(":")
        channel = ContactChannel(name.strip().casefold())
        plain = address.strip()
        if channel in (ContactChannel.SMS, ContactChannel.PHONE):
            plain = _SEPARATORS.sub("", plain)
        found.append(ContactPoint(channel, plain))
    return tuple(dict.fromkeys(found))


def priority_rank(priority: str) -> tuple[int, str]:
    """Sorts priorities by who is told first: see `PRIORITIES`."""
    if not priority:
        return len(PRIORITIES) + 1, ""
    return (PRIORITIES.index(priority) if priority in PRIORITIES else len(PRIORITIES)), priority


def within_area(area: str, wanted: str) -> bool:
    """True where an area path is `wanted` or lies below it; every area lies within the empty path."""
    return not wanted or area == wanted or area.startswith(wanted.rstrip("/") + "/")
