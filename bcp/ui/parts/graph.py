"""The picture of a part of the plan: boxes and arrows that can be chosen, always beside a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from bcp.model.plan import Plan
from bcp.ui.parts.picture import picture
from bcp.ui.state import given
from bcp.words import Words

_AHEAD = 1000
"""No browser is further ahead of the acts that were heard."""

_FILES = Path(__file__).parents[1] / "graph"
_SCRIPTS = ("cytoscape.min.js", "paint.js", "editing.js", "graph.js")


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    """The component from the installed package's files; its text inline where the package is not installed."""
    try:
        return st.components.v2.component("bcp.graph", js="graph.js", css="graph.css")
    except StreamlitAPIException:
        script = "\n".join(_inlined((_FILES / name).read_text("utf-8")) for name in _SCRIPTS)
        return st.components.v2.component(
            "bcp.graph", js=script, css=(_FILES / "graph.css").read_text("utf-8")
        )


def _inlined(script: str) -> str:
    """A script without its imports, its functions for the scripts that follow it in the same text."""
    kept = (line for line in script.splitlines() if not line.startswith("import "))
    return re.sub(r"^export (?=function|const)", "", "\n".join(kept), flags=re.MULTILINE)


def graph(
    plan: Plan,
    ids: Sequence[str],
    words: Words,
    *,
    key: str,
    focus: str = "",
    chosen: str = "",
    levels: Mapping[str, float] | None = None,
    chain: Sequence[str] = (),
    remarks: Mapping[str, int] | None = None,
    whole: bool = False,
) -> str | None:
    """Draw these components; the id of the one that was just clicked, or None.

    With `levels` (0–1) the boxes are coloured, marked and labelled by them, otherwise coloured by
    family. The links along `chain` are drawn heavy. `remarks` is how many findings each has.
    With `whole` all boxes are in sight at first, however small that makes them.
    """
    data = picture(
        plan, ids, words, focus=focus, chosen=chosen, levels=levels, chain=chain, remarks=remarks or {}
    )
    data |= {"whole": whole}
    result = _component()(key=key, data=data, on_clicked_change=lambda: None, height="content")
    clicked = result.clicked
    return clicked if clicked in plan.components else None


def editable_graph(data: Mapping[str, Any], *, key: str, heard: Callable[[], None]) -> None:
    """Draw a picture that can be edited; `heard` is called when something was done in it, see `acts`."""
    _component()(key=key, data=data, on_acts_change=heard, height="content")


def acts(key: str, after: int) -> list[tuple[int, Any]]:
    """What was done in the picture of this key after act number `after`, in order, each with its number.

    The browser repeats an act until it was told that it was heard. What an act is, is anything at all.
    """
    held = given(key)
    told = held.get("acts") if isinstance(held, Mapping) else None
    numbered: dict[int, Any] = {}
    for act in told if isinstance(told, list) else []:
        number = act.get("n") if isinstance(act, dict) else None
        if isinstance(number, int) and after < number <= after + _AHEAD:
            numbered[number] = {name: value for name, value in act.items() if name != "n"}
    return sorted(numbered.items())
