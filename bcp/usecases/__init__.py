"""A person's verbs: open, check, run, explain, route, assess, compare, report. CLI and UI call only these."""

from bcp.files.exporting import export_text
from bcp.files.importing import import_file
from bcp.usecases.browsing import Shelf, browse, chosen_outages, first_choice, own_incident, shelf, struck
from bcp.usecases.comparing import compare
from bcp.usecases.computing import (
    routes,
    run,
    sensitivity,
    system_of,
    why,
)
from bcp.usecases.documents import document_names, report
from bcp.usecases.findings import check, examine, finding_places, rules, sarif_log
from bcp.usecases.outage_overview import exposure, exposure_parts, lights, overview, ranked_exposure
from bcp.usecases.outage_overview import row as overview_row
from bcp.usecases.outage_overview import rows as overview_rows
from bcp.usecases.people import Reached, reach
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
from bcp.usecases.weaknesses import WayUp, assess, cut_sets, owed_by_suppliers, owed_parts, stand_ins, way_up

__all__ = [
    "DEMO_PLAN",
    "WORST_SCENARIO",
    "Opened",
    "Reached",
    "Shelf",
    "WayUp",
    "assess",
    "browse",
    "check",
    "chosen_outages",
    "compare",
    "cut_sets",
    "default_store",
    "document_names",
    "examine",
    "example_names",
    "export_text",
    "exposure",
    "exposure_parts",
    "finding_places",
    "first_choice",
    "import_file",
    "library",
    "library_ids",
    "lights",
    "open_plan",
    "overview",
    "overview_row",
    "overview_rows",
    "owed_by_suppliers",
    "owed_parts",
    "own_incident",
    "problems",
    "ranked_exposure",
    "reach",
    "read_plan_text",
    "report",
    "routes",
    "rules",
    "run",
    "sarif_log",
    "scenario",
    "scenario_parameters",
    "sensitivity",
    "shelf",
    "stand_ins",
    "struck",
    "system_of",
    "way_up",
    "why",
    "write_plan_text",
]
