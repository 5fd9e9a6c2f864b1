"""Outages that people wrote themselves, under their plan, with every edition."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table of people's own outages."""
    op.create_table(
        "outages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("plan_id", sa.Integer, sa.ForeignKey("plans.id", name="outages_plan"), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.String(27), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("content_hash", sa.String(12)),
        sa.Column("content", sa.Text),
        sa.UniqueConstraint("plan_id", "name", "number", name="outages_number"),
        sa.CheckConstraint("number > 0", name="outages_from_one"),
    )
