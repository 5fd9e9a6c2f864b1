"""What pydantic finds wrong with a single value, in the product's own sentences: what is wrong, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from bcp.errors import WrongValueError
from bcp.saying import said

_LONGEST = 80
"""A line's length, above which a value is not shown whole."""

_Ctx = Mapping[str, Any]
_Words = Callable[[Any, _Ctx], tuple[str, str]]


def value_fault(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to do, for one of pydantic's errors, whatever the value is a part of."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    own = context.get("error")
    if isinstance(own, WrongValueError):
        return own.message, own.fix
    if isinstance(own, ValueError):
        return str(own), ""
    if value is None and kind.endswith("_type"):
        return said("nothing stands here."), said("Give a value, or take the line out.")
    if kind in _PLAIN:
        return _PLAIN[kind](value, context)
    return f"{error['msg']}.", ""


def shown(value: Any) -> str:
    """A value as a message names it: a text in quotes, not longer than a line."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}…"


def sort_of(value: Any) -> str:
    """What sort of thing stands there, with the value itself where it is short."""
    match value:
        case bool():
            return said("the truth value {value}", value=str(value).lower())
        case int() | float():
            return said("the number {value}", value=shown(value))
        case str():
            return said("the text {value}", value=shown(value))
        case dict():
            return said("keys with values")
        case list() | tuple():
            return said("a list")
        case _:
            return said("nothing")


def _requirement(_: Any, __: _Ctx) -> tuple[str, str]:
    return (
        said("this is no requirement."),
        said("Write a component's id, or one of needs, pool, any_of, split and quorum."),
    )


def _text(value: Any, _: _Ctx) -> tuple[str, str]:
    return said("a text is wanted, not {sort}.", sort=sort_of(value)), said("Write a single text.")


def _pattern(given: Any, ctx: _Ctx) -> tuple[str, str]:
    value = shown(given)
    match str(ctx["pattern"]):
        case "^[A-Z]{2}$":
            fix = said('Write two capital letters such as "SE" (ISO 3166).')
            return said("{value} is no country code.", value=value), fix
        case "^[a-z]{2}$":
            fix = said('Write two small letters such as "sv" (ISO 639).')
            return said("{value} is no language code.", value=value), fix
        case "^[A-Z]{3}$":
            fix = said('Write three capital letters such as "SEK" (ISO 4217).')
            return said("{value} is no currency code.", value=value), fix
        case _:
            fix = said(
                "An id has letters, digits, underscore, dot and hyphen, and begins with a letter, digit or underscore."
            )
            return said("{value} is no id.", value=value), fix


def _number(value: Any, _: _Ctx) -> tuple[str, str]:
    if isinstance(value, str) and (per_cent := re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*%\s*", value)):
        share = float(per_cent[1]) / 100
        return (
            said("{value!r} is not written as a number.", value=value),
            said("Write the share {share:g}.", share=share),
        )
    return (
        said("a number is wanted, not {sort}.", sort=sort_of(value)),
        said("Write it in digits with a decimal point, such as 0.6 or 400."),
    )


def _whole(value: Any, _: _Ctx) -> tuple[str, str]:
    return (
        said("a whole number is wanted, not {sort}.", sort=sort_of(value)),
        said("Write it in digits, without quotes, point or unit."),
    )


def _true_false(value: Any, _: _Ctx) -> tuple[str, str]:
    return (
        said("true or false is wanted, not {sort}.", sort=sort_of(value)),
        said("Write true or false, without quotes."),
    )


def _keys(value: Any, _: _Ctx) -> tuple[str, str]:
    return (
        said("keys with values are wanted, not {sort}.", sort=sort_of(value)),
        said('Write "key: value" lines, or {{key: value}}.'),
    )


def _list(value: Any, _: _Ctx) -> tuple[str, str]:
    return (
        said("a list is wanted, not {sort}.", sort=sort_of(value)),
        said('Write [a, b], or a line for each with "- " before it.'),
    )


def _day(value: Any, _: _Ctx) -> tuple[str, str]:
    return (
        said("{value} is no day.", value=shown(value)),
        said("Write year, month and day, such as 2026-03-03."),
    )


def _above(value: Any, ctx: _Ctx) -> tuple[str, str]:
    return (
        said("{value} is not allowed: it must be above {limit:g}.", value=shown(value), limit=ctx["gt"]),
        said("Write a number above {limit:g}.", limit=ctx["gt"]),
    )


def _at_least(value: Any, ctx: _Ctx) -> tuple[str, str]:
    return (
        said("{value} is not allowed: it must be at least {limit:g}.", value=shown(value), limit=ctx["ge"]),
        said("Write a number at least {limit:g}.", limit=ctx["ge"]),
    )


def _at_most(value: Any, ctx: _Ctx) -> tuple[str, str]:
    return (
        said("{value} is not allowed: it must be at most {limit:g}.", value=shown(value), limit=ctx["le"]),
        said("Write a number at most {limit:g}.", limit=ctx["le"]),
    )


def _below(value: Any, ctx: _Ctx) -> tuple[str, str]:
    return (
        said("{value} is not allowed: it must be below {limit:g}.", value=shown(value), limit=ctx["lt"]),
        said("Write a number below {limit:g}.", limit=ctx["lt"]),
    )


def _too_long(_: Any, ctx: _Ctx) -> tuple[str, str]:
    return said("the text is longer than {most} characters.", most=ctx["max_length"]), said("Shorten it.")


def _empty(_: Any, __: _Ctx) -> tuple[str, str]:
    return said("it is empty."), said("Name at least one, or take it out.")


def _no_text(_: Any, __: _Ctx) -> tuple[str, str]:
    return said("the text is empty."), said("Write something there.")


def _unwritable(_: Any, __: _Ctx) -> tuple[str, str]:
    return said("the text holds characters that no file can."), said("Take them out.")


_PLAIN: Mapping[str, _Words] = {
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), _number),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), _whole),
    **dict.fromkeys(("bool_type", "bool_parsing"), _true_false),
    **dict.fromkeys(("dict_type", "mapping_type", "model_type", "model_attributes_type"), _keys),
    **dict.fromkeys(("tuple_type", "list_type"), _list),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _day
    ),
    "requirement_mode": _requirement,
    "string_type": _text,
    "string_pattern_mismatch": _pattern,
    "greater_than": _above,
    "greater_than_equal": _at_least,
    "less_than_equal": _at_most,
    "less_than": _below,
    "string_too_long": _too_long,
    "string_too_short": _no_text,
    "too_short": _empty,
    "string_unicode": _unwritable,
}
