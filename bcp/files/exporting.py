"""A plan to a file in the format that the file's ending names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from bcp.errors import BcpError
from bcp.files.graphml_writer import write_graphml
from bcp.files.open_psa_export import write_open_psa
from bcp.files.plan_file import write_plan, write_plan_json
from bcp.model.plan import Plan
from bcp.saying import said, together

_WRITERS: Mapping[str, Callable[[Plan], str]] = {
    ".yaml": write_plan,
    ".yml": write_plan,
    ".json": write_plan_json,
    ".graphml": write_graphml,
}

FORMATS: Mapping[str, str] = {
    ".yaml": said("the plan"),
    ".json": said("the plan"),
    ".xml": said("a fault tree in the Open-PSA model exchange format"),
    ".graphml": said("the graph of what requires what"),
}
"""What is written, by the file's ending."""


def export_text(plan: Plan, file_name: str, *, with_fallbacks: bool = False) -> str:
    """The plan in the format of the file's ending; `with_fallbacks` counts them in a fault tree.

    Raises BcpError for an ending that is none of `FORMATS`, or a plan that the format cannot hold.
    """
    suffix = PurePath(file_name).suffix.casefold()
    if suffix == ".xml":
        return write_open_psa(plan, with_fallbacks=with_fallbacks)
    if suffix not in _WRITERS:
        known = together(
            (said("{ending} ({what})", ending=ending, what=what) for ending, what in FORMATS.items()), ", "
        )
        raise BcpError(
            said("no format is written to a file that ends in {suffix!r}.", suffix=suffix),
            said("Choose {known}.", known=known),
        )
    return _WRITERS[suffix](plan)
