"""The reference's state at one instant: levels, what is down, what is starting."""

from __future__ import annotations

from dataclasses import dataclass, field

from bcp.model.plan import Plan
from tests.engine.reference_levels import ZERO, Levels, levels, requirement_value
from tests.engine.reference_quality import Qualities, qualities, spoilers
from tests.engine.reference_roots import Moment, roots
from tests.engine.reference_scenario import CLOCK, Happenings

CARRYING = ("active", "failing_back")
"""The states in which a fallback carries load."""


@dataclass
class Memory:
    """What one fallback remembers between instants."""

    state: str = "idle"
    triggered_at: float = 0.0
    seen_at: float | None = None
    silent: bool = False
    complaints: float = 0.0
    to_do: float = 0.0
    active_since: float = 0.0
    stable_since: float | None = None
    failing_since: float = 0.0
    dropped_at: float | None = None


@dataclass
class World:
    """Everything that is so at one instant."""

    plan: Plan
    happenings: Happenings
    t: float = 0.0
    now: Levels = field(default_factory=lambda: Levels({}, {}))
    good: Qualities = field(default_factory=lambda: Qualities({}, {}))
    down: dict[str, float | None] = field(default_factory=dict)
    """Each component that is down, with the time since when it has been starting."""
    roots_of_fall: dict[str, frozenset[int]] = field(default_factory=dict)
    fallbacks: dict[str, Memory] = field(default_factory=dict)


def settle(world: World) -> None:
    """By 'until nothing changes: levels, down, started'."""
    while True:
        own = {i: world.happenings.own_state(i, world.t) for i in world.plan.components}
        carrying = [f for f, m in world.fallbacks.items() if m.state in CARRYING]
        world.now = levels(world.plan, own, set(world.down), carrying)
        falls = [i for i in world.plan.components if i not in world.down and world.now.primary[i] <= ZERO]
        starts = [i for i in world.down if may_start(world, i) and has_restarted(world, i)]
        if not falls and not starts:
            break
        for i in falls:
            world.down[i] = None
        for i in starts:
            del world.down[i]
            world.roots_of_fall.pop(i, None)
    own = {i: min(values.values(), default=1.0) for i, values in own_qualities(world).items()}
    world.good = qualities(world.plan, own, world.now, carrying)
    new = {i: roots_now(world, i) for i in world.down if i not in world.roots_of_fall}
    world.roots_of_fall.update(new)


def own_qualities(world: World) -> dict[str, dict[int, float]]:
    """The own quality that each event gives each component now."""
    return {i: world.happenings.own_qualities(i, world.t) for i in world.plan.components}


def spoilers_now(world: World, i: str) -> frozenset[int]:
    """The events at the root of what spoils i without its fallbacks."""
    carrying = [f for f, m in world.fallbacks.items() if m.state in CARRYING]
    return spoilers(world.plan, own_qualities(world), i, world.now, world.good, carrying)


def may_start(world: World, i: str) -> bool:
    """'It is starting while o_i > 0 and all its requirements, `during: start` ones too, have values above 0'."""
    own = world.happenings.own_state(i, world.t)
    values = [requirement_value(r, world.now.delivered) for r in world.plan.components[i].requires]
    return own > ZERO and all(value > ZERO for value in values)


def has_restarted(world: World, i: str) -> bool:
    """'after `restart` of that without a break (default 0: at once) it is no longer down'."""
    length = world.plan.components[i].restart
    since = world.down[i]
    return length == 0 or (since is not None and world.t >= since + length - CLOCK)


def set_restart_clocks(world: World) -> None:
    """'without a break': by the settled levels of the instant, a clock that runs goes on or is thrown away."""
    for i, since in world.down.items():
        if not may_start(world, i):
            world.down[i] = None
        elif since is None:
            world.down[i] = world.t


def roots_now(world: World, i: str) -> frozenset[int]:
    """The events at the root of i's causes."""
    down = frozenset(world.down)
    return roots(Moment(world.plan, world.happenings, world.t, world.now, down, world.roots_of_fall), i)
