"""How an error that the user can mend is shown: what is wrong, where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from bcp.errors import BcpError, Problem
from bcp.ui.parts.fields import field_name
from bcp.ui.parts.plain import plain
from bcp.words import Words

_PLACE = re.compile(
    r"(?:components|fallbacks|contacts)\.(?P<id>.+?)\.(?P<field>[a-z_0-9]+)(?:\[(?P<at>\d+)\])?(?:\.(?:needs|pool|split|quorum|of))?"
)
"""A place in the plan that belongs to a field of a form."""


@contextmanager
def problems(words: Words, *, stop: bool = False) -> Iterator[None]:
    """Show a BcpError raised inside instead of letting it through; with `stop`, end the page there."""
    try:
        yield
    except BcpError as error:
        show(error.problems, words)
        if stop:
            st.stop()


def show(found: Sequence[Problem], words: Words) -> None:
    """List problems, each with its place and remedy."""
    head = words.count("There is {n} problem to mend", "There are {n} problems to mend", len(found))
    lines = [f"- {_line(problem, words)}" for problem in found]
    st.error(
        "\n".join([f"**{head}**", "", *lines]) if len(found) > 1 else _line(found[0], words),
        icon=":material/warning:",
    )


def _line(problem: Problem, words: Words) -> str:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    path = problem.path if problem.file else _named(problem.path, words)
    where = " · ".join(f"**{plain(part)}**" for part in (place, path) if part)
    message = words.say(problem.message)
    said = (plain(message if where else capital(message)), plain(words.say(problem.fix)))
    return " ".join(part for part in (where, *said) if part)


def capital(sentence: str) -> str:
    """A sentence that stands alone: errors begin small, because mostly the place where it is stands before them."""
    return sentence[:1].upper() + sentence[1:]


def _named(path: str, words: Words) -> str:
    """A place in the plan as the forms name it: `components.n-0771.requires[0]` → `n-0771 › Rests on 1`."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return path
    number = f" {int(found['at']) + 1}" if found["at"] else ""
    return f"{found['id']} › {field_name(found['field'], words)}{number}"
