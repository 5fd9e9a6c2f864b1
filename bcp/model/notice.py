"""Notices of planned work and incidents from suppliers: what they say, which is newest, what was not understood."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from bcp.errors import WrongValueError
from bcp.model.value import Line, Lines, Sentence, Text, Value
from bcp.saying import said


class NoticeStatus(StrEnum):
    """How sure the work is and how far it has come (BCOP maintenance note, and what carriers add to it)."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    RE_SCHEDULED = "re-scheduled"
    IN_PROCESS = "in-process"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_CHANGE = "no-change"
    """Not told, or told to be as before."""


class NoticeImpact(StrEnum):
    """What the work does to a circuit or service (BCOP maintenance note), the worst last; not told counts as that."""

    NO_IMPACT = "no-impact"
    REDUCED_REDUNDANCY = "reduced-redundancy"
    DEGRADED = "degraded"
    OUTAGE = "outage"


def worst(impacts: Iterable[NoticeImpact]) -> NoticeImpact:
    """The worst of some impacts; an outage where there is none."""
    return max(impacts, key=list(NoticeImpact).index, default=NoticeImpact.OUTAGE)


UNNAMED = "status page"
"""The provider of an entry whose form names none, where nobody says whose status page it is."""

OVER = frozenset({NoticeStatus.CANCELLED, NoticeStatus.COMPLETED})
"""Nothing more will happen."""


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment in UTC."""


class Window(Value):
    """From when until when work is done; without an end it is not known when that is."""

    start: Moment
    end: Moment | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Window:
        if self.end is not None and self.end <= self.start:
            raise WrongValueError(said("the window ends before it begins."))
        return self


class NoticeObject(Value):
    """A circuit or service as its supplier calls it, and what happens to it."""

    id: Line = Field(min_length=1)
    impact: NoticeImpact = NoticeImpact.OUTAGE


Format = Literal["maintnote", "calendar", "mail", "statuspage", "atom", "rss", "cap"]


class Notice(Value):
    """One notice as its supplier sent it; times in UTC."""

    provider: Line = Field(min_length=1)
    id: Line = Field(min_length=1, description="The supplier's name for the work or incident.")
    account: Line = ""
    status: NoticeStatus = NoticeStatus.NO_CHANGE
    sequence: int = Field(default=0, description="Rises with each revision; -1: the notice has none.")
    stamp: Moment | None = Field(default=None, description="When this revision was written.")
    windows: tuple[Window, ...] = Field(default=(), description="In order; none: not told.")
    planned: bool = Field(default=True, description="Told beforehand; else an incident that came by itself.")
    objects: tuple[NoticeObject, ...] = ()
    areas: Lines = Field(default=(), description="Areas that an alert names, as written.")
    replaces: Lines = Field(default=(), description="Ids of earlier notices that this one goes on from.")
    organizer: Line = ""
    uid: Line = ""
    summary: Line = ""
    text: Text = ""
    format: Format
    source: Line = Field(default="", description="File and line.")

    @property
    def key(self) -> tuple[str, str]:
        """What updates of the same work have in common: provider and id."""
        return self.provider, self.id

    @property
    def start(self) -> datetime | None:
        """When the first window begins."""
        return self.windows[0].start if self.windows else None


class NotUnderstood(Value):
    """A part of a file that was left aside, and why."""

    where: Line
    text: Sentence
    why: Sentence


class Notices(Value):
    """What files held: the notices in their order, and what was not understood of them."""

    notices: tuple[Notice, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()


def merged(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The newest revision of each work that was not called off, by provider and id; in whatever order they came."""
    return tuple(n for n in newest(notices) if n.status != NoticeStatus.CANCELLED)


def newest(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The newest revision of each work, called-off ones too, sorted by provider and id.

    The highest sequence is newest; among equal ones the latest stamp. A revision that leaves the status
    as it was takes that of the newest one before it that has one. Notices of one provider belong together
    where they have the same id, or one replaces the other.
    """
    together: dict[tuple[str, str], list[Notice]] = {}
    everything = list(notices)
    first = _first_ids(everything)
    for notice in everything:
        together.setdefault((notice.provider, first[notice.key]), []).append(notice)
    return tuple(sorted((_newest(group) for group in together.values()), key=lambda n: n.key))


def _newest(group: list[Notice]) -> Notice:
    ordered = sorted(group, key=_age)
    last = ordered[-1]
    if last.status != NoticeStatus.NO_CHANGE:
        return last
    told = [n.status for n in ordered if n.status != NoticeStatus.NO_CHANGE]
    return last.model_copy(update={"status": told[-1]}) if told else last


def _age(notice: Notice) -> tuple[int, datetime, bool, str]:
    """Where two agree in sequence and stamp but not in content, the one that is not called off counts."""
    stamp = notice.stamp or datetime.min.replace(tzinfo=UTC)
    called_off = notice.status == NoticeStatus.CANCELLED
    return notice.sequence, stamp, not called_off, notice.model_dump_json()


def _first_ids(notices: list[Notice]) -> dict[tuple[str, str], str]:
    """For each notice the least id of those it belongs with, by way of what replaces what."""
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(key: tuple[str, str]) -> tuple[str, str]:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for notice in notices:
        for earlier in (notice.id, *notice.replaces):
            one, other = sorted((root(notice.key), root((notice.provider, earlier))))
            parent[other] = one
    return {notice.key: root(notice.key)[1] for notice in notices}
