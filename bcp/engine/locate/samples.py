"""Calls made into numbers: how often each sort of call failed and was well, and what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bcp.engine.levels.requirements import Floats, Ints
from bcp.engine.locate.names import Directory, Named
from bcp.engine.locate.paths import Route
from bcp.engine.locate.reader import Reader, rounded
from bcp.errors import BcpError
from bcp.model.call import Call, Calls
from bcp.model.component import Kind
from bcp.model.located import Standing
from bcp.model.plan import Plan
from bcp.saying import said

_MOST_NUMBERS = 100_000_000
"""Exposures of so many sorts of calls to so many components fit into memory."""

_MOST_ORIGINS = 50
"""So many origins are told apart where successes are assumed."""

_SELDOM = 0.1
"""An activity, a group of customers, and the way from one thing to another are at fault more seldom than what they rest on."""


@dataclass(frozen=True, slots=True)
class Samples:
    """m sorts of calls and c columns, each a component, an operator, a name outside the plan or a way.

    `exposure` (m, c) is the probability that such a call goes through each; `well` (m,) and `failed`
    (kinds, m) count the calls; `sort` (calls,) is each call's sort. `prior` (c,) says how readily each is
    at fault by itself, 0 for never.
    """

    columns: tuple[Named, ...]
    exposure: Floats
    well: Floats
    failed: Floats
    kinds: tuple[str, ...]
    sort: Ints
    prior: Floats
    assumed: bool
    outside_names: Mapping[str, int]


def samples_of(reader: Reader, calls: Calls) -> Samples:
    """The calls as numbers. Raises BcpError where they are too many sorts for so large a plan.

    Where every call failed, as many successes are assumed as there are failures: to the plan's
    activities in proportion to their demand, from where the failures came.
    """
    numbers: dict[tuple[tuple[str, ...], ...], int] = {}
    written = [numbers.setdefault((c.origin, c.to, c.via), len(numbers)) for c in calls.calls]
    routes = [reader.route(*key) for key in numbers]
    kinds = tuple(sorted(calls.kinds))
    failed = np.zeros((len(kinds), len(routes)))
    well = np.zeros(len(routes))
    for row, call in zip(written, calls.calls, strict=True):
        if call.failed:
            failed[kinds.index(call.result), row] += 1
        else:
            well[row] += 1
    assumed = not well.any() and bool(kinds)
    if assumed:
        added, weight = _assumed(reader, calls)
        routes += added
        well = np.concatenate([well, weight])
        failed = np.concatenate([failed, np.zeros((len(kinds), len(added)))], axis=1)
    return _gathered(reader, calls, routes, np.array(written, np.intp), well, failed, kinds, assumed)


def _gathered(
    reader: Reader,
    calls: Calls,
    routes: list[Route],
    written: Ints,
    well: Floats,
    failed: Floats,
    kinds: tuple[str, ...],
    assumed: bool,
) -> Samples:
    """Routes that are the same made one."""
    numbers: dict[Route, int] = {}
    sort = np.array([numbers.setdefault(route, len(numbers)) for route in routes], np.intp)
    if len(numbers) * len(reader.paths.ids) > _MOST_NUMBERS:
        raise BcpError(
            said(
                "there are {n:,} different sorts of calls, too many for a plan of this size.", n=len(numbers)
            ),
            said("Take a sample of the calls, or name fewer different things in them."),
        )
    exposure, columns = reader.exposures(list(numbers))
    return Samples(
        columns,
        rounded(exposure),
        np.bincount(sort, well, len(numbers)).astype(np.float64),
        np.array([np.bincount(sort, row, len(numbers)) for row in failed]).reshape(-1, len(numbers)),
        kinds,
        sort[written],
        np.array([_prior(reader.plan, c) for c in columns]),
        assumed,
        _outside(reader.directory, calls.calls),
    )


def _prior(plan: Plan, named: Named) -> float:
    if named.standing is Standing.ROUTE:
        return _SELDOM
    if named.standing is not Standing.COMPONENT:
        return 1.0
    component = plan.components[named.name]
    if component.virtual:
        return 0.0
    return _SELDOM if component.kind in (Kind.ACTIVITY, Kind.CUSTOMER_GROUP) else 1.0


def _outside(directory: Directory, calls: Sequence[Call]) -> Mapping[str, int]:
    """Names that the plan does not have and in how many calls they stand, most frequent first."""
    counted: Counter[str] = Counter()
    for call in calls:
        named = (directory.of(name) for name in call.names)
        counted.update({n.name for n in named if n.standing is Standing.OUTSIDE})
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _assumed(reader: Reader, calls: Calls) -> tuple[list[Route], Floats]:
    """Sorts of calls that were well, as far as the plan's demand and the failures' origins tell, and how many."""
    demand = {
        i: c.analysis.demand for i, c in sorted(reader.plan.activities.items()) if c.analysis.demand > 0
    }
    if not demand:
        numbers = reader.plan.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE)
        named = {reader.directory.of(name).name for call in calls.calls for name in call.to}
        demand = dict.fromkeys(sorted({*numbers, *named}), 1.0)
    origins = Counter(call.origin for call in calls.calls).most_common(_MOST_ORIGINS)
    total = sum(demand.values()) * sum(n for _, n in origins)
    routes = [reader.route(origin, (to,), ()) for origin, _ in origins for to in demand]
    weights = [n * d * len(calls.calls) / total for _, n in origins for d in demand.values()]
    return routes, np.array(weights)
