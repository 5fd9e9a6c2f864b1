from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

import bcp
from bcp.checks import RULES
from bcp.words import words

PACKAGE = Path(bcp.__file__).parent


def texts_in(folder: Path) -> set[str]:
    """Every text that the code of a folder looks up: the first argument of `_(…)` and `….words(…)`."""
    found = set()
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                text = node.args[0].value
                if name in ("_", "words") and isinstance(text, str) and len(text) > len("xx"):
                    found.add(text)
    return found


TEXTS = sorted(
    {
        text
        for rule in RULES
        for text in (rule.title, rule.message, rule.reason, rule.remedy, rule.edit)
        if text
    }
    | {text for layer in ("model", "checks") for text in texts_in(PACKAGE / layer)}
)


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_is_there_in_swedish(text: str) -> None:
    """Each text of the model and the checks has a Swedish translation with the same places to fill."""
    swedish = words("sv")(text)
    assert swedish != text
    assert places(swedish) == places(text)


def places(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}
