"""Saved sittings and their logs: opened once, then only ever added to, each entry as one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, func, insert, select, update

from bcp.errors import NotFoundError, StoreError
from bcp.model.log_entry import Closed, Corrected, Entry, What
from bcp.model.sitting import Sitting, SittingKind
from bcp.saying import said
from bcp.store import history
from bcp.store.content import json_text, read_plan
from bcp.store.database import Database
from bcp.store.line import NAME_LENGTH, plan_name, remark
from bcp.store.revision import ConflictError, Stored
from bcp.store.tables import entries, plans, sitting_keys, sittings

_WHAT: TypeAdapter[What] = TypeAdapter(What)
_APART = {"id", "kind", "plan", "revision", "title", "code", "code_until", "created"}


@dataclass(frozen=True, slots=True)
class SittingLine:
    """A line in the list of sittings, without reading its scenario or log."""

    id: str
    kind: SittingKind
    title: str
    plan: str
    revision: int
    created: datetime
    closed: datetime | None


class SittingStore:
    """Exercises and incidents with their logs, in the same file as the plans.

    May be used by many threads and processes at once. Every method raises StoreError where the file cannot be
    read or written, and NotFoundError for a sitting that is not there.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def now(self) -> datetime:
        """The present moment by the store's clock, in UTC."""
        return self._clock()

    def open(self, sitting: Sitting, key: str = "") -> Sitting:
        """Keep a new sitting over a revision of a saved plan; `key` makes whoever holds it the facilitator.

        Raises NotFoundError where there is no such plan or revision, and ConflictError where another sitting
        has its code.
        """
        with self._database.writing() as connection:
            plan = history.key_of(connection, plan_name(sitting.plan))
            history.numbered(connection, plan, sitting.revision)
            _free_code(connection, sitting.code)
            connection.execute(insert(sittings).values(**_columns(sitting), plan_id=plan))
            if key:
                connection.execute(insert(sitting_keys).values(sitting_id=sitting.id, digest=key_digest(key)))
            return _sitting(_row(connection, sitting.id))

    def sitting(self, sitting_id: str) -> Sitting:
        """The sitting of this id."""
        with self._database.reading() as connection:
            return _sitting(_row(connection, sitting_id))

    def with_code(self, code: str) -> Sitting | None:
        """The sitting that this code joins, be it valid or expired; None where no sitting has it."""
        with self._database.reading() as connection:
            key = connection.scalar(select(sittings.c.id).where(sittings.c.code == code))
            return None if key is None else _sitting(_row(connection, key))

    def plan(self, sitting_id: str) -> Stored:
        """The revision of the plan that the sitting is over, also where the plan has been renamed or deleted."""
        with self._database.reading() as connection:
            row = _row(connection, sitting_id)
            found = history.numbered(connection, row.plan_id, row.revision)
        what = said("The plan “{plan}”, revision {number}", plan=row.plan, number=found.number)
        return Stored(
            row.plan, read_plan(found.content, found.content_hash, what), history.as_revision(found)
        )

    def every(self, *, kind: SittingKind | None = None, open_only: bool = False) -> tuple[SittingLine, ...]:
        """All sittings, the newest first."""
        s = sittings.c
        wanted = (
            select(s.id, s.kind, s.title, plans.c.name, s.revision, s.created_at, s.closed_at)
            .join(plans, plans.c.id == s.plan_id)
            .order_by(s.created_at.desc(), s.id)
        )
        if kind is not None:
            wanted = wanted.where(s.kind == str(kind))
        if open_only:
            wanted = wanted.where(s.closed_at.is_(None))
        with self._database.reading() as connection:
            return tuple(
                SittingLine(row[0], SittingKind(row[1]), *row[2:]) for row in connection.execute(wanted)
            )

    def entries(self, sitting_id: str, after: int = 0) -> tuple[Entry, ...]:
        """The log from the entry after number `after` on, in order: only what the caller has not read yet."""
        e = entries.c
        wanted = select(entries).where(e.sitting_id == sitting_id, e.number > after).order_by(e.number)
        with self._database.reading() as connection:
            found = connection.execute(wanted).all()
            if not found and after == 0:
                _row(connection, sitting_id)
        return tuple(_entry(row) for row in found)

    def newest_number(self, sitting_id: str) -> int:
        """The number of the last entry; 0 where the log is empty or there is no such sitting."""
        with self._database.reading() as connection:
            return _newest(connection, sitting_id)

    def append(
        self,
        sitting_id: str,
        what: What,
        *,
        who: str,
        role: str = "",
        happened: datetime | None = None,
        expected: int | None = None,
        at: datetime | None = None,
    ) -> Entry:
        """Add an entry to the log, numbered after the last one; it is on the disk when this returns.

        `at` is the present where it is not given; never before the entry before it. `expected` is the number of
        the last entry that the writer knew: where there is a newer one ConflictError is raised and nothing is
        written, so that what no longer makes sense is not added unseen.
        """
        text = _text(what)
        with self._database.writing() as connection:
            _row(connection, sitting_id)
            newest = _newest(connection, sitting_id)
            if expected is not None and expected != newest:
                raise ConflictError(
                    said(
                        "The log has gone on: it is at entry {newest}, and you had read up to {expected}.",
                        newest=newest,
                        expected=expected,
                    ),
                    said("Nothing was written. Read what was added, then say it again where it still holds."),
                )
            moment = _not_before(connection, sitting_id, newest, at or self._clock())
            values = {
                "sitting_id": sitting_id, "number": newest + 1, "at": moment, "happened": happened,
                "who": remark(who, NAME_LENGTH), "role": remark(role, NAME_LENGTH), "content": text,
            }  # fmt: skip
            connection.execute(insert(entries).values(**values))
            self._follow(connection, sitting_id, what, moment)
            return _entry(_numbered(connection, sitting_id, newest + 1))

    def add_key(self, sitting_id: str, key: str) -> None:
        """Let this key, too, make whoever holds it the facilitator."""
        with self._database.writing() as connection:
            _row(connection, sitting_id)
            connection.execute(insert(sitting_keys).values(sitting_id=sitting_id, digest=key_digest(key)))

    def leads(self, sitting_id: str, key: str) -> bool:
        """True where this key makes its holder the facilitator."""
        k = sitting_keys.c
        wanted = select(k.digest).where(k.sitting_id == sitting_id, k.digest == key_digest(key))
        with self._database.reading() as connection:
            return connection.scalar(wanted) is not None

    def set_code(self, sitting_id: str, code: str, until: datetime) -> Sitting:
        """Give a sitting another code to join with, valid until a moment. Raises ConflictError where it is taken."""
        with self._database.writing() as connection:
            _row(connection, sitting_id)
            _free_code(connection, code)
            chosen = update(sittings).where(sittings.c.id == sitting_id)
            connection.execute(chosen.values(code=code, code_until=until))
            return _sitting(_row(connection, sitting_id))

    def _follow(self, connection: Connection, sitting_id: str, what: What, moment: datetime) -> None:
        """Keep in the list whether the sitting is closed, as the log has it."""
        match what:
            case Closed():
                closed: datetime | None = moment
            case Corrected(entry=number):
                struck = _numbered(connection, sitting_id, number)
                if not isinstance(_entry(struck).what, Closed):
                    return
                closed = None
            case _:
                return
        connection.execute(update(sittings).where(sittings.c.id == sitting_id).values(closed_at=closed))


