"""Who is affected, exactly: a list of customers' lines in a scenario."""

from __future__ import annotations

import io
from pathlib import Path

from bcp.content.samples import sample_file, sampled
from bcp.engine.lines.affected import DOWN_BELOW, AffectedLines
from bcp.engine.lines.affected import affected_lines as engine_affected_lines
from bcp.errors import BcpError, InvalidInputError
from bcp.files.affected_csv import save_affected, write_affected
from bcp.files.lines_csv import load_lines
from bcp.files.lines_csv import read_lines as parse_lines
from bcp.model.affected_lines import FirstTold, LinesHit
from bcp.model.line import Lines, within_area
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.saying import said
from bcp.usecases.computing import run

_ENDING = "-lines.csv"

EXAMPLE = "example:"
"""What a path begins with that names the sample of an example organisation."""


def read_lines(path: Path, plan: Plan) -> Lines:
    """A list of lines whose components are all in the plan; `example:fibra` is the sample that comes with the product.

    Raises BcpError with every problem of the file.
    """
    if str(path).startswith(EXAMPLE):
        return load_lines(sample_file(str(path).removeprefix(EXAMPLE) + _ENDING), plan)
    return load_lines(path, plan)


def uploaded_lines(content: bytes, file_name: str, plan: Plan) -> Lines:
    """A list of lines given by content; see `read_lines`."""
    return parse_lines(content, file_name, plan)


def sample_lines(plan: Plan) -> Path | None:
    """The sample whose lines hang on this plan's components, if the product has one."""
    for example in sampled(_ENDING):
        path = sample_file(example + _ENDING)
        try:
            load_lines(path, plan)
        except InvalidInputError:
            continue
        return path
    return None


def affected_csv(found: AffectedLines) -> bytes:
    """The affected lines as CSV, who is told first first."""
    out = io.BytesIO()
    write_affected(found, out)
    return out.getvalue()


def affected_lines(
    plan: Plan, scenario: Scenario, lines: Lines, *, area: str = "", down_below: float = DOWN_BELOW
) -> AffectedLines:
    """Exactly the lines that a scenario hits, within an area path where one is given. Raises as `run` does."""
    if area and not any(within_area(path, area) for path in lines.area.values):
        raise BcpError(
            said("no line is in the area {area!r}.", area=area),
            said("Give a path that the list has, such as SE/S."),
        )
    return engine_affected_lines(lines, run(plan, scenario), area=area, down_below=down_below)


def lines_hit(
    plan: Plan, scenario: Scenario, found: AffectedLines, *, first: int = 10, file: Path | None = None
) -> LinesHit:
    """The affected lines as figures, with the `first` so many that are told first; `file`: where they were written."""
    return LinesHit(
        plan=plan.organisation.name,
        scenario=scenario.id,
        area=found.area,
        horizon_s=found.horizon_s,
        down_below=found.down_below,
        lines_in_all=len(found.lines),
        total=found.total,
        areas=found.areas,
        priorities=found.by_priority,
        told_first=tuple(_told(found, place) for place in range(min(first, len(found)))),
        file=None if file is None else str(file),
    )


def _told(found: AffectedLines, place: int) -> FirstTold:
    hit = found[place]
    return FirstTold(
        line=hit.line.id,
        area=hit.line.area,
        priority=hit.line.priority,
        customer=hit.line.customer,
        from_s=hit.course.from_s,
        until_s=hit.course.until_s,
        lowest_level=hit.course.lowest,
        channels=tuple(dict.fromkeys(point.channel for point in hit.line.told_by)),
    )


def write_affected_lines(found: AffectedLines, path: Path, *, source: Path | None = None) -> None:
    """Write the affected lines as CSV, who is told first first. Raises BcpError.

    `source` is the file that the list was read from: it is never written over.
    """
    if source is not None and path.exists() and path.samefile(source):
        raise BcpError(
            said("this is the list that was read; it is not written over."),
            said("Give -o another name."),
            str(path),
        )
    save_affected(found, path)
