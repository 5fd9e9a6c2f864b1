"""One propagation, from 1,000 to 1,000,000 components, beside the libraries; and one timeline.

    python benchmarks/propagation/run.py

Writes RESULTS.md beside this file. Needs `pip install .[bench]`. Every size has its own process, in
which all contenders are built first and then asked in turn, round after round, twice each time, of
which the second counts; medians are shown.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

import numpy as np  # noqa: E402 - the project's own path comes first
from contenders import CONTENDERS, Contender, Copy, Engine, Gather, Igraph, NetworkxPass  # noqa: E402 - as above
from layered import bytes_moved, layered  # noqa: E402 - as above
from timeline import measure_timeline  # noqa: E402 - as above

ROUNDS = {1_000: 101, 10_000: 51, 100_000: 21, 1_000_000: 5}
SEED = 20260303
GOAL_SIZE = 100_000
GOAL_RATIO = 500


def measure(n: int, rounds: int) -> dict[str, Any]:
    """Seconds to build, median and fastest milliseconds to answer, and the answers, for one size."""
    plan = layered(n, SEED)
    built: list[Contender] = []
    build_s: list[float] = []
    for contender in CONTENDERS:
        start = time.perf_counter()
        built.append(contender(plan))
        build_s.append(time.perf_counter() - start)
    gc.collect()
    gc.disable()
    taken: list[list[float]] = [[] for _ in built]
    for _ in range(rounds):
        for contender, times in zip(built, taken, strict=True):
            contender.ask()  # the others have emptied the processor's caches
            start = time.perf_counter()
            contender.ask()
            times.append((time.perf_counter() - start) * 1e3)
    truth = next(c.down() for c in built if isinstance(c, NetworkxPass))
    rows = {
        c.name: {
            "build_s": seconds,
            "median_ms": statistics.median(times),
            "fastest_ms": min(times),
            "down": int(c.down().sum()),
            "right": bool(np.array_equal(c.down(), truth)),
        }
        for c, seconds, times in zip(built, build_s, taken, strict=True)
    }
    return {"n": n, "rounds": rounds, "bytes": bytes_moved(plan), "rows": rows}


def apart(*arguments: str) -> dict[str, Any]:
    """One measurement in its own process."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very file
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def page(sizes: list[dict[str, Any]], timeline: dict[str, float]) -> str:
    """RESULTS.md."""
    tools = ", ".join(
        f"{name} {version(name)}" for name in ("numpy", "networkx", "igraph", "rustworkx", "scipy")
    )
    lines = [
        "# Propagation: results",
        "",
        "Written by `python benchmarks/propagation/run.py`; what is measured stands in README.md.",
        "",
        f"Python {platform.python_version()}, {tools}; {processor()}.",
        "",
        "## What goes down? Median milliseconds",
        "",
        *table(sizes, lambda row, _: f"{row['median_ms']:.3g}"),
        "",
        "## Times as long as bcp's steady state",
        "",
        *table(sizes, lambda row, ours: f"{row['median_ms'] / ours:,.3g}"),
        "",
        "## Seconds to build",
        "",
        *table(sizes, lambda row, _: f"{row['build_s']:.3g}"),
        "",
        "## Components said to be down",
        "",
        "Reachability knows no redundancy: it names everything downstream of a failure.",
        "",
        *table(
            sizes,
            lambda row, _: f"{row['down']:,}{'' if row['right'] else ' (wrong)'}",
            skip=(Copy.name, Gather.name),
        ),
        "",
        "## Goals and memory",
        "",
        *goals(sizes),
        "",
        "## A timeline",
        "",
        (
            f"- {timeline['instants']:.0f} instants on {timeline['n']:,.0f} components: {timeline['plain_ms']:.0f} ms, "
            f"{timeline['causes_ms']:.0f} ms with the chain of causes of every component."
        ),
        f"- Compiling that plan, once: {timeline['compile_ms']:.0f} ms.",
        "",
    ]
    return "\n".join(lines)


def table(sizes: list[dict[str, Any]], cell: Any, skip: tuple[str, ...] = ()) -> list[str]:
    """A Markdown table: contenders down, sizes across."""
    names = [c.name for c in CONTENDERS if c.name not in skip]
    head = ["| | " + " | ".join(f"{size['n']:,}" for size in sizes) + " |", "|---|" + "---|" * len(sizes)]
    body = []
    for name in names:
        cells = [cell(s["rows"][name], s["rows"][Engine.name]["median_ms"]) for s in sizes]
        body.append(f"| {name} | " + " | ".join(cells) + " |")
    return head + body


def goals(sizes: list[dict[str, Any]]) -> list[str]:
    """What was aimed at, and the share of the memory's speed that is reached."""
    lines = []
    for size in sizes:
        rows, n = size["rows"], size["n"]
        ours = rows[Engine.name]["median_ms"]
        copy, take = rows[Copy.name]["median_ms"], rows[Gather.name]["median_ms"]
        lines.append(
            f"- {n:,}: {size['bytes'] / ours / 1e6:.1f} GB/s; a plain copy {size['bytes'] / copy / 1e6:.1f} GB/s "
            f"({copy / ours:.0%} of its speed); fetching levels alone takes NumPy {take:.3g} ms."
        )
        if n == GOAL_SIZE:
            ratio = rows[NetworkxPass.name]["median_ms"] / ours
            ahead = rows[Igraph.name]["median_ms"] / ours
            lines.append(f"- {n:,}: goal {GOAL_RATIO} times NetworkX, reached {ratio:,.0f} times; ")
            lines[-1] += f"goal ahead of igraph's plain reachability, reached {ahead:.1f} times."
    return lines


def processor() -> str:
    """The processor's name where the system tells it."""
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def main() -> None:
    """Measure every size and write the page, or one of them for the parent process."""
    parser = argparse.ArgumentParser(description="One propagation beside the libraries.")
    parser.add_argument("--size", type=int, help="measure one size only and print it as JSON")
    parser.add_argument("--timeline", action="store_true", help="measure the timeline only, as JSON")
    asked = parser.parse_args()
    if asked.size:
        print(json.dumps(measure(asked.size, ROUNDS.get(asked.size, 11))))
        return
    if asked.timeline:
        print(json.dumps(measure_timeline()))
        return
    sizes = [apart("--size", str(n)) for n in ROUNDS]
    text = page(sizes, apart("--timeline"))
    (HERE / "RESULTS.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
