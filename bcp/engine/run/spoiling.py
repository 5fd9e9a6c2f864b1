"""Qualities in a run: what the events of one instant spoil, beside levels that stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bcp.engine.levels.compile import System
from bcp.engine.levels.quality import Passing, passing, qualities
from bcp.engine.levels.requirements import Floats
from bcp.engine.levels.steady import Levels
from bcp.engine.run.causes import Moment
from bcp.engine.run.events import Happenings


@dataclass(frozen=True, slots=True)
class _Spoilers:
    """The events as causes of qualities, for the numbers of the system of what passes."""

    happenings: Happenings
    passes: Passing

    def lowering(self, component: int, t: float) -> tuple[int, ...]:
        """Numbers of the events that give a component its own quality at t, where that is below 1."""
        return self.happenings.spoiling(int(self.passes.stands_for[component]), t)


@dataclass(frozen=True, slots=True)
class Spoilt:
    """Qualities of one instant: `delivered` and `primary` (without fallbacks), both (n,), and where they come from."""

    delivered: Floats
    primary: Floats
    passes: Passing
    moment: Moment

    def roots(self, i: int) -> frozenset[int]:
        """Numbers of all events at the roots of what spoils component i without its fallbacks."""
        return self.moment.roots(int(self.passes.primary[i]))

    def chain(self, i: int, system: System) -> tuple[str, ...]:
        """The chain from component i down to what an event spoils, as ids, each once."""
        way = self.moment.chain(int(self.passes.delivered[i]))
        stands_for = [int(self.passes.stands_for[j]) for j, _, _ in way]
        return tuple(dict.fromkeys(system.ids[j] for j in stands_for if j >= 0))


@dataclass(slots=True)
class Spoiling:
    """Reads qualities off settled levels; what passes is worked out anew only when that changes."""

    happenings: Happenings
    own: Floats = field(default_factory=lambda: np.ones(0))
    _seen: tuple[bytes, bytes, tuple[int, ...]] | None = None
    _passes: Passing | None = None

    def happen(self, t: float) -> None:
        """Own qualities as the events give them at scenario time t."""
        self.own = self.happenings.quality(t)

    def settled(self, levels: Levels, active: Sequence[int], t: float) -> Spoilt:
        """The qualities at these levels while the fallbacks numbered `active` carry load."""
        seen = (levels.x.tobytes(), levels.p.tobytes(), tuple(active))
        if self._passes is None or seen != self._seen:
            self._passes, self._seen = passing(self.happenings.system, levels, active), seen
        passes = self._passes
        found = qualities(passes, self.own)
        moment = Moment(
            t, passes.system, _Spoilers(self.happenings, passes), passes.own(self.own), found.x, found.p,
            np.zeros(passes.system.n, np.bool_),
        )  # fmt: skip
        return Spoilt(found.x[passes.delivered], found.x[passes.primary], passes, moment)
