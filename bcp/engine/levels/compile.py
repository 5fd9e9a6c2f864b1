"""A plan made into arrays, once, so that every later question is a few passes over memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bcp.engine.levels.order import rings_and_depths
from bcp.engine.levels.requirements import Bools, Floats, Ints, Mode, RequirementTable
from bcp.engine.levels.steps import Leaves, Mixed, Ring, Step, alike_step, mixed_step
from bcp.errors import BcpError
from bcp.model.fallback import Fallback
from bcp.model.integrity import problems
from bcp.model.plan import Plan
from bcp.model.references import path_text
from bcp.model.requirement import Needs, Pool, Quorum, Split
from bcp.saying import said

_MANY_ALIKE = 48
"""From how many components of one shape in a level on whole-array gathers beat segmented sums."""


@dataclass(frozen=True, slots=True)
class Bypass:
    """A fallback as the engine sees it: `capacity · min(x over via)` is added to what `protects` delivers.

    `needs` are what its activation needs and where it executes: it can carry load where all of them serve.
    """

    protects: int
    via: Ints
    capacity: float
    needs: Ints = field(default_factory=lambda: np.zeros(0, np.intp))

    def renumbered(self, new_index: Ints) -> Bypass:
        """The same fallback with component i called `new_index[i]`."""
        return Bypass(
            int(new_index[self.protects]), new_index[self.via], self.capacity, new_index[self.needs]
        )


@dataclass(frozen=True, slots=True)
class System:
    """A compiled plan of n components, numbered in the order in which levels are computed.

    `ids[i]` names component i. `running` holds the requirements that count all the time, `starting`
    all of them, those `during: start` too. `enough` (one number a row of `starting`) says how many of
    its members of positive weight must deliver something for its value to be above 0.
    """

    ids: tuple[str, ...]
    index: dict[str, int]
    running: RequirementTable
    starting: RequirementTable
    enough: Ints
    gauge: Mixed
    steps: tuple[Step, ...]
    step_of: Ints
    bypasses: tuple[Bypass, ...]
    bypass_ids: tuple[str, ...]

    @property
    def n(self) -> int:
        """Number of components."""
        return len(self.ids)


def compile_plan(plan: Plan) -> System:
    """The plan as a system. Raises BcpError where it names things that do not exist or contradicts itself.

    Components are first put in the order of their ids, so that the order in the file changes nothing.
    """
    faults = problems(plan)
    if faults:
        first = faults[0]
        more = said(" and {n} more like it", n=len(faults) - 1) if len(faults) > 1 else ""
        raise BcpError(
            said("the plan cannot be run: {message}{more}", message=first.message, more=more),
            first.fix,
            path_text(first.path),
        )
    ids = sorted(plan.components)
    place = {component: i for i, component in enumerate(ids)}
    table = _table(plan, ids, place)
    names = sorted(plan.fallbacks)
    bypasses = [_bypass(plan.fallbacks[f], place) for f in names]
    return compile_arrays(ids, table, bypasses, names)


def _bypass(fallback: Fallback, place: dict[str, int]) -> Bypass:
    executing = (fallback.executes_at,) if fallback.executes_at else ()
    return Bypass(
        place[fallback.protects],
        np.array(sorted(place[i] for i in fallback.via), np.intp),
        fallback.capacity,
        np.array(sorted({place[i] for i in (*fallback.needs, *executing)}), np.intp),
    )


def _table(plan: Plan, ids: Sequence[str], place: dict[str, int]) -> RequirementTable:
    owner, mode, quorum, start, first = [], [], [], [], [0]
    member: list[int] = []
    weight: list[float] = []
    for component in ids:
        for requirement in plan.components[component].requires:
            match requirement:
                case Needs():
                    parts, kind, k = [(requirement.needs, requirement.impact)], Mode.NEEDS, 0
                case Pool():
                    parts, kind, k = sorted(requirement.pool.items()), Mode.POOL, 0
                case Split():
                    parts, kind, k = sorted(requirement.split.items()), Mode.SPLIT, 0
                case Quorum():
                    parts, kind, k = (
                        [(m, 1.0) for m in sorted(requirement.of)],
                        Mode.QUORUM,
                        requirement.quorum,
                    )
            owner.append(place[component])
            mode.append(kind)
            quorum.append(k)
            start.append(requirement.during == "start")
            member.extend(place[m] for m, _ in parts)
            weight.extend(w for _, w in parts)
            first.append(len(member))
    return RequirementTable(
        np.array(owner, np.intp),
        np.array(mode, np.int8),
        np.array(quorum, np.intp),
        np.array(start, np.bool_),
        np.array(first, np.intp),
        np.array(member, np.intp),
        np.array(weight, np.float64),
    )


def compile_arrays(
    ids: Sequence[str],
    table: RequirementTable,
    bypasses: Sequence[Bypass] = (),
    bypass_ids: Sequence[str] = (),
) -> System:
    """A system from n component ids and their requirements, `table` sorted by owner.

    For models too large to be written as a plan; `compile_plan` is the ordinary way in.
    """
    n = len(ids)
    running = table.taken(np.flatnonzero(~table.start))
    via_owner = [np.full(len(b.via), b.protects, np.intp) for b in bypasses]
    edges_from = np.concatenate([running.member_owner, *via_owner]).astype(np.intp)
    edges_to = np.concatenate([running.member, *(b.via for b in bypasses)]).astype(np.intp)
    ring, in_ring, depth = rings_and_depths(n, edges_from, edges_to)
    shape = _shapes(n, running)
    group = _groups(ring, in_ring, depth, shape)
    old_index = np.lexsort((np.arange(n), group)).astype(np.intp)
    new_index = np.empty(n, np.intp)
    new_index[old_index] = np.arange(n)
    moved = _sorted_by_shape(running.renumbered(new_index))
    starting = table.renumbered(new_index)
    steps = _steps(group[old_index], in_ring[old_index], moved)
    lasts = np.array([step.last for step in steps], np.intp)
    named = tuple(ids[i] for i in old_index)
    return System(
        ids=named,
        index={name: i for i, name in enumerate(named)},
        running=moved,
        starting=starting,
        enough=_enough(starting),
        gauge=mixed_step(0, n, starting),
        steps=tuple(steps),
        step_of=np.searchsorted(lasts, np.arange(n), side="right").astype(np.intp),
        bypasses=tuple(b.renumbered(new_index) for b in bypasses),
        bypass_ids=tuple(bypass_ids),
    )


def _enough(table: RequirementTable) -> Ints:
    """How many members with positive weight must deliver for each requirement's value to be above 0."""
    soft = (table.mode == Mode.NEEDS) & (table.weight[table.first[:-1]] < 1.0)
    return np.where(table.mode == Mode.QUORUM, table.quorum, np.where(soft, 0, 1)).astype(np.intp)


