"""What to seek in a supplier's contract, as clauses with the figures that follow from the plan."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from pydantic import Field

from bcp.model.recovery import Demand, Standing
from bcp.model.value import Value
from bcp.words import Words


class Ask(StrEnum):
    """What a clause is about."""

    RESTORATION = "restoration"
    SECOND_WAY = "second_way"
    HOURS = "hours"
    LEVEL = "level"
    PRIORITY = "priority"
    MAINTENANCE = "maintenance"
    ROUTES = "routes"
    PENALTY = "penalty"
    TEST = "test"


class Clause(Value):
    """One clause to seek. Times in seconds; a field is None or empty where the clause has no such figure."""

    ask: Ask
    components: tuple[str, ...]
    activity: str = ""
    within_s: float | None = None
    limit_s: float | None = None
    bridged_s: float | None = None
    level: float | None = None
    days: int | None = None
    amount: float | None = None
    fallbacks: tuple[str, ...] = ()

    def sentence(self, _: Words, name: Callable[[str], str], currency: str) -> str:
        """The clause in words; `name` gives what people call a component, activity or fallback."""

        def several(ids: tuple[str, ...]) -> str:
            shown = ", ".join(name(i) for i in ids[:_NAMED])
            rest = len(ids) - _NAMED
            return _("{names} and {n} more", names=shown, n=rest) if rest > 0 else shown

        return _(
            self.text,
            names=several(self.components),
            activity=name(self.activity) if self.activity else "",
            time=_.length(self.within_s),
            limit=_.length(self.limit_s),
            bridged=_.length(self.bridged_s),
            share=_.percent(self.level or 0.0),
            days=_.count("{n} working day", "{n} working days", self.days or 0),
            amount=_.money(self.amount or 0.0, currency),
            fallbacks=several(self.fallbacks),
        )

    @property
    def text(self) -> str:
        """The sentence in English, with places for the figures that this clause has."""
        texts = TEXTS[self.ask]
        match self.ask:
            case Ask.RESTORATION if self.bridged_s is not None:
                return texts[1]
            case Ask.RESTORATION if self.fallbacks:
                return texts[2]
            case Ask.MAINTENANCE if self.days is None:
                return texts[1]
            case Ask.TEST if not self.fallbacks:
                return texts[1]
            case _:
                return texts[0]


_NAMED = 4
"""More than this many names in one clause are counted instead."""

TEXTS: dict[Ask, tuple[str, ...]] = {
    Ask.RESTORATION: (
        "Restores {names} within {time} of the report; {activity} must be back within {limit} of the failure.",
        "Restores {names} within {time} of the report, or within {bridged} where a fallback carries the load ({fallbacks}); {activity} must be back within {limit} of the failure.",
        "Restores {names} within {time} of the report unless a fallback carries the load ({fallbacks}); {activity} must be back within {limit} of the failure.",
    ),
    Ask.SECOND_WAY: (
        "Delivers {names} over a second, separate way that takes over by itself: no repair is quick enough, since noticing the fault and starting what rests on it take all of the {limit} of {activity}.",
    ),
    Ask.HOURS: (
        "Receives faults and works on them at all hours, weekends too, and is reached by a way that does not rest on what has failed: the {limit} of {activity} run at any hour.",
    ),
    Ask.LEVEL: ("A provisional repair that gives {share} of {names} counts as restored in time.",),
    Ask.PRIORITY: (
        "Restores {names} before customers who can wait longer: after {limit} the disruption of {activity} is intolerable.",
    ),
    Ask.MAINTENANCE: (
        "Announces planned work on {names} at least {days} ahead, so that fallbacks can be made ready ({fallbacks}), and undoes it in time to deliver within {time}.",
        "Announces planned work on {names} before it begins, agrees on the time, and undoes it in time to deliver within {time}.",
    ),
    Ask.ROUTES: (
        "Says which platforms, sites, power feeds and ducts carry {names}, keeps them apart, and asks before it changes that: {activity} counts on not losing them together.",
    ),
    Ask.PENALTY: (
        "Pays a penalty that is felt for later restoration of {names}: after {time} the disruption of {activity} costs {amount}.",
    ),
    Ask.TEST: (
        "Takes part in a test once a year that takes away {names} while the fallbacks carry the load ({fallbacks}).",
        "Takes part in a test once a year that takes away {names}, one at a time.",
    ),
}
"""The sentences, by what they are about; the variants follow from which figures there are."""


class SupplierDemand(Value):
    """What the activities ask of everything that one supplier delivers, and what its contract promises."""

    supplier: str = Field(description="An operator's name as the components say it, or a component's id.")
    components: tuple[str, ...] = Field(description="What it delivers that activities ask for, sorted.")
    strictest: Demand = Field(
        description="The demand that leaves the least time; one that holds alone first."
    )
    slowest: Demand = Field(description="The demand that it misses most, or of which nothing is known.")
    contracts: tuple[str, ...] = ()
    unpromised: tuple[str, ...] = Field(
        default=(), description="Components needed alone for which no contract time is in the plan."
    )
    standing: Standing
    clauses: tuple[Clause, ...] = ()

    @property
    def gap_s(self) -> float | None:
        """Seconds by which it is too slow where it misses most; none where nothing is known."""
        return self.slowest.gap_s
