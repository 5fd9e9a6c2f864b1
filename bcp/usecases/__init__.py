"""A person's verbs: open, check, run, explain, route, assess, compare, report. CLI and UI call only these."""

from bcp.usecases.comparing import compare
from bcp.usecases.computing import (
    assess,
    check,
    finding_places,
    routes,
    rules,
    run,
    system_of,
    why,
)
from bcp.usecases.documents import document_names, report
from bcp.usecases.plans import (
    DEMO_PLAN,
    Opened,
    default_store,
    example_names,
    open_plan,
    problems,
    read_plan_text,
    write_plan_text,
)
from bcp.usecases.scenarios import (
    WORST_SCENARIO,
    library,
    library_ids,
    scenario,
    scenario_parameters,
)

__all__ = [
    "DEMO_PLAN",
    "WORST_SCENARIO",
    "Opened",
    "assess",
    "check",
    "compare",
    "default_store",
    "document_names",
    "example_names",
    "finding_places",
    "library",
    "library_ids",
    "open_plan",
    "problems",
    "read_plan_text",
    "report",
    "routes",
    "rules",
    "run",
    "scenario",
    "scenario_parameters",
    "system_of",
    "why",
    "write_plan_text",
]
