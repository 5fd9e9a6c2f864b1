"""The version of a notice that goes out with a decision: where telling a number is what brings a fallback into use."""

from __future__ import annotations

from bcp.engine.notices.facts import Facts
from bcp.model.announcement import BEFORE, Announcement, Occasion

_CLOSED = BEFORE | {Occasion.RESTORATION, Occasion.AFTER}


def with_decision(notice: Announcement, facts: Facts, t: float) -> Announcement:
    """The notice with its version for a decision that is still to be made or carried out at t (seconds).

    Until then nobody is sent to the number; with the decision the notice carries it. A fallback that is
    blocked, or whose number does not answer, is not among them, nor is a number that only some are told.
    """
    coming = () if notice.occasion in _CLOSED else facts.opened_by_telling(max(0.0, t))
    if not coming:
        return notice.model_copy(update={"at_decision": None})
    first = next((f.number for f in notice.failing if f.number), "")
    contact = notice.contact or next((i.number for i in coming if first in i.instead_of), "")
    decided = notice.model_copy(
        update={
            "instead": (*notice.instead, *coming),
            "contact": contact,
            "opens": tuple(sorted({i.fallback for i in coming})),
            "at_decision": None,
        }
    )
    return notice.model_copy(update={"at_decision": decided})
