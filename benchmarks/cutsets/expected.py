"""What a folder's expected.csv says about its trees, and whether figures agree with it."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


def expectations(folder: Path) -> dict[str, dict[str, Any]]:
    """For each tree: counts by order as far as they are known, the highest of these orders or None, probability."""
    path = folder / "expected.csv"
    if not path.exists():
        return {}
    found: dict[str, Expected] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["status"] != "ok":
                continue
            order = None if line["max_order"] == "all" else int(line["max_order"])
            counts = tuple(int(n) for n in line["cut_sets_by_order"].split())
            new = Expected(counts, order, line["probability"])
            old = found.get(line["tree"])
            if old is None or old.reach < new.reach:
                found[line["tree"]] = new
    return {tree: asdict(known) for tree, known in found.items()}


@dataclass(frozen=True, slots=True)
class Expected:
    """Numbers of cut sets of order 1 and up; `complete_to` None: of all orders."""

    counts: tuple[int, ...]
    complete_to: int | None
    probability: str

    @property
    def reach(self) -> float:
        """How far it is known."""
        return float("inf") if self.complete_to is None else self.complete_to


def same_counts(known: dict[str, Any], counts: list[int], complete_to: int | None) -> bool | None:
    """Whether counts by order agree as far as both are known; None where nothing can be compared."""
    reach = [n for n in (known["complete_to"], complete_to) if n is not None]
    if not reach:
        return list(known["counts"]) == counts
    orders = min(reach)
    wide = [[*x, *([0] * orders)][:orders] for x in (list(known["counts"]), counts)]
    return wide[0] == wide[1] if orders else None


def same_probability(known: dict[str, Any], probability: float | None) -> bool | None:
    """Whether a probability agrees to the digits that are given; None where nothing can be compared."""
    if probability is None or not known["probability"]:
        return None
    digits = len(known["probability"].lower().partition("e")[0].replace(".", "").lstrip("0"))
    return float(f"{probability:.{max(digits, 1)}g}") == float(known["probability"])
