"""Plans of any size with fallbacks, for the shared-fate benchmark: one in which all is tangled, one in regions."""

from __future__ import annotations

import numpy as np

from bcp.model.component import Component, Kind
from bcp.model.fallback import Fallback
from bcp.model.plan import Organisation, Plan
from bcp.model.requirement import Needs, Pool, Requirement

LAYERS = 12
ARITY = 3
KINDS = (
    Kind.POWER, Kind.SITE, Kind.ACCESS, Kind.SYSTEM, Kind.PLATFORM, Kind.PLATFORM,
    Kind.INTERCONNECT, Kind.PLATFORM, Kind.TRUNK, Kind.SYSTEM, Kind.NUMBER_RANGE, Kind.NUMBER,
)  # fmt: skip
"""The kind of each layer, from the bottom."""


def generated(n: int, fallbacks: int, seed: int, regions: int = 1) -> Plan:
    """`n` components in 12 layers, three requirements each above the lowest; `fallbacks` from number to number.

    A requirement names something of the layer below in the same region, and one in a hundred anything
    of that layer. Of every tenth component the last two requirements are one pool. A fallback protects
    a number and goes via another one, of any region.
    """
    rng = np.random.default_rng(seed)
    layer = np.minimum(np.arange(n) * LAYERS // n, LAYERS - 1)
    first = np.searchsorted(layer, np.arange(LAYERS + 1))
    region = np.zeros(n, int)
    for k in range(LAYERS):
        region[first[k] : first[k + 1]] = np.sort(rng.integers(0, regions, first[k + 1] - first[k]))
    components = {}
    for i in range(n):
        k = int(layer[i])
        members = (
            [] if k == 0 else _members(rng, first[k - 1], region[first[k - 1] : first[k]], int(region[i]))
        )
        components[f"c{i}"] = Component.model_construct(
            kind=KINDS[k], name=f"C {i}", operator=f"operator-{i % 7}", area=f"SE/{region[i] % 20}/{region[i]}",
            requires=_requirements(members, pooled=i % 10 == 0),
        )  # fmt: skip
    numbers = np.arange(first[LAYERS - 1], n)
    made = {}
    for f in range(fallbacks):
        protects, via = rng.choice(numbers, 2, replace=False)
        made[f"f{f}"] = Fallback.model_construct(protects=f"c{protects}", via=(f"c{via}",))
    return Plan.model_construct(
        organisation=Organisation(name="Generated", language="en"), components=components, fallbacks=made
    )


def _requirements(members: list[int], *, pooled: bool) -> tuple[Requirement, ...]:
    ids = [f"c{m}" for m in members]
    if not pooled or len(ids) < ARITY:
        return tuple(Needs.model_construct(needs=i) for i in ids)
    return (Needs.model_construct(needs=ids[0]), Pool.model_construct(pool=dict.fromkeys(ids[1:], 0.6)))


def _members(rng: np.random.Generator, base: int, regions: np.ndarray, region: int) -> list[int]:
    """Up to three components of the layer that begins at `base`, whose `regions` are sorted."""
    low, high = np.searchsorted(regions, [region, region + 1])
    near = rng.integers(low, high, ARITY) if high > low else rng.integers(0, len(regions), ARITY)
    far = rng.integers(0, len(regions), ARITY)
    return sorted({base + int(m) for m in np.where(rng.random(ARITY) < 0.01, far, near)})
