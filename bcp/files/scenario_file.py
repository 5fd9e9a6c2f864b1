"""Scenarios in and out: YAML or JSON with `{name}` places that the scenario's parameters fill."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bcp.errors import InvalidInputError, Problem, SelectorError
from bcp.files.schema_problems import errors_of, problem_of
from bcp.files.yaml_source import Source, read_source
from bcp.files.yaml_text import yaml_text
from bcp.model.duration import seconds
from bcp.model.references import Path, path_text
from bcp.model.scenario import Parameter, Scenario
from bcp.model.spelling import did_you_mean
from bcp.model.value import Value
from bcp.saying import said

Setting = str | int | float
"""What a parameter may be set to: a text or a number, never something with structure."""

_PLACE = re.compile(r"\{(\w[\w.\-]*)\}")
_FILLED = ("events", "planned", "injects", "horizon", "title", "description", "teaches", "clock", "facts")
_CHECKED = ("events", "planned", "horizon")
"""Where a place that no parameter fills is a mistake; in a text for people it may be meant."""

_NAMES = ("component", "operator", "prefix", "site", "area", "tag")
"""Parameters that are texts even where they are written as numbers."""

_LONGEST = 300


class _Parameters(Value):
    parameters: Mapping[str, Parameter] = {}


_HEAD = TypeAdapter(_Parameters)


def scenario_parameters(text: str, file_name: str) -> Mapping[str, Parameter]:
    """What may be set in a scenario, by name. Raises InvalidInputError."""
    return _parameters(_source(text, file_name))


def read_scenario(text: str, file_name: str, settings: Mapping[str, object] | None = None) -> Scenario:
    """The scenario with its places filled from `settings`, then from the parameters' defaults.

    In the scenario returned, a parameter's `default` is the value it was filled with. Raises
    SelectorError for a setting that the scenario does not have, a parameter without a value, and a
    value that does not suit it; InvalidInputError with every problem of the file.
    """
    source = _source(text, file_name)
    parameters = _parameters(source)
    values = _values(parameters, settings or {})
    unknown = [
        p
        for key in _CHECKED
        if key in source.data
        for p in _unfilled(source, values, (key,), source.data[key])
    ]
    data = {key: _filled(value, values) if key in _FILLED else value for key, value in source.data.items()}
    if "parameters" in data:
        data["parameters"] = {n: p.model_copy(update={"default": values[n]}) for n, p in parameters.items()}
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as failed:
        found = {problem_of(error, Scenario, source) for error in errors_of(failed)}
        empty = {problem.path for problem in unknown}
        raise InvalidInputError(sorted([*unknown, *(p for p in found if p.path not in empty)])) from None
    if unknown:
        raise InvalidInputError(sorted(unknown))
    return scenario


def write_scenario(scenario: Scenario) -> str:
    """A scenario as a YAML file that reads back equal. Its parameters are those that it was filled with."""
    data = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml_text({"format": scenario.format, **data})


def _source(text: str, file_name: str) -> Source:
    source = read_source(text, file_name)
    if not isinstance(source.data, dict):
        fix = said("It begins with `format: bcp-scenario/1`, `id:` and `title:`.")
        raise InvalidInputError([Problem(file_name, 1, "", said("this is no scenario."), fix)])
    return source


def _parameters(source: Source) -> Mapping[str, Parameter]:
    if "parameters" not in source.data:
        return {}
    try:
        parameters = _HEAD.validate_python({"parameters": source.data["parameters"]}).parameters
    except ValidationError as failed:
        found = [problem_of(error, Scenario, source) for error in errors_of(failed)]
        raise InvalidInputError(sorted(found)) from None
    wrong = [
        source.problem(
            ("parameters", n, "default"), f"parameters.{n}.default", reason, said("Change the default.")
        )
        for n, p in parameters.items()
        if p.default is not None and (reason := _unsuited(p, p.default))
    ]
    if wrong:
        raise InvalidInputError(sorted(wrong))
    return parameters


def _values(parameters: Mapping[str, Parameter], settings: Mapping[str, object]) -> dict[str, Setting]:
    listed = (
        said("It has: {names}.", names=", ".join(parameters)) if parameters else said("It has no parameters.")
    )
    for name in settings:
        if name not in parameters:
            raise SelectorError(
                said("the scenario has no parameter {name!r}.", name=name),
                did_you_mean(name, parameters, listed),
            )
    values: dict[str, Setting] = {}
    for name, parameter in parameters.items():
        value = settings.get(name, parameter.default)
        if value is None:
            raise SelectorError(
                said("the parameter {name!r} has no value.", name=name), said("Set it: {name}=… .", name=name)
            )
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise SelectorError(
                said("the parameter {name!r} takes a text or a number.", name=name),
                said("Give a single value."),
            )
        if name in settings and (reason := _unsuited(parameter, value)):
            raise SelectorError(
                said("the parameter {name!r} cannot be set so: {reason}", name=name, reason=reason),
                said("Give another value."),
            )
        values[name] = str(value) if parameter.kind in _NAMES else value
    return values


def _unsuited(parameter: Parameter, value: Setting) -> str:
    """Why a value does not suit a parameter; empty where it does."""
    if isinstance(value, str) and len(value) > _LONGEST:
        return said("the text is longer than {most} characters.", most=_LONGEST)
    if parameter.choices and str(value) not in parameter.choices:
        return said("{value!r} is not one of {names}.", value=value, names=", ".join(parameter.choices))
    if parameter.kind == "duration":
        try:
            seconds(value)
        except ValueError as error:
            return str(error)
    if parameter.kind == "share":
        try:
            share = float(value)
        except ValueError:
            return said("{value!r} is not a number.", value=value)
        if not 0 <= share <= 1:
            return said("{given} is not between 0 and 1.", given=value)
    return ""


def _filled(data: Any, values: Mapping[str, Setting]) -> Any:
    """The data with every place filled. What is filled in is never looked at again, so it stays one text."""
    if isinstance(data, dict):
        return {key: _filled(value, values) for key, value in data.items()}
    if isinstance(data, list):
        return [_filled(value, values) for value in data]
    if not isinstance(data, str):
        return data
    whole = _PLACE.fullmatch(data)
    if whole and whole[1] in values:
        return values[whole[1]]
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), data)


def _unfilled(source: Source, values: Mapping[str, Setting], path: Path, data: Any) -> list[Problem]:
    """Places that name no parameter."""
    if isinstance(data, dict):
        return [p for key, value in data.items() for p in _unfilled(source, values, (*path, key), value)]
    if isinstance(data, list):
        return [p for n, value in enumerate(data) for p in _unfilled(source, values, (*path, n), value)]
    names = [n for n in _PLACE.findall(data) if n not in values] if isinstance(data, str) else []
    remedy = said("Add it under `parameters`.")
    return [
        source.problem(
            path, path_text(path), said("there is no parameter {n!r}.", n=n), did_you_mean(n, values, remedy)
        )
        for n in names
    ]
