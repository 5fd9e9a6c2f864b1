"""Small plans for the tests of the store, and its file seen without the store."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bcp.model.plan import Plan

START = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)


def plan(mark: object = 0, **components: dict[str, Any]) -> Plan:
    """A plan that differs from others in its organisation's name."""
    return Plan.model_validate({"organisation": {"name": f"Exempelkommun {mark}"}, "components": components})


def mark(plan: Plan) -> str:
    """What a plan was marked with."""
    return plan.organisation.name.removeprefix("Exempelkommun ")


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as SQLite sees it, past the store; changes are kept."""
    with closing(sqlite3.connect(path)) as connection, connection:
        yield connection


def start(*arguments: object) -> subprocess.Popen[str]:
    """Another process that uses the store: see saver.py."""
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.store.saver", *map(str, arguments)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
