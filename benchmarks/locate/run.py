"""Which components are at fault, from calls: random plans with known faults, and the case of the faulty card.

    python benchmarks/locate/run.py [--seeds N] [--cores N]

Writes RESULTS.md beside this file. What is measured stands in README.md.
"""

from __future__ import annotations

import argparse
import platform
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import pairwise, product
from multiprocessing import get_context
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

import numpy as np  # noqa: E402 - the project's own path comes first
import voys  # noqa: E402 - as above
from generated import faults, random_plan, sample  # noqa: E402 - as above
from rankers import RANKERS, chance_within, evidence_whole  # noqa: E402 - as above

from bcp.engine.locate.reader import reader_for  # noqa: E402 - as above
from bcp.engine.locate.samples import samples_of  # noqa: E402 - as above
from bcp.engine.locate.suspects import locate  # noqa: E402 - as above

COUNTS, SHARES, SIZES = (1, 2, 3), (0.02, 0.05, 0.2), (30, 100, 1000)
COMPLAINED = 0.2
COMPLAINT_SIZES = (250,)
TIMED_ONE_IN = 4
BINS = (0.0, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0)
MANY = 10**9
THREE = 3
STRUCK = ((0, 0), (1, 1), (2, 3), (4, 9), (10, 29), (30, MANY))
TRACED = (1.0, 0.5, 0.25, 0.1, 0.05, 0.0)

Cell = tuple[str, int, float, int]
"""How the calls were gathered, how many causes, the share of calls that they fail, how many calls."""


@dataclass
class Outcome:
    """One instance: what each ranker scored, how sure ours was, and how long it took where that was measured."""

    cell: Cell
    failures: int
    first: dict[str, float] = field(default_factory=dict)
    third: dict[str, float] = field(default_factory=dict)
    causes: list[tuple[int, dict[str, float]]] = field(default_factory=list)
    seconds: float = 0.0
    said: list[tuple[float, bool]] = field(default_factory=list)
    whole: list[tuple[float, bool]] = field(default_factory=list)


def instance(job: tuple[Cell, int]) -> Outcome:
    """Make a plan with faults, draw calls, and rank."""
    (gathered, count, share, size), seed = job
    rng = random.Random(f"{gathered} {count} {share} {size} {seed}")
    plan = random_plan(rng)
    faulty = faults(plan, rng, count, share)
    calls = sample(plan, rng, faulty, size, COMPLAINED if gathered == "complaints" else None)
    samples = samples_of(reader_for(plan, calls), calls)
    place = {named.name: j for j, named in enumerate(samples.columns)}
    found = Outcome((gathered, count, share, size), calls.failures)
    struck = Counter(i for call in calls.calls for i in call.other[0].split())
    found.causes = [(struck[i], {}) for i in sorted(faulty)]
    for name, ranker in RANKERS.items():
        scores = ranker(samples)
        at = [place.get(i) for i in sorted(faulty)]  # one that no call can have met cannot be found
        found.first[name] = sum(0.0 if j is None else chance_within(scores, j, count) for j in at) / count
        found.third[name] = sum(0.0 if j is None else chance_within(scores, j, count + 2) for j in at) / count
        for (_, chance), j in zip(found.causes, at, strict=True):
            chance[name] = 0.0 if j is None else chance_within(scores, j, count + 2)
        if name == "bcp":
            found.said = [(float(p), c.name in faulty) for p, c in zip(scores, samples.columns, strict=True)]
    scores = evidence_whole(samples)
    found.whole = [(float(p), c.name in faulty) for p, c in zip(scores, samples.columns, strict=True)]
    if seed % TIMED_ONE_IN == 0:
        start = time.process_time()
        locate(plan, calls)
        found.seconds = time.process_time() - start
    return found


@dataclass
class Card:
    """One draw of the case of the faulty card, with so many of its calls traced."""

    first: float
    third: float
    probability: float
    place: int
    size: int
    together: float
    outside: bool


