"""Two changes of the same thing, made without knowing of each other, brought together field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

V = TypeVar("V", bound=BaseModel)


@dataclass(frozen=True)
class Merged(Generic[V]):
    """The value that has both changes. `clashes` are the fields that both changed, each to something else.

    In a clash the value has mine; whoever asks decides whether that may be.
    """

    value: V
    clashes: tuple[str, ...]


def merged(base: V, mine: V, theirs: V) -> Merged[V]:
    """What becomes of `base` when one makes `mine` of it and another one `theirs`.

    A field that only one of them changed has that change; a field that both changed to the same value has it.
    Whether the whole makes sense, such as an RTO before its MTPD, is for whoever puts it into the plan to check.
    """
    clashes = []
    fields = {}
    for name in type(base).model_fields:
        was, ours, other = getattr(base, name), getattr(mine, name), getattr(theirs, name)
        if ours != was and other not in (was, ours):
            clashes.append(name)
        fields[name] = other if ours == was else ours
    return Merged(theirs.model_copy(update=fields), tuple(clashes))


def changed_fields(base: BaseModel, now: BaseModel) -> tuple[str, ...]:
    """The fields in which two values of the same sort differ, in the order of their definition."""
    return tuple(name for name in type(base).model_fields if getattr(base, name) != getattr(now, name))
