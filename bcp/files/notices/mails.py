"""E-mails that carry notices: a maintenance calendar inside is read here, all else by the carrier's own format."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from zoneinfo import ZoneInfo

from bcp.errors import BcpError
from bcp.files.notices.calendars import read_calendar_notices
from bcp.files.notices.carriers import read_carrier_mail
from bcp.files.notices.plain import short_line
from bcp.files.yaml_source import read_bytes
from bcp.files.yaml_tree import refused
from bcp.model.notice import Notice, Notices, NotUnderstood
from bcp.saying import said

MOST_PARTS = 200
"""Parts of an e-mail."""


def read_mail(content: bytes, file_name: str, floating: ZoneInfo | None, provider: str | None) -> Notices:
    """The notices of an e-mail, `provider` naming the carrier where its sender does not tell.

    A BCOP maintenance calendar in it counts first. What else carriers write is read by the optional
    extra `notices`; where that is not installed a plain calendar in it is read instead. Raises
    InvalidInputError, and BcpError where the extra is needed or the carrier is not known.
    """
    calendars = [read_calendar_notices(*part, floating) for part in _calendars(content, file_name)]
    notes = [n for found in calendars for n in found.notices if n.format == "maintnote"]
    aside = [left for found in calendars for left in found.not_understood]
    if notes:
        return Notices(notices=tuple(notes), not_understood=tuple(aside))
    plain = [n for found in calendars for n in found.notices]
    try:
        found = read_carrier_mail(content, file_name, provider)
    except BcpError as error:
        if not plain:
            raise
        return Notices(notices=tuple(plain), not_understood=(*aside, _mail_aside(error, file_name)))
    return Notices(notices=_unique(found), not_understood=tuple(aside))


def _mail_aside(error: BcpError, file_name: str) -> NotUnderstood:
    told = str(error)
    text = told if told == short_line(told) else short_line(told)
    return NotUnderstood(where=short_line(file_name), text=text, why=said("the mail around the calendar"))


def _unique(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    return tuple(dict.fromkeys(notices))


def _calendars(content: bytes, file_name: str) -> Iterator[tuple[str, str]]:
    """The text of each calendar in an e-mail, with a name for it."""
    count = 0
    for number, part in enumerate(_parts(content, file_name), 1):
        body = _body(part, file_name)
        if body is not None and body.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
            count += 1
            name = f"{file_name}[calendar {count}]" if count > 1 else file_name
            yield read_bytes(body, f"{name}, part {number}"), f"{name}, part {number}"


def _parts(content: bytes, file_name: str) -> list[Message]:
    try:
        parts = [part for part in message_from_bytes(content).walk() if not part.is_multipart()]
    except (MessageError, ValueError, LookupError, TypeError, RecursionError) as error:
        message = said("the e-mail cannot be taken apart.")
        raise refused(file_name, 1, message, said("Save it again as .eml from the mailbox.")) from error
    if len(parts) > MOST_PARTS:
        message = said("the e-mail has more than {most_parts} parts.", most_parts=MOST_PARTS)
        raise refused(file_name, 1, message, said("Save the notice alone."))
    return parts


def _body(part: Message, file_name: str) -> bytes | None:
    """The decoded bytes of a part; None where it has none."""
    try:
        body = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError, TypeError) as error:
        message = said("a part of the e-mail cannot be decoded.")
        raise refused(file_name, 1, message, said("Save it again as .eml from the mailbox.")) from error
    return body if isinstance(body, bytes) else None
