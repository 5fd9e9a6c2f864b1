"""Where a command's results and complaints go: tables or JSON to standard output, errors to standard error."""

from __future__ import annotations

import json
import locale
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from bcp.errors import BcpError
from bcp.words import Words, chosen_language, words

NARROWEST = 140
"""Columns assumed where the output is no terminal, so that logs and pipes are not folded early."""


def console() -> Console:
    """The console for results. Text from plans is never read as its markup."""
    return Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else NARROWEST)


def spoken(language: str | None) -> Words:
    """The words for the terminal: the language asked for, else the system's."""
    system = (
        os.environ.get("BCP_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LANG")
        or locale.getlocale()[0]
    )
    return words(chosen_language(language or system))


def asked_language(arguments: Sequence[str]) -> str | None:
    """The language that a command was asked for with `--lang`; None where it was not."""
    for n, word in enumerate(arguments):
        name, _, value = word.partition("=")
        if name == "--lang":
            return value or next(iter(arguments[n + 1 :]), None)
    return None


def put_json(data: Any) -> None:
    """Print plain data as JSON."""
    print(json.dumps(data, ensure_ascii=False, indent=1))  # noqa: T201 - the result itself


def put(text: str = "", style: str = "") -> None:
    """Print one line."""
    console().print(Text(text, style=style))


def put_line(text: str) -> None:
    """Print one line that stays one line, however long it is and whatever a plan put into it."""
    print("".join(ch if ch.isprintable() else " " for ch in text))  # noqa: T201 - the result itself


def heading(text: str) -> None:
    """Print a heading after an empty line."""
    put()
    put(text, "bold")


def put_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Print a table; `right` are the columns (from 0) set flush right."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    numbers = set(right)
    for place, column in enumerate(columns):
        table.add_column(Text(column), justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console().print(table)


def explain(error: BcpError) -> None:
    """Say every problem of an error on standard error: where, what and what to do."""
    say = spoken(asked_language(sys.argv[1:])).say
    for problem in error.problems:
        print(say(str(problem)), file=sys.stderr)  # noqa: T201 - errors go to standard error


@contextmanager
def progress(title: str, total: int) -> Iterator[Any]:
    """A progress bar on standard error while something long goes on; quiet where that is no terminal.

    Gives a function to call with the name of each part as it begins.
    """
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(title, total=total)
        begun = False

        def begin(part: str) -> None:
            nonlocal begun
            bar.update(task, description=f"{title}: {part}", advance=1 if begun else 0)
            begun = True

        yield begin
