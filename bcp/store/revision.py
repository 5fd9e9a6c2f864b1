"""What the store gives back: revisions, stored plans, summaries; and the error when two people saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bcp.errors import StoreError
from bcp.model.plan import Plan

How = Literal["edit", "undo", "redo", "restore"]
"""What made a revision."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of a plan. History is linear: numbers count from 1 and nothing is ever taken out.

    `saved_at` is in UTC. `origin` is the earlier revision whose content an undo, a redo or a restore
    brought back; None for an edit.
    """

    number: int
    saved_at: datetime
    author: str
    note: str
    content_hash: str
    how: How
    origin: int | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A plan as it was read from the store, and which revision it is."""

    name: str
    plan: Plan
    revision: Revision


@dataclass(frozen=True, slots=True)
class Summary:
    """A line in the list of plans: the newest revision, without reading the plan itself."""

    name: str
    organisation: str
    saved_at: datetime
    revision: int
    components: int


class ConflictError(StoreError):
    """Somebody saved a newer revision than the one that an edit was based on; nothing was overwritten."""
