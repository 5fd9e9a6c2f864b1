"""Building blocks from YAML: what is wrong is said with its line."""

from __future__ import annotations

import pytest

from bcp.content import location
from bcp.errors import InvalidInputError
from bcp.files.block_file import read_block, read_questions
from bcp.model.block import AskKind

QUESTIONS = """\
format: bcp-questions/1
questions:
  operator: {ask: {en: Who runs it?}, kind: operator, unknown: {en: Who?}}
"""
BLOCK = """\
format: bcp-block/1
id: try
role: number
title: {en: Try}
asks:
  operator: {like: operator, help: {en: Look at the bill.}}
parts:
  components:
    number: {kind: number, name: Number, operator: "{operator}"}
"""


def test_a_question_like_another_has_all_of_it() -> None:
    """What the shared question says holds, and what is written beside it is different here."""
    block = read_block(BLOCK, "try.yaml", read_questions(QUESTIONS, "questions.yaml"))
    ask = block.asks["operator"]
    assert ask.kind is AskKind.OPERATOR
    assert ask.help == {"en": "Look at the bill."}
    assert ask.unknown == {"en": "Who?"}


@pytest.mark.parametrize(
    ("wrong", "right", "line", "word"),
    [
        ("like: operator", "like: opreator", 6, "opreator"),
        ("role: number", "role: nmber", 3, "nmber"),
        ("title: {en: Try}", "titel: {en: Try}", 4, "titel"),
        ("{like: operator, help: {en: Look at the bill.}}", "{ask: x, kind: choice}", 6, "choices"),
        ("{like: operator, help: {en: Look at the bill.}}", "{ask: x, about: nothing}", 1, "nothing"),
        ("{like: operator, help: {en: Look at the bill.}}", "{ask: x, only_if: nothing}", 1, "nothing"),
    ],
)
def test_a_mistake_is_told_with_its_line(wrong: str, right: str, line: int, word: str) -> None:
    """A misspelt key, role or shared question, and a part or question that is not there, are named where they stand."""
    text = BLOCK.replace(wrong, right)
    with pytest.raises(InvalidInputError) as refused:
        read_block(text, "try.yaml", read_questions(QUESTIONS, "questions.yaml"))
    assert any(p.line == line and word in str(p) for p in refused.value.problems), refused.value.problems


@pytest.mark.parametrize("text", ["", "[]", "word"])
def test_what_is_no_block_is_refused(text: str) -> None:
    """A file with something else in it is no block, and no list of questions."""
    with pytest.raises(InvalidInputError):
        read_block(text, "try.yaml", {})
    with pytest.raises(InvalidInputError):
        read_questions(text, "questions.yaml")


def test_a_blocks_id_is_its_files_name() -> None:
    """Each shipped block is found under the name of its file."""
    file = location.block_questions_file()
    shared = read_questions(file.read_text("utf-8"), file.name)
    for path in location.block_files():
        assert read_block(path.read_text("utf-8"), path.name, shared).id == path.stem
