"""The shipped templates, their README and the Swedish catalogue."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

import bcp
from bcp.content import location
from bcp.render.context import facts, recovery_facts, results
from bcp.render.functions import Functions
from bcp.words import LANGUAGES

RENDER = Path(bcp.__file__).parent / "render"
REPORTS = location.content_folder() / "reports"


def _texts() -> Iterator[str]:
    """Every text that the code of render/ looks up in the catalogue."""
    for path in sorted(RENDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            wanted = {"_": 1, "words": 1, "count": 2}.get(name, 0)
            for argument in node.args[:wanted]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_text_is_translated(language: str) -> None:
    """Each text of the documents has its translation, and their own catalogue holds nothing else."""
    folder = Path(bcp.__file__).parent / "locale" / language
    messages = _messages(folder / "render.po", language)
    every = {part for path in folder.glob("*.po") for part in _parts(_messages(path, language))}
    assert set(_texts()) <= every
    assert _parts(messages) <= set(_texts())
    for i, string in messages.items():
        for text in string if isinstance(string, tuple) else (string,):
            assert text
            assert text.count("{") == (i[-1] if isinstance(i, tuple) else i).count("{")


def _messages(path: Path, language: str) -> dict[Any, Any]:
    """The texts of a catalogue with their translations."""
    with path.open("rb") as file:
        return {m.id: m.string for m in read_po(file, locale=language) if m.id}


def _parts(messages: dict[Any, Any]) -> set[str]:
    return {part for i in messages for part in (i if isinstance(i, tuple) else (i,))}


@pytest.mark.parametrize("name", location.report_names())
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_document_has_a_template_in_each_language(name: str, language: str) -> None:
    """No document falls back to English in a language that the product speaks."""
    assert (REPORTS / name / f"{language}.md").is_file()


@pytest.mark.parametrize("name", location.report_names())
def test_languages_of_a_template_have_the_same_shape(name: str) -> None:
    """Translations of a template show the same values in the same order."""
    shapes = {code: _shape((REPORTS / name / f"{code}.md").read_text(encoding="utf-8")) for code in LANGUAGES}
    assert all(shape == shapes["en"] for shape in shapes.values())


def _shape(text: str) -> list[str]:
    return [line.split("%}")[0] for line in text.splitlines() if line.startswith("{%")]


def test_the_readme_names_every_value_and_function() -> None:
    """What a template can use stands in reports/README.md."""
    readme = (REPORTS / "README.md").read_text(encoding="utf-8")
    classes = [
        c
        for m in (facts, recovery_facts, results)
        for c in vars(m).values()
        if isinstance(c, type) and is_dataclass(c)
    ]
    names = {field.name for c in classes for field in fields(c)} | {
        "figure",
        "log_lines",
        "signatures",
        "tone",
    }
    assert {name for name in names if f"`{name}`" not in readme and f"`{name}(" not in readme} == set()
    assert len(Functions.__dict__["by_name"].__doc__) > 0
