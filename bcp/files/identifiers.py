"""Ids for what a foreign file calls by any name: allowed in a plan, and each unlike all others."""

from __future__ import annotations

from bcp.model.plan import Plan

_LONGEST = 80
_ROOM = 12
"""Characters kept free for the number that makes an id unlike another."""


class Identifiers:
    """Gives out ids; the same calls in the same order give the same ids."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def of(self, name: str, otherwise: str) -> str:
        """A new id that is like `name`; like `otherwise` where no character of the name may stand in an id."""
        kept = "".join(c if c.isalpha() or c.isdecimal() or c in "_.-" else "-" for c in name)
        stem = (
            "-".join(part for part in kept.split("-") if part).lstrip(".-")[: _LONGEST - _ROOM] or otherwise
        )
        found, number = stem, self._last.get(stem, 1)
        while found in self._taken:
            number += 1
            found = f"{stem}-{number}"
        self._last[stem] = number
        self._taken.add(found)
        return found


def named(plan: Plan, name: str | None) -> Plan:
    """The plan with another name of its organisation; the same where there is none."""
    if not name:
        return plan
    return plan.model_copy(update={"organisation": plan.organisation.model_copy(update={"name": name})})
