"""What is worked out once for a plan and kept while the plan is in use, such as its links."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

from bcp.model.plan import Plan

T = TypeVar("T")

_PLANS = 12
"""Plans of which something is kept at a time: those on the desks of a few people and their last edits."""


def once(compute: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """The function, worked out once for each plan value. Plans are frozen, so the same one gives the same.

    Kept by identity and with the plan itself, so that no other value can ever be taken for it; that is
    quicker than by content hash, which reads the whole plan.
    """
    kept: OrderedDict[int, tuple[Plan, T]] = OrderedDict()
    lock = Lock()

    @wraps(compute)
    def known(plan: Plan) -> T:
        with lock:
            if id(plan) in kept:
                kept.move_to_end(id(plan))
                return kept[id(plan)][1]
        value = compute(plan)
        with lock:
            kept[id(plan)] = (plan, value)
            while len(kept) > _PLANS:
                kept.popitem(last=False)
        return value

    return known


@once
def content_hash(plan: Plan) -> str:
    """The plan's content hash."""
    return plan.content_hash


@once
def by_title(plan: Plan) -> tuple[str, ...]:
    """The components in the order of their names, as lists offer them."""
    return tuple(sorted(plan.components, key=lambda i: (plan.title(i).casefold(), i)))
