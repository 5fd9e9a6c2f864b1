"""Where the store lies: the user's data folder, or the folder that BCP_DATA names."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from bcp.errors import StoreError
from bcp.saying import said

VARIABLE = "BCP_DATA"
"""The environment variable that names another folder."""

FILE = "plans.sqlite"


def default_path() -> Path:
    """The store's file: in the folder that BCP_DATA names, else in the user's data folder."""
    chosen = os.environ.get(VARIABLE, "")
    folder = Path(chosen).expanduser() if chosen else user_data_path("bcp", appauthor=False)
    return folder / FILE


def prepared(path: Path) -> Path:
    """`path` made absolute, with its folder and file there; both are the user's alone where they are new.

    Plans hold people's telephone numbers. Raises StoreError where the folder or file cannot be made.
    """
    where = path.expanduser().absolute()
    try:
        where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if where.is_dir():
            raise StoreError(
                said("The store is one file, and this is a folder."), said("Name a file in it."), str(where)
            )
        where.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise StoreError(
            said("The file for saved plans cannot be made: {error}.", error=error.strerror),
            said(
                "Choose a folder that you may write to with the environment variable {variable}.",
                variable=VARIABLE,
            ),
            str(where),
        ) from error
    return where
