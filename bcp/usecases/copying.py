"""A saved plan once more under another name, with what people wrote for it."""

from __future__ import annotations

from bcp.errors import BcpError
from bcp.saying import said
from bcp.store import PlanStore


def copy_plan(store: PlanStore, old: str, new: str, *, author: str) -> None:
    """Save the newest revision of a plan, and its own outages, as a new plan; the history stays with the old one.

    Raises BcpError where there is no such plan, or where the new name is taken: nothing is saved then.
    """
    found, outages = store.load(old), store.outages.every(old)
    if any(summary.name == new for summary in store.plans()):
        raise BcpError(
            said("There is already a plan named “{name}”.", name=new), said("Choose another name.")
        )
    store.save(new, found.plan, author=author, expected=0)
    for outage in outages:
        store.outages.save(new, outage.name, outage.text, author=author)
