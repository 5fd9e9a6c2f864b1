"""Shared fate of 10,000 fallbacks and of every pool, beside one closure each with sets and with NetworkX.

    python benchmarks/fate/run.py

Writes RESULTS.md beside this file. Needs `pip install .[bench]`. Every plan has its own process; what
is slow is asked a sample of the fallbacks only, and its time for all is extrapolated, which the page says.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

import networkx as nx  # noqa: E402 - the project's own path comes first
from generated import generated  # noqa: E402 - as above

from bcp.engine.fate.claims import used_by  # noqa: E402 - as above
from bcp.engine.fate.overlaps import Ground  # noqa: E402 - as above
from bcp.engine.fate.redundancy import redundancies  # noqa: E402 - as above
from bcp.engine.fate.shared_fate import shared_fate  # noqa: E402 - as above
from bcp.engine.levels.compile import compile_plan  # noqa: E402 - as above
from bcp.engine.levels.selectors import Lineage  # noqa: E402 - as above
from bcp.model.fate import SharedFate  # noqa: E402 - as above
from bcp.model.plan import Plan  # noqa: E402 - as above

SEED = 20260303
PLANS = {"regions": (110_000, 10_000, 500), "tangled": (110_000, 10_000, 1), "small": (1_500, 60, 10)}
"""Components, fallbacks and regions of each plan."""

TITLES = {
    "regions": "500 regions",
    "tangled": "One region, everything on everything",
    "small": "1,500 components",
}
SAMPLE = 40


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor that something takes, and what it gives; the machine may be busy with other things."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def megabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str) -> dict[str, Any]:
    """Seconds and megabytes of everything that is compared, on one plan."""
    n, fallbacks, regions = PLANS[name]
    plan = generated(n, fallbacks, SEED, regions)
    lineage = Lineage(plan)
    _ = lineage.below
    before = megabytes()
    ready_s, ground = timed(lambda: Ground(lineage))
    fates_s, fates = timed(lambda: shared_fate(plan, ground=ground))
    fates_mb = megabytes() - before
    sample = fates[:: max(1, len(fates) // SAMPLE)][:SAMPLE]
    closures_s, by_closures = timed(lambda: [with_sets(plan, lineage, fate) for fate in sample])
    graph: nx.DiGraph[Any] = nx.DiGraph((i, m) for i, members in lineage.below.items() for m in members)
    graph.add_nodes_from(plan.components)
    networkx_s, by_networkx = timed(lambda: [with_networkx(plan, graph, fate) for fate in sample])
    right = sum(agrees(*three) for three in zip(sample, by_closures, by_networkx, strict=True))
    system = compile_plan(plan)
    together_s, _ = timed(lambda: shared_fate(plan, system=system, ground=ground))
    pools_s, pools = timed(lambda: redundancies(plan, system, ground=ground))
    return {
        "components": n, "fallbacks": len(fates), "pools": len(pools), "sample": len(sample), "right": right,
        "requirements": sum(len(r.members) for c in plan.components.values() for r in c.requires),
        "ready_s": ready_s, "fates_s": fates_s, "fates_mb": fates_mb, "together_s": together_s, "pools_s": pools_s,
        "closures_s": closures_s / len(sample) * len(fates), "networkx_s": networkx_s / len(sample) * len(fates),
        "verdicts": Counter(str(f.verdict) for f in fates), "pool_verdicts": Counter(str(r.verdict) for r in pools),
        "shared": sum(f.shared_count for f in fates) / len(fates), "named": sum(len(f.shared) for f in fates) / len(fates),
    }  # fmt: skip


def with_sets(plan: Plan, lineage: Lineage, fate: SharedFate) -> set[str]:
    """What both sides rest on, by one closure each."""
    return set(lineage.rests_on(used_by(plan.fallbacks[fate.fallback])) & lineage.rests_on([fate.protects]))


def with_networkx(plan: Plan, graph: nx.DiGraph[Any], fate: SharedFate) -> set[str]:
    """What both sides rest on, by NetworkX's descendants."""
    ours: set[str] = set()
    for i in used_by(plan.fallbacks[fate.fallback]):
        ours |= {i} | nx.descendants(graph, i)
    return ours & ({fate.protects} | nx.descendants(graph, fate.protects))


def agrees(fate: SharedFate, by_closures: set[str], by_networkx: set[str]) -> bool:
    """True where all three find the same components, so far as ours are named, and as many of them."""
    return (
        by_closures == by_networkx
        and len(by_closures) == fate.shared_count
        and list(fate.shared) == sorted(by_closures)[: len(fate.shared)]
    )


def section(name: str, row: dict[str, Any]) -> list[str]:
    """The results on one plan."""
    ours = row["ready_s"] + row["fates_s"]
    verdicts = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(row["verdicts"].items()))
    pools = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(row["pool_verdicts"].items()))
    every = f"{row['sample']} of {row['fallbacks']:,} asked, extrapolated"
    return [
        f"## {TITLES[name]}",
        "",
        f"{row['components']:,} components, {row['requirements']:,} requirements, {row['fallbacks']:,} fallbacks: {verdicts}.",
        f"A fallback shares {row['shared']:,.1f} components on average; {row['named']:,.1f} of them are named.",
        "",
        "| | seconds | times as long |",
        "|---|---|---|",
        f"| bcp: verdicts, shared components, meetings with both ways, questions | {ours:.3g} | 1 |",
        f"| one closure each with sets, shared components alone ({every}) | {row['closures_s']:.3g} | {row['closures_s'] / ours:.3g} |",
        f"| NetworkX descendants, shared components alone ({every}) | {row['networkx_s']:.3g} | {row['networkx_s'] / ours:.3g} |",
        "",
        f"- Of bcp's seconds {row['ready_s']:.2f} make the plan ready, once for all questions. {row['fates_mb']:.0f} MB more than the plan itself at most.",
        f"- Shared components agree in all three on {row['right']} of the {row['sample']} fallbacks of the sample.",
        f"- With what each meeting's loss alone does (as many as the limit allows): {row['together_s']:.3g} s.",
        f"- {row['pools']:,} pools and pairs of operators, with what each loss leaves of them: {row['pools_s']:.3g} s ({pools}).",
        "",
    ]


def main() -> None:
    """Measure every plan and write the page, or one of them for the parent process."""
    parser = argparse.ArgumentParser(description="Shared fate of many fallbacks beside one closure each.")
    parser.add_argument("--plan", choices=sorted(PLANS), help="measure one plan only and print it as JSON")
    asked = parser.parse_args()
    if asked.plan:
        print(json.dumps(measure(asked.plan)))
        return
    tools = ", ".join(f"{name} {version(name)}" for name in ("numpy", "networkx"))
    lines = [
        "# Shared fate: results",
        "",
        "Written by `python benchmarks/fate/run.py`; what is measured stands in README.md.",
        "",
        f"Python {platform.python_version()}, {tools}; {platform.processor() or platform.machine()}.",
        "",
    ]
    for name in PLANS:
        command = [sys.executable, __file__, "--plan", name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very file
        lines += section(name, json.loads(done.stdout))
    text = "\n".join(lines)
    (HERE / "RESULTS.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
