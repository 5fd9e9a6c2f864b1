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
    PrimaryKeyConstraint,
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

sittings = Table(
    "sittings",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("plan_id", Integer, ForeignKey("plans.id", name="sittings_plan"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("title", String(300), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("code", String(12)),
    Column("code_until", UtcTime),
    Column("closed_at", UtcTime),
    Column("content", Text, nullable=False),
)
Index("sittings_code", sittings.c.code, unique=True)
"""`content` is what was agreed at the opening, as JSON, the scenario too; `closed_at` follows from the log."""

sitting_keys = Table(
    "sitting_keys",
    metadata,
    Column("sitting_id", String(40), ForeignKey("sittings.id", name="keys_sitting"), nullable=False),
    Column("digest", String(64), nullable=False),
    PrimaryKeyConstraint("sitting_id", "digest", name="sitting_keys_once"),
)
"""SHA-256 of the keys that make somebody the facilitator; the keys themselves are nowhere in the file."""

entries = Table(
    "entries",
    metadata,
    Column("sitting_id", String(40), ForeignKey("sittings.id", name="entries_sitting"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("happened", UtcTime),
    Column("who", String(80), nullable=False),
    Column("role", String(80), nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("sitting_id", "number", name="entries_number"),
    CheckConstraint("number > 0", name="entries_from_one"),
)
"""The logs, append only: no row is ever changed or taken out. `content` is what the entry says, as JSON."""

outages = Table(
    "outages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan_id", Integer, ForeignKey("plans.id", name="outages_plan"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("number", Integer, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("author", String(80), nullable=False),
    Column("content_hash", String(12)),
    Column("content", Text),
    UniqueConstraint("plan_id", "name", "number", name="outages_number"),
    CheckConstraint("number > 0", name="outages_from_one"),
)
"""People's own outages: each edition a row, never changed; one without content says that it was removed."""
