"""The requirements that bind at one moment, as a graph from each component to what holds it down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.requirements import Bools, Floats, Ints, Mode
from bcp.engine.levels.tolerance import ZERO


@dataclass(frozen=True, slots=True)
class Links:
    """Links of a moment, L of them, sorted by owner: `owner[l]` is held down by `member[l]`, in row `rows[l]`.

    `first` (n + 1,) says where each component's links begin. `struck` (n,) marks components whose own
    state holds them down. `by_member` (L,) is the order of the links by member, and `first_by_member`
    (n + 1,) says where each member's begin in it.
    """

    owner: Ints
    member: Ints
    rows: Ints
    first: Ints
    struck: Bools
    by_member: Ints
    first_by_member: Ints

    def members(self, i: int) -> list[int]:
        """What holds component i down, sorted within each requirement."""
        found: list[int] = self.member[self.first[i] : self.first[i + 1]].tolist()
        return found

    def binds(self, i: int) -> bool:
        """True where a requirement holds component i down."""
        return bool(self.first[i + 1] > self.first[i])

    def row(self, i: int, member: int) -> int:
        """The first requirement by which `member` holds component i down."""
        part = slice(self.first[i], self.first[i + 1])
        return int(self.rows[part][self.member[part] == member][0])

    def reached(self, starts: Iterable[int]) -> Ints:
        """`starts` and every component on a chain of links from them, sorted."""
        seen = np.zeros(len(self.struck), np.bool_)
        row = np.array(sorted(starts), np.intp)
        seen[row] = True
        while row.size:
            members = self.member[_spans(self.first, row)]
            row = np.unique(members[~seen[members]])
            seen[row] = True
        return np.flatnonzero(seen)

    def spread(self, distance: Ints) -> None:
        """Lower the distances of owners to one more than their nearest member's, until nothing changes."""
        reached = np.flatnonzero(distance < np.iinfo(np.intp).max)
        if not reached.size:
            return
        step = int(distance[reached].min())
        while True:
            row = np.flatnonzero(distance == step)
            owners = self.owner[self.by_member[_spans(self.first_by_member, row)]]
            distance[owners[distance[owners] > step + 1]] = step + 1
            step += 1
            later = distance[distance >= step]
            if not later.size or int(later.min()) == np.iinfo(np.intp).max:
                return
            step = int(later.min())


def _spans(first: Ints, row: Ints) -> Ints:
    """The places `first[i]` to `first[i + 1]` of all i in `row`, one after the other."""
    counts = first[row + 1] - first[row]
    ends = np.cumsum(counts)
    return np.repeat(first[row] - ends + counts, counts) + np.arange(int(ends[-1]) if len(ends) else 0)


def binding_links(system: System, own: Floats, x: Floats, p: Floats, down: Bools) -> Links:
    """The links of a moment, from its own states and levels (all of shape (n,)).

    A requirement binds where its value is its owner's primary level; one of a down component where its
    value is 0, one to start too. Through a need hangs its member, through a pool or split every
    member that is not whole, through a quorum every member that is not above its value.
    """
    table, value = system.starting, system.gauge.values(x)
    limit = np.where(down, 0.0, p)
    lowered = p < 1.0 - ZERO
    binding = (value <= limit[table.owner] + ZERO) & lowered[table.owner] & (down[table.owner] | ~table.start)
    row_of = np.repeat(np.arange(table.count), table.arity)
    level, mode = x[table.member], table.mode[row_of]
    guilty = np.where(
        mode == int(Mode.QUORUM),
        level <= value[row_of] + ZERO,
        (mode == int(Mode.NEEDS)) | ((level < 1.0 - ZERO) & (table.weight > 0)),
    )
    at = np.flatnonzero(binding[row_of] & guilty)
    owner, member = table.owner[row_of[at]], table.member[at]
    by_member = np.argsort(member, kind="stable").astype(np.intp)
    every = np.arange(system.n + 1)
    return Links(
        owner=owner,
        member=member,
        rows=row_of[at],
        first=np.searchsorted(owner, every).astype(np.intp),
        struck=(own < 1.0) & (own <= limit + ZERO),
        by_member=by_member,
        first_by_member=np.searchsorted(member[by_member], every).astype(np.intp),
    )
