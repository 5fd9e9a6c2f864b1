"""The catalogue of findings: what good practice asks of a plan, one rule a function."""

from bcp.checks.evidence import Computed
from bcp.checks.rules import RULES, examine, family_name, rule_texts

__all__ = ["RULES", "Computed", "examine", "family_name", "rule_texts"]
