"""Where the scenarios, example organisations and document templates are.

In this order: the folder that `BCP_CONTENT` names; the copy inside an installed package; the source
tree beside the package. Only located and listed here, never read.
"""

from __future__ import annotations

import os
from pathlib import Path

import bcp
from bcp.errors import BcpError, NotFoundError
from bcp.saying import said

OVERRIDE = "BCP_CONTENT"
"""The environment variable with a folder that holds scenarios/ and reports/."""

QUESTIONS = "questions"
"""The name of the file in blocks/ with the questions that several building blocks ask."""

INCIDENT_REPORT = "incident-report"
"""The document that is made of an incident, and not of a plan alone."""

_PACKAGE = Path(bcp.__file__).parent


def content_folder() -> Path:
    """The folder that holds scenarios/ and reports/. Raises BcpError where there is none."""
    override = os.environ.get(OVERRIDE)
    if override:
        folder = Path(override)
        if not (folder / "scenarios").is_dir():
            message = said(
                "{override} names {folder!r}, which has no folder scenarios/.",
                override=OVERRIDE,
                folder=override,
            )
            raise BcpError(message, said("Set it to a folder with scenarios/ and reports/, or unset it."))
        return folder
    for folder in (_PACKAGE / "_content", _PACKAGE.parent):
        if (folder / "scenarios").is_dir():
            return folder
    raise BcpError(
        said("the shipped scenarios are missing."),
        said("Install the product again, or set {override}.", override=OVERRIDE),
    )


def library_files() -> tuple[Path, ...]:
    """The scenario files of the library, by name."""
    return _yaml_files(content_folder() / "scenarios" / "library")


def organisation_files() -> tuple[Path, ...]:
    """The files of the example organisations, by name."""
    return _yaml_files(content_folder() / "scenarios" / "organisations")


def block_files() -> tuple[Path, ...]:
    """The files of the building blocks, by name; the questions that several of them ask are not among them."""
    return tuple(path for path in _yaml_files(_blocks()) if path.stem != QUESTIONS)


def block_questions_file() -> Path:
    """The file of the questions that several building blocks ask."""
    return _blocks() / f"{QUESTIONS}.yaml"


def _blocks() -> Path:
    return content_folder() / "scenarios" / "blocks"


def report_names() -> tuple[str, ...]:
    """The documents that have a folder with a template `en.md`, sorted."""
    folder = content_folder() / "reports"
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if (path / "en.md").is_file()))


def report_folder(name: str) -> Path:
    """The folder with a document's template and texts. Raises NotFoundError for an unknown document."""
    names = report_names()
    if name not in names:  # a name from outside never becomes part of a path unless it is one of these
        raise NotFoundError(
            said("there is no document {name!r}.", name=name),
            said("There are: {names}.", names=", ".join(names) or said("none")),
        )
    return content_folder() / "reports" / name


def app_file() -> Path:
    """The Streamlit script. Raises BcpError where it is missing."""
    for path in (_PACKAGE / "_content" / "app.py", _PACKAGE.parent / "app.py"):
        if path.is_file():
            return path
    raise BcpError(said("app.py is missing."), said("Install the product again."))


def _yaml_files(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and path.is_file())
    )
