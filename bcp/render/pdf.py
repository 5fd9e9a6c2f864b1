"""A document as PDF: template and facts in, bytes out. The same input gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportlab.platypus import Flowable, PageBreak

from bcp.content.location import INCIDENT_REPORT, report_folder
from bcp.model.assessment import Assessment
from bcp.model.plan import Plan
from bcp.model.route import RoutingPlan
from bcp.model.run import Run
from bcp.model.scenario import Scenario
from bcp.render.blocks import Block, Heading
from bcp.render.blocks import PageBreak as PageBreakBlock
from bcp.render.context.facts import Facts
from bcp.render.context.incident_facts import IncidentFacts
from bcp.render.context.material import Material
from bcp.render.context.whole import facts_of
from bcp.render.flowables import Layout, height_of
from bcp.render.functions import Functions
from bcp.render.page import Frontmatter, Pages
from bcp.render.style import HEIGHT, WIDTH, Styles, register_fonts
from bcp.render.template import Written, write_document
from bcp.words import Words

_SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)
"""Sizes tried until a card fits on its side; below the last it would not be read at arm's length."""


def render_pdf(
    document: str,
    plan: Plan,
    *,
    run: Run | None,
    routes: tuple[RoutingPlan, ...],
    assessment: Assessment,
    scenario: Scenario | None,
    language: str,
    revision: str,
    made_on: date | None,
    templates: Path | None = None,
) -> bytes:
    """A document about a plan and, where there is one, a scenario's run.

    `document` names a folder of reports/; `templates` is a folder with own templates (`sv.md`, `en.md`)
    to be used instead. `made_on` is the day printed, none to leave it open. Raises NotFoundError for an
    unknown document, and BcpError with file and line where a template is wrong.
    """
    material = Material(plan, run, routes, assessment, scenario, language)
    facts = facts_of(material, revision=revision, made_on=made_on)
    return _pdf(report_folder(document) if templates is None else templates, material, facts)


def render_incident(
    material: Material, incident: IncidentFacts, *, revision: str, made_on: date | None
) -> bytes:
    """The report of an incident, over the plan and the run that it was. Raises as `render_pdf` does."""
    facts = replace(facts_of(material, revision=revision, made_on=made_on), incident=incident)
    return _pdf(report_folder(INCIDENT_REPORT), material, facts)


def _pdf(folder: Path, material: Material, facts: Facts) -> bytes:
    register_fonts()
    written = write_document(folder, material.language, facts, Functions(material))
    front = _front(written, facts, material.words)
    file = io.BytesIO()
    pages = Pages(file, front, material.words)
    if written.layout == "cards":
        pages.cards(_cards(written.blocks, material.words))
    else:
        pages.document(Layout(Styles(), material.words("Figure")).story(written.blocks))
    return file.getvalue()


def _front(written: Written, facts: Facts, _: Words) -> Frontmatter:
    known = (
        (_("Version"), facts.version),
        (_("Plan revision"), facts.revision),
        (_("Content"), facts.content_hash),
        (_("Classification"), facts.classification),
        (_("Owner"), facts.owner.name if facts.owner else ""),
        (_("Approved by"), facts.approver.name if facts.approver else ""),
        (_("Next review"), facts.next_review),
        (_("Made on"), facts.made_on),
    )
    return Frontmatter(
        title=written.title,
        subtitle=written.subtitle,
        organisation=facts.organisation,
        classification=facts.classification,
        revision=facts.revision,
        content_hash=facts.content_hash,
        made_on=facts.made_on,
        fields=tuple((name, value or "–") for name, value in known),
    )


def _cards(blocks: Sequence[Block], _: Words) -> list[Flowable]:
    """Each top heading begins a side; a card that is too long for its side is set smaller."""
    story: list[Flowable] = []
    for number, card in enumerate(_sides(blocks)):
        if number:
            story.append(PageBreak())
        story += _fitted(card, _, f"c{number}-")
    return story


def _sides(blocks: Sequence[Block]) -> list[list[Block]]:
    sides: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, PageBreakBlock) or (isinstance(block, Heading) and block.level == 1):
            sides.append([])
        if not isinstance(block, PageBreakBlock):
            sides[-1].append(block)
    return [side for side in sides if side]


def _fitted(card: list[Block], _: Words, prefix: str) -> list[Flowable]:
    """The card at the largest scale at which it fits; at the smallest where none does, on two sides then."""
    story: list[Flowable] = []
    for scale in _SCALES:
        story = Layout(Styles(scale), _("Figure"), cards=prefix).story(card)
        if _height(story) <= HEIGHT:
            break
    return story


def _height(story: Sequence[Flowable]) -> float:
    """Height in points of flowables set below each other."""
    height, gap = 0.0, 0.0
    for flowable in story:
        own = height_of(flowable, WIDTH)
        before = flowable.getSpaceBefore()
        height += max(gap, before) + own
        gap = flowable.getSpaceAfter()
    return height
