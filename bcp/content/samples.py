"""Where the made-up files are that show what the commands read. Only located here, never read."""

from __future__ import annotations

from pathlib import Path

from bcp.content.location import content_folder
from bcp.errors import NotFoundError
from bcp.saying import said


def sample_file(name: str) -> Path:
    """The sample of this file name. Raises NotFoundError where there is none."""
    folder = content_folder() / "scenarios" / "samples"
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if name not in names:  # a name from outside never becomes part of a path unless it is one of these
        raise NotFoundError(
            said("there is no sample {name!r}.", name=name),
            said("There are: {names}.", names=", ".join(names) or said("none")),
        )
    return folder / name


def sampled(ending: str) -> tuple[str, ...]:
    """The example organisations that have a sample `NAME` + this ending, by name."""
    folder = content_folder() / "scenarios" / "samples"
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return tuple(name.removesuffix(ending) for name in names if name.endswith(ending))
