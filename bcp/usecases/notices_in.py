"""Suppliers' notices in: read, matched to a plan, as scenarios, with go or no-go and overlaps."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from bcp.engine.notices.go_no_go import go_no_go_tables
from bcp.engine.notices.match import matched
from bcp.engine.notices.overlap import overlaps
from bcp.engine.notices.scenario import planned_scenario, variants
from bcp.errors import InvalidInputError, Problem
from bcp.files.notices.reading import read_notice_file
from bcp.files.notices.reading import read_notices as read_notice_bytes
from bcp.files.scenario_file import write_scenario
from bcp.model.notice import Notices, NoticeStatus, newest
from bcp.model.plan import Plan
from bcp.model.planned_work import PlannedWork
from bcp.model.scenario import Scenario
from bcp.usecases.computing import system_of


def read_notices(files: Iterable[Path], plan: Plan, *, provider: str | None = None) -> Notices:
    """The notices of all files; times without a zone are read in the plan's.

    `provider` names the carrier that wrote e-mails whose sender does not tell. Raises NotFoundError for
    a missing file and InvalidInputError with the problems of all files: then nothing is read.
    """
    zone = plan.organisation.timezone
    return _together(partial(read_notice_file, file, zone=zone, provider=provider) for file in files)


def read_uploads(uploads: Iterable[tuple[str, bytes]], plan: Plan, *, provider: str | None = None) -> Notices:
    """The notices of files given by name and content; see `read_notices`."""
    zone = plan.organisation.timezone
    return _together(
        partial(read_notice_bytes, content, name, zone=zone, provider=provider) for name, content in uploads
    )


def _together(readings: Iterable[Callable[[], Notices]]) -> Notices:
    """What all files hold. Raises InvalidInputError with the problems of all of them."""
    found: list[Notices] = []
    problems: list[Problem] = []
    for read in readings:
        try:
            found.append(read())
        except InvalidInputError as error:
            problems.extend(error.problems)
    if problems:
        raise InvalidInputError(problems)
    return Notices(
        notices=tuple(n for part in found for n in part.notices),
        not_understood=tuple(n for part in found for n in part.not_understood),
    )


def planned_work(plan: Plan, notices: Notices, *, roll_back: float = 0.0) -> PlannedWork:
    """What notices mean for a plan; `roll_back` is how long rolling back takes, in seconds.

    Raises BcpError where the plan has problems.
    """
    current = newest(notices.notices)
    found = matched(plan, [n for n in current if n.status != NoticeStatus.CANCELLED])
    system = system_of(plan)
    work = PlannedWork(
        plan=plan.organisation.name,
        notices=found,
        called_off=tuple(n for n in current if n.status == NoticeStatus.CANCELLED),
        not_understood=notices.not_understood,
        overlaps=overlaps(plan, found, system=system),
    )
    tables = [
        table
        for one in work.to_come
        for table in go_no_go_tables(plan, one, roll_back=roll_back, system=system)
    ]
    return work.model_copy(update={"go_no_go": tuple(tables)})


def work_scenarios(plan: Plan, work: PlannedWork) -> tuple[Scenario, ...]:
    """Every window of every notice to come in each of its variants, as scenarios that `run` takes."""
    return tuple(
        planned_scenario(plan, one, window, variant)
        for one in work.to_come
        for window in one.notice.windows
        for variant in variants(one, window)
    )


def scenario_texts(scenarios: Iterable[Scenario]) -> Mapping[str, str]:
    """Each scenario as a file's name and text."""
    return {f"{s.id}.yaml": write_scenario(s) for s in scenarios}


def scenario_archive(scenarios: Iterable[Scenario]) -> bytes:
    """The scenario files in one ZIP archive, the same bytes each time."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(scenario_texts(scenarios).items()):
            archive.writestr(zipfile.ZipInfo(name), text)
    return content.getvalue()
