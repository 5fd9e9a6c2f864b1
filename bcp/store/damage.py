"""A store whose file is damaged: put a copy aside, say so, and touch nothing."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from bcp.errors import StoreError
from bcp.saying import said, together

BESIDE = ("-wal", "-shm")
"""SQLite's own files beside the database; the first may hold the newest revisions."""


def copied_aside(path: Path) -> Path:
    """Copy a damaged file, with what SQLite keeps beside it, and give the copy's path.

    The copy's name comes from the content, so that opening the same damaged file again makes no second one.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    copy = path.with_name(f"{path.stem}.damaged-{digest}{path.suffix}")
    if not copy.exists():
        for end in BESIDE:
            beside = path.with_name(path.name + end)
            if beside.exists():
                shutil.copy2(beside, copy.with_name(copy.name + end))
        shutil.copy2(path, copy)
    return copy


def damaged(path: Path, what: str) -> StoreError:
    """The error to raise for a damaged file; the copy aside is made first, where there is room for it."""
    try:
        aside = said("A copy lies in {place}.", place=copied_aside(path))
    except OSError as error:
        aside = said("It could not be copied aside ({error}).", error=error.strerror)
    return StoreError(
        said("The file with the saved plans is damaged ({what}).", what=" ".join(what.split())),
        together(
            (
                aside,
                said(
                    "The file itself was left as it is. Put a backup in its place, or move it away to start"
                    " with an empty store."
                ),
            )
        ),
        str(path),
    )
