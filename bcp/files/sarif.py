"""Findings as a SARIF 2.1.0 log, which code review tools show beside the lines they are about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bcp import __version__
from bcp.model.finding import AcceptedFinding, Examination, Finding, RuleText, Severity
from bcp.words import Words

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
"""Where the form is described; the log names it, nobody fetches it."""

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_ROOT = "%SRCROOT%"
"""What paths count from: by custom, the root of the repository that is reviewed."""


def write_sarif(
    found: Examination, rules: Sequence[RuleText], file_name: str, lines: Sequence[int], _: Words
) -> str:
    """The log, ending in a line break: findings that stand, then accepted ones as suppressed results.

    `file_name` is where the plan stands, empty for a plan that is in no file; `lines` are the lines (from 1)
    of the findings and then of the accepted ones. A file below the working directory is named from there,
    so that the log means the same on another computer. The same input gives the same text.
    """
    numbers = {rule.code: n for n, rule in enumerate(rules)}
    everything: list[tuple[Finding, AcceptedFinding | None]] = [
        *((finding, None) for finding in found.findings),
        *((accepted.finding, accepted) for accepted in found.accepted),
    ]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "bcp",
                "semanticVersion": __version__,
                "language": _.language,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "language": _.language,
        "results": [
            _result(finding, accepted, numbers[finding.code], file_name, line, _)
            for (finding, accepted), line in zip(everything, lines, strict=True)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: RuleText) -> dict[str, Any]:
    properties: dict[str, Any] = {"tags": [rule.family_name]}
    if rule.clause:
        properties["clause"] = f"ISO 22301 {rule.clause}"
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": properties,
    }


def _result(
    finding: Finding, accepted: AcceptedFinding | None, rule: int, file_name: str, line: int, _: Words
) -> dict[str, Any]:
    place: dict[str, Any] = {
        "logicalLocations": [{"name": finding.subject, "fullyQualifiedName": finding.where}]
    }
    if file_name:
        place["physicalLocation"] = {
            "artifactLocation": _artifact(file_name),
            "region": {"startLine": max(1, line)},
        }
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVEL[finding.severity],
        "message": {
            "text": f"{finding.message} {finding.fix}{f' ({finding.field})' if finding.field else ''}"
        },
        "locations": [place],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
    }
    if accepted is not None:
        result["suppressions"] = [_suppression(accepted, _)]
    return result


def _artifact(file_name: str) -> dict[str, str]:
    path = Path(file_name)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": _ROOT}


def _suppression(accepted: AcceptedFinding, _: Words) -> dict[str, str]:
    risk = accepted.risk
    told = _(
        "Accepted by {who} until {day}: {reason}",
        who=risk.accepted_by,
        day=_.day(risk.until),
        reason=risk.reason,
    )
    return {"kind": "external", "status": "accepted", "justification": told}


def _fingerprint(finding: Finding) -> str:
    """The same finding keeps it when lines move."""
    text = json.dumps([finding.code, finding.subject, finding.where], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
