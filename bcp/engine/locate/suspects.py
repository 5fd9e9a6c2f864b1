"""Where a fault lies, from calls that failed and calls that were well: suspects, their reasons, the next test.

The method is a noisy OR with a leak over what each call rests on, causes looked for together rather than
one by one, and probabilities averaged over the sets of causes that the calls leave standing. Failures of
different kinds are taken apart where the calls speak for causes of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from bcp.engine.levels.requirements import Bools, Floats, Ints
from bcp.engine.locate.alike import MOST_GROUPS, Alike, alike, told
from bcp.engine.locate.evidence import Evidence
from bcp.engine.locate.names import is_outside
from bcp.engine.locate.reader import Reader, reader_for
from bcp.engine.locate.samples import Samples, samples_of
from bcp.engine.locate.search import Belief, Groups, believed, g_statistic, grouped, ochiai
from bcp.engine.locate.test_call import best_test
from bcp.model.call import Calls
from bcp.model.located import Location, Ranked, Standing, Suspect, TestCall
from bcp.model.plan import Plan

MOST_SUSPECTS = 50
"""So many suspects are told, the most probable first."""

MOST_LINES = 1000
"""So many lines are listed for each of a suspect's failures and successes; all are counted."""

_LEAST_SHOWN = 1e-4
_SPOKEN_FOR = 15
_MOST_ALIKE = 50
_FIRST_VIEW = 10
_ENOUGH_OF_A_KIND = 3
_MOST_KINDS = 6
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Cluster:
    """Failures taken together, of some kinds: numbers of them, how often each sort of call failed so, and what to believe."""

    kinds: tuple[int, ...]
    failed: Floats
    groups: Groups
    belief: Belief


@dataclass(frozen=True, slots=True)
class _Weighed:
    samples: Samples
    clusters: tuple[Cluster, ...]
    each: tuple[Floats, ...]
    probability: Floats


def locate(plan: Plan, calls: Calls) -> Location:
    """Where the fault lies, as far as these calls tell.

    The plan must be without problems. Raises BcpError where there are too many sorts of calls.
    """
    reader = reader_for(plan, calls)
    weighed = _weighed(samples_of(reader, calls))
    chance = float(np.prod([_none(c.belief) for c in weighed.clusters])) if weighed.clusters else 1.0
    outside = _outside_probability(plan, weighed, chance)
    groups = [g for g in _groups(weighed) if g.probability >= _LEAST_SHOWN][:MOST_GROUPS]
    return Location(
        plan=plan.organisation.name,
        plan_hash=plan.content_hash,
        calls=len(calls.calls),
        failures=calls.failures,
        kinds=calls.kinds,
        apart=len(weighed.clusters) > 1,
        suspects=_suspects(plan, calls, weighed, groups),
        groups=tuple(told(plan, group, weighed.samples.columns) for group in groups),
        chance=min(1.0, chance),
        background=_background(weighed),
        next_test=_next_test(reader, calls, weighed),
        outside=chance < _HALF < outside,
        outside_probability=outside,
        successes_assumed=weighed.samples.assumed,
        outside_names=dict(list(weighed.samples.outside_names.items())[:MOST_SUSPECTS]),
        outside_more=max(0, len(weighed.samples.outside_names) - MOST_SUSPECTS),
        first_view=_first_view(weighed.samples),
    )


def component_probabilities(samples: Samples) -> Floats:
    """The probability of each column to be at fault, shape (c,)."""
    return _weighed(samples).probability


def _groups(weighed: _Weighed) -> tuple[Alike, ...]:
    beliefs = ((c.groups, c.belief) for c in weighed.clusters)
    return alike(beliefs, weighed.probability, weighed.samples.columns)


def _weighed(samples: Samples) -> _Weighed:
    clusters = _clusters(samples)
    each = tuple(_of_columns(c, samples.prior) for c in clusters)
    missed = np.prod([1.0 - p for p in each], axis=0) if each else np.ones(len(samples.prior))
    return _Weighed(samples, clusters, each, 1.0 - missed)


