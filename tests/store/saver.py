"""Run as a process of its own: saves to a store and says on standard output what was confirmed.

`saver.py PATH many COUNT WHO`: save COUNT different plans as "A", a line with the revision's number for each.
`saver.py PATH add COUNT WHO`: count one's figure in plan "A" up COUNT times, beginning again after each conflict.
`saver.py PATH open`: say that it is ready, wait for a line, then open the store and save once.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from bcp.store import ConflictError, PlanStore
from tests.store.make import mark, plan


def many(store: PlanStore, count: int, who: str) -> None:
    """Save COUNT different plans, each with enough text to fill several pages of the file."""
    for i in range(count):
        big = plan(f"{who}-{i}", **{f"c-{n}": {"kind": "system", "name": f"{i} " * 50} for n in range(30)})
        sys.stdout.write(f"{store.save('A', big, author=who).number}\n")
        sys.stdout.flush()


def add(store: PlanStore, count: int, who: str) -> None:
    """Count up one's own figure in the plan's mark, without losing what the others counted."""
    done = 0
    while done < count:
        stored = store.load("A")
        figures = json.loads(mark(stored.plan))
        figures[who] += 1
        try:
            store.save("A", plan(json.dumps(figures)), author=who, expected=stored.revision.number)
        except ConflictError:
            continue
        done += 1


def main(path: str, what: str, *rest: str) -> None:
    """Do what the arguments say."""
    if what == "open":
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
    with PlanStore.open(Path(path)) as store:
        if what == "open":
            store.save(f"of {os.getpid()}", plan(), author="process")
        else:
            (many if what == "many" else add)(store, int(rest[0]), rest[1])


if __name__ == "__main__":
    main(*sys.argv[1:])
