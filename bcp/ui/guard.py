"""How an error that the user can mend is shown: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from bcp.errors import BcpError, Problem
from bcp.ui.parts.plain import plain
from bcp.words import Words


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
    lines = [f"- {_line(problem)}" for problem in found]
    st.error(
        "\n".join([f"**{head}**", "", *lines]) if len(found) > 1 else _line(found[0]),
        icon=":material/warning:",
    )


def _line(problem: Problem) -> str:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    where = " · ".join(f"**{plain(part)}**" for part in (place, problem.path) if part)
    return " ".join(part for part in (where, plain(problem.message), plain(problem.fix)) if part)
