"""The store: plans with every revision, in one SQLite file in the user's data folder."""

from bcp.store.plans import PlanStore
from bcp.store.revision import ConflictError, Revision, Stored, Summary

__all__ = ["ConflictError", "PlanStore", "Revision", "Stored", "Summary"]
