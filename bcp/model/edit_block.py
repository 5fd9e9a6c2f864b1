"""Changes to many components at once, each a new plan: an attribute, a tag, a group, a name, a copy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from typing import Any, Literal

from pydantic import ValidationError

from bcp.errors import BcpError, InvalidInputError, Problem
from bcp.model.component import Component
from bcp.model.edit_requirements import named, refuse_new_faults
from bcp.model.plan import Plan
from bcp.model.swap import swapped_component, with_parts
from bcp.model.value_faults import value_fault
from bcp.saying import said
from bcp.words import Words, words

Attribute = Literal["operator", "area", "site"]
"""What many components may have in common."""

GROUP = "group:"
"""How the tag begins that puts a component into a group of its own making."""

_LONGEST_ID = 80
_LONGEST_STEM = 40
_LONGEST_NAME = 300


def set_attribute(plan: Plan, keys: Iterable[str], attribute: Attribute, value: str) -> Plan:
    """The plan in which these components have this operator, area or site; empty: none. Raises BcpError."""
    text = " ".join(value.split())
    return _changed(plan, keys, lambda _: {attribute: text})


def set_name(plan: Plan, key: str, name: str) -> Plan:
    """The plan in which a component is called this. Raises BcpError for an empty name or one above 300 signs."""
    text = " ".join(name.split())
    if not text:
        raise BcpError(said("{name} needs a name.", name=plan.title(key)), said("Write what people call it."))
    return _changed(plan, [key], lambda _: {"name": text})


def add_tag(plan: Plan, keys: Iterable[str], tag: str) -> Plan:
    """The plan in which these components carry this tag. Raises BcpError."""
    text = " ".join(tag.split())
    if not text:
        raise BcpError(said("the tag is empty."), said("Write a word."))
    return _changed(plan, keys, lambda c: {"tags": (*(t for t in c.tags if t != text), text)})


def drop_tag(plan: Plan, keys: Iterable[str], tag: str) -> Plan:
    """The plan in which none of these components carries this tag. Raises BcpError."""
    return _changed(plan, keys, lambda c: {"tags": tuple(t for t in c.tags if t != tag)})


def set_group(plan: Plan, keys: Iterable[str], name: str) -> Plan:
    """The plan in which these components stand in the group of this name and in no other; empty: in none.

    A group is for drawing and choosing; it changes no result. Raises BcpError.
    """
    text = " ".join(name.split())
    group = (GROUP + text,) if text else ()
    return _changed(plan, keys, lambda c: {"tags": (*(t for t in c.tags if not t.startswith(GROUP)), *group)})


def group_of(component: Component) -> str:
    """The group that a component was put into; empty for none."""
    return next((t.removeprefix(GROUP) for t in component.tags if t.startswith(GROUP)), "")


def copy_block(
    plan: Plan,
    keys: Iterable[str],
    *,
    words: Words = words("en"),  # noqa: B008 - the words of a language are one constant value
) -> tuple[Plan, dict[str, str]]:
    """The plan with a copy of these components at its end, and the copies' ids by the originals'.

    Requirements among them are copied, those on others kept. Numbers are not copied, for each belongs to
    one component, nor is the day of the last check: nobody has checked the copy. Raises BcpError.
    """
    chosen = list(dict.fromkeys(keys))
    taken = {*plan.components, *plan.fallbacks, *plan.contacts}
    made: dict[str, str] = {}
    copies: dict[str, Component] = {}
    for key in chosen:
        named(plan, key)
        made[key] = free_id(key, taken)
        taken.add(made[key])
    for key in chosen:
        copy = swapped_component(plan.components[key], lambda i: made.get(i, i))
        name = words("{name} (copy)", name=copy.name)[:_LONGEST_NAME]
        copies[made[key]] = copy.model_copy(
            update={"name": name, "e164": None, "span": None, "verified": None}
        )
    after = with_parts(plan, {"components": {**plan.components, **copies}})
    refuse_new_faults(plan, after)
    return after, made


def free_id(stem: str, taken: Collection[str]) -> str:
    """The id itself where it is free, otherwise with the first number from 2 that makes it so: `trunk-2`."""
    number, key = 1, stem[:_LONGEST_ID]
    while key in taken:
        number += 1
        end = f"-{number}"
        key = stem[: _LONGEST_ID - len(end)] + end
    return key


def id_from(name: str) -> str:
    """An id made from a name: `Växel 010` → `vaxel-010`."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:_LONGEST_STEM].strip("-") or "component"


def _changed(plan: Plan, keys: Iterable[str], change: Callable[[Component], dict[str, Any]]) -> Plan:
    changed: dict[str, Component] = {}
    for key in keys:
        component = named(plan, key)
        parts = change(component)
        try:
            checked = Component.model_validate({"kind": component.kind, "name": component.name} | parts)
        except ValidationError as error:
            found = error.errors()[0]
            place = f"components.{key}.{found['loc'][0]}"
            raise InvalidInputError([Problem("", 0, place, *value_fault(found))]) from error
        changed[key] = component.model_copy(update={field: getattr(checked, field) for field in parts})
    return with_parts(plan, {"components": {**plan.components, **changed}})
