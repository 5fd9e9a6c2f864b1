"""A table of decision-diagram nodes that grows within limits and changes to compiled kernels when large."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from bcp.engine.failure import diagram_kernels
from bcp.engine.failure.compiled import Kernels, compiled, numba_available
from bcp.engine.failure.diagram_kernels import AT, BUSY, COUNT, END, PLACE, STATE, STEPS

_START = 1 << 10
"""Nodes that a table has room for at first."""
_PLAIN = 1 << 16
"""Up to this many nodes are made in plain Python where Numba is not loaded yet: about a second's work."""
_STEPS = 4_000_000
"""Steps of a kernel between two looks at the clock, compiled; plain Python takes a fiftieth."""

PLAIN: Kernels = {
    kernel.__name__: kernel
    for kernel in (
        diagram_kernels.make,
        diagram_kernels.combine,
        diagram_kernels.build,
        diagram_kernels.mark,
        diagram_kernels.unmark,
        diagram_kernels.minimal,
        diagram_kernels.united,
        diagram_kernels.rehash,
        diagram_kernels.remember,
        diagram_kernels.forward,
        diagram_kernels.backward,
    )
}
"""The kernels as plain Python."""


@cache
def _compiled() -> Kernels:
    return compiled(tuple(PLAIN.values()))


def _loaded() -> bool:
    """Whether the compiled kernels are in this process already, so that they cost nothing more."""
    return _compiled.cache_info().currsize > 0


Ended = Callable[[], bool]
"""Asked again and again during the work: whether somebody has ended it."""


def never() -> bool:
    """Nobody ends it."""
    return False


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: nodes in the table of diagrams (about 100 bytes each), seconds, and when somebody ends it."""

    nodes: int = 10_000_000
    seconds: float = 60.0
    ended: Ended = never


class Deadline:
    """The moment at which some seconds from now are over, or somebody ends the work before."""

    def __init__(self, seconds: float, ended: Ended = never) -> None:
        self._at = time.monotonic() + seconds
        self._ended = ended

    @property
    def left(self) -> float:
        """Seconds left; 0 when they are over."""
        return 0.0 if self._ended() else max(0.0, self._at - time.monotonic())

    def part(self, share: float) -> Deadline:
        """A deadline at a share (0–1) of what is left, for a part of the work."""
        return Deadline(self.left * share, self._ended)


class Diagrams:
    """One table of nodes for so many levels, and the kernels that work on it.

    `fast` says whether kernels are compiled; None lets the size decide. Lists hold the table in plain
    Python and arrays when compiled, so arrays of a caller go through `run`, which gives them back in the
    form that was used last.
    """

    def __init__(self, levels: int, limits: Limits, deadline: Deadline, *, fast: bool | None = None) -> None:
        self.limits = limits
        self.deadline = deadline
        self._fast = fast
        self._kernels: Kernels = PLAIN
        self.node: Any = [END, 0, 0, 0, END, 1, 1, 0]
        self._bucket: Any = []
        self._memory: Any = []
        self._stack: Any = [0] * (5 * (levels + 2))
        self._state: Any = [0] * STATE
        self._state[COUNT] = 2
        if fast or (fast is None and _loaded()):
            self._change_gear()
        self._resize(max(2, min(_START, limits.nodes)))

    @property
    def count(self) -> int:
        """Nodes in use, the two ends included."""
        return int(self._state[COUNT])

    @property
    def is_compiled(self) -> bool:
        """Whether the compiled kernels are in use."""
        return self._kernels is not PLAIN

    def array(self, values: Any, kind: Any = np.int64) -> Any:
        """Numbers in the form that the kernels work on at present."""
        return np.asarray(values, kind) if self.is_compiled else list(values)

    def zeros(self, length: int) -> Any:
        """So many zeros in that form."""
        return np.zeros(length, np.int64) if self.is_compiled else [0] * length

    def run(
        self, kernel: str, *arguments: Any, begin: int = 0, ceiling: int | None = None
    ) -> tuple[bool, list[Any]]:
        """Run a kernel that makes nodes, from gate or node `begin` on.

        Whether it came to its end, and its arguments as they are then. It stops where there is no time, or
        no room below `ceiling` nodes (default: the limit); `reached` then says where.
        """
        given = list(arguments)
        room = min(self.limits.nodes, ceiling or self.limits.nodes)
        self._state[AT], self._state[PLACE], self._state[BUSY] = begin, 0, 0
        while True:
            self._state[STEPS] = _STEPS if self.is_compiled else _STEPS // 50
            table = (self.node, self._bucket, self._memory, self._stack, self._state)
            if self._kernels[kernel](*given, *table) >= 0:
                return True, given
            if 4 * self.count >= len(self.node):
                if self.count >= room:
                    return False, given
                self._grow(room)
                if self.is_compiled:
                    given = [np.array(a, np.int64) if isinstance(a, list) else a for a in given]
            if not self.deadline.left:
                return False, given

    @property
    def reached(self) -> int:
        """The gate or node at which the last kernel stopped."""
        return int(self._state[AT])

    def do(self, kernel: str, *arguments: Any) -> None:
        """Run a kernel that makes no nodes."""
        self._kernels[kernel](*arguments)

    def _grow(self, limit: int) -> None:
        room = self.count
        if not self.is_compiled and self._fast is None and room >= _PLAIN and numba_available():
            self._change_gear()
        self._resize(min(room * (4 if room < _PLAIN * 4 else 2), limit))

    def _change_gear(self) -> None:
        self._kernels = _compiled()
        self.node = np.array(self.node, np.int32)
        self._state = np.array(self._state, np.int64)
        self._stack = np.array(self._stack, np.int64)
        self._memory = np.array(self._memory, np.int64)

    def _resize(self, room: int) -> None:
        size = 1 << room.bit_length()
        memory = self._memory
        if self.is_compiled:
            grown = np.empty(4 * room, np.int32)
            grown[: len(self.node)] = self.node
            self.node = grown
            self._bucket = np.zeros(size, np.int32)
            self._memory = np.zeros(2 * size, np.int64)
        else:
            self.node.extend([0] * (4 * room - len(self.node)))
            self._bucket = [0] * size
            self._memory = [0] * (2 * size)
        self._kernels["rehash"](self.node, self._bucket, self._state)
        self._kernels["remember"](memory, self._memory)

    def forget_from(self, count: int) -> None:
        """Drop the nodes numbered `count` and up: an attempt that led nowhere."""
        self._state[COUNT] = count
        self._bucket[:] = self.array([0]) if self.is_compiled else [0] * len(self._bucket)
        self._memory[:] = self.array([0]) if self.is_compiled else [0] * len(self._memory)
        self._kernels["rehash"](self.node, self._bucket, self._state)
