"""A country's access network as a plan, a list of lines on it, and a regional fault: drawn from a fixed seed."""

from __future__ import annotations

import random
from pathlib import Path

from bcp.model.component import Component, Kind
from bcp.model.plan import Organisation, Plan
from bcp.model.requirement import Needs, Pool
from bcp.model.scenario import Effect, Event, Scenario, Selector

REGIONS = 20
TOWNS = 50
"""In each region; each has one access node with four cards, two cores stand behind each region."""

CARDS = 4
FAULTY = "IT/07"
"""The region in which the fault lies."""


def area_of(region: int, town: int) -> str:
    """The path of a town."""
    return f"IT/{region:02d}/{town:03d}"


def network() -> Plan:
    """The plan: cards on nodes, nodes on two ring sides of their region, rings on two cores, one national voice platform."""
    parts = {
        "voice": Component(kind=Kind.PLATFORM, name="Voice platform", area="IT"),
        "core-1": Component(kind=Kind.PLATFORM, name="Core 1", area="IT"),
        "core-2": Component(kind=Kind.PLATFORM, name="Core 2", area="IT"),
    }
    cores = Pool(pool={"core-1": 1.0, "core-2": 1.0})
    for region in range(REGIONS):
        sides = [f"ring-{region}-{side}" for side in "ab"]
        for side in sides:
            parts[side] = Component(
                kind=Kind.TRUNK, name=side, area=f"IT/{region:02d}", tags=("ring",), requires=(cores,)
            )
        for town in range(TOWNS):
            node = f"node-{region}-{town}"
            parts[node] = Component(
                kind=Kind.ACCESS,
                name=node,
                area=area_of(region, town),
                requires=(Pool(pool=dict.fromkeys(sides, 0.7)),),
            )
            for card in range(CARDS):
                name = f"card-{region}-{town}-{card}"
                parts[name] = Component(
                    kind=Kind.ACCESS, name=name, area=area_of(region, town), requires=(Needs(needs=node),)
                )
    return Plan(organisation=Organisation(name="Rete", country="IT", language="it"), components=parts)


def fault() -> Scenario:
    """One side of the region's ring is cut for five hours; after an hour half of its towns lose their nodes as well."""
    region = int(FAULTY.rpartition("/")[2])
    nodes = tuple(f"node-{region}-{town}" for town in range(0, TOWNS, 2))
    return Scenario(
        id="regional-fault",
        title={"en": "Regional fault"},
        events=(
            Event(at="0s", until="5h", select=Selector(id=(f"ring-{region}-a",)), effect=Effect(level=0.0)),
            Event(at="1h", until="4h", select=Selector(id=nodes), effect=Effect(level=0.0)),
        ),
    )


HEAD = "id,area,components,contacts,consent,language,priority,customer,street,note\n"


def write_lines(path: Path, n: int, seed: int) -> None:
    """A list of n lines as CSV: each on a card of a town, a third of them also on the voice platform."""
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        for i in range(n):
            region, town = draw.randrange(REGIONS), draw.randrange(TOWNS)
            on = f"card-{region}-{town}-{draw.randrange(CARDS)}" + (";voice" if draw.random() < 1 / 3 else "")
            consent = draw.choice(("email", "sms", "email;sms", ""))
            priority = draw.choices(("", "business", "health", "alarm"), (80, 17, 2, 1))[0]
            contacts = f"sms:+3933{draw.randrange(10**8):08d};email:c{i}@example.com"
            file.write(
                f"L-{i:07d},{area_of(region, town)},{on},{contacts},{consent},{draw.choice(('it', 'de'))},"
                f"{priority},C{draw.randrange(n // 2):07d},Via {draw.randrange(10**6)},{draw.randrange(10**9)}\n"
            )
