from __future__ import annotations

from pathlib import Path

import pytest

from bcp.errors import BcpError, InvalidInputError, NotFoundError
from bcp.files.exporting import export_text
from bcp.files.importing import import_file, import_text
from bcp.model.plan import Plan
from tests.files.test_graphml import MAP
from tests.files.test_open_psa import TREE

PLAN = Plan.model_validate(
    {
        "organisation": {"name": "Exempelkommun"},
        "components": {
            "n": {"kind": "number", "name": "N"},
            "a": {"kind": "activity", "name": "A", "requires": "n"},
        },
    }
)


@pytest.mark.parametrize(
    ("text", "components"),
    [
        (TREE, 9),
        (MAP, 10),
        (export_text(PLAN, "p.yaml"), 2),
        (export_text(PLAN, "p.json"), 2),
        ("\ufeff \n" + MAP, 10),
    ],
)
def test_what_a_file_holds_decides_how_it_is_read(tmp_path: Path, text: str, components: int) -> None:
    """A fault tree, a network and a plan are told apart by their content, whatever the file is called."""
    path = tmp_path / "file.txt"
    path.write_text(text.replace(' \n<?xml version="1.0" encoding="utf-8"?>', " "), encoding="utf-8")
    assert len(import_file(path).components) == components


def test_the_organisation_may_be_given() -> None:
    """A name given stands in for the one in the file."""
    assert import_text(TREE, "t.xml").organisation.name == "Switchboard"
    assert import_text(TREE, "t.xml", name="Hallen").organisation.name == "Hallen"
    assert list(import_text(MAP, "n.xml", between=("0", "3")).activities) == ["Umeå-Peer-1"]


def test_what_cannot_be_imported_is_told() -> None:
    """Other XML, ends for what is no network and files that are not there are errors in words."""
    with pytest.raises(InvalidInputError, match=r"x\.xml:1: .*<html> is no format .* a network in GraphML"):
        import_text("<html/>", "x.xml")
    for text in (TREE, export_text(PLAN, "p.yaml")):
        with pytest.raises(BcpError, match="only a network has nodes to connect"):
            import_text(text, "t", between=("a", "b"))
    with pytest.raises(NotFoundError):
        import_file(Path("nowhere.xml"))


def test_the_ending_decides_how_a_plan_is_written() -> None:
    """Each format reads back what it holds of the plan; an unknown ending names those there are."""
    assert import_text(export_text(PLAN, "p.YAML"), "p.yaml") == PLAN
    assert import_text(export_text(PLAN, "p.json"), "p.json") == PLAN
    tree = import_text(export_text(PLAN, "p.xml"), "p.xml")
    assert [(i, c.description) for i, c in tree.components.items()] == [("a", "A"), ("n", "N")]
    assert 'source="a" target="n"' in export_text(PLAN, "p.graphml")
    with pytest.raises(BcpError, match=r"ends in '.pdf'. Choose .yaml \(the plan\), .json"):
        export_text(PLAN, "p.pdf")
