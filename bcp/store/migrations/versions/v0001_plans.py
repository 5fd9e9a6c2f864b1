"""Plans and their revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the first version."""
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("deleted_at", sa.String(27)),
    )
    op.create_index("plans_name", "plans", ["name"], unique=True, sqlite_where=sa.text("deleted_at IS NULL"))
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("plan_id", sa.Integer, sa.ForeignKey("plans.id", name="revisions_plan"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.String(27), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("origin", sa.Integer),
        sa.Column("follows", sa.Integer),
        sa.Column("organisation", sa.String(300), nullable=False),
        sa.Column("components", sa.Integer, nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("content_hash", sa.String(12), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.UniqueConstraint("plan_id", "number", name="revisions_number"),
        sa.CheckConstraint("number > 0", name="revisions_from_one"),
    )
