"""What a person did in the picture. It comes from a browser, so nothing of it is believed before it is checked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bcp.model.plan import Plan
from bcp.ui.view import Way

_MOST_IDS = 400
_Id = Annotated[str, Field(min_length=1, max_length=80)]
_Ids = Annotated[list[_Id], Field(max_length=_MOST_IDS)]
_Name = Annotated[str, Field(max_length=2000)]


class _Gesture(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choose(_Gesture):
    """Choose these components, the first one as the main one; none: choose nothing."""

    do: Literal["choose"]
    ids: _Ids


class Arrow(_Gesture):
    """Choose the arrow from `source` to what it rests on."""

    do: Literal["arrow"]
    source: _Id
    target: _Id


class Connect(_Gesture):
    """Let `source` need `target`."""

    do: Literal["connect"]
    source: _Id
    target: _Id


class Rename(_Gesture):
    """Call a component something else."""

    do: Literal["rename"]
    id: _Id
    name: _Name


class Look(_Gesture):
    """Draw what lies around a component."""

    do: Literal["look"]
    id: _Id


class More(_Gesture):
    """Show the hidden neighbours of a component."""

    do: Literal["more"]
    id: _Id
    way: Way


class Fold(_Gesture):
    """Draw a group as one box, or unfold it."""

    do: Literal["fold", "unfold"]
    group: Annotated[str, Field(max_length=300)]


class Ask(_Gesture):
    """Ask about these components: remove them, add one beside the first, connect the first."""

    do: Literal["ask"]
    what: Literal["remove", "above", "below", "connect"]
    ids: Annotated[list[_Id], Field(min_length=1, max_length=_MOST_IDS)]


class Copy(_Gesture):
    """Copy these components with the requirements among them."""

    do: Literal["copy"]
    ids: Annotated[list[_Id], Field(min_length=1, max_length=_MOST_IDS)]


class Step(_Gesture):
    """Undo or redo the last edit."""

    do: Literal["undo", "redo"]


Gesture = Choose | Arrow | Connect | Rename | Look | More | Fold | Ask | Copy | Step
"""Anything that can be done in the picture."""

_GESTURE: TypeAdapter[Gesture] = TypeAdapter(Annotated[Gesture, Field(discriminator="do")])


def understood(message: Any, plan: Plan) -> Gesture | None:
    """The gesture of a browser's message; None where it is none, or names what the plan does not have.

    The plan may have changed in another window since the picture was drawn, so a stale id is no error.
    """
    try:
        gesture = _GESTURE.validate_python(message)
    except (ValidationError, RecursionError):
        return None
    return gesture if all(i in plan.components for i in _named(gesture)) else None


def _named(gesture: Gesture) -> list[str]:
    match gesture:
        case Choose(ids=ids) | Ask(ids=ids) | Copy(ids=ids):
            return ids
        case Arrow(source=source, target=target) | Connect(source=source, target=target):
            return [source, target]
        case Rename(id=i) | Look(id=i) | More(id=i):
            return [i]
        case Fold() | Step():
            return []
