"""Calls that somebody tried: where from, where to, by which way, and how each went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

OK = "ok"
"""The result of a call that was as it should be; every other word is a kind of failure."""

COLUMNS = ("time", "from", "to", "via", "result")
"""The columns of a list of calls; any others are kept as they are."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was tried: the names are components, numbers or operators as somebody wrote them.

    `row` is its line in the file. `result` is lower case with single blanks.
    """

    row: int
    time: str
    origin: tuple[str, ...]
    to: tuple[str, ...]
    via: tuple[str, ...]
    result: str
    other: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether anything was wrong with it."""
        return self.result != OK

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it names."""
        return (*self.origin, *self.via, *self.to)


@dataclass(frozen=True, slots=True)
class Calls:
    """A list of calls in the order of the file; `others` names the further columns, in the order of `Call.other`."""

    calls: tuple[Call, ...]
    others: tuple[str, ...] = ()

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many calls failed in each way, most frequent first."""
        counted = Counter(call.result for call in self.calls if call.failed)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    @property
    def failures(self) -> int:
        """How many calls failed."""
        return sum(call.failed for call in self.calls)
