"""Opening, reading and writing plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bcp.content import location
from bcp.errors import NotFoundError, Problem
from bcp.files import plan_file
from bcp.model import integrity
from bcp.model.plan import Plan
from bcp.model.references import path_text
from bcp.saying import said
from bcp.usecases.naming import did_you_mean

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore
    from bcp.store.revision import Stored

DEMO_PLAN = "example:kommun"
"""The plan that the demonstration opens."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan and where it came from. A plan with `problems` can be edited and saved but not run."""

    name: str
    plan: Plan
    revision: int | None
    saved_at: datetime | None
    problems: tuple[Problem, ...]

    @property
    def edition(self) -> str:
        """What documents state as the plan's revision."""
        return "" if self.revision is None else str(self.revision)


def example_names() -> tuple[str, ...]:
    """The shipped example organisations, sorted."""
    return tuple(sorted(path.stem for path in location.organisation_files()))


def open_plan(reference: str, *, store: PlanStore | None = None) -> Opened:
    """The plan that a reference names: a file, `example:NAME`, `db:NAME` or `db:NAME@REVISION`.

    Raises InvalidInputError with all problems of a file, and NotFoundError where there is no such plan.
    """
    if reference.startswith("example:"):
        return _opened(reference.removeprefix("example:"), _example(reference.removeprefix("example:")))
    if reference.startswith("db:"):
        stored = _stored(reference.removeprefix("db:"), store or default_store())
        return _opened(stored.name, stored.plan, stored.revision.number, stored.revision.saved_at)
    path = Path(reference)
    return _opened(path.stem, plan_file.load_plan(path))


def _stored(name: str, store: PlanStore) -> Stored:
    """A saved plan; the name of an existing plan comes before a revision of another."""
    plain, at, revision = name.rpartition("@")
    if at and revision.isdecimal() and name not in {summary.name for summary in store.plans()}:
        return store.load(plain, int(revision))
    return store.load(name)


def _opened(name: str, plan: Plan, revision: int | None = None, saved_at: datetime | None = None) -> Opened:
    return Opened(name, plan, revision, saved_at, problems(plan))


@lru_cache(maxsize=32)
def _example(name: str) -> Plan:
    files = {path.stem: path for path in location.organisation_files()}
    if name not in files:
        raise NotFoundError(
            said("there is no example organisation {name}.", name=name),
            did_you_mean(name, tuple(sorted(files))),
        )
    return plan_file.load_plan(files[name])


def read_plan_text(text: str, file_name: str) -> Plan:
    """A plan from the text of a YAML or JSON file. Raises InvalidInputError with all its problems."""
    return plan_file.read_plan(text, file_name)


def write_plan_text(plan: Plan) -> str:
    """The plan as a YAML file that reads back equal."""
    return plan_file.write_plan(plan)


def problems(plan: Plan) -> tuple[Problem, ...]:
    """What keeps a plan from being run: names that lead nowhere, figures that contradict each other."""
    return tuple(Problem("", 0, path_text(f.path), f.message, f.fix) for f in integrity.problems(plan))


def default_store() -> PlanStore:
    """The embedded store in the user's data folder (or where BCP_DATA says). Raises StoreError."""
    from bcp.store.plans import PlanStore  # noqa: PLC0415 - SQLAlchemy is slow to import and most commands need none

    return PlanStore.open()
