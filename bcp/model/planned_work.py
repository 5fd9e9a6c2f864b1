"""What suppliers announced, and what it means for a plan."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from bcp.model.go_no_go import GoNoGo, Overlap
from bcp.model.notice import OVER, Notice, NotUnderstood
from bcp.model.notice_match import MatchedNotice
from bcp.model.value import Value


class PlannedWork(Value):
    """Notices matched to a plan, with go or no-go for each window to come and what overlaps."""

    format: Literal["bcp-notices/1"] = "bcp-notices/1"
    plan: str
    notices: tuple[MatchedNotice, ...] = Field(
        default=(), description="The newest revisions that were not called off, completed ones too."
    )
    called_off: tuple[Notice, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    go_no_go: tuple[GoNoGo, ...] = Field(
        default=(), description="One for each window of work to come of which something is in the plan."
    )
    overlaps: tuple[Overlap, ...] = ()

    @property
    def to_come(self) -> tuple[MatchedNotice, ...]:
        """The notices of work that is not over and strikes something in the plan."""
        return tuple(m for m in self.notices if m.notice.status not in OVER and m.struck)

    @property
    def held(self) -> bool:
        """However the work goes no limit breaks, and no windows together take an activity below its MBCO."""
        return not self.overlaps and all(outlook.go for table in self.go_no_go for outlook in table.outlooks)

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-notices/1`."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data
