"""Sittings: exercises and incidents over a plan's revision, who may lead them, and their logs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of sittings."""
    op.create_table(
        "sittings",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("plan_id", sa.Integer, sa.ForeignKey("plans.id", name="sittings_plan"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("code", sa.String(12)),
        sa.Column("code_until", sa.String(27)),
        sa.Column("closed_at", sa.String(27)),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_index("sittings_code", "sittings", ["code"], unique=True)
    op.create_table(
        "sitting_keys",
        sa.Column(
            "sitting_id", sa.String(40), sa.ForeignKey("sittings.id", name="keys_sitting"), nullable=False
        ),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sitting_id", "digest", name="sitting_keys_once"),
    )
    op.create_table(
        "entries",
        sa.Column(
            "sitting_id", sa.String(40), sa.ForeignKey("sittings.id", name="entries_sitting"), nullable=False
        ),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("happened", sa.String(27)),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("role", sa.String(80), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sitting_id", "number", name="entries_number"),
        sa.CheckConstraint("number > 0", name="entries_from_one"),
    )
