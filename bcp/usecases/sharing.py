"""Sharing the app on a network: the key by which its owner is known from guests, who may only join exercises."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bcp.errors import BcpError
from bcp.saying import said

_FILE = "owner.key"
_LENGTH = 24


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
