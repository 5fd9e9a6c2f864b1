"""Markdown text to blocks: only what the closed list has; no raw HTML, links or images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bcp.errors import BcpError
from bcp.render.blocks import (
    Block,
    Heading,
    Item,
    Line,
    Listing,
    Note,
    PageBreak,
    Paragraph,
    Span,
    Table,
    Tone,
)
from bcp.render.marks import TONE, literal
from bcp.saying import said

DIRECTIVE = "bcp"
"""The word after the fence of an inserted block; its content is the block's number."""

_BOX = "[ ]"
"""What a template writes for a box to tick, at the beginning of a list item or table cell."""

_TONES = tuple(Tone)
_ALIGN: dict[str, Literal["left", "center", "right"]] = {
    "text-align:right": "right",
    "text-align:center": "center",
    "text-align:left": "left",
}
_REFUSED = (
    "code",
    "html_block",
    "html_inline",
    "reference",
    "link",
    "image",
    "autolink",
    "entity",
    "lheading",
)


def read_blocks(text: str, inserted: Sequence[Block], where: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text.

    `inserted` are the blocks that the template's functions made, by the number in their fence.
    `where` names the template in errors. Raises BcpError for a fence that no function made.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_REFUSED))
    root = SyntaxTreeNode(parser.parse(text))
    return _Reader(inserted, where).blocks(root.children)


def tone_switch(tone: Tone) -> str:
    """The private character after which text has this tone."""
    return chr(TONE + _TONES.index(tone))


class _Reader:
    def __init__(self, inserted: Sequence[Block], where: str) -> None:
        self._inserted = inserted
        self._where = where

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        return tuple(self._block(node) for node in nodes)

    def _block(self, node: SyntaxTreeNode) -> Block:
        read: dict[str, Callable[[], Block]] = {
            "heading": lambda: Heading(min(int(node.tag[1:]), 4), _line(node)),
            "paragraph": lambda: Paragraph(_line(node)),
            "bullet_list": lambda: Listing(self._items(node)),
            "ordered_list": lambda: Listing(self._items(node), int(node.attrs.get("start", 1))),
            "table": lambda: _table(node),
            "blockquote": lambda: Note(self.blocks(node.children)),
            "hr": PageBreak,
            "fence": lambda: self._inserted_block(node),
        }
        return read[node.type]()

    def _inserted_block(self, node: SyntaxTreeNode) -> Block:
        number = literal(node.content).strip()
        if node.info.strip() == DIRECTIVE and number.isdecimal() and int(number) < len(self._inserted):
            return self._inserted[int(number)]
        raise BcpError(
            said("a code fence (```) is not among the blocks of a document."),
            said(
                "Use headings, paragraphs, lists, tables, > notes and --- for a new page; "
                "insert figures with a function such as {{{{ figure('timeline') }}}}."
            ),
            self._where,
        )

    def _items(self, node: SyntaxTreeNode) -> tuple[Item, ...]:
        return tuple(self._item(item) for item in node.children)

    def _item(self, node: SyntaxTreeNode) -> Item:
        content = self.blocks(node.children)
        if content and isinstance(content[0], Paragraph) and content[0].text and content[0].text[0].box:
            return Item((Paragraph(content[0].text[1:]), *content[1:]), box=True)
        return Item(content)


def _table(node: SyntaxTreeNode) -> Table:
    head = node.children[0].children[0]
    body = node.children[1].children if len(node.children) > 1 else ()
    return Table(
        header=tuple(_line(cell) for cell in head.children),
        rows=tuple(tuple(_line(cell) for cell in row.children) for row in body),
        align=tuple(_ALIGN.get(str(cell.attrs.get("style", "")), "left") for cell in head.children),
    )


def _line(node: SyntaxTreeNode) -> Line:
    spans: list[Span] = []
    for inline in node.children:
        _collect(inline, Span(""), spans)
    return tuple(_toned(spans))


def _collect(node: SyntaxTreeNode, look: Span, spans: list[Span]) -> None:
    match node.type:
        case "text" | "text_special":
            content = node.content
            if not spans and content.startswith(_BOX):
                spans.append(replace(look, box=True))
                content = content[len(_BOX) :].lstrip(" ")
            spans.append(replace(look, text=literal(content)))
        case "code_inline":
            spans.append(replace(look, text=literal(node.content), code=True))
        case "softbreak":
            spans.append(replace(look, text=" "))
        case "hardbreak":
            spans.append(replace(look, text="\n"))
        case _:
            bold, italic = look.bold or node.type == "strong", look.italic or node.type == "em"
            for child in node.children:
                _collect(child, replace(look, bold=bold, italic=italic), spans)


def _toned(spans: list[Span]) -> list[Span]:
    """Split at the private characters that switch the tone."""
    tone, result = Tone.PLAIN, []
    for span in spans:
        if span.box:
            result.append(span)
            continue
        piece = ""
        for c in span.text:
            if TONE <= ord(c) < TONE + len(_TONES):
                result.append(replace(span, text=piece, tone=tone))
                tone, piece = _TONES[ord(c) - TONE], ""
            else:
                piece += c
        result.append(replace(span, text=piece, tone=tone))
    return [span for span in result if span.text or span.box]
