"""Outages that people wrote themselves, under their plan: every edition is kept, the newest counts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from bcp.errors import NotFoundError
from bcp.saying import said
from bcp.store import history
from bcp.store.database import Database
from bcp.store.line import NAME_LENGTH, plan_name, remark
from bcp.store.revision import ConflictError
from bcp.store.tables import outages


@dataclass(frozen=True, slots=True)
class OwnOutage:
    """One edition of an outage: its name (the scenario's id) and the text of its file."""

    plan: str
    name: str
    number: int
    saved_at: datetime
    author: str
    content_hash: str
    text: str


class OutageStore:
    """People's own outages, in the same file as the plans.

    May be used by many threads and processes at once. Every method raises StoreError where the file cannot
    be read or written, and NotFoundError for a plan or outage that is not there.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def save(self, plan: str, name: str, text: str, *, author: str, expected: str | None = None) -> OwnOutage:
        """Save an edition of an outage under a plan; where its text is the newest already, give that one.

        `expected` is the hash of the edition that the edit was based on, empty for a new outage: where
        another has been saved since, ConflictError is raised and nothing is written.
        """
        plan, author, digest = plan_name(plan), remark(author, NAME_LENGTH), text_hash(text)
        with self._database.writing() as connection:
            key = history.key_of(connection, plan)
            newest = _newest(connection, key, name)
            held = newest.content_hash or "" if newest is not None else ""
            if newest is not None and held == digest:
                return _outage(plan, newest)
            if expected is not None and expected != held:
                raise ConflictError(
                    said("The outage “{name}” has been saved by somebody else since you began.", name=name),
                    said("Nothing was overwritten. Save yours under another title, or open the newest one."),
                )
            row = _add(connection, key, name, newest, (self._clock(), author, digest, text))
            return _outage(plan, row)

    def every(self, plan: str) -> tuple[OwnOutage, ...]:
        """The newest edition of each outage of a plan, by name; without those that were removed."""
        plan = plan_name(plan)
        with self._database.reading() as connection:
            key = history.key_of(connection, plan)
            last = (
                select(outages.c.name, func.max(outages.c.number).label("number"))
                .where(outages.c.plan_id == key)
                .group_by(outages.c.name)
                .subquery()
            )
            rows = connection.execute(
                select(outages)
                .join(last, (outages.c.name == last.c.name) & (outages.c.number == last.c.number))
                .where(outages.c.plan_id == key, outages.c.content.is_not(None))
                .order_by(outages.c.name)
            )
            return tuple(_outage(plan, row) for row in rows)

    def load(self, plan: str, name: str, content_hash: str = "") -> OwnOutage:
        """An outage: the edition with this hash, which stays readable after later edits; else the newest."""
        plan = plan_name(plan)
        with self._database.reading() as connection:
            key = history.key_of(connection, plan)
            if content_hash:
                row = connection.execute(
                    select(outages)
                    .where(outages.c.plan_id == key, outages.c.name == name)
                    .where(outages.c.content_hash == content_hash)
                    .limit(1)
                ).one_or_none()
            else:
                row = _newest(connection, key, name)
            if row is None or row.content is None:
                raise NotFoundError(
                    said("The plan “{plan}” has no outage of its own named {name}.", plan=plan, name=name),
                    said("See Scenarios for those it has."),
                )
            return _outage(plan, row)

    def remove(self, plan: str, name: str, author: str) -> None:
        """Take an outage out of the list; its editions stay in the file."""
        with self._database.writing() as connection:
            key = history.key_of(connection, plan_name(plan))
            newest = _newest(connection, key, name)
            if newest is not None and newest.content is not None:
                _add(connection, key, name, newest, (self._clock(), remark(author, NAME_LENGTH), None, None))


def text_hash(text: str) -> str:
    """Twelve hexadecimal digits by which an edition is known."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _newest(connection: Connection, plan: int, name: str) -> Row[Any] | None:
    return connection.execute(
        select(outages)
        .where(outages.c.plan_id == plan, outages.c.name == name)
        .order_by(outages.c.number.desc())
        .limit(1)
    ).one_or_none()


def _add(
    connection: Connection,
    plan: int,
    name: str,
    newest: Row[Any] | None,
    said: tuple[datetime, str, str | None, str | None],
) -> Row[Any]:
    saved_at, author, digest, text = said
    values = {
        "plan_id": plan,
        "name": name,
        "number": 1 if newest is None else newest.number + 1,
        "saved_at": saved_at,
        "author": author,
        "content_hash": digest,
        "content": text,
    }
    return connection.execute(insert(outages).values(values).returning(*outages.c)).one()


def _outage(plan: str, row: Row[Any]) -> OwnOutage:
    return OwnOutage(plan, row.name, row.number, row.saved_at, row.author, row.content_hash, row.content)
