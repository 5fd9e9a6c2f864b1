"""Sharing the app on a network: the key by which its owner is known from guests, who may only join exercises."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path

from bcp.errors import BcpError
from bcp.saying import said

SHARED_PORT = 8501
"""The port of a shared app where none is given."""

_FILE = "owner.key"
_LENGTH = 24


def own_addresses() -> tuple[str, ...]:
    """Under which addresses others on the same network reach this computer: its number, then its name.

    Nothing is sent for this: the system is only asked which of its addresses leads outside.
    """
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out, suppress(OSError):
        way_out.connect(("192.0.2.1", 9))
        found.append(str(way_out.getsockname()[0]))
    return tuple(dict.fromkeys((*found, socket.gethostname())))


def sharing_command(port: int) -> str:
    """The command that starts the app so that others on the network can join, on the port that it has now."""
    return "bcp ui --share" + ("" if port == SHARED_PORT else f" --port {port}")


def owner_key() -> str:
    """The key of this computer's owner; made once and kept beside the plans, so that a restart changes nothing.

    Raises BcpError where the folder cannot be written.
    """
    from bcp.store.location import default_path  # noqa: PLC0415 - the store's package is slow to import

    path = default_path().parent / _FILE
    try:
        kept = path.read_text("utf-8").strip() if path.exists() else ""
        return kept or _made(path)
    except OSError as error:
        raise BcpError(
            said("the owner's key cannot be kept: {error}.", error=error.strerror),
            said("Check the folder."),
            str(path),
        ) from error


def _made(path: Path) -> str:
    key = secrets.token_urlsafe(_LENGTH)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(key)
    return key
