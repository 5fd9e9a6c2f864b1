"""What the documents of a plan say, together with what a building block adds to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bcp.model.plan import Document, Message, OpenQuestion


def together(before: Document, added: Document, questions: tuple[OpenQuestion, ...]) -> Document:
    """The document with what a block adds: messages, those who decide and what must be asked, each once."""
    activation = before.activation.model_copy(
        update={
            "decided_by": once(before.activation.decided_by, added.activation.decided_by),
            "criteria": once(before.activation.criteria, added.activation.criteria),
            "alarm_path": before.activation.alarm_path or added.activation.alarm_path,
        }
    )
    return before.model_copy(
        update={
            "activation": activation,
            "messages": _messages((*before.messages, *added.messages)),
            "questions": once(before.questions, questions),
        }
    )


def _messages(messages: Iterable[Message]) -> tuple[Message, ...]:
    """The messages, one text to one audience once, over all its channels."""
    found: dict[Message, tuple[str, ...]] = {}
    for message in messages:
        bare = message.model_copy(update={"channels": ()})
        found[bare] = once(found.get(bare, ()), message.channels)
    return tuple(bare.model_copy(update={"channels": channels}) for bare, channels in found.items())


def once(before: tuple[Any, ...], added: tuple[Any, ...]) -> tuple[Any, ...]:
    """The first ones, and of the others those that are not among them."""
    return (*before, *(new for new in added if new not in before))
