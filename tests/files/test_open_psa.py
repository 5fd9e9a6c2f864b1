from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.errors import BcpError, InvalidInputError
from bcp.files.open_psa import read_open_psa
from bcp.files.open_psa_plan import plan_from_fault_tree
from bcp.files.open_psa_tree import BasicEvent, FaultTree, Gate, HouseEvent

if TYPE_CHECKING:
    pass

TREE = """\
<?xml version="1.0"?>
<!-- A switchboard with two feeds. -->
<opsa-mef>
  <define-fault-tree name="Switchboard">
    <define-gate name="dark">
      <label>The hall
        is dark</label>
      <or>
        <basic-event name="fuse"/>
        <and>
          <gate name="feed.down"/>
          <atleast min="2"><event name="g1"/><event name="g2" type="basic-event"/><event name="g3"/></atleast>
        </and>
        <house-event name="works"/>
      </or>
    </define-gate>
    <define-component name="feed" role="private">
      <define-gate name="down"><or><basic-event name="cable"/><basic-event name="fuse"/></or></define-gate>
      <define-basic-event name="cable"><float value="0.25"/></define-basic-event>
    </define-component>
    <define-basic-event name="fuse"/>
  </define-fault-tree>
  <model-data>
    <define-house-event name="works"><label>Works &amp; repairs</label><constant value="false"/></define-house-event>
    <define-basic-event name="g1"><exponential><parameter name="rate"/><system-mission-time/></exponential></define-basic-event>
    <define-basic-event name="g2"><parameter name="rate"/></define-basic-event>
    <define-basic-event name="g3"><attributes><attribute name="a" value="b"/></attributes><bool value="true"/></define-basic-event>
    <define-parameter name="rate"><mul><float value="1e-3"/><int value="2"/></mul></define-parameter>
  </model-data>
</opsa-mef>
"""


def inside(text: str) -> str:
    """A model with this in its fault tree, which begins on line 2."""
    return f'<opsa-mef><define-fault-tree name="T">\n{text}\n</define-fault-tree></opsa-mef>'


def told(text: str) -> list[str]:
    """Every problem of a model that cannot be read, as a user sees it."""
    with pytest.raises(InvalidInputError) as caught:
        read_open_psa(text, "t.xml")
    return [str(problem) for problem in caught.value.problems]


def call(name: str, *values: float) -> str:
    """An operation on constants."""
    constants = "".join(f'<float value="{v!r}"/>' for v in values)
    return f"<{name}>{constants}</{name}>"


REAL = sorted((Path(__file__).parents[3] / "shared" / "data" / "open-psa").glob("*.xml"))
NON_COHERENT = ("das9601", "das9701")
needs_data = pytest.mark.skipif(not REAL, reason="the shared fault trees are not beside this checkout")


def test_a_tree_is_read_with_nested_formulas_components_and_parameters() -> None:
    """Nested formulas become gates named after theirs, private names become paths, expressions their values."""
    tree = read_open_psa(TREE, "t.xml", mission_time=100.0)
    assert tree == FaultTree(
        "Switchboard",
        (
            Gate("dark", 1, ("fuse", "dark-1", "works"), "The hall is dark"),
            Gate("dark-1", 2, ("feed-down", "dark-2")),
            Gate("dark-2", 2, ("g1", "g2", "g3")),
            Gate("feed-down", 1, ("feed-cable", "fuse")),
        ),
        (
            BasicEvent("feed-cable", 0.25),
            BasicEvent("fuse"),
            BasicEvent("g1", pytest.approx(0.18126924692201815)),
            BasicEvent("g2", 0.002),
            BasicEvent("g3", 1.0),
        ),
        (HouseEvent("works", failed=False, label="Works & repairs"),),
    )
    assert tree.tops == ("dark",)


