"""`bcp notify`: who is told what and when, over which channels that survive."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bcp import usecases
from bcp.cli.arguments import (
    AsJson,
    PlanArgument,
    ScenarioArgument,
    Settings,
    Strict,
    write_file,
)
from bcp.cli.choosing import scenario_on
from bcp.cli.notify_tables import put_notices
from bcp.cli.output import put, put_json, spoken
from bcp.errors import BcpError
from bcp.model.announcement import NOTICE_LANGUAGES
from bcp.model.duration import seconds
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.model.telling import Telling
from bcp.saying import said
from bcp.usecases import notifying
from bcp.usecases.lines import read_lines
from bcp.usecases.notifying import Notified
from bcp.words import LANGUAGES, words

Lang = Annotated[
    str | None,
    typer.Option("--lang", metavar="xx", help=f"Language of the notices: {', '.join(NOTICE_LANGUAGES)}."),
]
At = Annotated[str | None, typer.Option("--at", metavar="TIME", help="Only what is due by then: 45m.")]
Begins = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DDTHH:MM", help="When scenario time 0 is, in the plan's time zone."),
]
LinesFile = Annotated[
    Path | None,
    typer.Option(
        "--lines",
        metavar="LINES.csv",
        help="Customers' lines: tell those hit; example:fibra is a made-up list.",
    ),
]
Checks = Annotated[
    Path | None, typer.Option(metavar="CSV", help="Test calls made to the numbers: number, by, at.")
]


def notify(
    plan: PlanArgument,
    scenario: ScenarioArgument,
    settings: Settings = None,
    lang: Lang = None,
    at: At = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Write all files there.")
    ] = None,
    lines: LinesFile = None,
    begins: Begins = None,
    every: Annotated[str, typer.Option(metavar="TIME", help="Time between updates.")] = "1h",
    window: Annotated[
        str | None, typer.Option(metavar="TIME", help="It is planned work, to end after this.")
    ] = None,
    cause: Annotated[str, typer.Option(metavar="TEXT", help="The cause, once it is known.")] = "",
    end: Annotated[
        str | None, typer.Option("--expected-end", metavar="YYYY-MM-DDTHH:MM", help="Once it is known.")
    ] = None,
    contact: Annotated[str, typer.Option(metavar="TEXT", help="Where to ask.")] = "",
    sender: Annotated[str, typer.Option(metavar="ADDRESS", help="E-mail address of the sender.")] = "",
    checks: Checks = None,
    exercise: Annotated[bool, typer.Option("--exercise", help="Mark everything as an exercise.")] = False,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Whom to tell what and when: notices over the channels that survive a scenario, in five languages."""
    opened = usecases.open_plan(plan)
    chosen = scenario_on(opened.plan, scenario, settings, lang)
    start = _moment(begins, opened.plan) if begins else notifying.begins_at(opened.plan, chosen)
    telling = Telling(
        begins=start,
        every=_seconds(every),
        cause=cause,
        expected_end=_moment(end, opened.plan) if end else None,
        contact=contact,
        exercise=exercise,
        windows=() if window is None else ((0.0, _seconds(window)),),
    )
    told = notifying.notify(
        opened.plan,
        chosen,
        telling=telling,
        language=lang,
        lines=read_lines(lines, opened.plan) if lines else None,
        checks=notifying.read_number_checks(checks) if checks else (),
    )
    moment = None if at is None else _seconds(at)
    _show(told, chosen, moment, as_json=as_json, lang=lang)
    if output is not None:
        files = notifying.notice_files(told, at_s=moment, sender=sender)
        for name, content in files.items():
            write_file(output / name, content)
        if not as_json:
            put(f"{output}: {len(files)}")
    if strict and any(notice.draft for notice in told.at(moment)):
        raise typer.Exit(1)


def _show(
    told: Notified, scenario: Scenario, moment: float | None, *, as_json: bool, lang: str | None
) -> None:
    if as_json:
        data = told.found.json_data()
        kept = {(n.id, n.revision) for n in told.at(moment)}
        notices = [n for n in data["notices"] if (n["id"], n["revision"]) in kept]
        to_lines = [
            {"line": t.line, "notice": t.notice, "revision": t.revision, "channel": t.channel, "to": t.address,
             "language": t.language}
            for t in told.to_lines(moment)
        ]  # fmt: skip
        put_json({**data, "notices": notices, "lines": to_lines})
    else:
        put_notices(told, scenario, moment, words(lang) if lang in LANGUAGES else spoken(None))


def _seconds(text: str) -> float:
    try:
        return seconds(text)
    except ValueError as error:
        raise BcpError(
            said("{text!r} is no length of time.", text=text), said("Write it as 45m, 2h or 1d.")
        ) from error


def _moment(text: str, plan: Plan) -> datetime:
    """A time in the plan's zone, or with an offset of its own."""
    try:
        moment = datetime.fromisoformat(text)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(plan.organisation.timezone))
        return zoned.astimezone(UTC).astimezone(ZoneInfo(plan.organisation.timezone))
    except (ValueError, OverflowError) as error:
        raise BcpError(
            said("{text!r} is no date and time.", text=text), said("Write it as 2026-03-03T07:00.")
        ) from error
