"""What can be marked in an incident from a scenario, a notice or calls."""

from __future__ import annotations

from bcp import usecases
from bcp.model.plan import Plan
from bcp.usecases import locating, marking, notices_in

PLAN = usecases.open_plan("example:kommun").plan


def test_a_scenario_gives_what_it_strikes_at_its_worst() -> None:
    """Every component that the scenario takes down or freezes is there once, and activities only surge."""
    scenario = usecases.scenario("se-telia-020-0771")
    found = marking.marks_of_scenario(PLAN, scenario)
    struck = {i for s in usecases.run(PLAN, scenario).strikes for i in s.components}
    assert found
    assert {m.component for m in found} <= struck
    assert len({m.component for m in found}) == len(found)
    assert all(m.level < 1.0 or m.frozen for m in found)
    assert {m.source for m in found} == {scenario.id}


def test_calls_give_suspects_with_the_share_that_fails() -> None:
    """The platform that all failed calls went through is offered, with its probability."""
    plan = Plan.model_validate(
        {
            "organisation": {"name": "A"},
            "components": {
                "p": {"kind": "platform", "name": "P"},
                "n1": {"kind": "number", "name": "N1", "e164": "+46771123456", "requires": ["p"]},
                "n2": {"kind": "number", "name": "N2", "e164": "+46771123457", "requires": ["p"]},
                "n3": {"kind": "number", "name": "N3", "e164": "+46101234567"},
            },
        }
    )
    lines = [f"2026-11-23 09:{k:02d},+46701234567,{to},,{result}" for k, (to, result) in enumerate(
        [("n1", "dead"), ("n2", "dead"), ("n3", "ok")] * 5)]  # fmt: skip
    calls = locating.read_calls("time,from,to,via,result\n" + "\n".join(lines), "calls.csv")
    found = marking.marks_of_calls(plan, calls, "calls.csv")
    mark, probability = found[0]
    assert mark.component == "p"
    assert mark.level < 0.5
    assert probability > 0.5
    assert mark.source == "calls.csv"


def test_a_notice_gives_its_circuits() -> None:
    """A carrier's calendar that names a component's circuit marks that component down, with the notice as source."""
    plan = Plan.model_validate(
        {
            "organisation": {"name": "A"},
            "components": {
                "link": {"kind": "access", "name": "Link", "tags": ["circuit:ABC-1"], "operator": "netco"}
            },
        }
    )
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nSEQUENCE:1\r\n"
        "DTSTAMP:20261120T080000Z\r\nDTSTART:20261123T060000Z\r\nDTEND:20261123T100000Z\r\nSUMMARY:Work\r\n"
        "X-MAINTNOTE-PROVIDER:netco\r\nX-MAINTNOTE-ACCOUNT:1\r\nX-MAINTNOTE-MAINTENANCE-ID:M-7\r\n"
        "X-MAINTNOTE-OBJECT-ID:ABC-1\r\nX-MAINTNOTE-IMPACT:OUTAGE\r\nX-MAINTNOTE-STATUS:CONFIRMED\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    read = notices_in.read_uploads([("n.ics", text.encode())], plan)
    found = marking.marks_of_notices(plan, read)
    assert [(m.component, m.level) for m in found] == [("link", 0.0)]
    assert "M-7" in found[0].source
