"""The reference under docs/ is what the code says."""

from __future__ import annotations

import runpy
from pathlib import Path

from bcp.cli.commands import app

DOCS = Path(__file__).parent.parent / "docs"


def test_the_generated_reference_is_current() -> None:
    """`python docs/generate.py` would change nothing."""
    pages = runpy.run_path(str(DOCS / "generate.py"))["pages"]()
    assert {p.name for p in (DOCS / "reference").iterdir()} == set(pages)
    for name, text in pages.items():
        assert (DOCS / "reference" / name).read_text(encoding="utf-8") == text, (
            f"run docs/generate.py: {name}"
        )


def test_every_command_is_described() -> None:
    """Each command has its heading in the reference and a help text of its own."""
    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert command.callback.__doc__
        assert f"## `bcp {command.callback.__name__}" in text
