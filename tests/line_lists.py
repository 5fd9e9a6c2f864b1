"""Lists of lines drawn for a plan, and what is true of them worked out the slow way."""

from __future__ import annotations

import csv
import io

from hypothesis import strategies as st

from bcp.model.line import ContactChannel, ContactPoint, CustomerLine
from bcp.model.plan import Plan
from bcp.model.run import Run

AREAS = ("", "SE", "SE/S", "SE/S/1784", "SE/S/1785", "SE/SX", "NO/03")
PRIORITIES = ("", "alarm", "health", "business", "vip", "farm shop")
NEAR_1 = 1 - 1e-9

CONTACTS = (
    ContactPoint(ContactChannel.SMS, "+46701740605"),
    ContactPoint(ContactChannel.PHONE, "+4685551234"),
    ContactPoint(ContactChannel.EMAIL, "åsa@example.se"),
    ContactPoint(ContactChannel.LETTER, "Storgatan 1, Arvika"),
    ContactPoint(ContactChannel.APP),
)


@st.composite
def line_lists(draw: st.DrawFn, plan: Plan, least: int = 0) -> list[CustomerLine]:
    """Up to twelve lines on components of a plan, ids L0, L1, …."""
    ids = sorted(plan.components)
    some = st.sets(st.sampled_from(ids), min_size=1, max_size=3).map(lambda s: tuple(sorted(s)))
    channels = st.sets(st.sampled_from(list(ContactChannel))).map(lambda s: tuple(sorted(s)))
    return [
        CustomerLine(
            id=f"L{n}",
            components=draw(some),
            area=draw(st.sampled_from(AREAS)),
            contacts=tuple(draw(st.lists(st.sampled_from(CONTACTS), unique=True, max_size=3))),
            consent=draw(channels),
            language=draw(st.sampled_from(["", "sv", "en"])),
            priority=draw(st.sampled_from(PRIORITIES)),
            customer=draw(st.sampled_from(["", "K1", "K2"])),
        )
        for n in range(draw(st.integers(least, 12)))
    ]


def level_of(line: CustomerLine, run: Run, t: float) -> float:
    """The level of one line at one time."""
    return min(run.level_at(component, t) for component in line.components)


def instants(run: Run) -> list[float]:
    """Every time before the horizon at which anything changes."""
    return sorted({t for steps in run.levels.values() for t, _ in steps if t < run.horizon_s})


def is_hit(line: CustomerLine, run: Run) -> bool:
    """True where the line is below 1 at any of the times at which anything changes."""
    return any(level_of(line, run, t) < NEAR_1 for t in instants(run))


def as_csv(
    lines: list[CustomerLine], separator: str = ",", ending: str = "\n", *, quote_all: bool = False
) -> str:
    """Lines as a CSV file with one more column that nobody reads."""
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=separator,
        lineterminator=ending,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    )
    head = ("id", "note", "area", "components", "contacts", "consent", "language", "priority", "customer")
    writer.writerow(head)
    for n, line in enumerate(lines):
        cells = (
            line.id,
            f'"a", b; {n}',
            line.area,
            ";".join(line.components),
            ";".join(map(str, line.contacts)),
        )
        writer.writerow([*cells, ";".join(line.consent), line.language, line.priority, line.customer])
    return out.getvalue()
