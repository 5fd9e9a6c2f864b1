"""Sentences that remember how they were made, and errors that are said in any language."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bcp.errors import BcpError, InvalidInputError, Problem, WrongValueError
from bcp.model.fallback import Fallback
from bcp.model.value_faults import value_fault
from bcp.saying import Said, said, together
from bcp.words import LANGUAGES, words

NAMES = st.sampled_from(["name", "n", "what"])
PLAIN = st.one_of(st.text(max_size=20), st.integers(), st.floats(allow_nan=False), st.none())
PIECES = st.lists(
    st.one_of(
        st.text(max_size=8).map(lambda text: text.replace("{", "{{").replace("}", "}}")),
        NAMES.map(lambda name: f"{{{name}}}"),
        NAMES.map(lambda name: f"{{{name}!r}}"),
    ),
    max_size=6,
).map("".join)
SAID = st.recursive(
    st.builds(Said, PIECES, st.fixed_dictionaries({"name": PLAIN, "n": PLAIN, "what": PLAIN})),
    lambda inner: st.builds(Said, PIECES, st.fixed_dictionaries({"name": inner, "n": PLAIN, "what": inner})),
    max_leaves=4,
)


@given(SAID)
def test_a_said_sentence_is_its_text_filled_in(sentence: Said) -> None:
    """It reads as its text with its values, and English says the same."""
    assert sentence == sentence.text.format(**sentence.values)
    assert str(sentence) is sentence
    assert words("en").say(sentence) == sentence
    assert hash(sentence) == hash(str.__str__(sentence))
    assert json.loads(json.dumps(sentence)) == sentence


@given(SAID)
def test_a_said_sentence_keeps_its_memory(sentence: Said) -> None:
    """A copy, and what comes back from a pickle, can be said in another language still."""
    for same in (copy.copy(sentence), copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301 - our own
        assert (same, same.text, same.values) == (sentence, sentence.text, sentence.values)


@given(st.lists(st.one_of(st.text(max_size=5), SAID), max_size=4), st.text(max_size=3))
def test_sentences_in_a_row_are_themselves(parts: list[str], between: str) -> None:
    """Joined they read as joined texts, in English too; what only one language has stays as it is."""
    row = together(parts, between)
    assert row == between.join(part for part in parts if part)
    assert words("en").say(row) == row
    assert isinstance(row, Said) == any(isinstance(part, Said) and part for part in parts)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_sentence_inside_a_sentence_is_said_in_the_same_language(language: str) -> None:
    """What was put into a sentence is translated with it, what a person wrote is not."""
    say = words(language).say
    inner = said("there is no component {name!r}.", name="number")
    outer = said("--set {key}: {message}", key="x", message=inner)
    assert say(outer) == f"--set x: {say(inner)}"
    assert say("there is no plan.") == "there is no plan."


def test_an_error_keeps_what_it_was_made_of() -> None:
    """As a text, as a problem and inside another exception an error can be said in another language."""
    error = BcpError(said("the tag is empty."), said("Write a word."), "plan.yaml")
    assert str(error) == "plan.yaml: the tag is empty. Write a word."
    assert words("sv").say(str(error)) == "plan.yaml: etiketten är tom. Skriv ett ord."
    several = InvalidInputError([*error.problems, Problem("", 0, "tags", said("the tag is empty."), "")])
    assert words("de").say(str(several)).splitlines()[1] == "tags: das Schlagwort ist leer."
    wrong = WrongValueError(said("the tag is empty."), said("Write a word."))
    assert words("nl").say(str(wrong)) == "het label is leeg. Schrijf een woord."


@pytest.mark.parametrize(
    ("field", "value", "swedish"),
    [
        ("lead_time", "soon", "'soon' är ingen tidslängd. Skriv en tidslängd, till exempel 30s, 45m"),
        ("capacity", 7, "7 är inte tillåtet: det får vara högst 1. Skriv ett tal som är högst 1."),
        ("capacity", "much", "ett tal behövs, inte texten 'much'. Skriv det med siffror"),
        ("protects", "a b", "'a b' är inget id. Ett id har bokstäver, siffror, understreck, punkt"),
    ],
)
def test_what_is_wrong_with_a_value_is_said(field: str, value: object, swedish: str) -> None:
    """Our own checks and pydantic's give sentences that can be said in another language."""
    with pytest.raises(ValidationError) as caught:
        Fallback.model_validate({"protects": "a", "via": ["b"], field: value})
    (found,) = caught.value.errors()
    assert words("sv").say(together(value_fault(found))).startswith(swedish)
