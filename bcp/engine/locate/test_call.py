"""The next call to try: the one whose outcome is expected to narrow the suspects down most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, log, prod

import numpy as np

from bcp.engine.levels.requirements import Floats
from bcp.engine.locate.names import Named
from bcp.engine.locate.paths import Route
from bcp.engine.locate.reader import Reader
from bcp.engine.locate.samples import Samples
from bcp.engine.locate.search import Belief, Groups
from bcp.model.call import Calls
from bcp.model.component import Kind
from bcp.model.located import Standing, TestCall
from bcp.model.plan import Plan

_ORIGINS, _GOALS, _WAYS = 8, 40, 12
_MEMBERS = 40
_HYPOTHESES = 60
_MOST_REPEATS = 60
_SEEN = 0.05
_TOLD = 6
_LIKELY, _UNLIKELY = 0.5, 0.05
_LEAST_GAIN = 0.1
_AS_GOOD = 0.97


_CARRIERS = frozenset(
    {Kind.OPERATOR, Kind.PLATFORM, Kind.INTERCONNECT, Kind.TRUNK, Kind.ACCESS, Kind.SYSTEM, Kind.NUMBER}
)
"""Kinds by which a call can be made to go."""


@dataclass(frozen=True, slots=True)
class _Try:
    origin: tuple[str, ...]
    to: tuple[str, ...]
    via: tuple[str, ...]


def best_test(
    reader: Reader, calls: Calls, samples: Samples, groups: Groups, belief: Belief, ranking: Floats
) -> TestCall | None:
    """The test call with the greatest expected gain of information; None where there is no suspect.

    Of calls nearly as good as the best it is the one most like those that were seen; where nothing is left
    to tell apart, one that confirms the first suspect. Tried are calls from where calls came, to where they
    went and to the plan's numbers, and by each way that a suspect stands on. `ranking` (c,) is the
    probability of each column. The outcome that counts is whether any of a series of such calls fails; the
    series is as long as the first suspect needs to show itself in 95 of 100 cases.
    """
    first = int(np.argmax(ranking))
    if not ranking[first]:
        return None
    tries = _tries(reader, calls, samples, ranking)
    exposure = _exposures(reader, samples, [reader.route(t.origin, t.to, t.via) for t in tries])
    weights, failing = _hypotheses(groups, belief, exposure)
    repeat = _repeats(belief, groups, first)
    some = 1.0 - (1.0 - failing) ** repeat
    gain = _entropy(some @ weights) - _entropy(some) @ weights
    if gain.max() < _LEAST_GAIN:  # nothing is left to tell apart: confirm the first suspect
        best = int(np.argmax(exposure[:, first]))
    else:
        best = int(np.argmax(gain >= _AS_GOOD * gain.max()))
    order = np.argsort(-ranking, kind="stable")
    told = [int(j) for j in order[:_TOLD] if ranking[j] >= _SEEN * ranking[first]]
    chosen = tries[best]
    return TestCall(
        origin=chosen.origin,
        to=chosen.to,
        via=chosen.via,
        gain=round(float(gain[best]), 6),
        repeat=repeat,
        suspects=tuple(samples.columns[j].name for j in told if exposure[best, j] >= _LIKELY),
        avoids=tuple(samples.columns[j].name for j in told if exposure[best, j] < _UNLIKELY),
    )


def _tries(reader: Reader, calls: Calls, samples: Samples, ranking: Floats) -> list[_Try]:
    """The calls that could be tried, those seen already before new ones, and those without a way before others."""
    origins = _frequent((c.origin for c in calls.calls), _ORIGINS)
    goals = _frequent((c.to for c in calls.calls), _GOALS)
    goals += [(n,) for n in _numbers(reader.plan) if (n,) not in goals][:_GOALS]
    goals = [goal for goal in goals if goal]
    plain = [_Try(o, t, ()) for o, t in product(origins, goals)]
    seen = Counter(_Try(c.origin, c.to, c.via) for c in calls.calls if c.via)
    known = [t for t, _ in sorted(seen.items(), key=lambda item: (-item[1], str(item[0])))[: _GOALS * _WAYS]]
    exposure = _exposures(reader, samples, [reader.route(t.origin, t.to, ()) for t in plain])
    likely = np.argsort(-ranking, kind="stable").tolist()
    order = [j for j in likely if ranking[j] > 0 and _can_be_chosen(reader.plan, samples.columns[j])][:_WAYS]
    turned = [
        _Try(t.origin, t.to, (samples.columns[j].name,))
        for t, row in zip(plain, exposure, strict=True)
        for j in order
        if 0.0 < row[j] < 1.0
    ]
    return list(dict.fromkeys([*plain, *known, *turned]))


def _can_be_chosen(plan: Plan, named: Named) -> bool:
    """Whether one who calls, or who routes the call, can make it go through this."""
    return named.standing is Standing.COMPONENT and plan.components[named.name].kind in _CARRIERS


def _frequent(names: Iterable[tuple[str, ...]], most: int) -> list[tuple[str, ...]]:
    counted = Counter(names)
    return [name for name, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]]


def _numbers(plan: Plan) -> list[str]:
    return [i for i, c in sorted(plan.components.items()) if c.kind == Kind.NUMBER and c.e164]


def _exposures(reader: Reader, samples: Samples, routes: Sequence[Route]) -> Floats:
    """The exposure (routes, c) to the columns of the samples; what is no column there is no suspect."""
    found, columns = reader.exposures(routes)
    place = {named: j for j, named in enumerate(samples.columns)}
    exposure = np.zeros((len(routes), len(samples.columns)))
    for k, named in enumerate(columns):
        if named in place:
            exposure[:, place[named]] = found[:, k]
    return exposure


def _hypotheses(groups: Groups, belief: Belief, exposure: Floats) -> tuple[Floats, Floats]:
    """Weights (S,) of what may be the case, member by member, and how often each call would fail then: (calls, S)."""
    weights: list[float] = []
    failing: list[Floats] = []
    for s in range(min(_HYPOTHESES, len(belief.sets))):
        members = [groups.members[g][:_MEMBERS] for g in belief.sets[s]]
        while prod(map(len, members)) > _MEMBERS:  # the smaller groups stand for their first member
            smallest = min((m for m in members if len(m) > 1), key=len)
            members = [m[:1] if m is smallest else m for m in members]
        each = list(product(*members))
        for chosen in each:
            weights.append(float(belief.probability[s]) / len(each))
            kept = np.prod(1.0 - belief.shares[s] * exposure[:, list(chosen)], axis=1)
            failing.append(1.0 - (1.0 - belief.leak[s]) * kept)
    total = np.array(weights)
    return total / total.sum(), np.stack(failing, axis=1)


def _repeats(belief: Belief, groups: Groups, column: int) -> int:
    """Calls until a suspect has shown itself with 95 % probability, at the share of calls that it is thought to fail."""
    group = next(g for g, members in enumerate(groups.members) if column in members)
    sets = [(p, shares[causes.index(group)]) for causes, p, shares in
            zip(belief.sets, belief.probability, belief.shares, strict=True) if group in causes]  # fmt: skip
    share = sum(p * x for p, x in sets) / sum(p for p, _ in sets)
    return min(_MOST_REPEATS, max(1, ceil(log(_SEEN) / log(max(1e-9, 1.0 - share)))))


def _entropy(p: Floats) -> Floats:
    clipped = np.clip(p, 1e-12, 1.0 - 1e-12)
    return np.asarray(-(clipped * np.log2(clipped) + (1.0 - clipped) * np.log2(1.0 - clipped)))
