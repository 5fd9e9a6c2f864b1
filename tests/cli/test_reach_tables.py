"""Who can be reached, as a person reads it in a terminal."""

from __future__ import annotations

import pytest

from bcp.cli.reach_tables import put_reach
from bcp.engine.people.control_path import control_paths
from bcp.engine.people.reachability import reachability
from bcp.engine.run.result import run
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.words import words

MOBILE = {"kind": "platform", "operator": "one", "tags": ["mobile-network"]}
PLAN = Plan.model_validate(
    {
        "organisation": {"name": "Test"},
        "components": {
            "in": {"kind": "platform", "name": "IN"},
            "number": {"kind": "number", "name": "0771", "requires": "in", "detection": "5m"},
            "net": {**MOBILE, "name": "Network one"},
            "rakel": {"kind": "platform", "name": "Rakel"},
            "portal": {"kind": "support_system", "name": "Portal", "requires": "net"},
            "web": {"kind": "channel", "name": "Web", "reach": 0.3},
            "sms": {"kind": "channel", "name": "Text messages", "reach": 0.5, "requires": "net"},
        },
        "contacts": {
            "eva": {
                "name": "Eva",
                "role": "Duty officer",
                "ways": [{"kind": "radio", "address": "1", "on": "rakel"}],
            },
            "bo": {"name": "Bo", "mobile": "+46701740610", "operator": "one"},
            "cia": {"name": "Cia", "ways": [{"kind": "radio", "address": "1", "on": "rakel"}]},
        },
        "fallbacks": {
            "f": {
                "protects": "number",
                "name": "Switch",
                "via": ["web"],
                "steps": [{"do": "Log in", "by": "eva", "needs": "portal"}, {"do": "Ask", "needs": "portal"}],
            }
        },
        "document": {
            "activation": {
                "decided_by": ["eva", "bo"],
                "quorum": 2,
                "roles": ["Duty officer", "Press"],
                "call_tree": {"eva": ["bo"], "bo": ["cia"]},
            }
        },
    }
)
OUTAGE = Scenario.model_validate(
    {
        "id": "outage",
        "title": {"en": "Outage", "sv": "Avbrott"},
        "horizon": "1d",
        "events": [{"at": 0, "select": {"id": ["in", "net"]}, "effect": {"level": 0}, "until": "6h"}],
    }
)


def told(language: str, capsys: pytest.CaptureFixture[str]) -> str:
    """All that is printed, with single blanks."""
    happened = run(PLAN, OUTAGE)
    reach = reachability(PLAN, happened)
    put_reach(PLAN, OUTAGE, reach, control_paths(PLAN, happened, reach=reach), words(language))
    return " ".join(capsys.readouterr().out.split())


def test_people_calls_channels_and_steps_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Each verdict of a small plan in which most of them occur."""
    out = told("en", capsys)
    for part in (
        "Test – Outage",
        "Eva * Duty officer reached two-way radio works",
        "Bo * not reached +0:00–+6:00 mobile down +0:00–+6:00 (Network one)",
        "only 1 of 2 reached (needed: 2): too few +0:00–+6:00",
        "Role: Duty officer reached (Eva)",
        "Role: Press nobody has this role",
        "Raises the alarm: Eva",
        # nobody but Bo calls Cia, but Eva has the radio
        "Bo Cia not reached from +0:00 is called by Eva instead",
        "Text messages 50% down +0:00–+6:00 (Network one)",
        "Customers reached +0:00–+6:00: 30%",
        "Customers reached from +6:00: at least 50%, at most 80%",
        "Switch 1 Eva +0:15 Portal blocked by Portal (Portal → Network one)",
        "Who does step 2 of Switch, and who else is authorised to?",
    ):
        assert part in out


def test_it_speaks_swedish(capsys: pytest.CaptureFixture[str]) -> None:
    """No English is left where the plan has none."""
    out = told("sv", capsys)
    assert "Avbrott" in out
    assert "nås inte +0:00–+6:00" in out
    assert "blockeras av Portal" in out
    assert not {"reached", "works", "blocked", "Channel", "Step"} & set(out.split())
