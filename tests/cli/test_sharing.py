"""Sharing the app on a network: who is let in, and under which key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bcp.cli.serve import command
from bcp.errors import BcpError
from bcp.usecases.sharing import own_addresses, owner_key, sharing_command


def test_nothing_is_shared_unless_asked() -> None:
    """Without --share the app listens on this computer only and answers to no other name."""
    words = command(8501)
    assert "--server.address=127.0.0.1" in words
    assert [w for w in words if w.startswith("--server.allowedHosts")] == [
        "--server.allowedHosts=127.0.0.1",
        "--server.allowedHosts=localhost",
    ]


def test_a_shared_app_answers_to_its_own_addresses() -> None:
    """With --share it listens on every network, to its own names alone, and opens no browser without the key."""
    words = command(8501, share=("192.0.2.7", "desk"))
    assert "--server.address=0.0.0.0" in words
    assert {"--server.allowedHosts=192.0.2.7", "--server.allowedHosts=desk"} <= set(words)
    assert "--server.headless=true" in words
    assert own_addresses()


def test_the_command_to_share_keeps_the_port() -> None:
    """Whoever is told how to share the app gets it back under the port that it has now."""
    assert sharing_command(8501) == "bcp ui --share"
    assert sharing_command(8620) == "bcp ui --share --port 8620"


def test_the_owners_key_stays_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is made once, is nobody else's to read, and a restart finds it again."""
    monkeypatch.setenv("BCP_DATA", str(tmp_path / "new"))
    first = owner_key()
    assert len(first) >= 24
    assert owner_key() == first
    if os.name == "posix":
        assert (tmp_path / "new" / "owner.key").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the key cannot be kept, the error names the place."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("BCP_DATA", str(tmp_path / "file"))
    with pytest.raises(BcpError, match="owner's key"):
        owner_key()
