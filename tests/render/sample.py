"""A small plan in which every fallback verdict of a document occurs, and what is made of it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from bcp import usecases
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.render.context.material import Material
from bcp.render.context.whole import facts_of
from bcp.render.functions import Functions
from bcp.render.pdf import render_pdf
from bcp.render.style import register_fonts
from bcp.render.template import Written, write_document

NUMBER = {"kind": "number", "e164": "+46771123456", "operator": "telia"}

PLAN: dict[str, Any] = {
    "organisation": {"name": "Åmåls ärende & öga", "language": "sv"},
    "components": {
        "telia-in": {
            "kind": "platform",
            "name": "Service-number platform",
            "operator": "telia",
            "detection": "10m",
        },
        "telenor-net": {
            "kind": "platform",
            "name": "Telenor network",
            "operator": "telenor",
            "verified": "2026-01-05",
        },
        "n-0771": {**NUMBER, "name": "Citizen number", "requires": ["telia-in"]},
        "n-010": {
            "kind": "number",
            "name": "Ordinary number",
            "e164": "+46101234567",
            "requires": ["telia-in"],
        },
        "n-reserve": {
            "kind": "number",
            "name": "Reserve",
            "e164": "+46846500400",
            "requires": ["telenor-net"],
        },
        "crew": {"kind": "team", "name": "Crew", "members": ["anna", "bo"]},
        "web": {"kind": "channel", "name": "Web page", "reach": 0.4, "requires": ["telenor-net"]},
        "service": {
            "kind": "activity",
            "name": "Customer service",
            "requires": ["n-0771", "crew"],
            "owner": "anna",
            "bia": {
                "mtpd": "24h",
                "rto": "1h",
                "mbco": 0.5,
                "demand": "400/h",
                "impact": {"economy": {"1h": 5000, "24h": 400000}},
            },
        },
    },
    "fallbacks": {
        "slow": {
            "protects": "n-0771",
            "name": "Open the reserve number",
            "via": ["n-reserve"],
            "lead_time": "45m",
            "owner": "crew",
            "steps": [
                {"do": "Open it", "by": "anna", "takes": "5m", "expect": "It rings"},
                {"do": "Publish it", "takes": "30m"},
            ],
            "failback_steps": ["Close it"],
        },
        "quick": {"protects": "n-0771", "name": "Switch at once", "via": ["n-reserve"], "lead_time": "5m"},
        "divert": {
            "protects": "n-0771",
            "name": "Divert",
            "via": ["n-reserve"],
            "executes_at": "telia-in",
            "lead_time": "5m",
        },
        "ordinary": {
            "protects": "n-0771",
            "name": "Publish the ordinary number",
            "via": ["n-010"],
            "lead_time": "5m",
        },
    },
    "contacts": {
        "anna": {
            "name": "Anna Ö",
            "role": "Head",
            "mobile": "+46701740610",
            "operator": "telia",
            "deputy": "bo",
        },
        "bo": {"name": "Bo ß", "role": "Deputy", "mobile": "+46701740611", "operator": "tele2"},
    },
    "document": {
        "owner": "anna",
        "approver": "bo",
        "version": "3",
        "classification": "Internal, parts are secret",
        "purpose": "Keep answering, at a cost below 1000 €, as at the café in Weiß.",
        "activation": {"criteria": ["No calls for 15 minutes"], "decided_by": ["anna", "bo"]},
        "messages": [
            {"audience": "Public", "when": "at once", "channels": ["web"], "text": "Call the reserve."}
        ],
        "validation": ["Call in from three operators"],
    },
}

OUTAGE = Scenario.model_validate(
    {
        "id": "outage",
        "title": {"en": "Platform down", "sv": "Plattformen nere"},
        "events": [{"at": 0, "select": {"id": "telia-in"}, "effect": {"level": 0}, "until": "5h"}],
    }
)


def plan(changes: Mapping[str, Any] | None = None) -> Plan:
    """The sample plan, with some of its top-level parts replaced."""
    return Plan.model_validate({**PLAN, **(changes or {})})


def pdf(
    document: str = "bcp",
    *,
    of: Plan | None = None,
    scenario: Scenario | None = OUTAGE,
    language: str = "en",
    templates: Path | None = None,
    made_on: date | None = date(2026, 11, 23),
) -> bytes:
    """A document about a plan, the sample if none is given."""
    it = of or plan()
    happened = usecases.run(it, scenario) if scenario else None
    return render_pdf(
        document,
        it,
        run=happened,
        routes=usecases.routes(it, scenario, happened=happened),
        assessment=usecases.assess(it, on=made_on),
        scenario=scenario,
        language=language,
        revision="7",
        made_on=made_on,
        templates=templates,
    )


@lru_cache(maxsize=16)
def made(document: str = "bcp", language: str = "en") -> bytes:
    """A document about the sample plan, made once for all tests that only look at it."""
    return pdf(document, language=language)


def text_of(data: bytes) -> str:
    """All words of a PDF, one blank between each."""
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def written(template: str, folder: Path, *, of: Plan | None = None, language: str = "en") -> Written:
    """The blocks that a template makes of the sample plan, without a scenario."""
    it = of or plan()
    register_fonts()
    (folder / "en.md").write_text(template, encoding="utf-8")
    material = Material(it, None, usecases.routes(it), usecases.assess(it), None, language)
    return write_document(
        folder, language, facts_of(material, revision="7", made_on=None), Functions(material)
    )
