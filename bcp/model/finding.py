"""A finding: a rule that the plan breaks; and what the catalogue says of the rule itself."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from pydantic import Field

from bcp.model.plan import AcceptedRisk
from bcp.model.remedy import Remedy
from bcp.model.value import Value


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class RuleText(Value):
    """A rule of the catalogue in one language. `message` has places such as `{name}` that a finding fills."""

    code: str
    family: str = Field(description="The code's letters: the family's key.")
    family_name: str
    severity: Severity
    title: str
    message: str
    reason: str
    remedy: str
    clause: str = Field(description="The clause of ISO 22301 that asks for it; empty for none.")
    edit: str = Field(default="", description="What its one-click remedy does; empty where there is none.")
    field: str = Field(
        default="", description="The field of a plan file that its remedy fills in, where it is one."
    )


class Finding(Value):
    """A rule that the plan breaks: on what, why it matters and what to do."""

    code: str
    severity: Severity
    subject: str
    message: str
    fix: str
    where: str = ""
    field: str = Field(
        default="", description="The field of a plan file that the remedy fills in, where it is one."
    )
    title: str = ""
    reason: str = ""
    clause: str = Field(default="", description="The clause of a standard that asks for it.")
    remedy: Remedy | None = Field(default=None, description="The edit that mends it, where it is an edit.")


class AcceptedFinding(Value):
    """A finding that somebody has decided to live with."""

    finding: Finding
    risk: AcceptedRisk


class Examination(Value):
    """What a check of one plan found: what stands, and what somebody has accepted until a day."""

    findings: tuple[Finding, ...]
    accepted: tuple[AcceptedFinding, ...] = ()

    @property
    def subjects(self) -> Sequence[str]:
        """What the findings that stand are about, each once, in their order."""
        return tuple(dict.fromkeys(finding.subject for finding in self.findings))
