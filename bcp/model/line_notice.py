"""A notice to the owner of one affected line, on one channel that the owner agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bcp.model.line import ContactChannel


@dataclass(frozen=True, slots=True)
class LineNotice:
    """Which revision of which notice goes to a line's owner, where, and in which language.

    `channel` and `address` are None and empty for an owner who is told on the status page only.
    """

    line: str
    notice: str
    revision: int
    channel: ContactChannel | None
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class OwnersTold:
    """Whom the notices of a minute go to, counted in lines.

    `page_only` are lines whose owner no text can be sent to: no address, or no consent. `messages` counts what
    is sent, by channel; `languages` and `priorities` count the lines that are told, those told first first.
    """

    lines_in_all: int
    concerned: int
    page_only: int
    messages: Mapping[ContactChannel, int]
    languages: Mapping[str, int]
    priorities: Mapping[str, int]

    @property
    def sent(self) -> int:
        """Lines whose owner a text is sent to."""
        return self.concerned - self.page_only
