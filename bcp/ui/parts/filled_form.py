"""What a form was filled from, so that a change made elsewhere meanwhile neither empties it nor is overwritten.

A form keeps its fields as long as the thing it is about stays as it was, whatever else of the plan changes.
Where the same user changed the thing in another place of the app, the form shows the change. Where it was
changed in another window, what is typed stays, the change is told, and saving brings both together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from pydantic import BaseModel

from bcp.errors import InvalidInputError, Problem
from bcp.model.merge import changed_fields, merged
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import cached
from bcp.ui.parts.fields import field_name
from bcp.ui.parts.plain import plain
from bcp.ui.state import Filled, Session, held
from bcp.words import Words

V = TypeVar("V", bound=BaseModel)
Part = Callable[[Plan], V]
"""The part of the plan that a form is about."""


def filled(session: Session, opened: Stored, form: str, part: Part[V], probe: str) -> tuple[str, V]:
    """The key of the form's fields and the value to fill them from; a change made elsewhere is told.

    `form` names the form within the plan, and `probe` one of its fields, by which it is known whether the form
    was on the page until now.
    """
    name, now = f"{opened.name} {form}", part(opened.plan)
    kept = session.filled.get(name)
    if kept is None or not held(f"{kept.key}-{probe}") or _own_change(session, opened, kept, part, now):
        kept = session.filled[name] = Filled(
            f"{form}-{opened.revision.number}", *[opened.revision.number] * 2
        )
    shown = _part_at(opened.name, kept.shown, part)
    if shown != now:
        _told(session, name, kept.key, changed_fields(shown, now))
    return kept.key, shown


def agreed(session: Session, opened: Stored, form: str, part: Part[V], mine: V) -> V:
    """What is typed in the form together with what was changed elsewhere since it was filled.

    Raises InvalidInputError where both changed the same field, each to something else; that the other's change
    is known then, so that saving once more puts the typed value in its place.
    """
    words, name, now = session.words, f"{opened.name} {form}", part(opened.plan)
    kept = session.filled[name]
    both = merged(_part_at(opened.name, kept.known, part), mine, now)
    if both.clashes:
        session.filled[name] = Filled(kept.key, kept.shown, opened.revision.number)
        raise InvalidInputError([_clash(field, getattr(now, field), words) for field in both.clashes])
    return both.value


def stamp(value: BaseModel) -> str:
    """A short text that differs where the value does: for the keys of fields that show it as it is."""
    return hashlib.sha256(value.model_dump_json().encode()).hexdigest()[:10]


def _part_at(plan: str, revision: int, part: Part[V]) -> V:
    return part(cached.stored(plan, revision).plan)


def _own_change(session: Session, opened: Stored, kept: Filled, part: Part[V], now: V) -> bool:
    """Whether this session itself made the thing what it is now; the form then shows it."""
    if session.own_revision <= kept.shown or session.own_revision > opened.revision.number:
        return False
    return _part_at(opened.name, session.own_revision, part) == now != _part_at(opened.name, kept.shown, part)


def _told(session: Session, name: str, key: str, fields: tuple[str, ...]) -> None:
    words = session.words
    names = plain(", ".join(field_name(field, words) for field in fields))
    st.warning(
        words(
            "Changed in another window since it was shown here: {fields}. What you type is kept.",
            fields=names,
        ),
        icon=":material/sync_problem:",
    )
    st.button(words("Take the newer values"), key=f"{key}-newer", on_click=_newer, args=(session, name))


def _newer(session: Session, name: str) -> None:
    session.filled.pop(name, None)


def _clash(field: str, now: object, words: Words) -> Problem:
    name = field_name(field, words)
    message = (
        words("“{value}” was saved here in another window meanwhile.", value=now)
        if isinstance(now, str) and now
        else words("This was saved in another window meanwhile, with another value.")
    )
    return Problem(
        "", 0, name, message, words("Save once more to put yours in its place, or take the newer values.")
    )
