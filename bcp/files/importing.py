"""A plan from a file in whichever format: what the file holds decides, not how it is called."""

from __future__ import annotations

from pathlib import Path

from bcp.errors import BcpError
from bcp.files import graphml, open_psa
from bcp.files.identifiers import named
from bcp.files.network_plan import plan_from_network
from bcp.files.open_psa_plan import plan_from_fault_tree
from bcp.files.plan_file import read_file, read_plan
from bcp.files.xml_source import root_name
from bcp.files.yaml_tree import refused
from bcp.model.plan import Plan
from bcp.saying import said, together

FORMATS = (
    said("a fault tree in the Open-PSA model exchange format (XML)"),
    said("a network in GraphML"),
    said("a plan in YAML or JSON"),
)
"""What can be imported."""


def import_file(path: Path, *, between: tuple[str, str] | None = None, name: str | None = None) -> Plan:
    """The plan that a file holds or stands for.

    `between` names two nodes of a network that must stay connected; `name` is the organisation's, where
    it shall not be the one in the file. Raises NotFoundError where there is no such file or node,
    InvalidInputError with every problem of the file, and BcpError where it cannot become a plan.
    """
    return import_text(read_file(path), path.name, between=between, name=name)


def import_text(
    text: str, file_name: str, *, between: tuple[str, str] | None = None, name: str | None = None
) -> Plan:
    """The plan that a file's text holds or stands for; see `import_file`."""
    if not text.lstrip("\ufeff \t\r\n").startswith("<"):
        _only_networks(between, said("a plan"))
        return named(read_plan(text, file_name), name)
    match root_name(text, file_name):
        case open_psa.ROOT:
            _only_networks(between, said("a fault tree"))
            return named(plan_from_fault_tree(open_psa.read_open_psa(text, file_name)), name)
        case graphml.ROOT:
            return named(plan_from_network(graphml.read_graphml(text, file_name), between), name)
        case root:
            message = said(
                "XML with the outermost element <{root}> is no format that is read here.", root=root
            )
            raise refused(
                file_name, 1, message, said("What can be imported: {names}.", names=together(FORMATS, ", "))
            )


def _only_networks(between: tuple[str, str] | None, what: str) -> None:
    if between is not None:
        raise BcpError(
            said("this is {what}; only a network has nodes to connect.", what=what),
            said("Leave --between out."),
        )
