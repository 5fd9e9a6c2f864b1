"""A notice as an e-mail (RFC 5322), ready to be opened in a mail program or handed to a server."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bcp.files.notices_out.plain_text import file_name, one_line
from bcp.model.announcement import Announcement, Wording

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
)


def is_address(text: str) -> bool:
    """True for a plain e-mail address: nothing that a header could take for more."""
    return _ADDRESS.fullmatch(text) is not None and ".." not in text


def mail_bytes(
    notice: Announcement, wording: Wording, *, sender: str, to: Iterable[str] = (), draft: bool = False
) -> bytes:
    """The message as bytes. Revisions of one notice are one thread.

    Addresses that are none are left out; without any the recipients stay undisclosed. A draft is marked
    as unsent (`X-Unsent`), so that mail programs open it for editing.
    """
    message = EmailMessage(policy=SMTP)
    domain = sender.rpartition("@")[2] if is_address(sender) else "invalid"
    thread = file_name(notice.id)
    message["Subject"] = one_line(wording.subject) or one_line(notice.id)
    message["From"] = sender if is_address(sender) else "notices@invalid"
    addresses = sorted({a for a in to if is_address(a)})
    message["To"] = ", ".join(addresses) if addresses else "undisclosed-recipients:;"
    message["Date"] = format_datetime(notice.at)
    message["Message-ID"] = f"<{thread}.{notice.revision}.{wording.language}@{domain}>"
    if notice.revision > 1:
        earlier = [f"<{thread}.{n}.{wording.language}@{domain}>" for n in range(1, notice.revision)]
        message["In-Reply-To"] = earlier[-1]
        message["References"] = " ".join(earlier[-_MOST_REFERENCES:])
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = wording.language
    if draft:
        message["X-Unsent"] = "1"
    lines = (one_line(line) for line in wording.text.split("\n"))
    message.set_content("\n".join(lines) + "\n", charset="utf-8", cte="base64")
    return message.as_bytes()


_MOST_REFERENCES = 20
