"""What a plan's weaknesses are, computed without any scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from bcp.model.finding import Finding
from bcp.model.route import SharedFate
from bcp.model.value import Value


class Assessment(Value):
    """Single points of failure, shared fate, restart order, deadlocks and findings of one plan."""

    format: Literal["bcp-assess/1"] = "bcp-assess/1"
    plan: str
    plan_hash: str
    single_points: Mapping[str, tuple[str, ...]] = Field(
        description="Per activity, the components whose loss alone takes it below its MBCO."
    )
    cut_sets: Mapping[str, tuple[tuple[str, ...], ...]] = Field(
        description="Per activity, the minimal sets of components whose joint loss does so, up to `order`."
    )
    order: int = Field(default=1, description="Largest size of the cut sets listed.")
    unavailability: Mapping[str, float] = {}
    shared_fate: tuple[SharedFate, ...] = ()
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

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-assess/1`."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data
