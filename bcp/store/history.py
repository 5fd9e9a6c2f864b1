"""The rows of one plan's history, and where undo and redo lead.

History is linear. An undo does not take a revision away: it adds one with the older content that
remembers its origin. To find what undo and redo mean next, revisions are read as a tree: each edit or
restore `follows` the state it was made on; undo leads to that one, redo to the youngest that follows.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from bcp.errors import NotFoundError
from bcp.model.plan import Plan
from bcp.saying import said
from bcp.store.content import hash_of, json_text, read_plan
from bcp.store.revision import How, Revision
from bcp.store.tables import plans, revisions

_CONTENT = ("organisation", "components", "format", "content_hash", "content")
_STEPS = ("undo", "redo")

Content = dict[str, Any]
"""What a revision says of its plan: the columns that an undo takes over from an older one."""


def content_of(name: str, plan: Plan) -> Content:
    """The columns for a plan. Raises StoreError where it could not be read again: nothing is lost by saving."""
    data = plan.written()
    text, content_hash = json_text(data), hash_of(data)
    read_plan(text, content_hash, f"The plan “{name}”, as it was to be saved")
    return {
        "organisation": plan.organisation.name,
        "components": len(plan.components),
        "format": plan.format,
        "content_hash": content_hash,
        "content": text,
    }


def content_in(row: Row[Any]) -> Content:
    """The columns of a revision that is already stored."""
    return {column: getattr(row, column) for column in _CONTENT}


def find(connection: Connection, name: str) -> int | None:
    """The key of the plan of this name; None where there is none or it is deleted."""
    key: int | None = connection.scalar(
        select(plans.c.id).where(plans.c.name == name, plans.c.deleted_at.is_(None))
    )
    return key


def key_of(connection: Connection, name: str) -> int:
    """The key of the plan of this name. Raises NotFoundError where there is none or it is deleted."""
    key = find(connection, name)
    if key is None:
        raise NotFoundError(
            said("There is no saved plan named “{name}”.", name=name),
            said("See the list of plans for their names."),
        )
    return key


def latest(connection: Connection, plan: int) -> Row[Any]:
    """The newest revision of a plan; every plan has one."""
    return connection.execute(
        select(revisions).where(revisions.c.plan_id == plan).order_by(revisions.c.number.desc()).limit(1)
    ).one()


def numbered(connection: Connection, plan: int, number: int) -> Row[Any]:
    """The revision of that number. Raises NotFoundError where there is none."""
    row = connection.execute(
        select(revisions).where(revisions.c.plan_id == plan, revisions.c.number == number)
    ).one_or_none()
    if row is None:
        raise NotFoundError(
            said("The plan has no revision {number}.", number=number),
            said("Its revisions go from 1 to {last}.", last=latest(connection, plan).number),
        )
    return row


def every(connection: Connection, plan: int) -> tuple[Revision, ...]:
    """All revisions of a plan, the newest first, without reading their content."""
    columns = [column for column in revisions.c if column.name != "content"]
    rows = connection.execute(
        select(*columns).where(revisions.c.plan_id == plan).order_by(revisions.c.number.desc())
    )
    return tuple(as_revision(row) for row in rows)


def add(  # one argument a column
    connection: Connection,
    plan: int,
    content: Content,
    *,
    saved_at: datetime,
    author: str,
    note: str = "",
    how: How = "edit",
    origin: int | None = None,
    follows: int | None = None,
) -> Revision:
    """Write the next revision of a plan."""
    last = connection.scalar(select(func.max(revisions.c.number)).where(revisions.c.plan_id == plan)) or 0
    values = {
        "plan_id": plan, "number": last + 1, "saved_at": saved_at, "author": author, "note": note,
        "how": how, "origin": origin, "follows": follows,
    }  # fmt: skip
    connection.execute(insert(revisions).values(**values, **content))
    return as_revision(numbered(connection, plan, last + 1))


def as_revision(row: Row[Any]) -> Revision:
    """The value for a stored row."""
    return Revision(row.number, row.saved_at, row.author, row.note, row.content_hash, row.how, row.origin)


def state(row: Row[Any]) -> int:
    """The edit or restore whose content a revision carries: itself, or what an undo or redo brought back."""
    return int(row.origin if row.how in _STEPS else row.number)


def undo_leads_to(row: Row[Any]) -> int | None:
    """The revision whose content an undo would bring back; None at the beginning."""
    number: int | None = row.follows
    return number


def redo_leads_to(connection: Connection, row: Row[Any]) -> int | None:
    """The revision whose content a redo would bring back; None where nothing was undone."""
    found: int | None = connection.scalar(
        select(func.max(revisions.c.number)).where(
            revisions.c.plan_id == row.plan_id,
            revisions.c.follows == state(row),
            revisions.c.how.not_in(_STEPS),
        )
    )
    return found
