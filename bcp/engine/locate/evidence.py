"""How well a set of causes accounts for calls: a noisy OR with a leak, its unknown shares integrated out.

A call fails with probability p = 1 − (1 − leak) · Π (1 − θ_j e_j) over the causes j, with e_j its exposure
and θ_j the share of the calls through j that fail. θ_j is taken to lie anywhere between 1 % and all, each
order of magnitude as likely, but in one case of four near all: things fail whole more often than by any
other share. The leak, which stands for background noise, is seldom above some per cent. Where complaints are gathered, failures are more frequent among the samples than among calls: a
failure is then `sampling` times as likely to be in the list as a success, q = s p / (1 + (s − 1) p).

The integral over leak and θ is by importance sampling at fixed points: half of them spread over the whole
box, half around the most probable place, found by Fisher scoring and with its curvature as spread. All is
done for many sets of the same size at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import logsumexp, ndtri

from bcp.engine.levels.requirements import Floats, Ints

Causes = tuple[int, ...]
"""A set of causes: numbers of columns, sorted."""

LEAST_SHARE = 0.01
"""A cause that fails fewer of the calls through it is not looked for."""

SAMPLING = (1.0, 8.0, 64.0)
"""How many times as likely a failure is to be in the list: all calls alike, or complaints beside some successes."""

_LEAK = (1e-4, 0.25)
_LEAK_SELDOM = 20.0
_MOST_SHARE = 0.998
_POINTS = 96
_WHOLE = 6.0
_ROUNDS = 16
_SPREAD = 1.4
_NEAR_ENOUGH = 3e-3
_HOPELESS = 8.0  # e⁸: three thousand times less probable
_AT_ONCE = 400_000
_TOGETHER = 64
_LEAST = 1e-12
_FEW = 2
_MOST_CELLS = 20_000

_STEPS = np.array([0.0, 0.02, 0.06, 0.15, 0.3, 0.5, 0.75, 0.97])
_WIDE_STEPS = np.array([0.0, 0.05, 0.15, 0.35, 0.6, 0.85])
_NARROW = np.concatenate([[0.0], np.geomspace(0.01, 0.99, 32)])
"""Exposures up to each of these are one step: of calls that were well, for up to two causes and for more; of failures."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What was found for H sets of d causes: log evidence (H,), mean log leak and shares (H,) and (H, d)."""

    log_evidence: Floats
    leak: Floats
    shares: Floats


@dataclass(frozen=True, slots=True)
class _Tables:
    """H sets of d causes: calls gathered by exposure (H, R, d), the first `good` rows well (H, good), the rest failed."""

    exposure: Floats
    count: Floats
    good: int

    def part(self, chosen: slice | Ints) -> _Tables:
        """Some of the sets."""
        return _Tables(self.exposure[chosen], self.count[chosen], self.good)


@dataclass(frozen=True, slots=True)
class _Hill:
    """H sets with the most probable logarithms of leak and shares (H, d + 1), the spread there, and Laplace's integral (H,)."""

    tables: _Tables
    peak: Floats
    spread: Floats
    laplace: Floats

    def part(self, chosen: Ints) -> _Hill:
        """Some of the sets."""
        return _Hill(self.tables.part(chosen), self.peak[chosen], self.spread[chosen], self.laplace[chosen])


