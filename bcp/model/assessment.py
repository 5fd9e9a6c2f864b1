"""What a plan's weaknesses are, computed without any scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from bcp.model.contract import SupplierDemand
from bcp.model.fate import Redundancy, SharedFate
from bcp.model.finding import Finding
from bcp.model.recovery import Deadlock, Demand, Recovery
from bcp.model.top_event import TopEvent
from bcp.model.value import Value


class Assessment(Value):
    """Single points, cut sets, shared fate, recovery from black, demands and findings of one plan."""

    format: Literal["bcp-assess/1"] = "bcp-assess/1"
    plan: str
    plan_hash: str
    single_points: Mapping[str, tuple[str, ...]] = Field(
        description="Per activity, the components whose loss alone takes it below its MBCO."
    )
    taken_down: Mapping[str, tuple[str, ...]] = Field(
        default={},
        description="The same the other way round: per component, the activities it takes down alone.",
    )
    cut_sets: Mapping[str, tuple[tuple[str, ...], ...]] = Field(
        description="Per activity, the minimal sets of components whose joint loss does so, up to `order`."
    )
    order: int = Field(default=1, description="Largest size of the cut sets listed.")
    listed_to: Mapping[str, int] = Field(
        default={},
        description="For each activity with too many cut sets to list: the order up to which all are.",
    )
    refused: str = Field(
        default="", description="Why no cut sets of two and more are known; empty where they are."
    )
    with_fallbacks: bool = Field(default=False, description="Fallbacks that serve are counted in the sets.")
    top_events: Mapping[str, TopEvent] = Field(
        default={}, description="Per activity: cut sets by order, unavailability, importance of components."
    )
    unavailability: Mapping[str, float] = Field(
        default={},
        description="Per activity the exact share of time below its MBCO, where figures are known.",
    )
    shared_fate: tuple[SharedFate, ...] = ()
    redundancy: tuple[Redundancy, ...] = Field(
        default=(), description="The same for members of pools and quorums, and for two operators."
    )
    findings: tuple[Finding, ...] = ()
    restart_order: tuple[tuple[str, ...], ...] = Field(
        default=(), description="Phases after everything was down; each starts when the ones before deliver."
    )
    restart_ready_s: Mapping[str, float] = Field(
        default={}, description="Seconds from when everything may start until each component delivers."
    )
    deadlocks: tuple[tuple[str, ...], ...] = Field(
        default=(), description="Groups that wait for each other and never start."
    )
    deadlock_breaks: tuple[Deadlock, ...] = Field(
        default=(), description="For each of those groups, the requirements to break."
    )
    recovery: tuple[Recovery, ...] = Field(
        default=(), description="The earliest recovery of each activity from black, against its RTO."
    )
    demands: tuple[Demand, ...] = Field(
        default=(), description="What each component owes the activities, and whether it can keep it."
    )
    suppliers: tuple[SupplierDemand, ...] = Field(
        default=(), description="The same by supplier, with the contract clauses to seek."
    )

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-assess/1`."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data
