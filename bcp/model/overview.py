"""All activities in all outages at one glance: how each fared, against which limit, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import Any, Literal

from pydantic import Field, field_serializer

from bcp.model.plan import Plan
from bcp.model.run import ActivityResult, Run
from bcp.model.scenario import Scenario
from bcp.model.value import Value

WHOLE = 0.9995
"""A level that people are shown as 100 %."""

NOTHING_TO_SPARE_S = 0.5
"""A limit that is kept by less than this, in seconds, is kept with nothing to spare: figures are told in whole seconds."""


NOTHING = 0.0005
"""A level that people are shown as 0 %."""


class Grade(IntEnum):
    """How badly an activity fared, worst first."""

    MTPD_BROKEN = 0
    RTO_BROKEN = 1
    BELOW = 2
    REDUCED = 3
    UNTOUCHED = 4


class Light(StrEnum):
    """The same in three: red – a limit was broken; amber – too low, but no limit broken; green – always enough."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


def grade(result: ActivityResult) -> Grade:
    """How badly an activity fared: the worst that holds, from a broken MTPD to untouched.

    Below its quality floor counts as below its minimum, though no limit is broken by that.
    """
    if result.mtpd_met is False:
        return Grade.MTPD_BROKEN
    if result.rto_met is False:
        return Grade.RTO_BROKEN
    if result.first_below_s is not None:
        return Grade.BELOW
    if result.quality is not None and result.quality.below_floor_s:
        return Grade.BELOW
    return Grade.REDUCED if well(result) < WHOLE else Grade.UNTOUCHED


def limits_broken(result: ActivityResult) -> int:
    """How many of its limits, RTO and MTPD, an activity broke: 0 to 2."""
    return (result.rto_met, result.mtpd_met).count(False)


def nothing_left(run: Run, activity: str) -> bool:
    """Whether the activity delivered nothing at all during the whole of its longest disruption.

    Where something was left for a part of that time it was too low, but not down.
    """
    result = run.activities[activity]
    if result.min_level > NOTHING:
        return False
    if not result.disruptions:
        return True
    begins, ends = max(result.disruptions, key=lambda d: (d[1] - d[0], -d[0]))
    times = (begins, *(t for t, _level in run.levels[activity] if begins < t < ends))
    return all(run.level_at(activity, t) <= NOTHING for t in times)


def repeated(plan: Plan, run: Run, scenario: Scenario) -> float:
    """How many times the usual contacts some activity has at most, as callers try again; 1: no more than usual.

    Lost contacts are counted with it.
    """
    struck = {
        s.at_s for s in run.strikes if "surge" in s.text and any(i in plan.activities for i in s.components)
    }
    return max([1.0, *(e.effect.surge for e in scenario.events if e.effect.surge and e.at in struck)])


def well(result: ActivityResult) -> float:
    """The lowest share that got through, or of what got through was good: the lower of the two."""
    return min(result.min_level, 1.0 if result.quality is None else result.quality.lowest)


def light(graded: Grade) -> Light:
    """The grade in three."""
    if graded <= Grade.RTO_BROKEN:
        return Light.RED
    return Light.AMBER if graded is Grade.BELOW else Light.GREEN


class Cell(Value):
    """One activity in one outage. Seconds of scenario time unless said."""

    grade: Grade
    min_level: float = Field(description="Lowest level, or lowest quality where that is lower.")
    longest_s: float = Field(description="Longest interval below the MBCO.")
    first_below_s: float | None = Field(description="When it first fell below the MBCO; none: never.")
    breach_s: float | None = Field(description="When the first limit was broken; none: never.")
    mtpd_breach_s: float | None = Field(default=None, description="When the MTPD was broken; none: never.")
    spare_s: float | None = Field(
        description="What is left of the limit nearest to being broken (RTO, else MTPD) after the longest disruption; "
        "none where one was broken, none is set or nothing was disrupted."
    )
    look_at_s: float = Field(description="The moment worth looking at: the breach, else the first trouble.")

    @field_serializer("grade")
    def _grade_word(self, value: Grade) -> str:
        return value.name.lower()


class Row(Value):
    """One outage: every activity in it, by id."""

    scenario: str = Field(description="The reference by which the outage is run again.")
    title: str
    cells: Mapping[str, Cell]


class Unstruck(Value):
    """An outage that cannot be run on this plan as it stands, why, and what to set so that it can."""

    scenario: str
    title: str
    reason: str
    remedy: str = ""


class Lights(Value):
    """How many cells are red, amber and green."""

    red: int = 0
    amber: int = 0
    green: int = 0


class Overview(Value):
    """All activities in all outages that were asked for."""

    format: Literal["bcp-overview/1"] = "bcp-overview/1"
    plan: str
    plan_hash: str
    rows: tuple[Row, ...]
    unstruck: tuple[Unstruck, ...] = ()
    exposure: tuple[Exposure, ...] = ()

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-overview/1`."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data


class ExposureBy(StrEnum):
    """By what components are taken together."""

    OPERATOR = "operator"
    AREA = "area"
    PLATFORM = "platform"


class Exposure(Value):
    """What would be lost if everything of one operator or area, or one platform, were down for a while.

    Shares are of all contacts that the activities have in that time (demand × time); where no activity
    has a demand, every activity counts alike. The shares of several do not add up: the same contact may
    need two operators.
    """

    by: ExposureBy
    name: str = Field(description="The operator, the area's path, or the platform's id.")
    components: int = Field(description="How many components go down with it at once.")
    lost: float = Field(description="Share of contacts lost, 0–1, fallbacks at work.")
    lost_bare: float = Field(description="The same without any fallback.")
    activities: tuple[str, ...] = Field(description="Activities that fall below their MBCO, sorted.")


def counted(rows: Iterable[Row]) -> Lights:
    """How many cells of each light there are."""
    found = dict.fromkeys(Light, 0)
    for row in rows:
        for cell in row.cells.values():
            found[light(cell.grade)] += 1
    return Lights(red=found[Light.RED], amber=found[Light.AMBER], green=found[Light.GREEN])


Overview.model_rebuild()
