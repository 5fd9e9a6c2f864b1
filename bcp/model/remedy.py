"""A remedy: an edit of the plan that makes a finding go away, with what it is called on a button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from bcp.errors import BcpError
from bcp.model.component import Component
from bcp.model.fallback import Fallback
from bcp.model.plan import AcceptedRisk, Contact, Document, Plan
from bcp.model.references import Path, path_text
from bcp.model.value import Line, Value
from bcp.saying import said

_AGAIN = said("Check the plan again: it has been changed since.")


class Change(Value):
    """One value in a plan, as its file would have it: what stands at `path` now, and what is to stand there.

    None stands for nothing: a field without a value, a list's item that is not there yet or is taken out.
    """

    path: Path = Field(description="Keys of mappings, names of fields and positions in lists.")
    before: Any = None
    after: Any = None


class Remedy(Value):
    """An edit that mends what a finding is about."""

    label: Line = Field(description="What the edit does, as a button says it.")
    changes: tuple[Change, ...] = Field(min_length=1)

    def apply(self, plan: Plan) -> Plan:
        """The plan with the edit made. Raises BcpError where a place no longer holds what it held."""
        for change in self.changes:
            plan = _changed(plan, change)
        return plan


def added(path: Path, place: int, value: Any) -> Change:
    """The change that puts a value behind the `place` ones that a list at `path` has."""
    return Change(path=(*path, place), after=value)


def acceptance(plan: Plan, risk: AcceptedRisk, label: str) -> Remedy:
    """The edit that accepts a risk, in the place of an earlier acceptance of the same code and subject."""
    new = risk.model_dump(mode="json")
    for n, held in enumerate(plan.accepted_risks):
        if (held.code, held.subject) == (risk.code, risk.subject):
            replaced = Change(path=("accepted_risks", n), before=held.model_dump(mode="json"), after=new)
            return Remedy(label=label, changes=(replaced,))
    return Remedy(label=label, changes=(added(("accepted_risks",), len(plan.accepted_risks), new),))


def withdrawal(plan: Plan, risk: AcceptedRisk, label: str) -> Remedy:
    """The edit that takes an acceptance out. Raises BcpError where the plan does not hold it."""
    if risk not in plan.accepted_risks:
        raise _gone(("accepted_risks",))
    place = plan.accepted_risks.index(risk)
    gone = Change(path=("accepted_risks", place), before=risk.model_dump(mode="json"))
    return Remedy(label=label, changes=(gone,))


_ENTRIES: Mapping[str, type[BaseModel]] = {
    "components": Component,
    "fallbacks": Fallback,
    "contacts": Contact,
}


def _changed(plan: Plan, change: Change) -> Plan:
    section, *rest = change.path
    if section in _ENTRIES and rest:
        entries: Mapping[str, BaseModel] = getattr(plan, str(section))
        if (key := str(rest[0])) not in entries:
            raise _gone(change.path)
        entry = _rewritten(_ENTRIES[str(section)], entries[key], tuple(rest[1:]), change)
        return _with(plan, str(section), {**entries, key: entry})
    if section == "document":
        return _with(plan, "document", _rewritten(Document, plan.document, tuple(rest), change))
    if section == "accepted_risks" and len(rest) == 1:
        risks = [risk.model_dump(mode="json") for risk in plan.accepted_risks]
        _put(risks, tuple(rest), change)
        return _with(plan, "accepted_risks", tuple(AcceptedRisk.model_validate(risk) for risk in risks))
    raise BcpError(
        said("{place} is no place that a remedy may change.", place=path_text(change.path)),
        said("Change it by hand."),
    )


def _with(plan: Plan, field: str, value: object) -> Plan:
    return Plan.model_validate({name: getattr(plan, name) for name in Plan.model_fields} | {field: value})


def _rewritten(model: type[BaseModel], value: BaseModel, path: Path, change: Change) -> BaseModel:
    """A component, fallback, contact or document with one value inside it changed."""
    data = value.model_dump(mode="json")
    _put(data, path, change)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BcpError(
            said("{place} cannot be changed so: {error}.", place=path_text(change.path), error=error), _AGAIN
        ) from error


def _put(data: Any, path: Path, change: Change) -> None:
    """Change the value at `path` inside plain data. Raises BcpError where it is not what it was."""
    *above, last = path
    for part in above:
        data = data[part] if _holds(data, part) else _missing(change.path)
    found = data[last] if _holds(data, last) else None
    if found != change.before:
        raise _gone(change.path)
    if isinstance(data, list) and isinstance(last, int):
        data[last : last + 1] = [] if change.after is None else [change.after]
    elif isinstance(data, dict):
        data[last] = change.after
    else:
        raise _gone(change.path)


def _holds(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and 0 <= part < len(data)
    return isinstance(data, dict) and part in data


def _missing(path: Path) -> Any:
    raise _gone(path)


def _gone(path: Path) -> BcpError:
    return BcpError(said("{place} is no longer what the remedy was made for.", place=path_text(path)), _AGAIN)
