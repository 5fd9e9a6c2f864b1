"""Saved plans and their history: what a person does with them, each as one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Row, and_, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_update

from bcp.errors import NotFoundError, StoreError
from bcp.model.plan import Plan
from bcp.saying import said
from bcp.store import history
from bcp.store.content import read_plan
from bcp.store.database import Database
from bcp.store.line import NAME_LENGTH, NOTE_LENGTH, plan_name, remark
from bcp.store.location import default_path, prepared
from bcp.store.outages import OutageStore
from bcp.store.revision import ConflictError, How, Revision, Stored, Summary
from bcp.store.sittings import SittingStore
from bcp.store.tables import plans, revisions, settings


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class PlanStore:
    """Saved plans, by name. Every change is a revision with its time and author; none is ever lost.

    One store may be used by many threads, and many processes may have the same file open. Every method
    raises StoreError where the file cannot be read or written, and NotFoundError for a plan or revision
    that is not there.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime] = now) -> None:
        self._database = database
        self._clock = clock

    @classmethod
    def open(cls, path: Path | None = None, *, clock: Callable[[], datetime] = now) -> PlanStore:
        """The store in the file `path`, made where it is missing and brought up to this version.

        Without a path it lies in the folder that the environment's BCP_DATA names, else in the user's
        data folder. Raises StoreError where the file is damaged (a copy is put aside), another program's,
        or written by a newer version; the file is then left as it is.
        """
        return cls(Database(prepared(path or default_path())), clock)

    def close(self) -> None:
        """Let go of the file; everything is saved already."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._database.path

    @property
    def sittings(self) -> SittingStore:
        """The exercises and incidents over these plans."""
        return SittingStore(self._database, self._clock)

    @property
    def outages(self) -> OutageStore:
        """The outages that people wrote themselves."""
        return OutageStore(self._database, self._clock)

    def save(
        self, name: str, plan: Plan, *, author: str, note: str = "", expected: int | None = None
    ) -> Revision:
        """Save a plan as its next revision; where its content is the newest already, give that one.

        So the same save twice, or the same edit by two people, is one revision and no conflict.
        `expected` is the number of the revision that the edit was based on, 0 for a new plan: where another
        has been saved since, ConflictError is raised and nothing is written. Without it the edit becomes the
        newest revision whatever came between, and what came between stays in the history.
        """
        name, author = plan_name(name), remark(author, NAME_LENGTH)
        note, content = remark(note, NOTE_LENGTH), history.content_of(name, plan)
        with self._database.writing() as connection:
            key = history.find(connection, name)
            if key is None:
                _no_conflict(name, expected, 0)
                key = _new_plan(connection, name)
                return history.add(connection, key, content, saved_at=self._clock(), author=author, note=note)
            latest = history.latest(connection, key)
            if latest.content_hash == content["content_hash"]:
                return history.as_revision(latest)
            _no_conflict(name, expected, latest.number)
            follows = history.state(latest)
            return history.add(
                connection, key, content, saved_at=self._clock(), author=author, note=note, follows=follows
            )

    def load(self, name: str, revision: int | None = None) -> Stored:
        """A saved plan: its newest revision, or the one of that number.

        Raises StoreError where its text is not what was saved, or was saved by a newer version.
        """
        name = plan_name(name)
        with self._database.reading() as connection:
            key = history.key_of(connection, name)
            row = (
                history.latest(connection, key)
                if revision is None
                else history.numbered(connection, key, revision)
            )
        return Stored(name, _read(name, row), history.as_revision(row))

    def identity(self, name: str) -> int:
        """A number that is this plan's alone and stays when it is renamed; a later plan of its name has another."""
        with self._database.reading() as connection:
            return history.key_of(connection, plan_name(name))

    def plans(self) -> tuple[Summary, ...]:
        """All plans, the last saved first."""
        return self._summaries(deleted=False)

    def deleted(self) -> tuple[Summary, ...]:
        """The plans that were deleted, each under its name, the last saved first; `recover` brings one back."""
        return self._summaries(deleted=True)

    def revisions(self, name: str) -> tuple[Revision, ...]:
        """The history of a plan, the newest revision first."""
        with self._database.reading() as connection:
            return history.every(connection, history.key_of(connection, plan_name(name)))

    def restore(self, name: str, revision: int, author: str) -> Revision:
        """Make an older revision's content the newest, as a new revision; where it is already, give that one.

        It counts as an edit: an undo takes it back.
        """
        name, author = plan_name(name), remark(author, NAME_LENGTH)
        with self._database.writing() as connection:
            key = history.key_of(connection, name)
            latest = history.latest(connection, key)
            row = history.numbered(connection, key, revision)
            if row.content_hash == latest.content_hash:
                return history.as_revision(latest)
            _read(name, row)
            return history.add(
                connection, key, history.content_in(row), saved_at=self._clock(), author=author,
                how="restore", origin=revision, follows=history.state(latest),
            )  # fmt: skip

    def steps(self, name: str) -> tuple[int | None, int | None]:
        """The revisions whose content an undo and a redo would bring back; None where there is no such step."""
        with self._database.reading() as connection:
            latest = history.latest(connection, history.key_of(connection, plan_name(name)))
            return history.undo_leads_to(latest), history.redo_leads_to(connection, latest)

    def undo(self, name: str, author: str, expected: int | None = None) -> Revision:
        """Take back the last edit: a new revision with the content from before it, that remembers its origin.

        `expected` as in `save`, so that nobody takes back what somebody else has just saved. Raises
        NotFoundError where there is nothing to undo.
        """
        return self._step("undo", name, author, expected)

    def redo(self, name: str, author: str, expected: int | None = None) -> Revision:
        """Bring back the edit that was undone last; an edit since then leaves nothing to redo.

        Raises NotFoundError where there is nothing to redo.
        """
        return self._step("redo", name, author, expected)

    def rename(self, name: str, new: str) -> None:
        """Give a plan another name; its history goes with it. Raises StoreError where the name is taken."""
        name, new = plan_name(name), plan_name(new)
        with self._database.writing() as connection:
            key = history.key_of(connection, name)
            if new != name:
                _free(connection, new)
                connection.execute(update(plans).where(plans.c.id == key).values(name=new))

    def delete(self, name: str) -> None:
        """Take a plan out of the list. Its history stays in the file, and `recover` brings it back."""
        with self._database.writing() as connection:
            key = history.key_of(connection, plan_name(name))
            connection.execute(update(plans).where(plans.c.id == key).values(deleted_at=self._clock()))

    def recover(self, name: str) -> None:
        """Bring back the plan of this name that was deleted last. Raises StoreError where the name is taken."""
        name = plan_name(name)
        gone = select(plans.c.id).where(plans.c.name == name, plans.c.deleted_at.is_not(None))
        with self._database.writing() as connection:
            key = connection.scalar(gone.order_by(plans.c.deleted_at.desc(), plans.c.id.desc()).limit(1))
            if key is None:
                raise NotFoundError(
                    said("No plan named “{name}” has been deleted.", name=name),
                    said("See the list of deleted plans."),
                )
            _free(connection, name)
            connection.execute(update(plans).where(plans.c.id == key).values(deleted_at=None))

    def get_setting(self, key: str) -> str | None:
        """A setting of the person who uses the product; None where it was never put."""
        with self._database.reading() as connection:
            value: str | None = connection.scalar(select(settings.c.value).where(settings.c.key == key))
            return value

    def put_setting(self, key: str, value: str) -> None:
        """Keep a setting, in place of what it was."""
        with self._database.writing() as connection:
            put = insert_or_update(settings).values(key=key, value=value)
            connection.execute(put.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def _step(self, how: How, name: str, author: str, expected: int | None) -> Revision:
        name, author = plan_name(name), remark(author, NAME_LENGTH)
        with self._database.writing() as connection:
            key = history.key_of(connection, name)
            latest = history.latest(connection, key)
            _no_conflict(name, expected, latest.number)
            redo = how == "redo"
            to = history.redo_leads_to(connection, latest) if redo else history.undo_leads_to(latest)
            if to is None:
                raise NotFoundError(
                    said("There is nothing to redo in the plan “{name}”.", name=name)
                    if redo
                    else said("There is nothing to undo in the plan “{name}”.", name=name)
                )
            row = history.numbered(connection, key, to)
            _read(name, row)
            return history.add(
                connection, key, history.content_in(row), saved_at=self._clock(), author=author,
                how=how, origin=to, follows=row.follows,
            )  # fmt: skip

    def _summaries(self, *, deleted: bool) -> tuple[Summary, ...]:
        last = select(revisions.c.plan_id, func.max(revisions.c.number).label("number"))
        newest = last.group_by(revisions.c.plan_id).subquery()
        of_plan = and_(revisions.c.plan_id == newest.c.plan_id, revisions.c.number == newest.c.number)
        r = revisions.c
        wanted = (
            select(plans.c.name, r.organisation, r.saved_at, r.number, r.components)
            .join(revisions, r.plan_id == plans.c.id)
            .join(newest, of_plan)
            .where(plans.c.deleted_at.is_not(None) if deleted else plans.c.deleted_at.is_(None))
            .order_by(r.saved_at.desc(), plans.c.name, plans.c.id)
        )
        with self._database.reading() as connection:
            return tuple(Summary(*row) for row in connection.execute(wanted))


def _read(name: str, row: Row[Any]) -> Plan:
    return read_plan(
        row.content,
        row.content_hash,
        said("The plan “{name}”, revision {number}", name=name, number=row.number),
    )


def _new_plan(connection: Connection, name: str) -> int:
    return int(connection.execute(insert(plans).values(name=name).returning(plans.c.id)).scalar_one())


def _no_conflict(name: str, expected: int | None, newest: int) -> None:
    if expected is None or expected == newest:
        return
    if newest == 0:
        raise ConflictError(
            said(
                "The plan “{name}” is no longer there: it was renamed or deleted while you edited it.",
                name=name,
            ),
            said("Nothing was changed. Save your edit under a new name, or recover the plan first."),
        )
    raise ConflictError(
        said(
            "The plan “{name}” has been saved by somebody else: it is at revision {newest}, your edit began at {expected}.",
            name=name,
            newest=newest,
            expected=expected,
        ),
        said(
            "Nothing was overwritten. Load the newest revision and make your change there, or save under another name."
        ),
    )


def _free(connection: Connection, name: str) -> None:
    if history.find(connection, name) is not None:
        raise StoreError(
            said("There is already a plan named “{name}”.", name=name),
            said("Choose another name, or rename that one first."),
        )
