"""Fault trees out: the Open-PSA model exchange format, as fault-tree tools read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from bcp.files.open_psa_tree import FaultTree, Gate
from bcp.files.xml_source import xml_text

_FIRST = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e"
    "\u0388-\u038a\u038e-\u03a1\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e-\u0481"
    "\u4e00-\u9fa5\uac00-\ud7a3"
)
"""What a name may begin with: Latin, Greek and Cyrillic letters, ideographs and Hangul.

XML 1.0 allows more since its fifth edition, which tools in use do not follow.
"""

_LATER = _FIRST + "0-9"
_NAME = re.compile(f"[{_FIRST}][{_LATER}]*(-[{_LATER}]+)*")
_ELSE = re.compile(f"[^{_LATER}]+")


def write_fault_tree(tree: FaultTree) -> str:
    """The tree in the Open-PSA model exchange format; `read_open_psa` reads it back equal.

    A name that the format does not allow (it has blanks, a dot, or begins with a digit) is written as
    one that it does, and kept as the label where there is none.
    """
    names = _names(tree)
    kind = {g.name: "gate" for g in tree.gates}
    kind |= {h.name: "house-event" for h in tree.house_events}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<opsa-mef>",
        f"  <define-fault-tree name={quoteattr(_allowed(tree.name))}>",
    ]
    for gate in tree.gates:
        lines += _definition("gate", gate.name, gate.label, names, _formula(gate, kind, names))
    for event in tree.basic_events:
        value = [] if event.probability is None else [f'<float value="{event.probability!r}"/>']
        lines += _definition("basic-event", event.name, event.label, names, value)
    for house in tree.house_events:
        constant = [_constant(failed=house.failed)]
        lines += _definition("house-event", house.name, house.label, names, constant)
    return "\n".join([*lines, "  </define-fault-tree>", "</opsa-mef>", ""])


def _definition(
    kind: str, name: str, label: str, names: Mapping[str, str], inner: list[str]
) -> Iterator[str]:
    yield f"    <define-{kind} name={quoteattr(names[name])}>"
    shown = " ".join(xml_text(label or (name if names[name] != name else "")).split())
    if shown:
        yield f"      <label>{escape(shown)}</label>"
    yield from (f"      {line}" for line in inner)
    yield f"    </define-{kind}>"


def _formula(gate: Gate, kind: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    if not gate.arguments:
        return [_constant(failed=gate.least == 0)]
    arguments = [f"<{kind.get(a, 'basic-event')} name={quoteattr(names[a])}/>" for a in gate.arguments]
    if len(arguments) == 1:
        return arguments
    if gate.least in (1, len(arguments)):
        opening = closing = "or" if gate.least == 1 else "and"
    else:
        opening, closing = f'atleast min="{gate.least}"', "atleast"
    return [f"<{opening}>", *(f"  {argument}" for argument in arguments), f"</{closing}>"]


def _constant(*, failed: bool) -> str:
    return f'<constant value="{str(failed).lower()}"/>'


def _names(tree: FaultTree) -> dict[str, str]:
    """A name that the format allows for each gate and event: its own where it can be."""
    everything = [gate.name for gate in tree.gates]
    everything += [event.name for event in tree.basic_events]
    everything += [event.name for event in tree.house_events]
    found = {name: name for name in everything if _NAME.fullmatch(name)}
    taken = set(found.values())
    for name in everything:
        if name not in found:
            stem = _allowed(name)
            other, number = stem, 1
            while other in taken:
                number += 1
                other = f"{stem}-{number}"
            taken.add(other)
            found[name] = other
    return found


def _allowed(name: str) -> str:
    if _NAME.fullmatch(name):
        return name
    parts = _ELSE.sub("-", name).strip("-")
    return parts if re.match(f"[{_FIRST}]", parts) else f"_{parts}"
