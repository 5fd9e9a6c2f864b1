"""Whom to tell now, in what words, over which channel that survives, and when they were told last."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from bcp.model.announcement import Announcement
from bcp.model.value import Value


class ToTell(Value):
    """The notice to one audience as it stands now, and whether that audience has been told it."""

    notice: Announcement
    due: AwareDatetime = Field(description="When it became due, or will.")
    told_at: AwareDatetime | None = Field(default=None, description="When they were told last.")

    @property
    def open(self) -> bool:
        """They have not been told what stands now; what is told before a first notice is due is that notice."""
        return self.told_at is None or (self.notice.revision > 1 and self.told_at < self.due)
