"""A rule of the catalogue, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bcp.checks.evidence import Evidence
from bcp.model.finding import Severity
from bcp.model.references import Path
from bcp.model.remedy import Change


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule is broken: what it is about, where it stands, and the figures of the message.

    `changes` is the edit that mends it, for rules with an `edit`; none where this one must be mended by hand.
    """

    subject: str
    path: Path
    values: Mapping[str, object] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue. Texts are English, with `{name}` places in `message` and `edit` that a hit fills.

    `clause` says which part of ISO 22301 asks for it; `edit` what the one-click remedy does, where there is one.
    `field` is where the remedy's answer stands in a plan file, for whoever edits that: the texts do without it.
    """

    code: str
    severity: Severity
    title: str
    message: str
    reason: str
    remedy: str
    clause: str
    broken_by: Callable[[Evidence], Iterator[Hit]]
    edit: str = ""
    field: str = ""

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")

    @property
    def number(self) -> int:
        """The number of the code within its family."""
        return int(self.code.removeprefix(self.family))
