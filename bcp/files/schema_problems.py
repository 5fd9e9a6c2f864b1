"""What pydantic finds wrong, said in plain words: what stands there, what is wanted, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, Tag, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bcp.errors import Problem
from bcp.files.yaml_source import Source
from bcp.model.references import Path, path_text
from bcp.model.spelling import did_you_mean

_MODES = ("needs", "pool", "split", "quorum")
_PATTERNS = {
    "^[A-Z]{2}$": ("is no country code", 'Write two capital letters such as "SE" (ISO 3166).'),
    "^[a-z]{2}$": ("is no language code", 'Write two small letters such as "sv" (ISO 639).'),
    "^[A-Z]{3}$": ("is no currency code", 'Write three capital letters such as "SEK" (ISO 4217).'),
}
_ID = (
    "is no id",
    "An id has letters, digits, underscore, dot and hyphen, and begins with a letter, digit or underscore.",
)


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


def _said(  # noqa: PLR0911 - one answer for each kind of error
    error: ErrorDetails, model: type[BaseModel], path: Path, source: Source
) -> tuple[str, str]:
    kind, value = error["type"], error["input"]
    if kind == "missing":
        return f"{path[-1]!r} is missing.", _what_is_missing(model, error["loc"])
    if kind == "extra_forbidden":
        names = field_names(model, error["loc"][:-1])
        listed = f"Known here: {', '.join(sorted(names))}." if names else "Take it out."
        return f"there is no key {path[-1]!r} here.", did_you_mean(str(path[-1]), names, listed)
    if value is None and kind.endswith("_type"):
        return "nothing stands here.", "Give a value, or take the line out."
    if kind in ("enum", "literal_error"):
        allowed = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        return f"{_shown(value)} is not known here.", did_you_mean(
            str(value), allowed, f"Write one of: {', '.join(allowed)}."
        )
    if kind == "string_pattern_mismatch":
        what, fix = _PATTERNS.get(str(error["ctx"]["pattern"]), _ID)
        return f"{_shown(value)} {what}.", fix
    if kind == "string_type":
        raw = source.node(path)[0].raw
        return (
            f"a text is wanted, not {_sort(value)}.",
            f'Put it in quotes: "{raw}".' if raw else "Write a single text.",
        )
    if kind in ("value_error", "requirement_mode"):
        return _sentences(error["msg"].removeprefix("Value error, "))
    return _PLAIN[kind](value, error.get("ctx", {})) if kind in _PLAIN else (f"{error['msg']}.", "")


def _sentences(text: str) -> tuple[str, str]:
    """Our own errors say what is wrong in their first sentence and what to do in the rest."""
    first, dot, rest = text.partition(". ")
    return (first + dot.strip(), rest) if rest else (text, "")


def _shown(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004 - a line's length


def _sort(value: Any) -> str:
    match value:
        case bool():
            return f"the truth value {str(value).lower()}"
        case int() | float():
            return f"the number {_shown(value)}"
        case str():
            return f"the text {_shown(value)}"
        case dict():
            return "keys with values"
        case list() | tuple():
            return "a list"
        case _:
            return "nothing"


_Ctx = Mapping[str, Any]
_Said = Callable[[Any, _Ctx], tuple[str, str]]


def _number(value: Any, _: _Ctx) -> tuple[str, str]:
    if isinstance(value, str) and (per_cent := re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*%\s*", value)):
        return f"{value!r} is not written as a number.", f"Write the share {float(per_cent[1]) / 100:g}."
    return (
        f"a number is wanted, not {_sort(value)}.",
        "Write it in digits with a decimal point, such as 0.6 or 400.",
    )


def _whole(value: Any, _: _Ctx) -> tuple[str, str]:
    return (
        f"a whole number is wanted, not {_sort(value)}.",
        "Write it in digits, without quotes, point or unit.",
    )


def _true_false(value: Any, _: _Ctx) -> tuple[str, str]:
    return f"true or false is wanted, not {_sort(value)}.", "Write true or false, without quotes."


def _keys(value: Any, _: _Ctx) -> tuple[str, str]:
    return f"keys with values are wanted, not {_sort(value)}.", 'Write "key: value" lines, or {key: value}.'


def _list(value: Any, _: _Ctx) -> tuple[str, str]:
    return f"a list is wanted, not {_sort(value)}.", 'Write [a, b], or a line for each with "- " before it.'


def _day(value: Any, _: _Ctx) -> tuple[str, str]:
    return f"{_shown(value)} is no day.", "Write year, month and day, such as 2026-03-03."


def _limit(word: str, key: str) -> _Said:
    def said(value: Any, ctx: _Ctx) -> tuple[str, str]:
        return (
            f"{_shown(value)} is not allowed: it must be {word} {ctx[key]:g}.",
            f"Write a number {word} {ctx[key]:g}.",
        )

    return said


_PLAIN: Mapping[str, _Said] = {
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), _number),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), _whole),
    **dict.fromkeys(("bool_type", "bool_parsing"), _true_false),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), _keys),
    **dict.fromkeys(("tuple_type", "list_type"), _list),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _day
    ),
    "greater_than": _limit("above", "gt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than_equal": _limit("at most", "le"),
    "less_than": _limit("below", "lt"),
    "string_too_long": lambda _, ctx: (f"the text is longer than {ctx['max_length']} characters.", "Shorten it."),
    "too_short": lambda _, __: ("it is empty.", "Name at least one, or take it out."),
    "string_unicode": lambda _, __: ("the text holds characters that no file can.", "Take them out."),
}  # fmt: skip


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
    return f'Add "{key}:". {info.description or ""}'.strip() if info else f'Add "{key}:".'


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
