"""The reference's fallbacks: triggered, noticed, activated, blocked, used up, sent home."""

from __future__ import annotations

from bcp.model.fallback import Fallback
from bcp.model.plan import Plan
from tests.engine.reference_levels import ZERO, is_below
from tests.engine.reference_scenario import CLOCK
from tests.engine.reference_world import CARRYING, World, roots_now, spoilers_now

HALF = 0.5
DAY = 86_400.0


def change_fallback(world: World, f: str) -> bool:
    """Every change of one fallback that is due at these levels; once it carries or drops load, levels come first."""
    memory = world.fallbacks[f]
    changed = False
    while (state := next_step(world, f)) is not None:
        was_carrying = memory.state in CARRYING
        enter(world, f, state)
        changed = True
        if was_carrying != (state in CARRYING):
            break
    return changed


def needs_help(world: World, fallback: Fallback) -> bool:
    """By 'A fallback that protects i triggers when p_i < trigger_below (default 0.5)', or for its quality."""
    return is_too_low(world, fallback) or is_too_bad(world, fallback)


def is_too_bad(world: World, fallback: Fallback) -> bool:
    """'… or, where it has a trigger_quality_below, when the quality of what it protects is below that'."""
    threshold = fallback.trigger_quality_below
    return threshold is not None and is_below(world.good.primary[fallback.protects], threshold)


def is_too_low(world: World, fallback: Fallback) -> bool:
    """True where the primary level calls for it."""
    threshold = fallback.trigger_below
    if threshold is None:
        threshold = world.plan.defaults.trigger_below
    return is_below(world.now.primary[fallback.protects], threshold)


def next_step(world: World, f: str) -> str | None:
    """The state that a fallback goes to at these levels, if any: conditions count before clocks.

    'If the primary is back before it is active, it returns to idle'; '(*exhausted*, until the primary is back)'.
    """
    memory = world.fallbacks[f]
    failed = needs_help(world, world.plan.fallbacks[f])
    if memory.state == "idle":
        return "detecting" if failed else None
    if memory.state in CARRYING:
        return next_step_carrying(world, f, failed=failed)
    if not failed:
        return "idle"
    if memory.state == "detecting":
        return "activating" if is_noticed(world, f) else None
    return None if memory.state == "exhausted" else next_step_activating(world, f)


def next_step_activating(world: World, f: str) -> str | None:
    """By 'a clock that stands still, *blocked*, while any of its `needs` … Then it is active'.

    What dropped its load at this instant does not take it up again at the same one: else nothing would settle.
    """
    memory = world.fallbacks[f]
    hindered = bool(blockers(world, world.plan.fallbacks[f]))
    if hindered != (memory.state == "blocked"):
        return "blocked" if hindered else "activating"
    done = memory.to_do <= CLOCK and memory.dropped_at != world.t
    return "active" if done and not hindered else None


def next_step_carrying(world: World, f: str, *, failed: bool) -> str | None:
    """How a fallback that carries load goes on.

    'It ends when `endurance` is used up (exhausted, …), or when p_i ≥ trigger_below has held for `stabilise`
    (default 30m) and then `failback` (default 0; it still carries load) has passed.'
    """
    memory, fallback = world.fallbacks[f], world.plan.fallbacks[f]
    if fallback.endurance is not None and world.t >= memory.active_since + fallback.endurance - CLOCK:
        return "exhausted"
    if memory.state == "failing_back":
        if failed:
            return "active"
        return "idle" if world.t >= memory.failing_since + fallback.failback - CLOCK else None
    if failed:
        return None
    stabilise = stabilise_of(world.plan, fallback)
    stable_since = world.t if memory.stable_since is None else memory.stable_since
    return "failing_back" if world.t >= stable_since + stabilise - CLOCK else None


def enter(world: World, f: str, state: str) -> None:
    """Start what begins with a state."""
    memory, fallback = world.fallbacks[f], world.plan.fallbacks[f]
    if state == "detecting":
        memory.triggered_at, memory.seen_at, memory.complaints = world.t, None, 0.0
        listen(world, f)
        memory.silent = memory.seen_at is None
    elif state == "activating" and memory.state == "detecting":
        memory.to_do = activation_length(world.plan, fallback)
    elif state == "active":
        if memory.state != "failing_back":
            memory.active_since = world.t
        memory.stable_since = None
    elif state == "failing_back":
        memory.failing_since = world.t
    if memory.state in CARRYING and state not in CARRYING:
        memory.dropped_at = world.t
    memory.state = state


