"""The catalogue of findings: what good practice asks of a plan, one rule a function."""

from bcp.checks.rules import RULES, check

__all__ = ["RULES", "check"]