def card_case(seed: int) -> list[Card]:
    """For each share of traced calls: how the card ranks by itself, and among groups that the calls cannot tell apart."""
    plan, rows = voys.plan(), []
    for traced in TRACED:
        calls = voys.calls(seed, traced)
        samples = samples_of(reader_for(plan, calls), calls)
        scores = RANKERS["bcp"](samples)
        j = next(j for j, c in enumerate(samples.columns) if c.name == voys.FAULTY)
        found = locate(plan, calls)
        place = next(n for n, g in enumerate(found.groups, 1) if voys.FAULTY in g.members)
        group = found.groups[place - 1]
        chances = (chance_within(scores, j, 1), chance_within(scores, j, 3), float(scores[j]))
        rows.append(Card(*chances, place, group.size, group.probability, found.outside))
    return rows


def card_table(cards: list[list[Card]]) -> Iterable[str]:
    """A row for each share of traced calls."""
    yield "| calls of which the card is known | card first | among the first three | median probability | its group first | among the first three | size of the group | median probability | said: not us |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for t, traced in enumerate(TRACED):
        rows = [case[t] for case in cards]
        figures = [
            f"{traced:.0%}",
            f"{np.mean([r.first for r in rows]):.2f}",
            f"{np.mean([r.third for r in rows]):.2f}",
            f"{statistics.median(r.probability for r in rows):.3f}",
            f"{np.mean([r.place == 1 for r in rows]):.2f}",
            f"{np.mean([r.place <= THREE for r in rows]):.2f}",
            f"{statistics.median(r.size for r in rows):g}",
            f"{statistics.median(r.together for r in rows):.3f}",
            f"{np.mean([r.outside for r in rows]):.2f}",
        ]
        yield "| " + " | ".join(figures) + " |"


def ranking_table(outcomes: list[Outcome], gathered: str) -> Iterable[str]:
    """A row a cell: for each ranker the share of true causes among the first k, and among the first k + 2."""
    yield "| causes | fail | calls | median failures | " + " | ".join(RANKERS) + " |"
    yield "|---|---|---|---|" + "---|" * len(RANKERS)
    sizes = COMPLAINT_SIZES if gathered == "complaints" else SIZES
    for count, share, size in product(COUNTS, SHARES, sizes):
        cell = [o for o in outcomes if o.cell == (gathered, count, share, size)]
        figures = [
            f"{np.mean([o.first[r] for o in cell]):.2f} / {np.mean([o.third[r] for o in cell]):.2f}"
            for r in RANKERS
        ]
        failures = statistics.median(o.failures for o in cell)
        yield f"| {count} | {share:.0%} | {size:,} | {failures:g} | " + " | ".join(figures) + " |"
    mine = [o for o in outcomes if o.cell[0] == gathered]
    figures = [
        f"{np.mean([o.first[r] for o in mine]):.2f} / {np.mean([o.third[r] for o in mine]):.2f}"
        for r in RANKERS
    ]
    yield "| all | | | | " + " | ".join(figures) + " |"


def struck_table(outcomes: list[Outcome]) -> Iterable[str]:
    """A row for causes that made so many of the listed calls fail: the share of them in the top three."""
    yield "| calls that it made fail | causes | " + " | ".join(RANKERS) + " |"
    yield "|---|---|" + "---|" * len(RANKERS)
    causes = [cause for o in outcomes for cause in o.causes]
    for low, high in STRUCK:
        inside = [chance for n, chance in causes if low <= n <= high]
        if inside:
            figures = [f"{np.mean([chance[r] for chance in inside]):.2f}" for r in RANKERS]
            label = f"{low}" if low == high else f"{low}–{high}" if high < MANY else f"{low} and more"
            yield f"| {label} | {len(inside):,} | " + " | ".join(figures) + " |"