def _row_shapes(table: RequirementTable) -> Ints:
    """A number for each requirement's shape: mode, arity, quorum, and whether a need is soft."""
    soft = (table.mode == Mode.NEEDS) & (table.weight[table.first[:-1]] < 1.0)
    return _ranked(table.mode.astype(np.intp), table.arity, table.quorum, soft.astype(np.intp))


def _ranked(*keys: Ints) -> Ints:
    """The rank of each row among all rows of these keys, counted from 0; equal rows have the same."""
    rank = np.zeros(len(keys[0]), np.intp)
    for key in keys:
        place = _dense(key)
        rank = _dense(rank * (int(place.max(initial=0)) + 1) + place)
    return rank


def _dense(key: Ints) -> Ints:
    """The rank of each number among the distinct ones; counted where the numbers are small, else sorted."""
    highest = int(key.max(initial=0))
    if key.size and int(key.min()) >= 0 and highest <= 4 * key.size + 1000:
        present = np.zeros(highest + 1, np.intp)
        present[key] = 1
        return (np.cumsum(present) - 1)[key]
    _, place = np.unique(key, return_inverse=True)
    return place.astype(np.intp)


def _sorted_by_shape(table: RequirementTable) -> RequirementTable:
    """The same table with each owner's requirements in the order of their shapes."""
    if not table.count:
        return table
    return table.taken(np.lexsort((_row_shapes(table), table.owner)).astype(np.intp))


def _shapes(n: int, table: RequirementTable) -> Ints:
    """A number for each component such that equal numbers mean requirements of the same shapes.

    The multiset of shapes is hashed as a sum of random 64-bit numbers, one a shape (fixed seed).
    0 means no requirement at all.
    """
    if not table.count:
        return np.zeros(n, np.intp)
    row = _row_shapes(table)
    words = np.random.default_rng(2301).integers(1, 2**63 - 1, int(row.max()) + 1, dtype=np.uint64)
    starts = np.flatnonzero(np.diff(table.owner, prepend=-1))
    sums = np.zeros(n, np.uint64)
    with np.errstate(over="ignore"):
        sums[table.owner[starts]] = np.add.reduceat(words[row], starts)
    return sums.view(np.int64).astype(np.intp)


def _groups(ring: Ints, in_ring: Bools, depth: Ints, shape: Ints) -> Ints:
    """The step each component belongs to: by depth, then leaves, many alike, the mixed rest, rings."""
    n = len(ring)
    if not n:
        return ring
    alike = _ranked(depth, np.where(in_ring, 0, shape))
    many = np.bincount(alike)[alike] >= _MANY_ALIKE
    leaf = shape == 0
    place = np.where(in_ring, 3, np.where(leaf, 0, np.where(many, 1, 2)))
    lowest = np.full(int(ring.max(initial=-1)) + 1, n, np.intp)
    np.minimum.at(lowest, ring, np.arange(n))
    detail = np.where(in_ring, lowest[ring], np.where(place == 1, alike, 0))
    return _ranked(depth, place, detail)


def _steps(group: Ints, in_ring: Bools, table: RequirementTable) -> list[Step]:
    """The steps in order, for components already numbered by group and a table sorted by owner."""
    steps: list[Step] = []
    bounds = np.flatnonzero(np.diff(group, prepend=-1, append=-1)) if len(group) else np.zeros(0, np.intp)
    rows = np.searchsorted(table.owner, bounds)
    for k in range(len(bounds) - 1):
        first, last = int(bounds[k]), int(bounds[k + 1])
        part = table.taken(np.arange(rows[k], rows[k + 1]))
        if in_ring[first]:
            steps.append(Ring(mixed_step(first, last, part)))
        elif not part.count:
            steps.append(Leaves(first, last))
        elif last - first >= _MANY_ALIKE and _same_shapes(part, last - first):
            steps.append(alike_step(first, last, part))
        else:
            steps.append(mixed_step(first, last, part))
    return steps


def _same_shapes(part: RequirementTable, size: int) -> bool:
    """True where all owners have requirements of equal shapes in equal places."""
    if part.count % size:
        return False
    shapes = _row_shapes(part).reshape(size, -1)
    return bool(np.all(shapes == shapes[0])) and bool(
        np.all(np.diff(part.owner.reshape(size, -1), axis=1) == 0)
    )


def own_states(system: System, states: dict[str, float]) -> Floats:
    """Own states of shape (n,): 1 but where `states` says otherwise."""
    own = np.ones(system.n)
    for component, state in states.items():
        own[system.index[component]] = state
    return own
