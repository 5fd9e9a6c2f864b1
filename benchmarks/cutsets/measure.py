"""All our figures for one tree, in the process that calls it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bcp.engine.failure.circuit import circuit, simplified
from bcp.engine.failure.compiled import numba_available
from bcp.engine.failure.counting import Collector
from bcp.engine.failure.cutsets import analyse
from bcp.engine.failure.diagrams import Deadline, Limits
from bcp.engine.failure.direct import direct
from bcp.engine.failure.importance import Passes
from bcp.engine.failure.logic import Logic
from bcp.engine.failure.regions import regions
from bcp.engine.failure.solution import solve
from bcp.files.open_psa import read_open_psa
from bcp.files.open_psa_tree import logic_of

ROUNDS = 7
ENOUGH = 2.0
"""Seconds after which a measurement is not repeated any more."""

NODES = 40_000_000
"""Nodes of a decision diagram: about 2.5 GB."""
FOURTH = 4
SMALL = 200_000
"""Where a tree is not finished: the order that is asked for by itself then, and nodes until the search begins."""

Chances = dict[str, float]


def read(path: Path) -> tuple[Logic, Chances]:
    """A tree's failure logic and its probabilities. Raises BcpError."""
    tree = read_open_psa(path.read_text("utf-8"), path.name)
    return logic_of(tree), {e.name: e.probability for e in tree.basic_events if e.probability is not None}


def measure(path: Path, limit: float) -> dict[str, Any]:
    """Sizes, seconds, counts, probability, and how well the two methods agree. Raises BcpError."""
    begin = time.perf_counter()
    logic, chances = read(path)
    read_s = time.perf_counter() - begin
    top = next(iter(logic.tops))
    limits = Limits(nodes=NODES, seconds=limit)
    warm_s = timed(lambda: _warm(logic), 1)[0] if numba_available() else 0.0
    everything_s, known = timed(lambda: analyse(logic, top, unavailability=chances, limits=limits), 1)
    found = {
        "top": top,
        "tops": len(logic.tops),
        "variables": len(logic.variables),
        "gates": logic.gates,
        "read_s": read_s,
        "warm_s": warm_s,
        "everything_s": everything_s,
        "listed": len(known.sets),
        "event": known.event.model_dump(mode="json", exclude={"importance", "without_figures"}),
    }
    if not known.event.stopped:
        found["kernel_s"], _ = timed(lambda: kernel(logic, top, chances, limits), ROUNDS)
        found["plain_s"], done = timed(
            lambda: kernel(logic, top, chances, Limits(seconds=5.0), fast=False), 1
        )
        found["plain_done"] = done
        found |= _second(logic, top, chances, limits)
    else:
        low = Limits(nodes=SMALL, seconds=limit)
        found["fourth_s"], small = timed(lambda: analyse(logic, top, order=FOURTH, limits=low), 1)
        found["fourth"] = list(small.event.counts)
    return found


def _warm(logic: Logic) -> None:
    """Import Numba and load or compile all kernels, so that they are the ones in use from now on."""
    top = next(iter(logic.tops))
    analyse(logic, top, unavailability={}, list_up_to=0, limits=Limits(nodes=64, seconds=1.0), fast=True)


def kernel(logic: Logic, top: str, chances: Chances, limits: Limits, *, fast: bool | None = None) -> bool:
    """What a fault-tree tool's kernel does: number of cut sets of each order, and exact probability.

    The same steps as `analyse` takes, without importance and without listing. Whether it was finished.
    """
    small = simplified(circuit(logic, logic.tops[top]))
    solution = solve(regions(small), limits, Deadline(limits.seconds), fast=fast)
    if None in solution.sets:
        return False
    collector = Collector(solution)
    for _ in solution.sets:
        collector.add()
    collector.families.by_order()
    Passes(solution).probability([chances.get(name, 0.0) for name in logic.variables])
    return True


def _second(logic: Logic, top: str, chances: Chances, limits: Limits) -> dict[str, Any]:
    seconds, other = timed(lambda: direct(logic, top, chances, limits), 1)
    if other is None:
        return {"second_s": seconds}
    return {
        "second_s": seconds,
        "second_counts": list(other.counts),
        "second_probability": other.probability,
        "second_consistent": other.consistent,
    }


def timed(ask: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """The fastest of some rounds, in seconds, and the last answer; long ones are not repeated."""
    fastest, spent, answer = float("inf"), 0.0, None
    for _ in range(rounds):
        begin = time.perf_counter()
        answer = ask()
        taken = time.perf_counter() - begin
        fastest, spent = min(fastest, taken), spent + taken
        if spent > ENOUGH:
            break
    return fastest, answer
