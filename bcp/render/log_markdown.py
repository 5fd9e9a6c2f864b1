"""The log of a sitting as Markdown: what people keep as the incident report, in times of the organisation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from bcp.model.log_entry import Corrected, Entry
from bcp.model.log_words import entry_kind, entry_text, role_text
from bcp.model.plan import Plan
from bcp.model.sitting import Sitting, in_time
from bcp.words import Words

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def log_markdown(
    plan: Plan, sitting: Sitting, entries: Sequence[Entry], second: Callable[[Entry], float], _: Words
) -> str:
    """A title, where it is from, and a table of all entries, the oldest first; what was struck out is struck through.

    `second` gives the scenario second of an entry. Times are those of the organisation's time zone.
    """
    zone = ZoneInfo(plan.organisation.timezone)
    struck = {e.what.entry for e in entries if isinstance(e.what, Corrected)}
    kind = _("Exercise") if sitting.is_exercise else _("Incident")
    head = [_("No."), _("Time"), _("From the start"), _("Who"), _("What"), _("Said")]
    lines = [
        f"# {kind.upper() if sitting.is_exercise else kind}: {_plain(sitting.title)}",
        "",
        _(
            "{organisation}, plan {plan}, revision {n}. Times are in {zone}.",
            organisation=_plain(plan.organisation.name),
            plan=_plain(sitting.plan),
            n=sitting.revision,
            zone=_plain(plan.organisation.timezone),
        ),
        "",
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
    ]
    for entry in in_time(entries):
        who = f"{entry.who} ({role_text(entry.role, _)})" if entry.role else entry.who
        cells = [
            str(entry.number),
            entry.when.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
            _.clock(second(entry)),
            _plain(who),
            entry_kind(entry.what, _),
            _plain(entry_text(entry, plan, _)),
        ]
        if entry.number in struck:
            cells[-1] = f"~~{cells[-1]}~~"
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _plain(text: str) -> str:
    """The text with every sign that Markdown could take as its own escaped, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
