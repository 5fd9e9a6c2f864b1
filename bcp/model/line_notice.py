"""A notice to the owner of one affected line, on one channel that the owner agreed to."""

from __future__ import annotations

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
