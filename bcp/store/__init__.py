"""The store: plans with every revision, in one SQLite file in the user's data folder."""

from bcp.store.outages import OwnOutage
from bcp.store.plans import PlanStore
from bcp.store.revision import ConflictError, Revision, Stored, Summary
from bcp.store.sittings import SittingLine, SittingStore

__all__ = [
    "ConflictError",
    "OwnOutage",
    "PlanStore",
    "Revision",
    "SittingLine",
    "SittingStore",
    "Stored",
    "Summary",
]
