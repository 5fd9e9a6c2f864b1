"""`bcp report --document emergency-pack`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bcp.cli import main

Bcp = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bcp(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bcp:
    """Runs the command line; its exit status, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bcp", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_the_pack_is_written_as_one_html_file(bcp: Bcp, tmp_path: Path) -> None:
    """The file has the plan's language and the day that was given, and its name is told."""
    path = tmp_path / "pack.html"
    words = (
        "report",
        "example:kommun",
        "--document",
        "emergency-pack",
        "--on",
        "2026-11-23",
        "-o",
        str(path),
    )
    status, out, _ = bcp(*words)
    assert status == 0
    assert str(path) in out
    text = path.read_text(encoding="utf-8")
    assert '<html lang="sv">' in text
    assert "23 november 2026" in text
    assert bcp(*words, "--lang", "en")[0] == 0
    assert '<html lang="en">' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("document", "name", "told"), [("emergency-pack", "x.pdf", ".html"), ("bcp", "x.html", ".pdf")]
)
def test_another_ending_is_refused(bcp: Bcp, document: str, name: str, told: str) -> None:
    """A pack is HTML and the other documents are PDF; the remedy says so."""
    status, _, err = bcp("report", "example:kommun", "--document", document, "-o", name)
    assert status == 2
    assert told in err
