"""A finding: a rule that the plan breaks."""

from __future__ import annotations

from enum import StrEnum

from bcp.model.value import Value


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Finding(Value):
    """A rule that the plan breaks: on what, why it matters and what to do."""

    code: str
    severity: Severity
    subject: str
    message: str
    fix: str
    where: str = ""
