"""Documents made from a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bcp.content import location
from bcp.errors import NotFoundError
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.saying import said
from bcp.usecases.computing import routes, run
from bcp.usecases.naming import did_you_mean
from bcp.usecases.packs import PACK
from bcp.usecases.weaknesses import assess


def document_names() -> tuple[str, ...]:
    """The documents that can be made of a plan, sorted."""
    return tuple(sorted(set(location.report_names()) - {location.INCIDENT_REPORT}))


STEPS = 4
"""How many parts the making of a document has, the document being the last."""


def report(
    plan: Plan,
    document: str,
    *,
    scenario: Scenario | None,
    language: str,
    revision: str = "",
    made_on: date | None = None,
    templates: Path | None = None,
) -> bytes:
    """A document as PDF. The same input gives the same bytes; `made_on` is printed where it is given.

    Raises BcpError where the plan or the scenario cannot be run or a template is wrong.
    """
    *_, made = report_parts(
        plan, document, scenario=scenario, language=language, revision=revision, made_on=made_on, templates=templates
    )  # fmt: skip
    return made


def report_parts(
    plan: Plan,
    document: str,
    *,
    scenario: Scenario | None,
    language: str,
    revision: str = "",
    made_on: date | None = None,
    templates: Path | None = None,
) -> Iterator[bytes]:
    """The same step by step, so that it can be followed and ended: nothing after each of them, then the document."""
    from bcp.render.pdf import render_pdf  # noqa: PLC0415 - ReportLab is slow to import and only documents need it

    if document not in document_names():
        known = (*document_names(), PACK)
        raise NotFoundError(
            said("there is no document {document}.", document=document), did_you_mean(document, known)
        )
    happened = run(plan, scenario) if scenario is not None else None
    yield b""
    ways = routes(plan, scenario, happened=happened)
    yield b""
    assessment = assess(plan, on=made_on, language=language)
    yield b""
    yield render_pdf(
        document,
        plan,
        run=happened,
        routes=ways,
        assessment=assessment,
        scenario=scenario,
        language=language,
        revision=revision,
        made_on=made_on,
        templates=templates,
    )