GATE = '<define-gate name="g"><basic-event name="e"/></define-gate>'
EVENT = '<define-basic-event name="e"/>'
WRONG = {
    "not": (
        GATE + EVENT + '<define-gate name="h">\n<not><gate name="g"/></not></define-gate>',
        ("t.xml:3: gate h: <not> makes the tree non-coherent: a failure could mend something. "
        "Such trees are not read. Rewrite the gate with and, or and atleast if it can be."),
    ),
    "xor inside": (
        EVENT + '<define-gate name="h"><or><basic-event name="e"/><xor><basic-event name="e"/></xor></or></define-gate>',
        ("t.xml:2: gate h: <xor> makes the tree non-coherent: a failure could mend something. "
        "Such trees are not read. Rewrite the gate with and, or and atleast if it can be."),
    ),
    "unknown formula": (
        '<define-gate name="h"><vote/></define-gate>',
        ("t.xml:2: gate h: <vote> is no formula that is read here. "
        "Formulas are and, or, atleast, and references to gates, basic events and house events."),
    ),
    "undefined": (
        GATE,
        "t.xml:2: gate g: there is no basic event 'e'. Define it with <define-basic-event>.",
    ),
    "misspelt": (
        '<define-basic-event name="pump"/><define-gate name="h"><event name="pumpe"/></define-gate>',
        "t.xml:2: gate h: there is no event or gate 'pumpe'. Did you mean \"pump\"?",
    ),
    "wrong kind": (
        GATE + EVENT + '<define-gate name="h"><gate name="e"/></define-gate>',
        "t.xml:2: gate h: 'e' is a basic event (line 2), no gate. Write <basic-event name=…/>.",
    ),
    "twice": (
        GATE + EVENT + "\n" + EVENT,
        "t.xml:3: basic event e: it is defined a second time; first on line 2. Keep one of the two.",
    ),
    "ring": (
        '<define-gate name="a"><gate name="b"/></define-gate>\n<define-gate name="b"><gate name="a"/></define-gate>',
        "t.xml:2: gate a: it rests on itself: a → b → a. Take one of these references out.",
    ),
    "above one": (
        GATE + '<define-basic-event name="e">\n<float value="1.5"/></define-basic-event>',
        "t.xml:3: basic event e: its probability is 1.5, which is not between 0 and 1. Check its expression.",
    ),
    "no number": (
        GATE + '<define-basic-event name="e"><float value="nan"/></define-basic-event>',
        "t.xml:2: basic event e: 'nan' is no float. Write a value such as 0.001.",
    ),
    "no law": (
        GATE + '<define-basic-event name="e"><gauss/></define-basic-event>',
        "t.xml:2: basic event e: <gauss> is no expression that is read here. Give the value itself with <float>.",
    ),
    "no value": (
        GATE + f'<define-basic-event name="e">{call("log", 0.0)}</define-basic-event>',
        "t.xml:2: basic event e: <log> has no value for these arguments. Check them.",
    ),
    "eleven arguments": (
        GATE + f'<define-basic-event name="e">{call("periodic-test", *[1.0] * 11)}</define-basic-event>',
        ("t.xml:2: basic event e: <periodic-test> with 11 arguments; 4 to 5 are read here. "
        "Check its arguments, or give the value itself."),
    ),
    "no parameter": (
        GATE + '<define-basic-event name="e"><parameter name="p"/></define-basic-event>',
        "t.xml:2: basic event e: there is no parameter 'p' with a value. Define it with <define-parameter>.",
    ),
    "ring of parameters": (
        GATE
        + '<define-basic-event name="e"><parameter name="p"/></define-basic-event>'
        + '\n<define-parameter name="p"><parameter name="p"/></define-parameter>',
        ("t.xml:3: basic event e: expressions stand more than 100 deep in each other, or in a ring. "
        "Give the value itself."),
    ),
    "at least none": (
        EVENT + '<define-gate name="h"><atleast min="0"><basic-event name="e"/></atleast></define-gate>',
        "t.xml:2: gate h: at least 0 of 1 is never or always so. Set min to a number from 1 to 1.",
    ),
    "at least twice the same": (
        EVENT + '<define-gate name="h"><atleast min="2"><event name="e"/><event name="e"/></atleast></define-gate>',
        "t.xml:2: gate h: <atleast> names an argument twice. Name each argument once.",
    ),
    "empty and": (
        '<define-gate name="h"><and/></define-gate>',
        "t.xml:2: gate h: <and> combines nothing. Give it arguments.",
    ),
    "two formulas": (
        EVENT + '<define-gate name="h"><event name="e"/><event name="e"/></define-gate>',
        "t.xml:2: gate h: it has 2 formulas; one is wanted. Give it one formula.",
    ),
    "nameless": (
        EVENT + GATE + '<define-basic-event name=" "/>',
        "t.xml:2: <define-basic-event> needs a name of 1 to 300 characters. Give it a name.",
    ),
    "house event": (
        EVENT + GATE + '<define-house-event name="h"><constant value="maybe"/></define-house-event>',
        't.xml:2: house event h: a house event is a constant, true or false. Write <constant value="true"/>.',
    ),
    "common cause": (
        EVENT + GATE + '<define-CCF-group name="c" model="beta-factor"/>',
        ("t.xml:2: <define-CCF-group> is not read: groups with common-cause failures cannot be said in a plan. "
        "Take it out, or keep only the fault trees and their data."),
    ),
    "no gate": (EVENT, "t.xml: there is no gate in it. Define a top event with <define-gate>."),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_told_with_its_line_and_remedy(name: str) -> None:
    """Each thing that keeps a tree from being read is named, with the gate or event it stands in."""
    text, message = WRONG[name]
    assert message in told(inside(text))


def test_all_faults_are_told_at_once() -> None:
    """Several faults of one file come together, in the order of lines; of very many the first hundred."""
    gates = [f'<define-gate name="g{n}"><not/></define-gate>\n' for n in range(150)]
    found = told(inside("".join(gates)))
    assert [line.split(":")[1] for line in found[:3]] == ["2", "3", "4"]
    assert found[100:] == ["t.xml: there are 50 more problems after these."]


HOSTILE = {
    "empty": ("", "the text is no well-formed XML: no element found"),
    "cut off": (TREE[:500], "t.xml:17: the text is no well-formed XML: unclosed token."),
    "mismatch": ("<a></b>", "t.xml:1: the text is no well-formed XML: mismatched tag"),
    "other": ("<graphml/>", "t.xml:1: this is no Open-PSA model: its outermost element is <graphml>"),
    "bomb": (
        '<!DOCTYPE a [<!ENTITY b "bb">]>\n<opsa-mef>&b;</opsa-mef>',
        "t.xml:1: the text declares a document type",
    ),
    "foreign": ('<!DOCTYPE a SYSTEM "file:///etc/hostname"><opsa-mef/>', "declares a document type"),
    "undeclared": ("<opsa-mef>&b;</opsa-mef>", "undefined entity"),
    "surrogate": ("<opsa-mef>\ud800</opsa-mef>", "the text holds characters that no file can."),
    "deep": ("<opsa-mef>" + "<and>" * 5000, "t.xml:1: elements stand more than 100 deep"),
    "deep formula": (inside('<define-gate name="g">' + "<or>" * 200 + "</or>" * 200), "more than 100 deep"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_tree_or_means_harm_is_refused(name: str) -> None:
    """Malformed texts, document types with entities and endless nesting end in one clear message."""
    text, message = HOSTILE[name]
    assert message in told(text)[0]


@settings(max_examples=300)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_a_mutated_file_is_read_or_refused_in_words(source: random.Random, changes: int) -> None:
    """Whatever is done to a file's text, it becomes a tree or a BcpError, never a traceback."""
    text = TREE
    for _ in range(changes):
        a, b = sorted(source.randrange(len(text) + 1) for _ in range(2))
        match source.randrange(4):
            case 0:
                text = text[:a] + text[min(b, a + 30) :]
            case 1:
                text = text[:b] + text[a : a + 200] + text[b:]
            case 2:
                swaps = (
                    "or",
                    "not",
                    "atleast",
                    "gate",
                    "basic-event",
                    "1e-3",
                    "9" * 400,
                    "\x00",
                    "<",
                    "&#0;",
                    "'",
                )
                text = text[:a] + source.choice(swaps) + text[a:]
            case _:
                words = ("g1", "fuse", "dark", "rate", "feed", "float", "define-gate", "min", "value")
                text = text.replace(source.choice(words), source.choice(words), 1)
    with suppress(BcpError):
        plan_from_fault_tree(read_open_psa(text, "t.xml"))


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    """Random characters become a tree or a BcpError."""
    with suppress(BcpError):
        read_open_psa(text, "t.xml")


@needs_data
@pytest.mark.parametrize("name", NON_COHERENT)
def test_a_real_tree_that_is_not_coherent_is_refused_by_name(name: str) -> None:
    """A published tree with negations is refused with the line and gate of each."""
    path = next(path for path in REAL if path.stem == name)
    with pytest.raises(InvalidInputError) as caught:
        read_open_psa(path.read_text(encoding="utf-8"), path.name)
    first = str(caught.value.problems[0])
    assert first.startswith(f"{path.name}:")
    assert "makes the tree non-coherent" in first
    assert all(problem.line for problem in caught.value.problems[:100])
