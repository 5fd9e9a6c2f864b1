"""What untrusted text may hold in a file for machines: nothing that breaks a line, a header or XML."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def one_line(text: str) -> str:
    """The text on one line, what cannot be printed as a blank: fit for a header or a property."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())


def xml_safe(text: str) -> str:
    """The text without characters that XML 1.0 cannot hold; markup is escaped by whoever writes it."""
    return _NOT_XML.sub("\ufffd", text)


def file_name(text: str) -> str:
    """A name that is a safe part of a file name everywhere."""
    return _NOT_NAME.sub("-", text).strip(".-")[:120] or "notice"
