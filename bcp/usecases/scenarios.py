"""The library of scenarios, and scenarios from files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bcp.content import location
from bcp.errors import BcpError, NotFoundError
from bcp.files import scenario_file
from bcp.model.scenario import Parameter, Scenario
from bcp.saying import said
from bcp.usecases.naming import did_you_mean
from bcp.usecases.plans import default_store

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore

OWN = "own:"
"""What a reference to an outage that people wrote themselves begins with."""

WORST_SCENARIO = "se-telia-020-0771"
"""The scenario that the demonstration runs."""


def library() -> tuple[Scenario, ...]:
    """The library's scenarios with their default parameters, by id."""
    return tuple(sorted((_library_scenario(i, ()) for i in library_ids()), key=lambda s: s.id))


def library_ids() -> tuple[str, ...]:
    """The ids of the library's scenarios, sorted."""
    return tuple(sorted(path.stem for path in location.library_files()))


def scenario(
    reference: str, settings: Mapping[str, object] | None = None, *, store: PlanStore | None = None
) -> Scenario:
    """A scenario from the library (by id), a plan's own (`own:PLAN/ID`) or from a file, with its parameters set.

    Raises InvalidInputError with a file's problems, NotFoundError for an unknown id, and SelectorError
    for a parameter that the scenario does not have or that has no value.
    """
    if reference in library_ids():
        return _library_scenario(reference, tuple(sorted((settings or {}).items())))
    text, name = _text(reference, store)
    return scenario_file.read_scenario(text, name, settings or {})


def scenario_parameters(reference: str, *, store: PlanStore | None = None) -> Mapping[str, Parameter]:
    """What may be set in a scenario, by name. Raises as `scenario` does."""
    text, name = _text(reference, store)
    return scenario_file.scenario_parameters(text, name)


def _text(reference: str, store: PlanStore | None) -> tuple[str, str]:
    """The text behind a reference, and what it is called in messages."""
    if reference.startswith(OWN):
        plan, name, edition = own_parts(reference)
        return (store or default_store()).outages.load(plan, name, edition).text, f"{name}.yaml"
    path = _scenario_path(reference)
    return _read(path), str(path)


def own_parts(reference: str) -> tuple[str, str, str]:
    """The plan, the id and the edition (empty: the newest) of `own:PLAN/ID` or `own:PLAN/ID@EDITION`.

    Raises NotFoundError where the reference is not of that form.
    """
    plan, slash, rest = reference.removeprefix(OWN).rpartition("/")
    name, _, edition = rest.partition("@")
    if not (slash and plan and name):
        raise NotFoundError(
            said("{reference!r} names no outage of a plan.", reference=reference),
            said("Write {own}PLAN/ID.", own=OWN),
        )
    return plan, name, edition


@lru_cache(maxsize=256)
def _library_scenario(scenario_id: str, settings: tuple[tuple[str, object], ...]) -> Scenario:
    path = _scenario_path(scenario_id)
    return scenario_file.read_scenario(_read(path), str(path), dict(settings))


def _scenario_path(reference: str) -> Path:
    files = {path.stem: path for path in location.library_files()}
    if reference in files:
        return files[reference]
    path = Path(reference)
    if path.suffix in (".yaml", ".yml", ".json") and os.path.isfile(reference):  # noqa: PTH113 - says no to any text
        return path
    raise NotFoundError(
        said("there is no scenario {reference}.", reference=reference),
        did_you_mean(reference, tuple(sorted(files))),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BcpError(
            said("the file cannot be read: {error}.", error=error),
            said("Give a text file in UTF-8."),
            str(path),
        ) from error