def stabilise_of(plan: Plan, fallback: Fallback) -> float:
    """'`stabilise` (default 30m)', the plan's default."""
    return plan.defaults.stabilise if fallback.stabilise is None else fallback.stabilise


def set_stabilise_clocks(world: World) -> None:
    """'when p_i ≥ trigger_below has held': by the settled levels of the instant."""
    for f, memory in world.fallbacks.items():
        if memory.state != "active" or needs_help(world, world.plan.fallbacks[f]):
            memory.stable_since = None
        elif memory.stable_since is None:
            memory.stable_since = world.t


def activation_length(plan: Plan, fallback: Fallback) -> float:
    """'activating for `decision` (default 10m; 0 when `automatic: true`) plus `lead_time`'."""
    decision = plan.defaults.decision if fallback.decision is None else fallback.decision
    return (0.0 if fallback.automatic else decision) + (fallback.lead_time or 0.0)


def blockers(world: World, fallback: Fallback) -> list[str]:
    """'while any of its `needs`, or the component where it `executes_at`, is below 0.5 or frozen'."""
    needed = [*fallback.needs, *([fallback.executes_at] if fallback.executes_at else [])]
    return [
        j for j in needed if is_below(world.now.delivered[j], HALF) or world.happenings.is_frozen(j, world.t)
    ]


def listen(world: World, f: str) -> None:
    """Set when monitoring sees a failure, once it can.

    'It is noticed after i's `detection` (plan default 15m), or after `detected_after` where the event at the
    root of i's causes says so.' Counted from the trigger, or from when a root that is not silent joins.
    """
    memory, protected = world.fallbacks[f], world.plan.fallbacks[f].protects
    if memory.seen_at is not None:
        return
    detection = world.plan.components[protected].detection
    if detection is None:
        detection = world.plan.defaults.detection
    fallback = world.plan.fallbacks[f]
    roots = spoilers_now(world, protected) if is_too_bad(world, fallback) else frozenset()
    if is_too_low(world, fallback) or not is_too_bad(world, fallback):
        roots |= roots_now(world, protected)
    found = [world.happenings.events[e] for e in sorted(roots)]
    waits = [detection if e.detected_after is None else e.detected_after for e in found if not e.silent]
    if not found and memory.triggered_at == world.t:
        waits = [detection]
    if waits:
        memory.seen_at = world.t + min(waits)


def is_noticed(world: World, f: str) -> bool:
    """True once monitoring, complaints or a day have told the owner."""
    listen(world, f)
    return world.t >= notice_due(world, f) - CLOCK


def notice_due(world: World, f: str) -> float:
    """When it is noticed, if the levels stay as they are.

    'When every event at the root is `silent`, monitoring sees nothing: it is noticed when the expected number
    of complaints since the trigger … reaches `complaints_to_notice` (plan defaults 1 % and 5), and after 24h
    at the latest.'

    A silent failure that something seen by monitoring joins is noticed by whichever comes first.
    """
    memory = world.fallbacks[f]
    dues = [] if memory.seen_at is None else [memory.seen_at]
    if memory.silent:
        dues.append(memory.triggered_at + DAY)
        missing = world.plan.defaults.complaints_to_notice - memory.complaints
        rate = complaints_per_second(world)
        if missing <= ZERO:
            dues.append(world.t)
        elif rate > 0:
            dues.append(world.t + missing / rate)
    return min(dues)


def complaints_per_second(world: World) -> float:
    """'Σ demand · (1 − x) · complaint_rate … over all activities with x < 1', demand without surge.

    What got through spoilt is complained of like what did not get through.
    """
    well = {i: world.now.delivered[i] * world.good.delivered[i] for i in world.plan.activities}
    lost = sum(c.analysis.demand * (1 - well[i]) for i, c in world.plan.activities.items())
    return lost * world.plan.defaults.complaint_rate / 3600.0
