"""The bytes of a file that a person named."""

from __future__ import annotations

from pathlib import Path

from bcp.errors import NotFoundError
from bcp.saying import said


def file_bytes(path: Path, most: int, what: str) -> bytes:
    """The file's bytes, at most `most` and one more, by which a larger file is known; `what` names its content.

    Raises NotFoundError where it cannot be read or is a pipe or device.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe or device may never end
            raise NotFoundError(
                said("{path!r} is no ordinary file.", path=str(path)),
                said("Save {what} to a file first.", what=what),
            )
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = (
            error.strerror
            if isinstance(error, OSError) and error.strerror
            else said("the name is not allowed")
        )
        raise NotFoundError(
            said("{path!r} cannot be read: {reason}.", path=str(path), reason=reason),
            said("Check the name of the file."),
        ) from error
