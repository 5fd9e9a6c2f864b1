"""The tables of the store. A change here needs a migration in `migrations/versions`; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC as text of fixed width, so that text order is time order; SQLite has no type for it."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """The text of a moment; a moment without a time zone raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy calls it so
        """The moment of a text."""
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()

plans = Table(
    "plans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("deleted_at", UtcTime),
)
Index("plans_name", plans.c.name, unique=True, sqlite_where=plans.c.deleted_at.is_(None))

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plans.id", name="revisions_plan"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("author", String(80), nullable=False),
    Column("note", String(300), nullable=False),
    Column("how", String(8), nullable=False),
    Column("origin", Integer),
    Column("follows", Integer),
    Column("organisation", String(300), nullable=False),
    Column("components", Integer, nullable=False),
    Column("format", String(40), nullable=False),
    Column("content_hash", String(12), nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("plan_id", "number", name="revisions_number"),
    CheckConstraint("number > 0", name="revisions_from_one"),
)
"""`follows` is the revision that undo leads back to; `content` is the plan as JSON in the order it was written."""

settings = Table(
    "settings",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)
