"""Settings of a scenario in words."""

from __future__ import annotations

import pytest

from bcp import usecases
from bcp.model.plan import Organisation, Plan
from bcp.model.scenario import Parameter
from bcp.model.setting_words import settings_text
from bcp.words import words

KOMMUN = usecases.open_plan("example:kommun").plan
PARAMETERS = {
    "operator": Parameter(title={"en": "Operator", "sv": "Operatör"}, kind="operator"),
    "length": Parameter(title={"en": "How long", "sv": "Hur länge"}, kind="duration"),
    "share": Parameter(title={"en": "Share", "sv": "Andel"}, kind="share"),
}


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        (("operator", "telia"), "Operatör: Telia"),
        (("length", "90m"), "Hur länge: 1 h 30 min"),
        (("length", "soon"), "Hur länge: soon"),
        (("share", "0.5"), "Andel: 50 %"),
        (("share", "half"), "Andel: half"),
        (("other", "x"), "other: x"),
    ],
)
def test_a_setting_is_told_by_name(setting: tuple[str, str], text: str) -> None:
    """A setting has the title of its parameter, and a value that people read; what is none of its kind stays."""
    assert settings_text([setting], PARAMETERS, KOMMUN, words("sv")).replace("\xa0", " ") == text


def test_an_operator_that_the_plan_does_not_have_is_written_as_a_name() -> None:
    """The default of a scenario is an id; where a plan names it otherwise, its own name holds."""
    bare = Plan(organisation=Organisation(name="Test"))
    assert settings_text([("operator", "telia")], PARAMETERS, bare, words("sv")) == "Operatör: Telia"