def key_digest(key: str) -> str:
    """What the store keeps of a key: it tells whether a key is right, and not what it is."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _columns(sitting: Sitting) -> dict[str, Any]:
    content = sitting.model_dump(mode="json", by_alias=True, exclude=_APART)
    return {
        "id": sitting.id, "kind": str(sitting.kind), "revision": sitting.revision, "title": sitting.title,
        "created_at": sitting.created, "code": sitting.code or None, "code_until": sitting.code_until,
        "content": json_text(content),
    }  # fmt: skip


def _text(what: What) -> str:
    """What an entry says, as JSON that reads back. Raises StoreError where it would not: nothing is lost by saving."""
    text = json_text(what.model_dump(mode="json"))
    _read(text, "The entry, as it was to be saved")
    return text


def _read(text: str, where: str) -> What:
    try:
        return _WHAT.validate_json(text)
    except ValidationError as error:
        raise StoreError(
            said("{where}, cannot be read by this version of the product.", where=where),
            said("It was left as it is. Update the product, or put back a backup of the file."),
        ) from error


def _entry(row: Row[Any]) -> Entry:
    what = _read(
        row.content,
        said("Entry {number} of the log of {sitting_id}", number=row.number, sitting_id=row.sitting_id),
    )
    return Entry(number=row.number, at=row.at, who=row.who, role=row.role, what=what, happened=row.happened)


def _sitting(row: Row[Any]) -> Sitting:
    apart = {
        "id": row.id, "kind": row.kind, "plan": row.plan, "revision": row.revision, "title": row.title,
        "code": row.code or "", "code_until": row.code_until, "created": row.created_at,
    }  # fmt: skip
    try:
        return Sitting.model_validate({**json.loads(row.content), **apart})
    except ValueError as error:
        raise StoreError(
            said("The sitting “{title}” cannot be read by this version of the product.", title=row.title),
            said("It was left as it is. Update the product, or put back a backup of the file."),
        ) from error


def _row(connection: Connection, sitting_id: str) -> Row[Any]:
    wanted = (
        select(sittings, plans.c.name.label("plan"))
        .join(plans, plans.c.id == sittings.c.plan_id)
        .where(sittings.c.id == sitting_id)
    )
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise NotFoundError(
            said("There is no such exercise or incident."),
            said("See the list of those that are open and of older ones."),
        )
    return row


def _newest(connection: Connection, sitting_id: str) -> int:
    found: int | None = connection.scalar(
        select(func.max(entries.c.number)).where(entries.c.sitting_id == sitting_id)
    )
    return found or 0


def _numbered(connection: Connection, sitting_id: str, number: int) -> Row[Any]:
    row = connection.execute(
        select(entries).where(entries.c.sitting_id == sitting_id, entries.c.number == number)
    ).one_or_none()
    if row is None:
        raise NotFoundError(
            said("The log has no entry {number}.", number=number), said("See the log for its numbers.")
        )
    return row


def _not_before(connection: Connection, sitting_id: str, newest: int, moment: datetime) -> datetime:
    """A moment not before the last entry's, should a clock have been set back meanwhile."""
    return max(moment, _numbered(connection, sitting_id, newest).at) if newest else moment


def _free_code(connection: Connection, code: str) -> None:
    if code and connection.scalar(select(sittings.c.id).where(sittings.c.code == code)) is not None:
        raise ConflictError(said("Another exercise has this code."), said("Choose another one."))
