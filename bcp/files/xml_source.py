"""XML that strangers wrote, as a tree of elements with their lines; what XML can do harm with is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from bcp.errors import InvalidInputError
from bcp.files.yaml_source import MOST_BYTES
from bcp.files.yaml_tree import refused
from bcp.saying import said

MOST_ELEMENTS = 1_000_000
"""Elements in a file."""

DEEPEST = 100
"""How deep elements may stand in each other."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_HINTS = {
    "mismatched tag": said("Close each element with the name that it was opened with, innermost first."),
    "not well-formed (invalid token)": said(
        "Write &lt; for < and &amp; for & in texts, and put attributes in quotes."
    ),
    "no element found": said("The text ends too early, or is empty."),
    "unclosed token": said("The text ends in the middle of an element."),
    "duplicate attribute": said("Keep one of the two attributes."),
    "undefined entity": said("Write the character itself."),
    "junk after document element": said("A file has one outermost element."),
    "XML or text declaration not at start of entity": said("Take out what stands before <?xml."),
}


@dataclass(slots=True)
class Element:
    """One element: its name without a namespace, its line, attributes of no namespace, children and own text."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, white space at both ends taken off and every run of it one blank."""
        return " ".join("".join(self.parts).split())

    def named(self, name: str) -> Iterator[Element]:
        """Its children of this name, in the order of the file."""
        return (child for child in self.children if child.name == name)


def read_xml(text: str, file_name: str) -> Element:
    """The outermost element of an XML text.

    Raises InvalidInputError with the line where the text is no XML, declares a document type (and with
    it entities, which can unfold without end or fetch other files), is nested more than 100 deep, or is
    too large. Nothing outside the text is ever read.
    """
    return _Reader(file_name).read(text)


def root_name(text: str, file_name: str) -> str:
    """The name of the outermost element, without reading on. Raises InvalidInputError where there is none."""
    reader = _Reader(file_name, only_root=True)
    return reader.read(text).name


def xml_text(text: str) -> str:
    """The text with each character that XML cannot hold as U+FFFD; markup still has to be escaped."""
    return _NOT_IN_XML.sub("\ufffd", text)


class _RootFoundError(Exception):
    """The outermost element has begun, and no more was asked for."""


class _Reader:
    """Takes the parser's events and builds the tree, nothing recursive."""

    def __init__(self, file_name: str, *, only_root: bool = False) -> None:
        self.file_name = file_name
        self.only_root = only_root
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def read(self, text: str) -> Element:
        """The outermost element of a text."""
        if len(text) > MOST_BYTES:
            raise refused(
                self.file_name,
                0,
                said("the text is larger than {n} MB.", n=MOST_BYTES // 10**6),
                said("Split it."),
            )
        try:
            self.parser.Parse(text.removeprefix("\ufeff"), True)
        except _RootFoundError:
            pass
        except expat.ExpatError as error:
            raise self.malformed(error) from error
        except UnicodeEncodeError as error:  # lone surrogates cannot be encoded for the parser
            message = said("the text holds characters that no file can.")
            raise refused(self.file_name, 0, message, said("Take them out.")) from error
        if self.root is None:
            message = said("the text holds no XML element.")
            raise refused(self.file_name, 0, message, said("Check that it is the right file."))
        return self.root

    def malformed(self, error: expat.ExpatError) -> InvalidInputError:
        """What is wrong with a text that is no XML, as its reader can mend it."""
        what = expat.ErrorString(error.code)
        fix = _HINTS.get(what, said("Mend it with an editor that checks XML."))
        return refused(
            self.file_name, error.lineno, said("the text is no well-formed XML: {what}.", what=what), fix
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        line = self.parser.CurrentLineNumber
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise refused(
                self.file_name,
                line,
                said("there are more than {most_elements} elements.", most_elements=MOST_ELEMENTS),
                said("Split the file."),
            )
        if len(self.stack) >= DEEPEST:
            fix = said("Give inner formulas a name of their own.")
            raise refused(
                self.file_name,
                line,
                said("elements stand more than {deepest} deep in each other.", deepest=DEEPEST),
                fix,
            )
        element = Element(_local(name), line, {k: v for k, v in attributes.items() if " " not in k})
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
            if self.only_root:
                raise _RootFoundError
        self.stack.append(element)

    def end(self, _: str) -> None:
        """The innermost element ends."""
        self.stack.pop()

    def characters(self, text: str) -> None:
        """A piece of the innermost element's text."""
        self.stack[-1].parts.append(text)

    def doctype(self, *_: object) -> None:
        """A document type declaration begins."""
        message = said("the text declares a document type (<!DOCTYPE), which is not read for safety's sake.")
        raise refused(
            self.file_name, self.parser.CurrentLineNumber, message, said("Take the declaration out.")
        )


def _local(name: str) -> str:
    return name.rsplit(" ", 1)[-1]
