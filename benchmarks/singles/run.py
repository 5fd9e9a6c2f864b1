"""All single failures of 10,000 and 100,000 components against 1,000 activities.

    python benchmarks/singles/run.py

Writes RESULTS.md beside this file. Needs `pip install .[bench]`. Every size has its own process, in
which the finders are built first and then asked in turn, round after round; medians are shown.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import random
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "propagation"), str(HERE)]

from finders import FINDERS, Finder, Found, Logic, Question  # noqa: E402 - the project's own path comes first
from layered import layered  # noqa: E402 - as above

SIZES = (10_000, 100_000)
ACTIVITIES = 1_000
ROUNDS = 5
SEED = 20260303


def measure(n: int) -> dict[str, Any]:
    """Median seconds of each finder for all single failures of n components, and how its answers compare."""
    plan = layered(n, SEED)
    top_layer = range(n - n // 12, n)
    activities = sorted(random.Random(SEED).sample(top_layer, min(ACTIVITIES, len(top_layer))))
    sample = random.Random(SEED + 1).sample(range(n), max(f.sampled for f in FINDERS))
    question = Question(plan, activities, sample)
    built = [finder(question) for finder in FINDERS]
    gc.collect()
    taken: list[list[float]] = [[] for _ in built]
    for _ in range(ROUNDS):
        for finder, times in zip(built, taken, strict=True):
            times.append(finder.ask())
    ours = next(f for f in built if isinstance(f, Logic))
    truth = ours.found()
    return {
        "n": n,
        "members": int((plan.members >= 0).sum()),
        "activities": len(activities),
        "logic_s": ours.logic_s,
        "pairs": sum(map(len, truth.values())),
        "rows": {f.name: compared(f, times, truth, n) for f, times in zip(built, taken, strict=True)},
    }


def compared(finder: Finder, times: list[float], truth: Found, n: int) -> dict[str, Any]:
    """One finder's median and how many of its answers are right and missing, over what it was asked about."""
    found = finder.found()
    asked = set(found) if finder.sampled else set(range(n))
    pairs = {(c, a) for c in asked for a in found.get(c, ())}
    right = {(c, a) for c in asked for a in truth.get(c, ())}
    return {
        "median_s": statistics.median(times),
        "asked": len(asked),
        "sampled": bool(finder.sampled),
        "found": len(pairs),
        "false": len(pairs - right),
        "missed": len(right - pairs),
    }


def apart(n: int) -> dict[str, Any]:
    """One measurement in its own process."""
    command = [sys.executable, __file__, "--size", str(n)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very file
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def page(sizes: list[dict[str, Any]]) -> str:
    """RESULTS.md."""
    tools = ", ".join(f"{name} {version(name)}" for name in ("numpy", "networkx", "igraph", "rustworkx"))
    lines = [
        "# Single failures: results",
        "",
        "Written by `python benchmarks/singles/run.py`; what is measured stands in README.md.",
        "",
        f"Python {platform.python_version()}, {tools}; {processor()}.",
    ]
    for size in sizes:
        ours = size["rows"][Logic.name]["median_s"]
        lines += [
            "",
            f"## {size['n']:,} components, {size['members']:,} members of requirements, {size['activities']:,} activities",
            "",
            (
                f"{size['pairs']:,} times a single failure takes an activity down. Of our time {size['logic_s']:.2g} s "
                "go into the failure logic."
            ),
            "",
            "| | seconds for all | times ours | asked about | found | false | missed |",
            "|---|---|---|---|---|---|---|",
        ]
        for name, row in size["rows"].items():
            scaled = " (scaled)" if row["sampled"] else ""
            lines.append(
                f"| {name} | {row['median_s']:.3g}{scaled} | {row['median_s'] / ours:,.3g} | {row['asked']:,} "
                f"| {row['found']:,} | {row['false']:,} | {row['missed']:,} |"
            )
    return "\n".join([*lines, ""])


def processor() -> str:
    """The processor's name where the system tells it."""
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def main() -> None:
    """Measure both sizes and write the page, or one of them for the parent process."""
    parser = argparse.ArgumentParser(
        description="All single failures beside one propagation each and dominators."
    )
    parser.add_argument("--size", type=int, help="measure one size only and print it as JSON")
    asked = parser.parse_args()
    if asked.size:
        print(json.dumps(measure(asked.size)))
        return
    text = page([apart(n) for n in SIZES])
    (HERE / "RESULTS.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