def _clusters(samples: Samples) -> tuple[Cluster, ...]:
    """All failures together, or each kind by itself where that accounts better for which failed how."""
    if not samples.kinds:
        return ()
    everything = tuple(range(len(samples.kinds)))
    together = _cluster(samples, everything)
    counts = samples.failed.sum(axis=1)
    apart = [k for k in everything if counts[k] >= _ENOUGH_OF_A_KIND]
    rest = tuple(k for k in everything if counts[k] < _ENOUGH_OF_A_KIND)
    parts = [(k,) for k in apart] + ([rest] if rest else [])
    if len(apart) < 2 or len(parts) > _MOST_KINDS or not together.groups.members:  # noqa: PLR2004 - nothing to take apart
        return (together,)
    single = [_cluster(samples, kinds) for kinds in parts]
    sizes = np.array([c.failed.sum() for c in single])
    labels = gammaln(len(parts)) - gammaln(sizes.sum() + len(parts)) + gammaln(sizes + 1.0).sum()
    gain = sum(c.belief.log_evidence for c in single) - together.belief.log_evidence - float(labels)
    return tuple(single) if gain > 0 else (together,)


def _cluster(samples: Samples, kinds: tuple[int, ...]) -> Cluster:
    """What to believe of failures of some kinds; a call that failed in another way did not fail in this one."""
    failed = samples.failed[list(kinds)].sum(axis=0)
    well = samples.well + samples.failed.sum(axis=0) - failed
    groups = grouped(samples.exposure, samples.prior, failed)
    belief = believed(Evidence(groups.exposure, well, failed), groups, max(1.0, float(samples.prior.sum())))
    return Cluster(kinds, failed, groups, belief)


def _of_columns(cluster: Cluster, prior: Floats) -> Floats:
    """The probability of each column: that of its group, shared among those that it is like."""
    found = np.zeros(len(prior))
    by_group = cluster.belief.of_groups(len(cluster.groups.members))
    for members, weight, p in zip(cluster.groups.members, cluster.groups.prior, by_group, strict=True):
        found[list(members)] = p * prior[list(members)] / weight
    return found


def _none(belief: Belief) -> float:
    return float(sum(p for causes, p in zip(belief.sets, belief.probability, strict=True) if not causes))


def _background(weighed: _Weighed) -> float:
    """The share of calls that fail without a cause, as calls go and not as they are listed."""
    leaks = [float(c.belief.probability @ c.belief.leak) for c in weighed.clusters]
    return float(1.0 - np.prod([1.0 - leak for leak in leaks])) if leaks else 0.0


def _outside_probability(plan: Plan, weighed: _Weighed, chance: float) -> float:
    """The probability that every cause is somebody else's, given that there is one."""
    outside = np.array([is_outside(plan, named) for named in weighed.samples.columns], np.bool_)
    if chance >= 1.0 or not weighed.clusters:
        return 0.0
    both = np.prod([_all_outside(c, outside, weighed.samples.prior) for c in weighed.clusters])
    return float(np.clip((both - chance) / (1.0 - chance), 0.0, 1.0))


def _all_outside(cluster: Cluster, outside: Bools, prior: Floats) -> float:
    share = np.array(
        [
            (prior[list(m)] * outside[list(m)]).sum() / w
            for m, w in zip(cluster.groups.members, cluster.groups.prior, strict=True)
        ]
    )
    belief = cluster.belief
    return float(
        sum(
            p * np.prod(share[list(causes)])
            for causes, p in zip(belief.sets, belief.probability, strict=True)
        )
    )


def _next_test(reader: Reader, calls: Calls, weighed: _Weighed) -> TestCall | None:
    """The best test for the failures about which least is known."""
    if not weighed.clusters or not weighed.probability.any():
        return None
    unsure = [float(-np.sum(p * np.log(np.maximum(p, 1e-12)))) for p in weighed.each]
    k = int(np.argmax(unsure))
    cluster = weighed.clusters[k]
    if not weighed.each[k].any():
        return None
    return best_test(reader, calls, weighed.samples, cluster.groups, cluster.belief, weighed.each[k])


