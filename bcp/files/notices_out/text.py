"""A notice as plain text, with what whoever sends it must know before."""

from __future__ import annotations

from bcp.files.notices_out.plain_text import one_line
from bcp.model.announcement import Announcement, Wording


def notice_text(notice: Announcement, wording: Wording) -> str:
    """Subject, text, and a foot with id, revision and time; ends in a line break."""
    foot = f"{notice.id} r{notice.revision} {notice.at.isoformat(timespec='minutes')}"
    body = "\n".join(one_line(line) for line in wording.text.split("\n"))
    return f"{one_line(wording.subject)}\n\n{body}\n\n-- \n{one_line(foot)}\n"
