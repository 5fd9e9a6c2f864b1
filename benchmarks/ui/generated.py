"""A seeded plan of any size that the app can save, show, examine and run: activities down to power, in places of their own.

It is a mixture of ordinary municipalities: activities are reached on numbers that lie on an operator's
service platform, come in over trunks and accesses to a site, and need systems and a team. One requirement
in eight reaches into another place. The library's failure of a service-number platform strikes it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from bcp.model.plan import Plan

PLACE = 120
"""Components of one place; a larger plan has more places."""

ACTIVITIES = 100
"""More than this many activities no plan has; places beyond that have none."""

FALLBACKS = 60
OPERATORS = 4
_ELSEWHERE = 1 / 8
_KINDS = (
    ("power", 0.07), ("site", 0.07), ("access", 0.13), ("system", 0.22), ("platform", 0.05),
    ("trunk", 0.12), ("team", 0.06), ("number", 0.22), ("activity", 0.06),
)  # fmt: skip
"""Kinds with their share, from the bottom."""

_BELOW = {
    "site": (("power", 2, "any_of"),),
    "access": (("site", 1, "needs"),),
    "system": (("site", 1, "needs"), ("system", 1, "soft"), ("access", 2, "any_of")),
    "trunk": (("access", 2, "pool"),),
    "number": (("platform", 1, "needs"), ("trunk", 1, "needs")),
    "activity": (("number", 2, "split"), ("system", 1, "needs"), ("system", 1, "soft"), ("team", 1, "needs")),
}
"""What each kind requires: of which kind, how many, and how they are taken together."""


def generated(size: int, seed: int = 1) -> Plan:
    """A plan of `size` components (at least 30). Raises nothing that a valid plan would not."""
    rng = random.Random(seed)
    made = _Making(rng, max(1, round(size / PLACE)))
    made.components = {
        f"operator-{n}": {"kind": "operator", "name": f"Operator {n}"} for n in range(OPERATORS)
    }
    left = size - OPERATORS
    for kind, share in _KINDS[::-1]:
        count = max(2, round(share * (size - OPERATORS)))
        made.counts[kind] = min(ACTIVITIES, count) if kind == "activity" else count
    made.counts["system"] += left - sum(made.counts.values())
    for kind, _ in _KINDS:
        made.layer(kind)
    return Plan.model_validate(
        {
            "organisation": {"name": f"Generated {size}", "language": "en"},
            "components": dict(reversed(made.components.items())),
            "fallbacks": made.fallbacks(),
            "contacts": made.contacts,
        }
    )


@dataclass
class _Making:
    rng: random.Random
    places: int
    counts: dict[str, int] = field(default_factory=dict)
    components: dict[str, Any] = field(default_factory=dict)
    contacts: dict[str, Any] = field(default_factory=dict)
    at: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    of_kind: dict[str, list[str]] = field(default_factory=dict)

    def layer(self, kind: str) -> None:
        """Make the components of a kind, place after place."""
        for n in range(self.counts[kind]):
            place = n % self.places
            one = {
                "kind": kind,
                "name": f"{kind.capitalize()} {n}",
                "area": f"SE/{'ABCDEFGHKM'[place % 10]}/{1000 + place}",
            }
            one |= self._own(kind, n)
            one["requires"] = [
                requirement
                for below, count, how in _BELOW.get(kind, ())
                if (requirement := self._requirement(below, count, how, place, self_kind=kind)) is not None
            ]
            name = f"{kind}-{n}"
            self.components[name] = one
            self.at.setdefault((kind, place), []).append(name)
            self.of_kind.setdefault(kind, []).append(name)

    def _own(self, kind: str, n: int) -> dict[str, Any]:
        """What components of this kind say beside their name and what they require."""
        operator = {"operator": f"operator-{n % OPERATORS}"}
        if kind == "number":
            return operator | {"e164": f"+4677{1000000 + n}", "detection": "10m"}
        if kind in ("platform", "trunk", "access"):
            return operator | {"mtbf": "2y", "mttr": "4h"}
        if kind == "team":
            self.contacts[f"person-{n}"] = {"name": f"Person {n}", "role": "Duty officer"}
            return {"members": [f"person-{n}"]}
        if kind == "activity":
            rto = self.rng.choice((1, 2, 4, 8))
            bia = {"rto": f"{rto}h", "mtpd": f"{3 * rto}h", "mbco": self.rng.choice((0.3, 0.5, 0.8))}
            return {"bia": bia | {"demand": f"{self.rng.randint(5, 200)}/h"}}
        return {}

    def _requirement(self, kind: str, count: int, how: str, place: int, *, self_kind: str) -> Any:
        elsewhere = self.rng.random() < _ELSEWHERE
        choice = self.at.get((kind, place), [])
        if elsewhere or len(choice) < count:
            choice = self.of_kind.get(kind, [])
        if len(choice) < count:
            return None if kind == self_kind else self.of_kind[kind][0]
        members = self.rng.sample(choice, count)
        if how == "needs":
            return members[0]
        if how == "soft":
            return {"needs": members[0], "impact": 0.3}
        if how == "any_of":
            return {"any_of": members}
        return {how: dict.fromkeys(members, 1 / count if how == "split" else 0.7)}

    def fallbacks(self) -> dict[str, Any]:
        """Some numbers are diverted to another, decided by a person and done on the second one's platform."""
        numbers = self.of_kind["number"]
        made = {}
        for n in range(min(FALLBACKS, len(numbers) // 4)):
            protected, other = self.rng.sample(numbers, 2)
            made[f"fallback-{n}"] = {
                "protects": protected,
                "name": f"Divert {n}",
                "via": [other],
                "lead_time": f"{self.rng.choice((10, 20, 30))}m",
                "capacity": 0.6,
                "steps": [f"Ask the operator to divert it to the other number {n}"],
            }
        return made
