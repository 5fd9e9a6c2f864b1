"""Pages of a PDF as pictures, so that every browser can show them without a viewer of its own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

_SCALE = 1.6
"""Pixels for each point (1/72 inch): sharp at half the width of a large screen."""


def images(pdf: bytes, first: int, count: int) -> tuple[list[bytes], int]:
    """`count` pages from page `first` (from 0) as PNG, and how many pages there are."""
    import pypdfium2  # noqa: PLC0415 - only where a document is looked at

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = len(document)
        wanted = range(first, min(first + count, pages))
        return [_png(document[n]) for n in wanted], pages
    finally:
        document.close()


def _png(page: pypdfium2.PdfPage) -> bytes:
    picture = page.render(scale=_SCALE).to_pil()
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