def calibration_table(outcomes: list[Outcome]) -> Iterable[str]:
    """What was said and how often it was so, by how sure it was; beside it the same with the evidence taken for whole."""
    yield "| said | suspects | mean said | at fault | evidence whole: suspects | mean said | at fault |"
    yield "|---|---|---|---|---|---|---|"
    both = [np.array([pair for o in outcomes for pair in pairs(o)]) for pairs in (_said, _whole)]
    for low, high in pairwise(BINS):
        cells = []
        for said in both:
            inside = said[(said[:, 0] >= low) & ((said[:, 0] < high) | (high == BINS[-1]))]
            means = [f"{inside[:, k].mean():.3f}" for k in (0, 1)] if len(inside) else ["–", "–"]
            cells += [f"{len(inside):,}", *means]
        yield f"| {low:.0%}–{high:.0%} | " + " | ".join(cells) + " |"


def _said(outcome: Outcome) -> list[tuple[float, bool]]:
    return outcome.said


def _whole(outcome: Outcome) -> list[tuple[float, bool]]:
    return outcome.whole


def page(outcomes: list[Outcome], cards: list[list[Card]], asked: argparse.Namespace) -> str:
    """RESULTS.md."""
    seconds: dict[int, list[float]] = defaultdict(list)
    for o in outcomes:
        if o.seconds:
            seconds[o.cell[3]].append(o.seconds)
    lines = [
        "# Which components are at fault: results",
        "",
        "Written by `python benchmarks/locate/run.py`; what is measured stands in README.md.",
        "",
        (
            f"Python {platform.python_version()}, numpy {version('numpy')}, scipy {version('scipy')}; "
            f"{asked.seeds} plans a row, seeds {asked.first}–{asked.first + asked.seeds - 1}, {len(outcomes):,} in all."
        ),
        "",
        "## Calls as they come",
        "",
        "Share of the true causes among the first k / among the first k + 2, with k causes.",
        "",
        *ranking_table(outcomes, "calls"),
        "",
        f"## Complaints: {COMPLAINED:.0%} of the list failed",
        "",
        *ranking_table(outcomes, "complaints"),
        "",
        "## By what there was to see",
        "",
        "Share of the causes in the top three, all rows of both tables together.",
        "",
        *struck_table(outcomes),
        "",
        "## What was said, and how often it was so",
        "",
        "Calls as they come:",
        "",
        *calibration_table([o for o in outcomes if o.cell[0] == "calls"]),
        "",
        "Complaints:",
        "",
        *calibration_table([o for o in outcomes if o.cell[0] == "complaints"]),
        "",
        "## Processor seconds, reasons and next test included",
        "",
        *(
            f"- {n:,} calls, 200 components: median {statistics.median(s):.2f}, worst {max(s):.2f}"
            for n, s in sorted(seconds.items())
        ),
        "",
        f"## The faulty card: {voys.COMPLAINTS} complaints, {voys.SUCCESSES} calls that were well, {len(cards)} draws",
        "",
        *card_table(cards),
    ]
    return "\n".join([*lines, ""])


def main() -> None:
    """Run every instance and write the page."""
    parser = argparse.ArgumentParser(description="Fault localisation on random plans.")
    parser.add_argument("--seeds", type=int, default=30, help="plans a row")
    parser.add_argument(
        "--first", type=int, default=100, help="the first seed; those below 100 served for tuning"
    )
    parser.add_argument("--cores", type=int, default=1)
    asked = parser.parse_args()
    kinds = (("calls", SIZES), ("complaints", COMPLAINT_SIZES))
    cells = [(g, *rest) for g, sizes in kinds for rest in product(COUNTS, SHARES, sizes)]
    seeds = range(asked.first, asked.first + asked.seeds)
    jobs = [(cell, seed) for cell in cells for seed in seeds]
    with get_context("spawn").Pool(asked.cores) as pool:
        outcomes = list(pool.imap_unordered(instance, jobs, chunksize=4))
        cards = pool.map(card_case, seeds)
    outcomes.sort(key=lambda o: o.cell)
    text = page(outcomes, cards, asked)
    (HERE / "RESULTS.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
