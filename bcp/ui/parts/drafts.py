"""What is being written or tried and not saved yet, kept with the store so that a reload loses nothing."""

from __future__ import annotations

import hashlib

from pydantic import TypeAdapter, ValidationError

from bcp.model.what_if import Trial
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


_MARK = 12
_TRIALS: TypeAdapter[tuple[Trial, ...]] = TypeAdapter(tuple[Trial, ...])


def keep_trials(plan: str, trials: tuple[Trial, ...]) -> str:
    """Keep changes on trial on a plan; by what they are found again, which is empty for none."""
    if not trials:
        return ""
    text = _TRIALS.dump_json(trials, exclude_defaults=True).decode()
    mark = hashlib.sha256(text.encode()).hexdigest()[:_MARK]
    cached.store().put_setting(_trials_key(plan, mark), text)
    return mark


def kept_trials(plan: str, mark: str) -> tuple[Trial, ...]:
    """The changes on trial that were kept under a mark; none where there are none, or where they are no trials any more."""
    known = mark.isalnum() and len(mark) <= _MARK
    text = cached.store().get_setting(_trials_key(plan, mark)) if known else ""
    try:
        return _TRIALS.validate_json(text) if text else ()
    except ValidationError:
        return ()


def _trials_key(plan: str, mark: str) -> str:
    return f"trials-{cached.store().identity(plan)}-{mark}"


def _key(plan: str) -> str:
    """The plan's own, so that a later plan of its name does not find it."""
    return f"outage-draft-{cached.store().identity(plan)}"
