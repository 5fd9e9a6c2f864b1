"""What people call the operators that a plan knows by short ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from bcp.model.component import Component

_WORD = re.compile(r"[^\W_]+")


def operator_names(
    components: Mapping[str, Component], other: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """The name of each operator, by the id that components and contacts (`other`: operator, name) give.

    It is the name of the component with that id, else the id as it is written in the name of something of the
    operator's (`kpn` in *KPN platform*), else the id with a capital letter. What is no id stays as it is.
    """
    named: dict[str, list[str]] = {}
    for operator, name in (*((c.operator, c.name) for c in components.values()), *other):
        if operator:
            named.setdefault(operator, []).append(name)
    return {o: _name(o, components[o].name if o in components else "", names) for o, names in named.items()}


def _name(operator: str, own: str, names: Iterable[str]) -> str:
    if own:
        return own
    if operator != operator.casefold() or " " in operator:
        return operator
    parts = operator.split("-")
    found = next(
        (f for ending in ("", "s") for n in names if (f := _written(parts, ending, n))), " ".join(parts)
    )
    return found[:1].upper() + found[1:]


def _written(parts: list[str], ending: str, name: str) -> str:
    """The words in a name that the parts of an id are made of, the first of them with an ending more; empty for none."""
    words = _WORD.findall(name)
    wanted = [parts[0] + ending, *parts[1:]]
    for k in range(len(words) - len(parts) + 1):
        found = words[k : k + len(parts)]
        if [_plain(word) for word in found] == wanted:
            return " ".join([found[0].removesuffix(ending), *found[1:]])
    return ""


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))