def _first_view(samples: Samples) -> tuple[Ranked, ...]:
    failed = samples.failed.sum(axis=0)
    similar = ochiai(samples.exposure, samples.well, failed)
    statistic = g_statistic(samples.exposure, samples.well, failed)
    order = sorted(range(len(similar)), key=lambda j: (-similar[j], -statistic[j], samples.columns[j].name))
    return tuple(
        Ranked(
            component=samples.columns[j].name,
            ochiai=round(float(similar[j]), 6),
            g=round(float(statistic[j]), 6),
        )
        for j in order[:_FIRST_VIEW]
        if similar[j] > 0
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The line of each call, and the number of its kind of failure; one more than there are for a call that was well."""

    line: Ints
    kind: Ints


def _suspects(plan: Plan, calls: Calls, weighed: _Weighed, groups: Sequence[Alike]) -> tuple[Suspect, ...]:
    """Those told, the most probable first; of each of the first groups at least one."""
    names, kinds = weighed.samples.columns, {kind: k for k, kind in enumerate(weighed.samples.kinds)}
    rows = _Rows(
        np.array([call.row for call in calls.calls], np.intp),
        np.array([kinds.get(call.result, len(kinds)) for call in calls.calls], np.intp),
    )
    p = np.round(weighed.probability, 9)
    order = sorted(np.flatnonzero(p >= _LEAST_SHOWN).tolist(), key=lambda j: (-p[j], names[j].name))
    spoken_for = {group.columns[0] for group in groups[:_SPOKEN_FOR]}
    chosen = {*sorted(order, key=lambda j: j not in spoken_for)[:MOST_SUSPECTS], *spoken_for}
    number = {j: n for n, group in enumerate(groups, 1) for j in group.columns}
    shown = sorted(chosen, key=lambda j: (-p[j], names[j].name))
    return tuple(_suspect(plan, rows, weighed, j, number.get(j)) for j in shown)


def _suspect(plan: Plan, rows: _Rows, weighed: _Weighed, column: int, number: int | None) -> Suspect:
    """A suspect with its reasons: what it accounts for if it is at fault, and what speaks against it."""
    samples, named = weighed.samples, weighed.samples.columns[column]
    exposure = samples.exposure[:, column]
    through = exposure[samples.sort]
    blamed, expected = np.zeros((len(samples.kinds) + 1, len(exposure))), 0.0
    for cluster in weighed.clusters:
        fault = _blame(cluster, samples.exposure, column)
        blamed[list(cluster.kinds)] = fault
        expected += float(cluster.failed @ fault)
    failed = rows.kind < len(samples.kinds)
    explained = np.flatnonzero(blamed[rows.kind, samples.sort] >= _HALF)
    against = np.flatnonzero((through >= _HALF) & ~failed)
    kinds = {kind: int(n) for k, kind in enumerate(samples.kinds) if (n := (rows.kind[explained] == k).sum())}
    most = max(zip(weighed.each, weighed.clusters, strict=True), key=lambda pair: pair[0][column])
    group, fails = _share_failing(most[1], column)
    others = [j for j in group if j != column]
    return Suspect(
        component=named.name,
        probability=float(np.clip(round(float(weighed.probability[column]), 9), 0.0, 1.0)),
        standing=named.standing,
        outside=is_outside(plan, named),
        operator=plan.components[named.name].operator if named.standing is Standing.COMPONENT else "",
        fails=round(fails, 6),
        through=round(float(through.sum())),
        well=round(float(through[~failed].sum())),
        explained=round(expected, 3),
        explains=tuple(rows.line[explained[:MOST_LINES]].tolist()),
        explains_count=len(explained),
        contradicted_by=tuple(rows.line[against[:MOST_LINES]].tolist()),
        contradicted_count=len(against),
        explained_kinds=dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        alike=tuple(sorted(samples.columns[j].name for j in others)[:_MOST_ALIKE]),
        group=number,
    )


def _group_of(cluster: Cluster, column: int) -> int:
    return next((g for g, members in enumerate(cluster.groups.members) if column in members), -1)


def _share_failing(cluster: Cluster, column: int) -> tuple[tuple[int, ...], float]:
    """The columns of its group, and the mean share of calls through it that fail, if it is at fault."""
    g = _group_of(cluster, column)
    belief = cluster.belief
    found = [
        (p, float(shares[causes.index(g)]))
        for causes, p, shares in zip(belief.sets, belief.probability, belief.shares, strict=True)
        if g in causes
    ]
    total = sum(p for p, _ in found)
    members = cluster.groups.members[g] if g >= 0 else ()
    return members, float(sum(p * x for p, x in found) / total) if total else 0.0


def _blame(cluster: Cluster, exposure: Floats, column: int) -> Floats:
    """The probability (m,) that it was this one that made a failed call of each sort fail, if it is at fault."""
    g, belief = _group_of(cluster, column), cluster.belief
    found, total = np.zeros(len(exposure)), 0.0
    for causes, p, leak, shares in zip(
        belief.sets, belief.probability, belief.leak, belief.shares, strict=True
    ):
        if g in causes:
            parts = -np.log1p(-np.minimum(shares * cluster.groups.exposure[:, list(causes)], 0.999))
            found += p * parts[:, causes.index(g)] / (parts.sum(axis=1) - np.log1p(-leak))
            total += p
    return found / total if total else found