@dataclass
class Evidence:
    """Calls of m sorts: how many were well and failed (m,), and their exposure to c columns (m, c).

    For each set of causes, calls with nearly the same exposures are put together at their mean: those that
    were well by a few steps, for their likelihood is almost linear in it, those that failed by narrow ones.
    """

    exposure: Floats
    well: Floats
    failed: Floats

    def __post_init__(self) -> None:
        bad = np.flatnonzero(self.failed > 0)
        good = np.flatnonzero(self.well > 0)
        self._bad = _Side(self.exposure[bad], self.failed[bad], (_NARROW, _NARROW))
        self._good = _Side(self.exposure[good], self.well[good], (_STEPS, _WIDE_STEPS))

    def fits(self, sets: Sequence[Causes], sampling: float) -> Fit:
        """The evidence of each set; all sets must be of one size.

        Sets far behind the best of these get Laplace's approximation only.
        """
        size = len(sets[0]) if sets else 0
        good = [self._good.table(causes) for causes in sets]
        bad = [self._bad.table(causes) for causes in sets]
        order = np.argsort([len(g[0]) + len(b[0]) for g, b in zip(good, bad, strict=True)], kind="stable")
        found = Fit(np.zeros(len(sets)), np.zeros(len(sets)), np.zeros((len(sets), size)))
        hills: list[tuple[Ints, _Hill]] = []
        for chosen in np.array_split(order, max(1, len(order) // _TOGETHER)):
            hill = _hill(_padded([good[h] for h in chosen], [bad[h] for h in chosen], size), sampling)
            hills.append((chosen, hill))
            found.log_evidence[chosen] = hill.laplace
            found.leak[chosen], found.shares[chosen] = np.exp(hill.peak[:, 0]), np.exp(hill.peak[:, 1:])
        near = found.log_evidence >= found.log_evidence.max(initial=-np.inf) - _HOPELESS
        rough = found.log_evidence[near]
        for chosen, hill in hills:
            if near[chosen].any():
                at = chosen[near[chosen]]
                part = _integrated(hill.part(np.flatnonzero(near[chosen])), sampling)
                found.log_evidence[at] = part.log_evidence
                found.leak[at], found.shares[at] = part.leak, part.shares
        # Laplace's error is much the same for all of them: on the others it is corrected by that of the near ones.
        found.log_evidence[~near] += (found.log_evidence[near] - rough).mean() if near.any() else 0.0
        return found


_Table = tuple[Floats, Floats]
"""Exposures (R, d) and counts (R,)."""


class _Side:
    """The calls that were well, or those that failed: exposures (m, c) and counts (m,), with two sets of steps."""

    def __init__(self, exposure: Floats, count: Floats, steps: tuple[Floats, Floats]) -> None:
        self.exposure, self.count = exposure, count
        self._codes = [np.searchsorted(s, np.ascontiguousarray(exposure.T), side="left") for s in steps]
        self._levels = [len(s) + 1 for s in steps]
        self._weighed = np.ascontiguousarray((exposure * count[:, None]).T)

    def table(self, causes: Causes) -> _Table:
        """The calls gathered by their exposures to these causes; the wider steps for three causes or more."""
        if not len(self.count):
            return np.zeros((0, len(causes))), np.zeros(0)
        fine = int(len(causes) > _FEW)
        code = np.zeros(len(self.count), np.intp)
        for j in causes:
            code = code * self._levels[fine] + self._codes[fine][j]
        cells = self._levels[fine] ** len(causes)
        if cells > _MOST_CELLS:
            seen, code = np.unique(code, return_inverse=True)
            code, cells = code.reshape(-1), len(seen)
        count = np.bincount(code, self.count, cells).astype(np.float64)
        kept = np.flatnonzero(count)
        sums = [np.bincount(code, self._weighed[j], cells)[kept] / count[kept] for j in causes]
        return np.stack(sums, axis=1) if sums else np.zeros((len(kept), 0)), count[kept]


def _padded(good: Sequence[_Table], bad: Sequence[_Table], d: int) -> _Tables:
    first = max(len(count) for _, count in good)
    rows = first + max(len(count) for _, count in bad)
    exposure, count = np.zeros((len(good), rows, d)), np.zeros((len(good), rows))
    for h, ((e, n), (e2, n2)) in enumerate(zip(good, bad, strict=True)):
        exposure[h, : len(n)], count[h, : len(n)] = e, n
        exposure[h, first : first + len(n2)], count[h, first : first + len(n2)] = e2, n2
    return _Tables(exposure, count, first)


def failing(exposure: Floats, leak: Floats, shares: Floats, sampling: float) -> Floats:
    """The probability that a call of the list failed; the last axis of `exposure` and `shares` are the causes."""
    kept = (1.0 - leak) * np.prod(1.0 - shares * exposure, axis=-1)
    q = sampling * (1.0 - kept) / (1.0 + (sampling - 1.0) * (1.0 - kept))
    return np.asarray(np.clip(q, _LEAST, 1.0 - _LEAST))


def _likelihood(tables: _Tables, at: Floats, sampling: float) -> Floats:
    """Log likelihood times what is thought beforehand: (H, P) for logarithms `at` (H, P, d + 1)."""
    leak, shares = np.exp(at[:, :, 0]), np.exp(at[:, :, 1:])
    kept = np.repeat((1.0 - leak)[:, :, None], tables.exposure.shape[1], axis=2)
    for k in range(shares.shape[2]):
        kept *= 1.0 - shares[:, :, k, None] * tables.exposure[:, None, :, k]
    good, q = kept[:, :, : tables.good], 1.0 - kept[:, :, tables.good :]
    if sampling != 1.0:
        good = good / (sampling + (1.0 - sampling) * good)
        q = sampling * q / (1.0 + (sampling - 1.0) * q)
    well = np.log(np.maximum(good, _LEAST)) @ tables.count[:, : tables.good, None]
    failed = np.log(np.maximum(q, _LEAST)) @ tables.count[:, tables.good :, None]
    whole = np.log1p(_WHOLE * shares**4).sum(axis=2)
    return np.asarray((well + failed)[:, :, 0] + _LEAK_SELDOM * np.log1p(-leak) + whole)


@lru_cache(maxsize=16)
def _box(d: int) -> tuple[Floats, Floats]:
    """Lowest and highest logarithm of the leak and of d shares."""
    low = np.log([_LEAK[0], *([LEAST_SHARE] * d)])
    high = np.log([_LEAK[1], *([_MOST_SHARE] * d)])
    return low, high


@lru_cache(maxsize=16)
def _spread_out(n: int, dims: int) -> Floats:
    """As many points as asked for that fill the unit cube of some dimensions evenly: a Kronecker sequence of the generalised golden ratio."""
    ratio = 2.0
    for _ in range(60):
        ratio = (1.0 + ratio) ** (1.0 / (dims + 1))
    steps = ratio ** -np.arange(1.0, dims + 1)
    return np.asarray((0.5 + np.arange(1, n + 1)[:, None] * steps) % 1.0)


def _hill(tables: _Tables, sampling: float) -> _Hill:
    """The most probable place of H sets and what is around it."""
    d = tables.exposure.shape[2]
    peak, curvature = _peak(tables, sampling)
    spread = np.linalg.cholesky(np.linalg.inv(curvature))
    size = np.log(np.diagonal(spread, axis1=1, axis2=2)).sum(axis=1)
    height = _likelihood(tables, peak[:, None, :], sampling)[:, 0]
    laplace = height + 0.5 * (d + 1) * np.log(2 * np.pi) + size - _beforehand(d)
    return _Hill(tables, peak, spread * _SPREAD, laplace)


def _beforehand(d: int) -> float:
    """The logarithm of the integral of what is thought beforehand, for the leak and d shares."""
    low, high = _box(d)
    return float(np.log(high - low).sum() + d * np.log1p(_WHOLE / 4.0 / (high - low)[-1]))


def _integrated(hill: _Hill, sampling: float) -> Fit:
    """The integrals for H sets."""
    tables, peak, spread = hill.tables, hill.peak, hill.spread
    d = tables.exposure.shape[2]
    low, high = _box(d)
    normal = ndtri(_spread_out(_POINTS, d + 1))
    near = peak[:, None, :] + np.einsum("hij,pj->hpi", spread, normal)
    wide = low + (high - low) * _spread_out(_POINTS, d + 1)
    at = np.concatenate([near, np.broadcast_to(wide, (len(peak), *wide.shape))], axis=1)
    inside = np.all((at >= low) & (at <= high), axis=2)
    clipped = np.clip(at, low, high)
    value = np.empty(inside.shape)
    step = max(1, _AT_ONCE // (tables.exposure.shape[1] * 2 * _POINTS + 1))
    for first in range(0, len(peak), step):
        chosen = slice(first, first + step)
        value[chosen] = _likelihood(tables.part(chosen), clipped[chosen], sampling)
    volume = float(np.log(high - low).sum())
    prior = _beforehand(d)
    away = np.linalg.solve(spread, np.moveaxis(at - peak[:, None, :], 1, 2))
    size = np.log(np.diagonal(spread, axis1=1, axis2=2)).sum(axis=1)
    bell = -0.5 * (away**2).sum(axis=1) - size[:, None] - 0.5 * (d + 1) * np.log(2 * np.pi)
    weight = np.where(inside, value - prior - np.logaddexp(bell, -volume) + np.log(2.0), -np.inf)
    total = logsumexp(weight, axis=1)
    share = np.exp(weight - total[:, None])
    mean = np.einsum("hp,hpi->hi", share, np.exp(clipped))
    return Fit(total - np.log(2 * _POINTS), mean[:, 0], mean[:, 1:])


def _peak(tables: _Tables, sampling: float) -> tuple[Floats, Floats]:
    """The most probable logarithms (H, d + 1) and the curvature there (H, d + 1, d + 1), by Fisher scoring."""
    d = tables.exposure.shape[2]
    low, high = _box(d)
    total = tables.count.sum(axis=1)
    rate = (tables.count[:, tables.good :].sum(axis=1) + 0.5) / (total + 1.0) / sampling
    at = np.empty((len(total), d + 1))
    at[:, 0] = np.log(np.clip(rate / 4, 2 * _LEAK[0], _LEAK[1] / 2))
    at[:, 1:] = np.log(np.clip(rate * 2, 0.05, 0.5))[:, None]
    pace = np.ones(len(total))
    value = _likelihood(tables, at[:, None, :], sampling)[:, 0]
    floor = np.eye(d + 1) * 12.0 / (high - low) ** 2
    slope, curvature = _slope(tables, at, sampling)
    for _ in range(_ROUNDS):
        step = np.linalg.solve(curvature + floor, slope[:, :, None])[:, :, 0]
        step *= (pace / np.maximum(1.0, np.abs(step).max(axis=1)))[:, None]
        trial = np.clip(at + step, low, high)
        better = _likelihood(tables, trial[:, None, :], sampling)[:, 0]
        taken = better >= value
        settled = np.where(taken, better - value, pace) < _NEAR_ENOUGH
        at = np.where(taken[:, None], trial, at)
        value = np.where(taken, better, value)
        pace = np.where(taken, np.minimum(1.0, pace * 2), pace / 4)
        slope, curvature = _slope(tables, at, sampling)
        if settled.all():
            break
    return at, curvature + floor


def _slope(tables: _Tables, at: Floats, sampling: float) -> tuple[Floats, Floats]:
    """Slope (H, d + 1) and Fisher information (H, d + 1, d + 1) in the logarithms."""
    leak, shares = np.exp(at[:, :1]), np.exp(at[:, None, 1:])
    part = 1.0 - shares * tables.exposure
    kept = (1.0 - leak) * np.prod(part, axis=2)
    total = 1.0 + (sampling - 1.0) * (1.0 - kept)
    q = np.clip(sampling * (1.0 - kept) / total, _LEAST, 1.0 - _LEAST)
    own = np.concatenate(
        [(leak / (1.0 - leak) * kept)[:, :, None], kept[:, :, None] * shares * tables.exposure / part], axis=2
    )
    slopes = (sampling / total**2)[:, :, None] * own
    pull = np.concatenate([-1.0 / (1.0 - q[:, : tables.good]), 1.0 / q[:, tables.good :]], axis=1)
    slope = ((tables.count * pull)[:, None, :] @ slopes)[:, 0, :]
    weight = tables.count / (q * (1.0 - q))
    curvature = np.swapaxes(slopes, 1, 2) @ (weight[:, :, None] * slopes)
    whole = _WHOLE * shares[:, 0] ** 4
    slope[:, 1:] += 4.0 * whole / (1.0 + whole)
    slope[:, 0] -= _LEAK_SELDOM * leak[:, 0] / (1.0 - leak[:, 0])
    curvature[:, 0, 0] += _LEAK_SELDOM * leak[:, 0]
    return slope, curvature
