"""RESULTS.md, and a line for each tree."""

from __future__ import annotations

import math
import platform
import statistics
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from expected import same_counts, same_probability

Row = dict[str, Any]


def shown(row: Row) -> str:
    """One line about a tree, for the terminal."""
    return "  ".join((f"{row['tree']:12}", *_cells(row)))


def page(rows: list[Row], limit: float, scram: str) -> str:
    """All results."""
    done = [r for r in rows if not r["bcp"]["status"].startswith("refused")]
    lines = [
        "# Cut sets: results",
        "",
        "Written by `python benchmarks/cutsets/run.py`; what is measured stands in README.md.",
        "",
        f"Python {platform.python_version()}, {_versions()}, SCRAM {scram or 'not installed'}; {_processor()}.",
        f"At most {limit:g} s a tree and contender.",
        "",
        "## Figures",
        "",
        "| tree | variables | gates | minimal cut sets | as expected | P(top) | as expected | second method | P differs by |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_figures(r) for r in done),
        "",
        "## Seconds",
        "",
        "Milliseconds for the number of cut sets of each order and the exact probability; reading apart.",
        "",
        "| tree | bcp | SCRAM kernel | times SCRAM's | SCRAM wall | relibmss | bcp plain Python | bcp with list and importance | bcp second method | reading |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_times(r) for r in done),
        "",
        *_summary(done),
        "",
        "## By order",
        "",
        *(f"- {r['tree']}: {_by_order(r)}" for r in done),
        "",
        *(f"- {r['tree']}: {r['bcp']['status']}" for r in rows if r not in done),
        "",
    ]
    return "\n".join(lines)


def _cells(row: Row) -> list[str]:
    ours = row["bcp"]
    if "event" not in ours:
        return [ours["status"] or ours.get("error", "")]
    cells = [_figures(row), _ms(ours.get("kernel_s")), _ms(row["scram"].get("kernel_s"))]
    return [*cells, ours["event"]["stopped"]]


def _figures(row: Row) -> str:
    ours = row["bcp"]
    if "event" not in ours:
        return f"| {row['tree']} | {ours['status']} ||||||||"
    event, known = ours["event"], row["expected"]
    total = f"{event['total']:,}" if event["total"] is not None else f"to order {event['complete_to']}"
    if event["unavailability"] is not None:
        p = f"{event['unavailability']:.6g}"
    else:
        p = f"{event['at_least']:.6g} to {event['at_most']:.6g}"
    cells = [
        row["tree"], f"{ours['variables']:,}", f"{ours['gates']:,}", total,
        _said(known and same_counts(known, event["counts"], event["complete_to"])),
        p,
        _said(known and same_probability(known, event["unavailability"])),
        *_agreement(ours),
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _agreement(ours: Row) -> tuple[str, str]:
    """Whether the two methods count the same, and the relative difference of their probabilities."""
    event = ours["event"]
    if "second_counts" not in ours or event["unavailability"] is None:
        return "–", "–"
    same = ours["second_counts"] == event["counts"] and ours["second_consistent"]
    p = event["unavailability"]
    return _said(same), f"{abs(ours['second_probability'] - p) / p if p else 0.0:.0e}"


def _said(same: bool | None) -> str:
    return "–" if same is None else "yes" if same else "**NO**"


def _times(row: Row) -> str:
    ours, scram, other = row["bcp"], row["scram"], row.get("relibmss", {})
    plain = _ms(ours.get("plain_s")) if ours.get("plain_done") else "over 5 s"
    cells = [
        row["tree"], _ms(ours.get("kernel_s")),
        _ms(scram.get("kernel_s")) if "kernel_s" in scram else scram["status"] or "–",
        f"{ratio:.2f}" if (ratio := _ratio(row)) else "–",
        _ms(scram.get("wall_s")),
        _ms(other.get("seconds")) if "seconds" in other else other.get("status") or "–",
        plain if "plain_s" in ours else "–",
        _ms(ours.get("everything_s")), _ms(ours.get("second_s")), _ms(ours.get("read_s")),
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _ratio(row: Row) -> float | None:
    ours, theirs = row["bcp"].get("kernel_s"), row["scram"].get("kernel_s")
    return ours / theirs if ours and theirs else None


def _summary(rows: list[Row]) -> list[str]:
    """How many trees were finished and agree, and how the times compare."""
    exact = [r for r in rows if "event" in r["bcp"] and not r["bcp"]["event"]["stopped"]]
    lines = [f"- Finished exactly: {len(exact)} of {len(rows)} trees that can be read."]
    ratios = {r["tree"]: ratio for r in rows if (ratio := _ratio(r))}
    if ratios:
        mean = math.exp(statistics.fmean(math.log(x) for x in ratios.values()))
        worst = max(ratios, key=ratios.__getitem__)
        lines.append(
            f"- Times SCRAM's kernel over {len(ratios)} trees: geometric mean {mean:.2f}, "
            f"best {min(ratios.values()):.2f}, worst {ratios[worst]:.2f} ({worst})."
        )
        large = {
            t: x
            for t, x in ratios.items()
            if next(r for r in rows if r["tree"] == t)["scram"]["kernel_s"] > 0.01
        }
        if large:
            mean = math.exp(statistics.fmean(math.log(x) for x in large.values()))
            lines.append(
                f"- The same over the {len(large)} trees that take SCRAM more than 10 ms: {mean:.2f}."
            )
    warm = [r["bcp"]["warm_s"] for r in rows if r["bcp"].get("warm_s")]
    if warm:
        lines.append(
            f"- Apart from these: importing Numba and loading its compiled kernels, {statistics.median(warm):.2f} s a "
            f"process; at the first use on a machine they are compiled, {max(warm):.1f} s at most here."
        )
    return lines


def _by_order(row: Row) -> str:
    event = row["bcp"].get("event")
    if event is None:
        return "–"
    said = " ".join(f"{n:,}" for n in event["counts"]) or "none"
    if not event["stopped"]:
        return said
    fourth = f"Asked for up to order 4 only: {sum(row['bcp']['fourth']):,} in {row['bcp']['fourth_s']:.2g} s."
    return f"{said}. {event['stopped']} {fourth}"


def _ms(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    ms = seconds * 1e3
    return f"{ms:,.0f}" if ms >= 100 else f"{ms:.3g}"


def _versions() -> str:
    found = []
    for name in ("numpy", "numba", "relibmss"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return ", ".join(found)


def _processor() -> str:
    """The processor's name where the system tells it."""
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
