"""The log of a sitting as files that people keep."""

from __future__ import annotations

from bcp.files.log_csv import write_log
from bcp.model.log_words import entry_text
from bcp.render.log_markdown import log_markdown as render_markdown
from bcp.usecases.sittings.reading import Live
from bcp.words import Words


def log_csv(found: Live, _: Words) -> bytes:
    """Every entry as CSV, what it says in the words of a language."""
    return write_log(found.entries, found.told.clock.t_of, lambda entry: entry_text(entry, found.plan, _))


def log_markdown(found: Live, _: Words) -> str:
    """Every entry as a Markdown document, in the words of a language."""
    return render_markdown(found.plan, found.sitting, found.entries, found.told.clock.t_of, _)
