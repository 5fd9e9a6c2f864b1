"""Run as a process of its own: writes to the log of a sitting and says on standard output what was confirmed.

`logger.py PATH many COUNT WHO`: append COUNT notes to the log of "sitting", a line with its number for each.
`logger.py PATH next COUNT WHO`: append COUNT notes that say which entry came before, beginning again after a conflict.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bcp.model.log_entry import Noted
from bcp.store import ConflictError, PlanStore


def many(store: PlanStore, count: int, who: str) -> None:
    """Append notes, whatever others append meanwhile."""
    for i in range(count):
        entry = store.sittings.append("sitting", Noted(text=f"{who}-{i}"), who=who)
        sys.stdout.write(f"{entry.number}\n")
        sys.stdout.flush()


def following(store: PlanStore, count: int, who: str) -> None:
    """Append notes that hold only after the entry that was read last."""
    done = 0
    while done < count:
        newest = store.sittings.newest_number("sitting")
        try:
            store.sittings.append("sitting", Noted(text=f"after {newest}"), who=who, expected=newest)
        except ConflictError:
            continue
        done += 1


def main(path: str, what: str, count: str, who: str) -> None:
    """Do what the arguments say."""
    with PlanStore.open(Path(path)) as store:
        (many if what == "many" else following)(store, int(count), who)


if __name__ == "__main__":
    main(*sys.argv[1:])
