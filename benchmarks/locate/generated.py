"""Random plans of 200 components with faulty ones in them, and calls that are walked through them one by one.

The walk is written apart from the product: a call goes down every requirement, takes one member of each
split and pool by its weight, remembers its choices, and meets a faulty component or does not.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from bcp.model.call import OK, Call, Calls
from bcp.model.plan import Plan

SIZE = 200
NOISE = 0.005
_LAYERS = (24, 36, 40, 40, 32, 20)
_NETWORKS = 8
_KINDS = ("number", "platform", "trunk", "system", "access", "power")
_NAMED = 0.5


def random_plan(rng: random.Random) -> Plan:
    """Numbers above platforms, trunks, systems, access and power; half of the requirements are split or pooled."""
    components: dict[str, Any] = {
        f"net-{n}": {"kind": "operator", "name": f"Network {n}"} for n in range(_NETWORKS)
    }
    rows = [[f"c{layer}-{n}" for n in range(size)] for layer, size in enumerate(_LAYERS)]
    for layer, row in enumerate(rows):
        for component in row:
            requires = [_requirement(rng, rows[layer + 1]) for _ in range(2)] if layer + 1 < len(rows) else []
            components[component] = {"kind": _KINDS[layer], "name": component, "requires": requires}
    return Plan.model_validate({"organisation": {"name": "Random"}, "components": components})


def _requirement(rng: random.Random, below: list[str]) -> Any:
    kind = rng.choice(("needs", "needs", "split", "pool"))
    members = rng.sample(below, 1 if kind == "needs" else rng.choice((2, 3, 4)))
    if kind == "needs":
        return members[0]
    if kind == "pool":
        return {"pool": dict.fromkeys(members, 1.0)}
    parts = [rng.randint(1, 9) for _ in members]
    return {"split": {m: p / sum(parts) for m, p in zip(members, parts, strict=True)}}


@dataclass
class Walk:
    """One call's way through a plan."""

    plan: Plan
    rng: random.Random
    met: set[str] = field(default_factory=set)
    chosen: list[str] = field(default_factory=list)
    _picked: dict[str, list[str]] = field(default_factory=dict)

    def go(self, component: str) -> None:
        """Meet a component and what it needs; one that was met before is gone through in the same way."""
        if component in self.met:
            return
        self.met.add(component)
        for requirement in self.plan.components[component].requires:
            weights = getattr(requirement, "split", None) or getattr(requirement, "pool", None)
            if weights is None:
                self.go(requirement.members[0])
                continue
            taken = self.rng.choices(list(weights), list(weights.values()))[0]
            self.chosen.append(taken)
            self.go(taken)


def one_call(plan: Plan, rng: random.Random, faulty: dict[str, float], row: int) -> Call:
    """A call from one of the networks to one of the numbers; half of them name one way that they took.

    Its one further column holds the faulty components that made it fail: for counting, nobody looks at it.
    """
    origin, to = f"net-{rng.randrange(_NETWORKS)}", f"c0-{rng.randrange(_LAYERS[0])}"
    walk = Walk(plan, rng)
    walk.go(origin)
    walk.go(to)
    struck = [i for i, share in sorted(faulty.items()) if i in walk.met and rng.random() < share]
    fails = bool(struck) or rng.random() < NOISE
    via = (rng.choice(walk.chosen),) if walk.chosen and rng.random() < _NAMED else ()
    return Call(row, "", (origin,), (to,), via, "no connection" if fails else OK, (" ".join(struck),))


def faults(plan: Plan, rng: random.Random, count: int, share: float) -> dict[str, float]:
    """So many faulty components, each of which at least one call in fifty meets."""
    met: dict[str, int] = {}
    for _ in range(300):
        walk = Walk(plan, rng)
        walk.go(f"net-{rng.randrange(_NETWORKS)}")
        walk.go(f"c0-{rng.randrange(_LAYERS[0])}")
        for component in walk.met:
            met[component] = met.get(component, 0) + 1
    used = sorted(i for i, n in met.items() if n >= 6)
    return dict.fromkeys(rng.sample(used, count), share)


def sample(
    plan: Plan, rng: random.Random, faulty: dict[str, float], size: int, failed: float | None
) -> Calls:
    """So many calls as they come; or, where `failed` is given, so large a share of failures: a list of complaints."""
    if failed is None:
        return Calls(tuple(one_call(plan, rng, faulty, row) for row in range(2, size + 2)))
    wanted = {True: round(size * failed), False: size - round(size * failed)}
    found: list[Call] = []
    while wanted[True] or wanted[False]:
        call = one_call(plan, rng, faulty, len(found) + 2)
        if wanted[call.failed]:
            wanted[call.failed] -= 1
            found.append(call)
    return Calls(tuple(found))
