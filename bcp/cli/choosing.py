"""The scenario that a command runs on a plan: what nobody set and only one thing in the plan fits is set and told."""

from __future__ import annotations

import sys

from bcp.cli.arguments import read_settings
from bcp.cli.output import spoken
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.usecases import fitting


def scenario_on(
    plan: Plan, reference: str, pairs: list[str] | None = None, language: str | None = None
) -> Scenario:
    """The scenario with `--set`, then with what only one thing in the plan fits; that is told on standard error.

    Raises as `usecases.scenario` does, and BcpError for a pair without a value.
    """
    settings = read_settings(pairs)
    found = fitting.fitted(plan, reference, settings)
    if found:
        listed = ", ".join(f"{name}={value}" for name, value in found.items())
        told = spoken(language)(
            "Set by itself, because nothing else in the plan fits: {settings}", settings=listed
        )
        print("".join(ch if ch.isprintable() else " " for ch in told), file=sys.stderr)  # noqa: T201 - results go to standard output
    return fitting.scenario_on(plan, reference, settings)
