"""What the commands' arguments and options have in common."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bcp.errors import BcpError
from bcp.saying import said
from bcp.words import LANGUAGES

PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="A file, db:NAME, or example:NAME.")]
ScenarioArgument = Annotated[str, typer.Argument(metavar="SCENARIO", help="A library id or a file.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set a parameter of the scenario; repeatable."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 where a limit is broken or something is found.")
]


def spoken_language(language: str | None) -> str | None:
    """The language that was asked for. Raises BcpError where the product does not speak it."""
    if language is not None and language not in LANGUAGES:
        raise BcpError(
            said("{language!r} is no language of this product.", language=language),
            said("There are: {names}.", names=", ".join(LANGUAGES)),
        )
    return language


Language = Annotated[
    str | None, typer.Option("--lang", metavar="xx", callback=spoken_language, help="Language: sv or en.")
]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Port of the app.")]
Day = Annotated[
    str | None,
    typer.Option("--on", metavar="YYYY-MM-DD", help="The day by which tests and reviews count as old."),
]


def read_day(text: str | None) -> date | None:
    """A date from an option. Raises BcpError where it is none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise BcpError(said("{text!r} is no date.", text=text), said("Write it as 2026-03-03.")) from error


def read_settings(pairs: list[str] | None) -> dict[str, object]:
    """What `--set key=value` says, by key. Raises BcpError for a pair without a value."""
    found: dict[str, object] = {}
    for pair in pairs or []:
        key, equals, value = pair.partition("=")
        if not equals:
            raise BcpError(said("--set {pair!r} has no value.", pair=pair), said("Write --set key=value."))
        found[key.strip()] = value.strip()
    return found


def write_file(path: Path, data: bytes) -> None:
    """Write a file, its folder too where there is none. Raises BcpError where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise BcpError(
            said("the file cannot be written: {error}.", error=error.strerror),
            said("Choose another place."),
            str(path),
        ) from error
