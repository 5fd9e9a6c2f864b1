"""Which sets of causes the calls speak for: the best sets of each size, grown one by one and pruned again.

Columns that the calls cannot tell apart are one group; which of its members it is, nobody can say from
these calls. Each component is taken to be at fault with the same small probability, so that one cause in
all is expected; sets are weighed by that times their evidence, taken to a power below 1. What is left out
of the search is what a set nearly as good as the best would have to be reached by two changes at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
from scipy.special import logsumexp

from bcp.engine.levels.requirements import Floats, Ints
from bcp.engine.locate.evidence import LEAST_SHARE, SAMPLING, Causes, Evidence, Fit, failing

MOST_CAUSES = 5
"""More causes at once are not looked for."""

_SAMPLING_PRIOR = (0.7, 0.2, 0.1)
_MOST_ALONE = 600
_KEPT = 10
_POLISHED = 2
_EXCHANGED = 40
_PRUNED = 4
TRUST = 0.75
"""The power to which evidence is taken. How calls go through the plan is known roughly only (choices are taken to be
independent, and callers name what they happen to know), so that a call tells less than the model would have it."""
_HOPELESS = 12.0
_ENOUGH = 7.0


@dataclass(frozen=True, slots=True)
class Groups:
    """Columns in groups that the samples cannot tell apart.

    `members[g]` are the columns of group g; `exposure` (m, G) is that of each group; `prior` (G,) sums what
    its members weigh.
    """

    members: tuple[tuple[int, ...], ...]
    exposure: Floats
    prior: Floats


def grouped(exposure: Floats, prior: Floats, failed: Floats) -> Groups:
    """The columns of `exposure` (m, c) that can account for a failure, the same ones together.

    They are in an order that follows from the calls alone, so that names change nothing.
    """
    able = np.flatnonzero((prior > 0) & (failed @ exposure > 0))
    found: dict[bytes, list[int]] = {}
    for j in able.tolist():
        found.setdefault(np.ascontiguousarray(exposure[:, j]).tobytes(), []).append(j)
    total = exposure.sum(axis=0)
    hit = failed @ exposure
    members = sorted(found.values(), key=lambda g: (-hit[g[0]], total[g[0]], g[0]))
    first = [g[0] for g in members]
    weight = np.array([prior[g].sum() for g in members])
    return Groups(tuple(map(tuple, members)), np.ascontiguousarray(exposure[:, first]), weight)


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed after the calls: sets of groups with probabilities (S,), and with each its leak and shares."""

    sets: tuple[Causes, ...]
    probability: Floats
    leak: Floats
    shares: tuple[Floats, ...]
    sampling: Floats
    log_evidence: float

    def of_groups(self, groups: int) -> Floats:
        """The probability of each group to be among the causes."""
        found = np.zeros(groups)
        for causes, p in zip(self.sets, self.probability, strict=True):
            found[list(causes)] += p
        return np.minimum(found, 1.0)


@dataclass
class _Search:
    evidence: Evidence
    odds: Floats
    known: dict[Causes, tuple[Floats, Floats, list[Floats]]] = field(default_factory=dict)
    weights: dict[Causes, float] = field(default_factory=dict)
    ways: list[int] = field(default_factory=lambda: list(range(len(SAMPLING))))

    def weigh(self, sets: Iterable[Causes]) -> list[Causes]:
        """Weigh sets that are not known yet; returns those."""
        fresh = sorted({s for s in sets if s not in self.known}, key=lambda s: (len(s), s))
        if not fresh:
            return []
        for group in (list(g) for _, g in groupby(fresh, key=len)):
            fits = {way: self.evidence.fits(group, SAMPLING[way]) for way in self.ways}
            for h, causes in enumerate(group):
                self._keep(causes, h, fits)
        return fresh

    def _keep(self, causes: Causes, h: int, fits: Mapping[int, Fit]) -> None:
        prior = float(self.odds[list(causes)].sum())
        weights, leaks = np.full(len(SAMPLING), -np.inf), np.full(len(SAMPLING), LEAST_SHARE)
        shares = [np.full(len(causes), LEAST_SHARE) for _ in SAMPLING]
        for way, fit in fits.items():
            weights[way] = fit.log_evidence[h] + np.log(_SAMPLING_PRIOR[way]) + prior
            leaks[way], shares[way] = fit.leak[h], fit.shares[h]
        self.known[causes] = (weights, leaks, shares)
        self.weights[causes] = float(np.logaddexp.reduce(weights))

    def drop_ways(self) -> None:
        """Leave out ways of gathering the calls that the sets weighed so far make hopeless."""
        total = np.logaddexp.reduce([weights for weights, _, _ in self.known.values()], axis=0)
        self.ways = [way for way in self.ways if total[way] > total.max() - _HOPELESS]

    def weight(self, causes: Causes) -> float:
        """The log weight of a known set, however the calls were gathered."""
        return self.weights[causes]

    def best(self, size: int, most: int) -> list[Causes]:
        """The best known sets of a size, the best first, without hopeless ones."""
        found = sorted((s for s in self.known if len(s) == size), key=lambda s: (-self.weight(s), s))
        return [s for s in found[:most] if self.weight(s) > self.weight(found[0]) - _HOPELESS]

    def worth_adding(self, causes: Causes, most: int = 10) -> list[int]:
        """The groups whose addition would account best for what these causes leave: by the score test."""
        weights, leaks, shares = self.known[causes]
        s = int(np.argmax(weights))
        exposure, sampling = self.evidence.exposure, SAMPLING[s]
        part = exposure[:, list(causes)]
        kept = (1.0 - leaks[s]) * np.prod(1.0 - shares[s] * part, axis=1)
        q = failing(part, leaks[s], shares[s], sampling)
        slope = sampling * kept / (1.0 + (sampling - 1.0) * (1.0 - kept)) ** 2
        well, failed = self.evidence.well, self.evidence.failed
        rise = (slope * (failed / q - well / (1.0 - q))) @ exposure
        noise = ((well + failed) * slope**2 / (q * (1.0 - q))) @ exposure**2
        score = rise / np.sqrt(np.maximum(noise, 1e-12))
        score[list(causes)] = -np.inf
        order = np.argsort(-score, kind="stable")[:most]
        return [int(g) for g in order if np.isfinite(score[g])]


