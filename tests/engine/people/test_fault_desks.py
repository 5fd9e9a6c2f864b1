"""Whom to call at each supplier."""

from __future__ import annotations

from typing import Any

from bcp import usecases
from bcp.engine.people.fault_desks import fault_desks, suppliers
from bcp.model.plan import Plan


def plan(components: dict[str, Any], contacts: dict[str, Any]) -> Plan:
    """A plan of one organisation."""
    return Plan.model_validate(
        {"organisation": {"name": "Alva kommun"}, "components": components, "contacts": contacts}
    )


def test_a_desk_is_found_by_its_organisation_whatever_accents_and_signs() -> None:
    """`alva-stadsnat` as operator and `Alva Stadsnät` as the contact's organisation are the same supplier."""
    found = fault_desks(
        plan(
            {"fibre": {"kind": "access", "name": "Fibre", "operator": "alva-stadsnat", "contract": "SN-4"}},
            {
                "desk": {"name": "Desk", "organisation": "Alva Stadsnät"},
                "own": {"name": "Own", "organisation": "Alva kommun"},
            },
        )
    )
    assert [(d.supplier, d.contacts, d.contracts) for d in found] == [
        ("alva-stadsnat", ("desk",), (("SN-4", ("fibre",)),))
    ]


def test_a_desk_is_found_by_the_supplier_that_its_way_rests_on() -> None:
    """A contact of another name whose telephone rests on the supplier's component is its desk."""
    found = fault_desks(
        plan(
            {"telia": {"kind": "operator", "name": "Telia", "contract": "K-1"}},
            {"noc": {"name": "NOC", "organisation": "Driftbolaget", "phone": "+46846500450",
                     "ways": [{"kind": "phone", "on": ["telia"]}]}},
        )
    )  # fmt: skip
    assert found[0].contacts == ("noc",)


def test_every_contract_of_an_example_is_under_a_desk() -> None:
    """No contract number of a supplier is left out."""
    example = usecases.open_plan("example:kommun").plan
    listed = {contract for desk in fault_desks(example) for contract, _ in desk.contracts}
    assert {c.contract for c in example.components.values() if c.contract and c.operator} <= listed


def test_a_supplier_of_whom_nothing_is_known_is_one() -> None:
    """Whoever delivers without contact or contract, and whoever nobody has named, is listed among all suppliers."""
    known = plan(
        {
            "fibre": {"kind": "access", "name": "Fibre", "operator": "telia"},
            "cloud": {"kind": "interconnect", "name": "Unknown cloud", "tags": ["unknown"]},
            "own": {"kind": "system", "name": "Own system"},
        },
        {},
    )
    assert [d.supplier for d in suppliers(known)] == ["telia", "cloud"]
    assert fault_desks(known) == ()
