"""Plans in and out, as YAML that people like to read or as JSON: all problems of a file at once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bcp.errors import InvalidInputError, NotFoundError, Problem
from bcp.files.schema_problems import errors_of, place, problem_of
from bcp.files.yaml_source import MOST_BYTES, Source, read_bytes, read_source
from bcp.files.yaml_text import yaml_text
from bcp.model.integrity import Fault, problems
from bcp.model.plan import Plan
from bcp.model.references import Path, path_text
from bcp.saying import said

SUFFIXES = (".yaml", ".yml", ".json")

_SECTIONS = ("components", "fallbacks", "contacts")
_MOST_ROUNDS = 12


def load_plan(path: FilePath) -> Plan:
    """The plan in a file. Raises NotFoundError, or InvalidInputError with every problem."""
    return read_plan(read_file(path), path.name)


def read_file(path: FilePath) -> str:
    """A file's text. Raises NotFoundError where there is none, InvalidInputError where it is no text."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe or device may never end
            raise NotFoundError(
                said("{path!r} is no ordinary file.", path=str(path)), said("Save the plan to a file first.")
            )
        with path.open("rb") as file:
            return read_bytes(file.read(MOST_BYTES + 1), path.name)
    except (OSError, ValueError) as error:
        reason = (
            error.strerror
            if isinstance(error, OSError) and error.strerror
            else said("the name is not allowed")
        )
        raise NotFoundError(
            said("{path!r} cannot be read: {reason}.", path=str(path), reason=reason),
            said("Check the name of the file."),
        ) from error


def read_plan(text: str, file_name: str) -> Plan:
    """The plan in a YAML or JSON text. Raises InvalidInputError with every problem, in the order of lines."""
    source = read_source(text, file_name)
    if not isinstance(source.data, dict):
        fix = said("It begins with `format: bcp-plan/1` and `organisation:`.")
        raise InvalidInputError([Problem(file_name, 1, "", said("this is no plan."), fix)])
    try:
        plan = Plan.model_validate(source.data)
    except ValidationError as failed:
        raise InvalidInputError(_all_problems(source, errors_of(failed))) from None
    if faults := problems(plan):
        raise InvalidInputError(_ordered(_of_fault(fault, fault.path, source) for fault in faults))
    return plan


def write_plan(plan: Plan) -> str:
    """The plan as YAML: keys in the model's order, what has its default value left out. Reads back equal."""
    return yaml_text(plan.written())


def write_plan_json(plan: Plan) -> str:
    """The plan as JSON of the same form."""
    return json.dumps(plan.written(), ensure_ascii=False, indent=2) + "\n"


def _ordered(found: Iterable[Problem]) -> list[Problem]:
    return sorted(set(found))


def _of_fault(fault: Fault, path: Path, source: Source) -> Problem:
    return source.problem(path, path_text(path), fault.message, fault.fix, fault.word)


def _all_problems(source: Source, errors: list[ErrorDetails]) -> list[Problem]:
    """The errors of form, and the faults of what remains of the plan without the parts that they spoil."""
    found = [problem_of(error, Plan, source) for error in errors]
    spoilt: set[Path] = set()
    for _ in range(_MOST_ROUNDS):
        spoilt |= {_spoilt_by(error, spoilt, source) for error in errors if not _stood_in_for(error)}
        if () in spoilt or any((section,) in spoilt for section in _SECTIONS):
            break
        try:
            plan = Plan.model_validate(_standing_in(_without(source.data, spoilt, ())))
        except ValidationError as failed:
            errors = errors_of(failed)
            continue
        known = {str(path[1]) for path in spoilt if len(path) > 1 and path[0] in _SECTIONS}
        faults = problems(plan, known=known)
        found += [_of_fault(fault, _in_file(fault.path, spoilt), source) for fault in faults]
        break
    return _ordered(found)


def _stood_in_for(error: ErrorDetails) -> bool:
    path = place(error)
    if error["type"] != "missing":
        return False
    return path == ("organisation",) or (path[0] in _SECTIONS and path[2:] in (("name",), ("kind",)))


def _standing_in(rest: dict[str, Any]) -> dict[str, Any]:
    """What is left, with a name and a kind where they are missing, so that the rest can still be checked."""
    organisation = rest.get("organisation", {})
    rest["organisation"] = {"name": "?", **organisation} if isinstance(organisation, dict) else {"name": "?"}
    for section in ("components", "contacts"):
        for entry in rest.get(section, {}).values():
            if isinstance(entry, dict):
                entry.setdefault("name", "?")
    for entry in rest.get("components", {}).values():
        if isinstance(entry, dict):
            signs = {"bia": "activity", "span": "number_range", "e164": "number", "members": "team"}
            entry.setdefault("kind", next((kind for key, kind in signs.items() if key in entry), "system"))
    return rest


def _spoilt_by(error: ErrorDetails, spoilt: set[Path], source: Source) -> Path:
    """What to leave out for an error: the value at fault; where a key is missing, what it is missing from."""
    path = _in_file(place(error), spoilt)
    if error["type"] == "missing":
        path = path[:-1]
    if "requires" in path[:4]:  # half a split is no split: leave the whole requirement out
        path = path[: path.index("requires") + 2]
    path = path[: source.node(path)[1]]
    while path and path[-1] == 0 and not isinstance(source.node(path[:-1])[0].items, list):
        path = path[:-1]
    return path


def _without(data: Any, spoilt: set[Path], path: Path) -> Any:
    if isinstance(data, dict):
        return {k: _without(v, spoilt, (*path, k)) for k, v in data.items() if (*path, k) not in spoilt}
    if isinstance(data, list):
        return [_without(v, spoilt, (*path, n)) for n, v in enumerate(data) if (*path, n) not in spoilt]
    return data


def _in_file(path: Path, spoilt: set[Path]) -> Path:
    """A path in what is left as it was in the file, where lists were longer."""
    original: Path = ()
    for part in path:
        if isinstance(part, int):
            here = part
            for gone in sorted(
                last for *above, last in spoilt if tuple(above) == original and isinstance(last, int)
            ):
                here += gone <= here
            original = (*original, here)
        else:
            original = (*original, part)
    return original
