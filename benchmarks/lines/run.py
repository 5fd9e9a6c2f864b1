"""A million lines and a regional fault: who is affected, written in the order of telling.

    python benchmarks/lines/run.py

Writes RESULTS.md beside this file. Each contender answers in its own process, three times; medians are shown.
All of them must give the same list and the same counts by area, or nothing is written.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from contenders import CONTENDERS, Areas  # noqa: E402 - the project's own path comes first

LINES = 1_000_000
SEED = 20261123
ROUNDS = 3


def prepare(folder: Path, n: int) -> dict[str, Any]:
    """Write the list and the run into a folder; gives their sizes."""
    from generated import fault, network, write_lines  # noqa: PLC0415 - only one process needs them

    from bcp.engine.run.result import run  # noqa: PLC0415 - as above

    write_lines(folder / "lines.csv", n, SEED)
    happened = run(network(), fault(), causes=False)
    (folder / "run.json").write_text(json.dumps(happened.json_data()), "utf-8")
    return {"bytes": (folder / "lines.csv").stat().st_size, "components": len(happened.levels)}


def measure(name: str, folder: Path) -> dict[str, Any]:
    """Seconds to read, compute and write, and memory in MB after the start and at its peak, of one contender."""
    contender = next(c for c in CONTENDERS if c.name == name)()
    contender.prepare(folder / "run.json")
    found: dict[str, Any] = {"start_mb": peak_mb()}
    start = time.perf_counter()
    for step, call in (
        ("read_s", lambda: contender.read(folder / "lines.csv")),
        ("compute_s", contender.compute),
        ("write_s", lambda: contender.write(folder / "affected.csv")),
    ):
        call()
        found[step] = time.perf_counter() - start
        start = time.perf_counter()
    return {**found, "peak_mb": peak_mb(), "areas": contender.areas()}


def peak_mb() -> float:
    """The most memory that this process has had so far, in MB of 10⁶ bytes.

    On Linux from the process's own page: what `getrusage` says there may be the parent's before the start.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def apart(*arguments: str) -> dict[str, Any]:
    """One part in its own process."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very file
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def written(path: Path) -> list[tuple[str, float, float, float]]:
    """Id, from, until and lowest level of each line of a written list."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["id"],
                float(row["from_s"]),
                float(row["until_s"]),
                round(float(row.get("lowest_level") or row["lowest"]), 9),
            )
            for row in csv.DictReader(file)
        ]


def same_areas(one: Areas, other: Areas) -> bool:
    """True where all counts agree, hours to a millionth."""
    return one.keys() == other.keys() and all(
        tuple(one[path][:2]) == tuple(other[path][:2])
        and math.isclose(one[path][2], other[path][2], rel_tol=1e-6)
        for path in one
    )


def compare(n: int) -> str:
    """Measure everybody and give the page. Stops where the answers differ."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = apart("--prepare", name, "--lines", str(n))
        taken: dict[str, list[dict[str, Any]]] = {c.name: [] for c in CONTENDERS}
        truth, areas = None, None
        for _ in range(ROUNDS):
            for contender in CONTENDERS:
                found = apart("--measure", contender.name, "--folder", name)
                rows, counts = written(folder / "affected.csv"), found.pop("areas")
                truth, areas = truth or rows, areas or counts
                if rows != truth or not same_areas(counts, areas):
                    raise SystemExit(f"{contender.name} gives another answer than {CONTENDERS[0].name}.")
                taken[contender.name].append(found)
    return page(n, made, len(truth or ()), len(areas or ()), taken)


def page(n: int, made: dict[str, Any], hit: int, areas: int, taken: dict[str, list[dict[str, Any]]]) -> str:
    """RESULTS.md."""
    tools = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pyarrow", "pandas"))
    median = {
        name: {key: statistics.median(row[key] for row in rows) for key in rows[0]}
        for name, rows in taken.items()
    }
    whole = {
        name: sum(row[step] for step in ("read_s", "compute_s", "write_s")) for name, row in median.items()
    }
    ours = CONTENDERS[0].name
    lines = [
        "# Lines: results",
        "",
        "Written by `python benchmarks/lines/run.py`; what is measured stands in README.md.",
        "",
        f"Python {platform.python_version()}, {tools}; {processor()}.",
        "",
        (
            f"{n:,} lines ({made['bytes'] / 1e6:.0f} MB of CSV) on a plan of {made['components']:,} components; "
            f"{hit:,} lines affected in {areas} areas. All contenders gave the same list and the same counts."
        ),
        "",
        "| | read s | compute s | write s | together s | times bcp | memory at start MB | at peak MB | added MB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, row in median.items():
        steps = " | ".join(f"{row[step]:.2f}" for step in ("read_s", "compute_s", "write_s"))
        memory = f"{row['start_mb']:.0f} | {row['peak_mb']:.0f} | {row['peak_mb'] - row['start_mb']:.0f}"
        lines.append(f"| {name} | {steps} | {whole[name]:.2f} | {whole[name] / whole[ours]:.1f} | {memory} |")
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
    """Measure everybody and write the page, or do one part for the parent process."""
    parser = argparse.ArgumentParser(description="The affected ones of a million lines.")
    parser.add_argument("--lines", type=int, default=LINES, help="how many lines")
    parser.add_argument("--prepare", type=Path, help="write the inputs into this folder")
    parser.add_argument("--measure", help="measure one contender on the inputs in --folder, as JSON")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.prepare:
        print(json.dumps(prepare(asked.prepare, asked.lines)))
    elif asked.measure:
        print(json.dumps(measure(asked.measure, asked.folder)))
    else:
        text = compare(asked.lines)
        if asked.lines == LINES:
            (HERE / "RESULTS.md").write_text(text, "utf-8")
        print(text)


if __name__ == "__main__":
    main()
