"""One entry of a file as a notice, and every problem of the entries of a file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from bcp.errors import InvalidInputError, Problem
from bcp.files.notices.plain import LONGEST_LINE, one_line, short_line, short_text
from bcp.files.yaml_tree import refused
from bcp.model.notice import Notice, NoticeObject, Notices, worst
from bcp.model.value_faults import value_fault
from bcp.saying import said, together

MOST_ENTRIES = 2000
"""Events, incidents or messages in a file."""

_NAMES = ("provider", "id", "account", "uid")
_CUT = ("summary", "organizer")

Entry = TypeVar("Entry")
Read = TypeVar("Read")


def notice_of(fields: dict[str, Any], file_name: str, line: int) -> Notice:
    """The notice of these fields. Raises InvalidInputError at the line where they make none."""
    values = dict(fields)
    values["source"] = short_line(f"{file_name}:{line}" if line else file_name)
    for name in _NAMES:
        values[name] = name_line(values.get(name) or "", name, file_name, line)
    for name in _CUT:
        values[name] = short_line(values.get(name) or "")
    values["text"] = short_text(values.get("text") or "")
    try:
        return Notice.model_validate(values)
    except ValidationError as failed:
        error = failed.errors()[0]
        name = str(error["loc"][0]) if error["loc"] else "notice"
        wrong = value_fault(error)[0]
        if name in ("provider", "id") and not values[name]:
            wrong = said("it is missing.")
        raise refused(
            file_name,
            line,
            together((name, wrong), ": "),
            said("Ask the sender for a complete notice."),
        ) from None


def name_line(text: str, what: str, file_name: str, line: int) -> str:
    """A name on one line; never cut, since it is compared. Raises InvalidInputError where it is too long."""
    name = one_line(text)
    if len(name) > LONGEST_LINE:
        message = said("{what}: {n} characters are too long for a name.", what=what, n=len(name))
        raise refused(file_name, line, message, said("Check that the file is whole."))
    return name


def read_each(entries: Iterable[Entry], read: Callable[[Entry], Read], file_name: str) -> tuple[Read, ...]:
    """What was read of each entry. Raises InvalidInputError with the problems of all, so that nothing is half read."""
    found: list[Read] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries):
        if number >= MOST_ENTRIES:
            message = said("there are more than {most_entries} entries.", most_entries=MOST_ENTRIES)
            raise refused(file_name, 0, message, said("Split the file, or leave out what is long past."))
        try:
            found.append(read(entry))
        except InvalidInputError as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidInputError(sorted(set(problems)))
    return tuple(found)


def joined(found: Notices) -> Notices:
    """The same notices, those of one revision of the same work as one: with all its windows and all its circuits.

    Carriers write one entry for each window, or for each circuit, of the same work.
    """
    together: dict[tuple[object, ...], list[Notice]] = {}
    for notice in found.notices:
        revision = (*notice.key, notice.sequence, notice.stamp, notice.status)
        together.setdefault(revision, []).append(notice)
    return found.model_copy(update={"notices": tuple(_join(group) for group in together.values())})


def _join(group: list[Notice]) -> Notice:
    if len(group) == 1:
        return group[0]
    windows = {w: None for n in group for w in n.windows}
    names = {o.id: None for n in group for o in n.objects}
    objects = [
        NoticeObject(id=name, impact=worst(o.impact for n in group for o in n.objects if o.id == name))
        for name in names
    ]
    ordered = sorted(windows, key=lambda w: (w.start, w.end is None, w.end or w.start))
    return group[0].model_copy(update={"windows": tuple(ordered), "objects": tuple(objects)})