def believed(evidence: Evidence, groups: Groups, expected: float) -> Belief:
    """What to believe of the groups, where each unit of their prior weighs `1 / expected` to one.

    Grows sets from the best of each size until larger ones are worth nothing, and prunes the best.
    """
    search = _Search(evidence, np.log(groups.prior / expected))
    search.weigh([()])
    search.weigh((g,) for g in _alone(evidence, len(groups.members)))
    search.drop_ways()
    size = 1
    while size < min(MOST_CAUSES, len(groups.members)):
        grown = {
            tuple(sorted((*causes, g)))
            for causes in search.best(size, _KEPT)
            for g in search.worth_adding(causes)
        }
        search.weigh(grown)
        _prune(search, size + 1)
        top = max((search.weight(s) for s in search.known if len(s) == size + 1), default=-np.inf)
        if top < max(map(search.weight, search.known)) - _ENOUGH:
            break
        size += 1
    _polish(search)
    return _belief(search)


def _polish(search: _Search) -> None:
    """Weigh what lies around the best sets: with each of their causes exchanged for what would do nearly as well."""
    for best in sorted(search.known, key=lambda s: (-search.weight(s), s))[:_POLISHED]:
        around = [best[:k] + best[k + 1 :] for k in range(len(best))] if len(best) > 1 else []
        search.weigh(around)
        search.weigh(
            tuple(sorted((*rest, g))) for rest in around for g in search.worth_adding(rest, _EXCHANGED)
        )


def _alone(evidence: Evidence, groups: int) -> Sequence[int]:
    """The groups to try as a single cause: all, or those that go best with the failures."""
    if groups <= _MOST_ALONE:
        return range(groups)
    found: Ints = np.argsort(-ochiai(evidence.exposure, evidence.well, evidence.failed), kind="stable")
    return [int(g) for g in found[:_MOST_ALONE]]


def _prune(search: _Search, size: int) -> None:
    """Weigh what is left of the best sets of a size when one cause is taken away, and so on."""
    row = search.best(size, _PRUNED)
    while row and len(row[0]) > 1:
        row = sorted({s[:k] + s[k + 1 :] for s in row for k in range(len(s))})
        search.weigh(row)


def _belief(search: _Search) -> Belief:
    sets = sorted(search.known, key=lambda s: (-search.weight(s), s))
    weights = np.array([search.known[s][0] for s in sets])
    total = float(logsumexp(weights))
    odds = np.array([search.odds[list(s)].sum() for s in sets])
    held = odds + TRUST * (logsumexp(weights, axis=1) - odds)
    probability = np.exp(held - logsumexp(held))
    each = probability[:, None] * np.exp(weights - logsumexp(weights, axis=1)[:, None])
    kept = probability > 1e-9  # noqa: PLR2004 - nothing that anybody would ever be told
    kept[0] = True
    rows = np.flatnonzero(kept)
    by = each[rows] / probability[rows, None]
    leak = np.array([by[k] @ search.known[sets[h]][1] for k, h in enumerate(rows)])
    shares = tuple(
        np.sum([b * s for b, s in zip(by[k], search.known[sets[h]][2], strict=True)], axis=0)
        for k, h in enumerate(rows)
    )
    return Belief(
        tuple(sets[h] for h in rows), probability[rows], leak, shares, by @ np.array(SAMPLING), total
    )


def ochiai(exposure: Floats, well: Floats, failed: Floats) -> Floats:
    """Ochiai's similarity (c,) of each column with the failures: f / √(F · (f + o)), from shares of calls."""
    hit, passed = failed @ exposure, well @ exposure
    return np.asarray(hit / np.sqrt(np.maximum(failed.sum() * (hit + passed), 1e-12)))


def g_statistic(exposure: Floats, well: Floats, failed: Floats) -> Floats:
    """The G statistic (c,) of each column against the failures, negative where it goes with successes."""
    hit, passed = failed @ exposure, well @ exposure
    missed, other = failed.sum() - hit, well.sum() - passed
    n = failed.sum() + well.sum()
    cells = ((hit, hit + passed, failed.sum()), (passed, hit + passed, well.sum()),
             (missed, missed + other, failed.sum()), (other, missed + other, well.sum()))  # fmt: skip
    found = np.zeros(exposure.shape[1])
    for seen, row, column in cells:
        expected = np.maximum(row * column / max(n, 1.0), 1e-12)
        found += np.where(seen > 0, 2 * seen * np.log(np.maximum(seen, 1e-12) / expected), 0.0)
    more = hit * well.sum() >= passed * failed.sum()
    return np.where(more, found, -found)
