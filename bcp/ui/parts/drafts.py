"""What is being written and not saved yet, kept with the store so that a reload loses nothing: one outage a plan."""

from __future__ import annotations

from bcp.ui import cached, draft
from bcp.ui.draft import Draft


def keep(plan: str, held: Draft) -> None:
    """Keep it, where it is not kept so already."""
    text = draft.written(held)
    store = cached.store()
    if store.get_setting(_key(plan)) != text:
        store.put_setting(_key(plan), text)


def kept(plan: str) -> Draft | None:
    """What was being written for a plan; None where nothing was."""
    text = cached.store().get_setting(_key(plan))
    return draft.read(text) if text else None


def drop(plan: str) -> None:
    """It was saved, or is not wanted any more."""
    if cached.store().get_setting(_key(plan)):
        cached.store().put_setting(_key(plan), "")


def _key(plan: str) -> str:
    """The plan's own, so that a later plan of its name does not find it."""
    return f"outage-draft-{cached.store().identity(plan)}"
