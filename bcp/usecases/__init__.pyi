from . import exercises
from .browsing import Shelf, browse, chosen_outages, first_choice, own_incident, shelf, struck
from .comparing import compare
from .computing import (
    routes,
    run,
    sensitivity,
    system_of,
    why,
)
from .documents import document_names, report
from .exchange import export_text, import_file
from .findings import check, examine, finding_places, rules, sarif_log
from .fitting import fitted, scenario_on
from .outage_overview import (
    exposure,
    exposure_parts,
    lights,
    overview,
    overview_row,
    overview_rows,
    ranked_exposure,
)
from .people import Reached, reach
from .plans import (
    DEMO_PLAN,
    Opened,
    default_store,
    example_names,
    open_plan,
    problems,
    read_plan_text,
    write_plan_text,
)
from .scenarios import (
    WORST_SCENARIO,
    library,
    library_ids,
    scenario,
    scenario_parameters,
)
from .weaknesses import WayUp, assess, cut_sets, owed_by_suppliers, owed_parts, stand_ins, unsure, way_up

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
    "exercises",
    "export_text",
    "exposure",
    "exposure_parts",
    "finding_places",
    "first_choice",
    "fitted",
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
    "scenario_on",
    "scenario_parameters",
    "sensitivity",
    "shelf",
    "stand_ins",
    "struck",
    "system_of",
    "unsure",
    "way_up",
    "why",
    "write_plan_text",
]
