"""The case of the faulty card: traffic of one network split over its cards, one of which loses the sound of calls."""

from __future__ import annotations

import random
from typing import Any

from bcp.model.call import OK, Call, Calls
from bcp.model.plan import Plan

CARDS = 8
FAULTY = "kpn-card-3"
COMPLAINTS, SUCCESSES = 50, 200
_NETWORKS = {"kpn": 0.5, "vodafoneziggo": 0.28, "odido": 0.16, "other": 0.06}
_LOST = 0.6
_NOISE = 0.002


def plan() -> Plan:
    """A provider with everything of its own doubled; sound comes by the interconnect of the caller's network."""
    own: dict[str, Any] = {"operator": "helder"}
    pair = [{"any_of": ["core-a", "core-b"]}, {"any_of": ["media-a", "media-b"]}]
    components: dict[str, Any] = {
        "conversations": {"kind": "activity", "name": "Conversations", "requires": ["numbers"], "bia": {"demand": "2400/h"}},
        "numbers": {
            "kind": "number_range", "name": "Numbers", "span": {"first": "+441632960000", "last": "+441632960999"},
            "requires": [*pair, {"split": {f"{n}-sound": share for n, share in _NETWORKS.items()}}], **own,
        },
        **{f"core-{x}": {"kind": "platform", "name": f"Core {x}", "requires": [f"site-{x}"], **own} for x in "ab"},
        **{f"media-{x}": {"kind": "system", "name": f"Media {x}", "requires": [f"site-{x}"], **own} for x in "ab"},
        **{f"site-{x}": {"kind": "site", "name": f"Site {x}"} for x in "ab"},
        **{f"{n}-sound": {"kind": "interconnect", "name": f"{n}, sound", "operator": n} for n in _NETWORKS},
        **{
            f"kpn-card-{n}": {"kind": "interconnect", "name": f"Card {n}", "operator": "kpn"}
            for n in range(1, CARDS + 1)
        },
    }  # fmt: skip
    components["kpn-sound"]["requires"] = [
        {"split": {f"kpn-card-{n}": 1 / CARDS for n in range(1, CARDS + 1)}}
    ]
    return Plan.model_validate(
        {"organisation": {"name": "Helder Telefonie", "country": "NL"}, "components": components}
    )


def calls(seed: int, traced: float) -> Calls:
    """50 complaints and 200 calls that were well; of so large a share of them it is known which card they took."""
    rng = random.Random(seed)
    wanted = {True: COMPLAINTS, False: SUCCESSES}
    found: list[Call] = []
    while wanted[True] or wanted[False]:
        network = rng.choices(list(_NETWORKS), list(_NETWORKS.values()))[0]
        card = f"kpn-card-{rng.randint(1, CARDS)}" if network == "kpn" else ""
        fails = (card == FAULTY and rng.random() < _LOST) or rng.random() < _NOISE
        if wanted[fails]:
            wanted[fails] -= 1
            via = (card,) if card and rng.random() < traced else ()
            to = (f"+44163296{rng.randint(0, 999):04d}",)
            found.append(Call(len(found) + 2, "", (network,), to, via, "bad audio" if fails else OK))
    return Calls(tuple(found))
