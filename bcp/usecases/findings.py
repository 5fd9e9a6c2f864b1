"""Findings: checking a plan against the catalogue of rules, where each finding stands, and the catalogue itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bcp import checks
from bcp.content import location
from bcp.files import plan_file, sarif, yaml_source
from bcp.model.finding import Examination, Finding
from bcp.model.plan import Plan
from bcp.usecases.computing import system_of
from bcp.words import Words, words


def examine(
    plan: Plan,
    *,
    on: date | None = None,
    language: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> Examination:
    """Every rule that the plan breaks, and apart from them what somebody has accepted, said in `language`.

    `select` and `ignore` name codes (`S1`) or families (`F`). `on` is the day by which tests and accepted
    risks count as too old. Raises BcpError where the plan has problems or a code is not in the catalogue.
    """
    return checks.examine(
        plan,
        computed=checks.Computed(system=system_of(plan)),
        on=on,
        words=words(language or plan.organisation.language),
        select=select,
        ignore=ignore,
    )


def check(plan: Plan, *, on: date | None = None, language: str | None = None) -> tuple[Finding, ...]:
    """Every rule that the plan breaks, said in `language`. Raises BcpError where the plan has problems."""
    return examine(plan, on=on, language=language).findings


def rules(_: Words) -> tuple[dict[str, Any], ...]:
    """The catalogue of rules as plain data: code, family, severity, title, message, reason, remedy, clause, edit."""
    return tuple(rule.model_dump(mode="json") for rule in checks.rule_texts(_))


def finding_places(reference: str, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Where each finding stands: `file:line` for a plan from a file, else the place inside the plan."""
    if reference.startswith("db:"):
        return tuple(f"{reference}: {finding.where}" for finding in findings)
    shown, lines = _lines(reference, findings)
    return tuple(f"{shown}:{line}" for line in lines)


def sarif_log(reference: str, plan: Plan, found: Examination, *, language: str | None = None) -> str:
    """The findings and what was accepted as a SARIF 2.1.0 log, for code review tools."""
    everything = [*found.findings, *(accepted.finding for accepted in found.accepted)]
    shown, lines = (
        ("", [0] * len(everything)) if reference.startswith("db:") else _lines(reference, everything)
    )
    _ = words(language or plan.organisation.language)
    return sarif.write_sarif(found, checks.rule_texts(_), shown, lines, _)


def _lines(reference: str, findings: Sequence[Finding]) -> tuple[str, list[int]]:
    """The file as it is shown, and the line of each finding in it."""
    path = Path(reference)
    if reference.startswith("example:"):
        path = next(p for p in location.organisation_files() if p.stem == reference.removeprefix("example:"))
    source = yaml_source.read_source(plan_file.read_file(path), str(path))
    shown = path.name if reference.startswith("example:") else str(path)
    return shown, [source.line_at(finding.where) for finding in findings]
