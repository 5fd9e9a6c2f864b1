"""Who finds the affected lines: each reads the list, works out what is hit, and writes it in the order of telling.

What an answer must hold: the rows of the written list (id, from, until, lowest level), and for each area and
those above it the lines, the most at once and the customer hours.
"""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

Areas = dict[str, tuple[int, int, float]]
"""Lines, peak and customer hours by area path."""

FIRST = ("alarm", "health", "rescue", "public", "business")
NO_WORD = len(FIRST)


class Contender(ABC):
    """One way to the answer. `prepare` is not timed, and loads what it needs; the others are called in turn."""

    name = ""

    @abstractmethod
    def prepare(self, run: Path) -> None:
        """Load libraries, and the run as `bcp run --json` prints it."""

    @abstractmethod
    def read(self, path: Path) -> None:
        """Read the list."""

    @abstractmethod
    def compute(self) -> None:
        """Find out which lines are hit."""

    @abstractmethod
    def write(self, path: Path) -> None:
        """Write them as CSV."""

    @abstractmethod
    def areas(self) -> Areas:
        """The counts by area."""


class Bcp(Contender):
    """This product."""

    name = "bcp"

    def prepare(self, run: Path) -> None:
        from generated import network  # noqa: PLC0415 - a contender's memory is its own

        from bcp.engine.lines import affected as affected_lines  # noqa: PLC0415 - as above
        from bcp.files import affected_csv, lines_csv  # noqa: PLC0415 - as above
        from bcp.model.run import Run  # noqa: PLC0415 - as above

        self.plan = network()
        self.run = Run.model_validate_json(run.read_text("utf-8"))
        self.load, self.find, self.save = (
            lines_csv.load_lines,
            affected_lines.affected_lines,
            affected_csv.save_affected,
        )

    def read(self, path: Path) -> None:
        self.lines = self.load(path, self.plan)

    def compute(self) -> None:
        self.found = self.find(self.lines, self.run)

    def write(self, path: Path) -> None:
        self.save(self.found, path)

    def areas(self) -> Areas:
        return {a.area: (a.lines, a.peak, a.customer_hours) for a in self.found.areas}


class PandasJoin(Contender):
    """The join that one writes by hand: explode the components, merge with a frame of levels, group."""

    name = "pandas: join by hand"

    def prepare(self, run: Path) -> None:
        import pandas as pd  # noqa: PLC0415 - a contender's memory is its own

        self.pd = pd
        self.run: dict[str, Any] = json.loads(run.read_text("utf-8"))

    def read(self, path: Path) -> None:
        wanted = ["id", "area", "components", "contacts", "consent", "language", "priority", "customer"]
        self.lines = self.pd.read_csv(path, usecols=wanted, dtype=str, keep_default_na=False)

    def compute(self) -> None:
        pd, lines = self.pd, self.lines
        levels = pd.DataFrame(_grid(self.run), columns=["component", "t", "dt", "level"])
        on = lines[["id", "components"]].assign(component=lines["components"].str.split(";"))
        hit = on.explode("component").merge(levels, on="component")[["id", "t", "dt", "level"]]
        hit = hit.groupby(["id", "t"], as_index=False).agg({"dt": "first", "level": "min"})
        hit = hit[hit["level"] < 1]
        hit["until"] = hit["t"] + hit["dt"]
        hit["hours"] = (1 - hit["level"]) * hit["dt"] / 3600
        whole = hit.groupby("id", as_index=False).agg(
            from_s=("t", "min"), until_s=("until", "max"), lowest=("level", "min"), hours=("hours", "sum")
        )
        found = lines.reset_index(names="row").merge(whole, on="id")
        found["rank"] = found["priority"].map(_rank)
        self.found = found.sort_values(["rank", "area", "row"])
        parts = found["area"].str.split("/")
        paths = found.assign(path=[["/".join(p[: n + 1]) for n in range(len(p))] for p in parts]).explode(
            "path"
        )
        by_area = paths.groupby("path").agg(lines=("id", "size"), hours=("hours", "sum"))
        at_once = hit[["id", "t"]].merge(paths[["id", "path"]], on="id").groupby(["path", "t"]).size()
        by_area["peak"] = at_once.groupby("path").max()
        self.by_area = by_area

    def write(self, path: Path) -> None:
        self.found.drop(columns=["row", "rank"]).to_csv(path, index=False)

    def areas(self) -> Areas:
        return {
            str(row.Index): (int(row.lines), int(row.peak), float(row.hours))
            for row in self.by_area.itertuples()
        }


class PythonLoop(Contender):
    """Python's csv module and a dictionary, line by line."""

    name = "Python: csv and a loop"

    def prepare(self, run: Path) -> None:
        self.run: dict[str, Any] = json.loads(run.read_text("utf-8"))

    def read(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            self.head = next(reader)[:8]
            self.lines = [row[:8] for row in reader]

    def compute(self) -> None:
        grid: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
        for component, t, dt, level in _grid(self.run):
            grid[component].append((t, dt, level))
        self.found = []
        counts: dict[str, dict[float, int]] = defaultdict(lambda: defaultdict(int))
        self.by_area: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
        for row, line in enumerate(self.lines):
            courses = [grid[c] for c in line[2].split(";") if c in grid]
            if not courses:
                continue
            steps = [(s[0][0], s[0][1], min(x[2] for x in s)) for s in zip(*courses, strict=True)]
            below = [(t, dt, level) for t, dt, level in steps if level < 1]
            hours = sum((1 - level) * dt for _, dt, level in below) / 3600
            last = below[-1][0] + below[-1][1]
            figures = (below[0][0], last, min(level for _, _, level in below), hours)
            self.found.append((_rank(line[6]), line[1], row, line, figures))
            parts = line[1].split("/")
            for n in range(len(parts)):
                path = "/".join(parts[: n + 1])
                self.by_area[path][0] += 1
                self.by_area[path][1] += hours
                for t, _, _ in below:
                    counts[path][t] += 1
        self.found.sort(key=lambda f: f[:3])
        self.peaks = {path: max(found.values()) for path, found in counts.items()}

    def write(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*self.head, "from_s", "until_s", "lowest", "hours"])
            writer.writerows([*line, *figures] for *_, line, figures in self.found)

    def areas(self) -> Areas:
        return {path: (int(n), self.peaks[path], hours) for path, (n, hours) in self.by_area.items()}


def _rank(priority: str) -> tuple[int, str]:
    if not priority:
        return NO_WORD + 1, ""
    return (FIRST.index(priority) if priority in FIRST else NO_WORD), priority


def _grid(run: dict[str, Any]) -> list[tuple[str, float, float, float]]:
    """Component, time, time to the next one and level, for those ever below 1, all on the same times."""
    changing = {c: steps for c, steps in run["levels"].items() if min(level for _, level in steps) < 1}
    times = [*sorted({t for steps in changing.values() for t, _ in steps}), run["horizon_s"]]
    rows = []
    for component, steps in changing.items():
        place = 0
        for t, end in pairwise(times):
            while place + 1 < len(steps) and steps[place + 1][0] <= t:
                place += 1
            rows.append((component, t, end - t, steps[place][1]))
    return rows


CONTENDERS: tuple[type[Contender], ...] = (Bcp, PandasJoin, PythonLoop)
