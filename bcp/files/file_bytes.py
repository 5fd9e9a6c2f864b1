"""The bytes of a file that a person named."""

from __future__ import annotations

from pathlib import Path

from bcp.errors import NotFoundError


def file_bytes(path: Path, most: int, what: str) -> bytes:
    """The file's bytes, at most `most` and one more, by which a larger file is known; `what` names its content.

    Raises NotFoundError where it cannot be read or is a pipe or device.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe or device may never end
            raise NotFoundError(f"{str(path)!r} is no ordinary file.", f"Save {what} to a file first.")
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = (
            error.strerror if isinstance(error, OSError) and error.strerror else "the name is not allowed"
        )
        raise NotFoundError(
            f"{str(path)!r} cannot be read: {reason}.", "Check the name of the file."
        ) from error
