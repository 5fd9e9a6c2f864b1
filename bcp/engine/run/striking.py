"""What an event of a scenario strikes on a plan, and what to set where that is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from typing import Any

from bcp.engine.levels.selectors import Lineage, described, selected
from bcp.errors import SelectorError
from bcp.model.component import Component, Kind
from bcp.model.scenario import Event, Parameter, Scenario, Selector
from bcp.saying import said, together

_TRIED = 500
"""Values, or pairs of them, that are tried; what the first of them give is enough for a hint."""

_PREFIX = 6
"""Characters of a number that make a prefix worth naming: country code and area, +46980."""

_NAMED = 8

_FEW = 50
"""Where a plan has more values than this, nobody tries all of them to see whether one alone fits."""


def struck(event: Event, number: int, scenario: Scenario, lineage: Lineage) -> tuple[str, ...]:
    """The components that an event strikes. Raises SelectorError where there is none and that matters."""
    found = selected(event.select, lineage)
    if not found and not event.optional:
        raise SelectorError(
            said(
                "event {number} of scenario {id} matches nothing in this plan ({condition}).",
                number=number + 1,
                id=scenario.id,
                condition=described(event.select),
            ),
            _remedy(event.select, scenario, lineage),
        )
    return found


def strikes_something(scenario: Scenario, lineage: Lineage) -> bool:
    """Whether a scenario can be run on a plan and strikes anything there."""
    try:
        found = [struck(event, n, scenario, lineage) for n, event in enumerate(scenario.events)]
    except SelectorError:
        return False
    return any(found)


def only_fitting(scenario: Scenario, lineage: Lineage) -> dict[str, str]:
    """What to set where an event strikes nothing and one single thing in the plan would make it strike, by parameter.

    Where two parameters, or two values, would do, nobody can know which is meant, and nothing is set; nor is it
    where there are too many values to try them all.
    """
    found: dict[str, set[str]] = {}
    for event in scenario.events:
        if event.optional or selected(event.select, lineage):
            continue
        written = _written(event.select)
        named = {name: scenario.parameters[name] for name in _named(written, scenario)}
        if any(len(_values(parameter, lineage.plan.components)) > _FEW for parameter in named.values()):
            continue
        fits = [
            (name, value)
            for name, parameter in named.items()
            for (value,) in islice(_fitting(written, [parameter], lineage), 2)
        ]
        if len(fits) == 1:
            found.setdefault(fits[0][0], set()).add(fits[0][1])
    return {name: values.pop() for name, values in found.items() if len(values) == 1}


def _written(selector: Selector) -> dict[str, Any]:
    data: dict[str, Any] = selector.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return data


def _named(written: dict[str, Any], scenario: Scenario) -> list[str]:
    """The parameters whose values stand in a selector."""
    return [n for n, p in scenario.parameters.items() if _stands(written, p.default)]


def _remedy(selector: Selector, scenario: Scenario, lineage: Lineage) -> str:
    """Which parameters to set, and to what: values of the plan with which the selector matches something."""
    written = _written(selector)
    named = _named(written, scenario)
    hints = []
    for name in named:
        fitting = list(islice(_fitting(written, [scenario.parameters[name]], lineage), _NAMED + 1))
        if fitting:
            more = ", …" if len(fitting) > _NAMED else ""
            listed = ", ".join(value for (value,) in fitting[:_NAMED]) + more
            hints.append(said("Set {name} to {values}.", name=name, values=listed))
    if hints:
        return together(hints)
    for pair in combinations(named, 2):
        for values in _fitting(written, [scenario.parameters[name] for name in pair], lineage):
            (one, this), (other, that) = zip(pair, values, strict=True)
            return said(
                "Set {one} to {this} and {other} to {that}.", one=one, this=this, other=other, that=that
            )
    return said(
        "The plan has nothing that it could strike, whatever is set: give what it is about the kind, tags, "
        "operator or area named here, or mark the event `optional: true`."
    )


def _stands(written: Any, held: object) -> bool:
    return isinstance(held, str) and _replaced(written, held, held) is not None


def _fitting(
    written: dict[str, Any], parameters: Sequence[Parameter], lineage: Lineage
) -> Iterator[tuple[str, ...]]:
    """Values for parameters, in order, with which the selector as `written` matches something."""
    choices = [_values(parameter, lineage.plan.components) for parameter in parameters]
    for values in islice(product(*choices), _TRIED):
        changed: Any = written
        for parameter, value in zip(parameters, values, strict=True):
            changed = _replaced(changed, str(parameter.default), value) or changed
        if selected(Selector.model_validate(changed), lineage):
            yield values


def _values(parameter: Parameter, components: Mapping[str, Component]) -> list[str]:
    """What the plan has of the kind that a parameter stands for, sorted."""

    def ids(kind: Kind) -> set[str]:
        return {i for i, c in components.items() if c.kind is kind}

    every = components.values()
    found: set[str] = set()
    match parameter.kind:
        case "component":
            found = set(components)
        case "operator":
            found = {c.operator for c in every} | ids(Kind.OPERATOR)
        case "site":
            found = {c.site for c in every} | ids(Kind.SITE)
        case "area":
            found = {c.area for c in every}
        case "tag":
            found = {tag for c in every for tag in c.tags}
        case "prefix":
            found = {c.e164[:_PREFIX] for c in every if c.e164}
        case _:
            pass
    return sorted(found - {""})


def _replaced(data: Any, held: str, value: str) -> Any:
    """The data with a text replaced wherever it stands as a value; None where it stands nowhere."""
    if isinstance(data, dict):
        parts = {key: _replaced(part, held, value) for key, part in data.items()}
        if all(part is None for part in parts.values()):
            return None
        return {key: data[key] if part is None else part for key, part in parts.items()}
    if isinstance(data, list):
        items = [_replaced(part, held, value) for part in data]
        if all(item is None for item in items):
            return None
        return [data[n] if item is None else item for n, item in enumerate(items)]
    return value if data == held else None
