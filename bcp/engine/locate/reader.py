"""What a call's names say of its way: what it touches, what tells by which way it went, and from where to where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from bcp.engine.levels.requirements import Floats
from bcp.engine.locate.names import Directory, Named, of_operator
from bcp.engine.locate.paths import Paths, Route
from bcp.model.call import Call, Calls
from bcp.model.component import Kind
from bcp.model.located import BETWEEN, Standing
from bcp.model.plan import Plan

MOST_OUTSIDE = 300
"""So many names that the plan does not have can be suspects: those in most failures."""

MOST_WAYS = 60
"""So many ways from one thing to another can be suspects: those with most failures."""

_AGAIN = 2
_LEAST = 1e-6


@dataclass(frozen=True)
class Reader:
    """Reads calls of one plan: names to what they stand for, routes to exposures.

    `kept` are the names outside the plan that can be suspects, `ways` the ways from one named thing to another.
    """

    plan: Plan
    directory: Directory
    paths: Paths
    kept: frozenset[Named] = frozenset()
    ways: tuple[str, ...] = ()
    hints: dict[tuple[Named, Kind | None], frozenset[str]] = field(default_factory=dict, repr=False)

    def route(self, origin: Sequence[str], to: Sequence[str], via: Sequence[str]) -> Route:
        """Where a call with these names goes to, what it met, and what tells by which way it went.

        An operator in `via` tells that something of its was met; in `from`, that the call came in by an
        interconnect of that operator's, where there is one.
        """
        named = {name: self.directory.of(name) for name in (*origin, *via, *to)}
        goals = sorted({named[name].name for name in to if self._counts(named[name])})
        met = sorted({named[name].name for name in (*origin, *via) if self._counts(named[name])})
        hints = {self._hint(named[name], None) for name in via}
        hints |= {self._hint(named[name], Kind.INTERCONNECT) for name in origin}
        ways = {way(named[o], named[t]) for o, t in product(origin, to)} & set(self.ways)
        told = tuple(sorted(filter(None, hints), key=sorted))
        return Route(tuple(goals), tuple(met), told, tuple(sorted(ways)))

    def exposures(self, routes: Sequence[Route]) -> tuple[Floats, tuple[Named, ...]]:
        """The exposure of each route to each column (routes, c), and the columns: what is touched, then the ways."""
        found, nodes = self.paths.exposures(routes)
        gone = np.array([[w in route.ways for w in self.ways] for route in routes], np.float64)
        columns = [self._column(self.paths.ids[node]) for node in nodes]
        columns += [Named(w, Standing.ROUTE) for w in self.ways]
        together = np.concatenate([found, gone.reshape(len(routes), len(self.ways))], axis=1)
        return rounded(together), tuple(columns)

    def _column(self, name: str) -> Named:
        if name in self.plan.components:
            return Named(name, Standing.COMPONENT)
        outside = Named(name, Standing.OUTSIDE)
        return outside if outside in self.kept else Named(name, Standing.OPERATOR)

    def _hint(self, named: Named, kind: Kind | None) -> frozenset[str]:
        """Of an operator, its components of this kind, one of which the call met; nothing for anything else."""
        key = (named, kind)
        if key not in self.hints:
            component = self.plan.components.get(named.name)
            is_operator = named.standing is Standing.OPERATOR or (
                component is not None and component.kind == Kind.OPERATOR
            )
            found = of_operator(self.plan, named.name, kind) if is_operator else frozenset[str]()
            self.hints[key] = found - {named.name}
        return self.hints[key]

    def _counts(self, named: Named) -> bool:
        return named.standing is not Standing.OUTSIDE or named in self.kept


def way(origin: Named, to: Named) -> str:
    """What the way from one thing to another is called."""
    return f"{origin.name}{BETWEEN}{to.name}"


def rounded(exposure: Floats) -> Floats:
    """Exposures to two digits that count: shares are not known better, and equal ones are found as equal."""
    scale = 10.0 ** (np.floor(np.log10(np.maximum(exposure, 1e-12))) - 1)
    return np.where(exposure > _LEAST, np.minimum(np.round(exposure / scale) * scale, 1.0), 0.0)


def reader_for(plan: Plan, calls: Calls) -> Reader:
    """What reads these calls.

    Of the names outside the plan those that stand in most failures are kept; a telephone number only where
    it failed twice, for one call tells nothing of it.
    """
    directory = Directory(plan)
    operators: set[str] = set()
    failed: Counter[str] = Counter()
    for call in calls.calls:
        for name in call.names:
            named = directory.of(name)
            if named.standing is Standing.OPERATOR:
                operators.add(named.name)
            elif named.standing is Standing.OUTSIDE:
                failed[named.name] += call.failed
    able = [name for name, n in failed.items() if n >= _AGAIN or not directory.number(name)]
    first = sorted(able, key=lambda name: (-failed[name], name))[:MOST_OUTSIDE]
    kept = frozenset(Named(name, Standing.OUTSIDE) for name in first)
    paths = Paths(plan, (*sorted(operators), *sorted(first)))
    return Reader(plan, directory, paths, kept, _ways(directory, calls.calls))


def _ways(directory: Directory, calls: Sequence[Call]) -> tuple[str, ...]:
    """The ways on which calls failed twice or more, whose two ends are seen apart from each other too."""
    total, failed = Counter[tuple[Named, Named]](), Counter[tuple[Named, Named]]()
    started, ended = Counter[Named](), Counter[Named]()
    for call in calls:
        origins = {directory.of(name) for name in call.origin}
        goals = {directory.of(name) for name in call.to}
        started.update(origins)
        ended.update(goals)
        for pair in product(origins, goals):
            total[pair] += 1
            failed[pair] += call.failed
    able = [
        pair
        for pair, n in failed.items()
        if n >= _AGAIN and total[pair] < started[pair[0]] and total[pair] < ended[pair[1]]
    ]
    return tuple(way(*pair) for pair in sorted(able, key=lambda pair: (-failed[pair], pair))[:MOST_WAYS])
