"""The names of operators."""

from __future__ import annotations

import pytest

from bcp.model.plan import Plan


def plan(**components: dict[str, str]) -> Plan:
    """A plan of these components."""
    return Plan.model_validate({"organisation": {"name": "X"}, "components": components})


@pytest.mark.parametrize(
    ("operator", "name", "expected"),
    [
        ("kpn", "KPN platform", "KPN"),
        ("telia", "Telias mobilnät", "Telia"),
        ("alvasa-stadsnat", "Fibern i Älvåsa stadsnät", "Älvåsa stadsnät"),
        ("one-two", "Line", "One two"),
        ("Nät AB", "Line", "Nät AB"),
    ],
)
def test_an_operator_is_called_what_people_call_it(operator: str, name: str, expected: str) -> None:
    """From the names of what it runs; else its id with a capital letter; what is no id stays."""
    own = plan(line={"kind": "access", "name": name, "operator": operator})
    assert own.title(operator) == expected


def test_an_operator_in_the_plan_has_its_own_name() -> None:
    """A component with the id of the operator names it, and a changed plan is asked anew."""
    line = {"kind": "access", "name": "Line", "operator": "abc"}
    own = plan(line=line, abc={"kind": "operator", "name": "A, B & C"})
    assert own.title("abc") == "A, B & C"
    other = own.model_copy(update={"components": {"line": own.components["line"]}})
    assert other.title("abc") == "Abc"
    assert other.title("nothing") == "nothing"
