"""All activities in all outages at one glance, what each operator carries, and how that went over the revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bcp.engine.fate.exposure import each_exposure, groups, ranked
from bcp.engine.run.overview import row as engine_row
from bcp.engine.run.result import run
from bcp.errors import BcpError
from bcp.model.duration import DAY
from bcp.model.overview import Exposure, ExposureBy, Lights, Overview, Row, Unstruck, counted
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.usecases.computing import system_of
from bcp.usecases.fitting import outage_on
from bcp.words import words

Outages = Mapping[str, Scenario]
"""Scenarios with their parameters set, by the reference under which each is run again."""


def overview_row(plan: Plan, happened: Run, reference: str, title: str) -> Row:
    """The row of a run that the caller has already."""
    return engine_row(plan, happened, reference, title)


def overview_rows(plan: Plan, outages: Outages, *, language: str = "en") -> Iterator[Row | Unstruck]:
    """Each outage as a row, one after the other as they are computed; what does not fit the plan says why.

    Raises BcpError where the plan itself cannot be run.
    """
    system = system_of(plan)
    for reference, scenario in outages.items():
        title = scenario.titled(language)
        try:
            happened = run(plan, outage_on(plan, reference, scenario), system=system, causes=False)
        except BcpError as error:
            say = words(language).say
            yield Unstruck(scenario=reference, title=title, reason=say(error.message), remedy=say(error.fix))
        else:
            yield overview_row(plan, happened, reference, title)


def overview(
    plan: Plan, outages: Outages, *, language: str = "en", by: Iterable[ExposureBy] = ExposureBy
) -> Overview:
    """All rows at once, with the exposures asked for. Raises BcpError where the plan cannot be run."""
    found = list(overview_rows(plan, outages, language=language))
    return Overview(
        plan=plan.organisation.name,
        plan_hash=plan.content_hash,
        rows=tuple(r for r in found if isinstance(r, Row)),
        unstruck=tuple(r for r in found if isinstance(r, Unstruck)),
        exposure=tuple(e for one in by for e in exposure(plan, one)),
    )


def exposure(plan: Plan, by: ExposureBy, *, lasts: float = DAY) -> tuple[Exposure, ...]:
    """What would be lost if each operator, area or platform were down for `lasts` seconds, the most first.

    Raises BcpError where the plan cannot be run.
    """
    return ranked(each_exposure(plan, by, lasts=lasts))


def lights(plan: Plan, outages: Outages) -> Lights:
    """How many cells of the overview are red, amber and green. Raises BcpError where the plan cannot be run."""
    return counted(r for r in overview_rows(plan, outages) if isinstance(r, Row))


def exposure_parts(plan: Plan, by: ExposureBy) -> tuple[int, Iterator[Exposure]]:
    """How many there are, and each as it is computed, by name; for long work that is watched."""
    return len(groups(plan, by)), each_exposure(plan, by)


def ranked_exposure(found: Iterable[Exposure]) -> tuple[Exposure, ...]:
    """The most lost first; where that is the same, what would be lost without fallbacks, then by name."""
    return ranked(found)
