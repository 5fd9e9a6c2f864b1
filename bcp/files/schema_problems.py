"""What pydantic finds wrong, said in plain words: what stands there, what is wanted, what to do."""

from __future__ import annotations

import re
from collections.abc import Collection
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, Tag, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bcp.errors import Problem
from bcp.files.yaml_source import Source
from bcp.model.references import Path, path_text
from bcp.model.spelling import did_you_mean
from bcp.model.value_faults import shown, sort_of, value_fault
from bcp.saying import said, together

_MODES = ("needs", "pool", "split", "quorum")


def problem_of(error: ErrorDetails, model: type[BaseModel], source: Source) -> Problem:
    """One of pydantic's errors as a problem with its line in `source`, which was read as a `model`."""
    path = place(error)
    message, fix = _said(error, model, path, source)
    if error["type"] == "missing":
        path = path[:-1]
    return source.problem(path, path_text(path), message, fix)


def errors_of(problem: ValidationError) -> list[ErrorDetails]:
    """Every single error of a failed validation."""
    return problem.errors(include_url=False)


def place(error: ErrorDetails) -> Path:
    """Where an error stands in the file: pydantic's path without the marks that it adds itself."""
    path: list[str | int] = []
    for n, part in enumerate(error["loc"]):
        tag = n > 1 and part in _MODES and isinstance(path[-1], int) and path[-2:-1] == ["requires"]
        if part != "[key]" and not (tag and _is_tag(error["loc"], n)):
            path.append(part)
    return tuple(path)


def _is_tag(loc: tuple[str | int, ...], n: int) -> bool:
    return isinstance(loc[n - 1], int) and loc[n - 2] == "requires"


def _said(error: ErrorDetails, model: type[BaseModel], path: Path, source: Source) -> tuple[str, str]:
    kind, value = error["type"], error["input"]
    if kind == "missing":
        return said("{key!r} is missing.", key=path[-1]), _what_is_missing(model, error["loc"])
    if kind == "extra_forbidden":
        names = field_names(model, error["loc"][:-1])
        known = ", ".join(sorted(names))
        listed = said("Known here: {names}.", names=known) if names else said("Take it out.")
        return said("there is no key {key!r} here.", key=path[-1]), did_you_mean(str(path[-1]), names, listed)
    if kind in ("enum", "literal_error") and value is not None:
        allowed = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        otherwise = said("Write one of: {names}.", names=", ".join(allowed))
        return (
            said("{value} is not known here.", value=shown(value)),
            did_you_mean(str(value), allowed, otherwise),
        )
    if kind == "string_type" and value is not None and (raw := source.node(path)[0].raw):
        message = said("a text is wanted, not {sort}.", sort=sort_of(value))
        return message, said('Put it in quotes: "{raw}".', raw=raw)
    return value_fault(error)


def field_names(model: type[BaseModel], loc: tuple[str | int, ...]) -> frozenset[str]:
    """The keys that may stand at pydantic's path `loc` of a model."""
    found = _model_at(model, loc)
    if found is None:
        return frozenset()
    names = {name for key, info in found.model_fields.items() for name in _written(key, info)}
    return frozenset(names | ({"any_of"} if "pool" in names else set()))


def _what_is_missing(model: type[BaseModel], loc: tuple[str | int, ...]) -> str:
    key = str(loc[-1])
    owner = _model_at(model, loc[:-1])
    info = owner.model_fields.get(key) if owner else None
    told = info.description or "" if info else ""
    return together((said('Add "{key}:".', key=key), told))


def _written(key: str, info: FieldInfo) -> Collection[str]:
    alias = info.validation_alias
    if isinstance(alias, AliasChoices):
        return [choice for choice in alias.choices if isinstance(choice, str)]
    return [alias if isinstance(alias, str) else key]


def _model_at(  # noqa: PLR0911 - one way down for each kind of annotation
    annotation: Any, loc: tuple[str | int, ...]
) -> type[BaseModel] | None:
    """The model that stands at `loc` below an annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        tags = [m.tag for m in arguments[1:] if isinstance(m, Tag)]
        if tags:
            return _model_at(arguments[0], loc[1:]) if loc and loc[0] in tags else None
        return _model_at(arguments[0], loc)
    if origin in (Union, UnionType):
        found = (_model_at(a, loc) for a in arguments if a is not type(None))
        return next((model for model in found if model is not None), None)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not loc:
            return annotation
        fields = annotation.model_fields
        info = next((i for key, i in fields.items() if loc[0] in _written(key, i)), None)
        return _model_at(info.annotation, loc[1:]) if info else None
    if origin is tuple and loc:
        return _model_at(arguments[0], loc[1:])
    if arguments and loc:
        return _model_at(arguments[-1], loc[1:])
    return None
