"""The exercises and incidents that there are. Every page asks, so nothing is computed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bcp.model.sitting import SittingKind

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore
    from bcp.store.sittings import SittingLine


def every(
    store: PlanStore, *, kind: SittingKind | None = None, open_only: bool = False
) -> tuple[SittingLine, ...]:
    """All exercises and incidents, the newest first."""
    return store.sittings.every(kind=kind, open_only=open_only)
