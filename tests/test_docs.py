"""The reference under docs/ is what the code says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from urllib.parse import unquote

import pytest

from bcp.cli.commands import COMMANDS, function

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    p for p in ROOT.rglob("*.md") if not {part for part in p.relative_to(ROOT).parts if part.startswith(".")}
)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


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
    for name in COMMANDS:
        assert function(name).__doc__
        assert re.search(rf"^## `bcp {name}[ `]", text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_link_leads_somewhere(page: Path) -> None:
    """Every file and picture that a page of the documentation links to is there."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = {unquote(link) for link in LINK.findall(text)}
    assert [link for link in sorted(links) if not (page.parent / link).exists()] == []
