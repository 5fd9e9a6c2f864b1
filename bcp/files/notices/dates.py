"""Moments as feeds, alerts and mails write them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bcp.files.notices.plain import one_line
from bcp.files.notices.zones import EARLIEST, LATEST
from bcp.files.yaml_tree import refused
from bcp.saying import said


def iso_moment(text: str, what: str, file_name: str, line: int) -> datetime:
    """A moment of ISO 8601 with its offset, in UTC. Raises InvalidInputError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        moment = None
    return _checked(moment, text, what, said("is no time with its offset from UTC."), file_name, line)


def mail_moment(text: str, what: str, file_name: str, line: int) -> datetime:
    """A moment as mail headers and RSS write it (RFC 5322), in UTC. Raises InvalidInputError."""
    try:
        moment = parsedate_to_datetime(text.strip())
        if moment.tzinfo is None:  # -0000: UTC, the sender's zone unknown
            moment = moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    return _checked(moment, text, what, said("is no time as in mail headers."), file_name, line)


def _checked(
    moment: datetime | None, text: str, what: str, wrong: str, file_name: str, line: int
) -> datetime:
    if moment is None or moment.tzinfo is None or not EARLIEST < moment.year < LATEST:
        message = said(
            "{what}: {text!r} {wrong}", what=one_line(what)[:80], text=one_line(text)[:40], wrong=wrong
        )
        raise refused(file_name, line, message, said("It is written as 2026-03-03T01:00:00+00:00."))
    return moment.astimezone(UTC)
