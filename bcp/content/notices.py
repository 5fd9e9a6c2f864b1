"""Where the sentences of notices out are. Only located here, never read."""

from __future__ import annotations

from pathlib import Path

from bcp.content.location import content_folder
from bcp.errors import NotFoundError
from bcp.saying import said


def notice_folder() -> Path:
    """The folder with layout.yaml and one file of sentences a language. Raises NotFoundError without it."""
    folder = content_folder() / "reports" / "notices"
    if not folder.is_dir():
        raise NotFoundError(
            said("the folder {folder} is missing.", folder=folder),
            said("reports/README.md says what stands in it."),
        )
    return folder
