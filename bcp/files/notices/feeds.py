"""Atom (RFC 4287) and RSS 2.0 feeds of status pages as notices."""

from __future__ import annotations

import re
from typing import Any

from bcp.files.notices.dates import iso_moment, mail_moment
from bcp.files.notices.entry import notice_of, read_each
from bcp.files.notices.plain import html_text
from bcp.files.xml_source import Element
from bcp.files.yaml_tree import refused
from bcp.model.notice import Notice, Notices, NoticeStatus, Window
from bcp.saying import said

_STATUS = {
    "scheduled": NoticeStatus.CONFIRMED,
    "in progress": NoticeStatus.IN_PROCESS,
    "verifying": NoticeStatus.IN_PROCESS,
    "investigating": NoticeStatus.IN_PROCESS,
    "identified": NoticeStatus.IN_PROCESS,
    "monitoring": NoticeStatus.IN_PROCESS,
    "update": NoticeStatus.IN_PROCESS,
    "completed": NoticeStatus.COMPLETED,
    "resolved": NoticeStatus.COMPLETED,
    "postmortem": NoticeStatus.COMPLETED,
    "canceled": NoticeStatus.CANCELLED,
    "cancelled": NoticeStatus.CANCELLED,
}
_STRONG = re.compile(r"<(?:strong|b)>([^<>]{1,40})</(?:strong|b)>", re.IGNORECASE)


def read_atom(feed: Element, file_name: str) -> Notices:
    """The entries of an Atom feed. It tells no windows and no circuits, so the notices have none.

    The first word in bold that is a status is taken as it: status pages put the newest update first.
    Raises InvalidInputError with every problem.
    """
    author = next(feed.named("author"), None)
    provider = (_text(author, "name") if author else "") or _text(feed, "title")

    def notice(entry: Element) -> Notice:
        body = next(entry.named("content"), None) or next(entry.named("summary"), None)
        fields = {
            "format": "atom",
            "provider": provider or _text(entry, "title"),
            "id": _text(entry, "id"),
            "planned": False,
            "stamp": iso_moment(_text(entry, "updated"), "updated", file_name, entry.line),
            "organizer": _text(feed, "id"),
            "summary": html_text(_text(entry, "title")),
            **_body(_inner(body) if body else ""),
        }
        return notice_of(fields, file_name, entry.line)

    return Notices(notices=read_each(feed.named("entry"), notice, file_name))


def read_rss(rss: Element, file_name: str) -> Notices:
    """The items of an RSS feed; one with `maintenanceEndDate`, as Statuspage writes, has a window from `pubDate`.

    Raises InvalidInputError with every problem.
    """
    channel = next(rss.named("channel"), None)
    if channel is None:
        raise refused(file_name, rss.line, said("the feed has no <channel>."), said("Fetch it again."))
    provider = _text(channel, "title")

    def notice(item: Element) -> Notice:
        published, ends = _text(item, "pubDate"), _text(item, "maintenanceEndDate")
        stamp = mail_moment(published, "pubDate", file_name, item.line) if published else None
        end = mail_moment(ends, "maintenanceEndDate", file_name, item.line) if ends else None
        planned = stamp is not None and end is not None and end > stamp
        fields = {
            "format": "rss",
            "provider": provider or _text(item, "title"),
            "id": _text(item, "guid") or _text(item, "link"),
            "stamp": stamp,
            "windows": (Window(start=stamp, end=end),) if stamp and planned else (),
            "planned": planned,
            "organizer": _text(channel, "link"),
            "summary": html_text(_text(item, "title")),
            **_body(_text(item, "description")),
        }
        return notice_of(fields, file_name, item.line)

    return Notices(notices=read_each(channel.named("item"), notice, file_name))


def _text(element: Element, name: str) -> str:
    found = next(element.named(name), None)
    return found.text if found else ""


def _inner(element: Element) -> str:
    """The text of an element and of all in it, what is inside after what is around."""
    return " ".join(part for e in _all(element) if (part := e.text))


def _all(element: Element) -> list[Element]:
    found = [element]
    for one in found:
        found.extend(one.children)
    return found


def _body(html: str) -> dict[str, Any]:
    words = (found[1].strip().lower() for found in _STRONG.finditer(html))
    status = next((_STATUS[word] for word in words if word in _STATUS), NoticeStatus.NO_CHANGE)
    return {"text": html_text(html), "status": status}
