"""What suppliers owe, and the clauses to seek, on plans small enough to be judged by hand."""

from __future__ import annotations

from typing import Any

from bcp.engine.levels.compile import compile_plan
from bcp.engine.recovery.demands import demands
from bcp.engine.recovery.suppliers import supplier_demands
from bcp.model.contract import Ask, SupplierDemand
from bcp.model.plan import Plan
from bcp.model.recovery import Standing
from bcp.words import words
from tests.engine.worked import MINUTE, plan_of

BIA = {"rto": "4h", "mtpd": "24h", "mbco": 0.4, "impact": {"economy": {"1h": 5000, "6h": 90000}}}


def asked(plan: Plan, **points: list[str]) -> dict[str, SupplierDemand]:
    """The suppliers' demands by supplier; `points` are the single points of each activity."""
    found = demands(plan, compile_plan(plan), points)
    return {s.supplier: s for s in supplier_demands(plan, found)}


def sought(found: SupplierDemand) -> dict[Ask, str]:
    """The clauses in English, by what they are about."""
    return {c.ask: c.sentence(words("en"), str, "SEK") for c in found.clauses}


def line(**fields: Any) -> Plan:
    """One activity on one line of an operator."""
    return plan_of(
        {"line": {"operator": "telia", **fields}, "s": {"requires": "line", "bia": BIA}},
    )


def test_a_contract_that_allows_too_long_is_answered_by_figures() -> None:
    """6 h from the report are 6:15 from the failure, 2:15 too long; 3:45 from the report is what to seek."""
    telia = asked(line(contract_time="6h"), s=["line"])["telia"]
    assert (telia.standing, telia.gap_s, telia.unpromised) == (Standing.TOO_SLOW, 135 * MINUTE, ())
    clauses = sought(telia)
    assert "Restores line within 3\xa0h\xa045\xa0min of the report" in clauses[Ask.RESTORATION]
    assert "40%" in clauses[Ask.LEVEL]
    assert "after 1\xa0d the disruption of s" in clauses[Ask.PRIORITY]
    assert "costs 90,000\xa0SEK" in clauses[Ask.PENALTY]


def test_a_contract_that_is_kept_asks_for_no_other_time() -> None:
    """3 h from the report are within the RTO; only notice of planned work is left to seek."""
    telia = asked(line(contract_time="3h"), s=["line"])["telia"]
    assert telia.standing == Standing.KEPT
    assert set(sought(telia)) == {Ask.MAINTENANCE}


def test_a_missing_contract_time_is_named() -> None:
    """Nothing is known: the standing is unknown, and the time is asked for."""
    telia = asked(line(), s=["line"])["telia"]
    assert (telia.standing, telia.gap_s, telia.unpromised) == (Standing.UNKNOWN, None, ("line",))
    assert Ask.RESTORATION in sought(telia)


def test_where_noticing_takes_the_whole_rto_a_second_way_is_sought() -> None:
    """No time from the report is short enough when the failure is noticed after 5 h."""
    assert Ask.SECOND_WAY in sought(asked(line(detection="5h"), s=["line"])["telia"])


def test_a_fallback_gives_the_days_of_notice_and_what_to_test() -> None:
    """A lead time of two and a half working days asks for three days; the endurance for 16 h 55 min in all."""
    plan = plan_of(
        {
            "line": {"operator": "telia", "detection": "0s"},
            "other": {},
            "s": {"requires": "line", "bia": {"rto": "1d", "mtpd": "2d"}},
        },
        {"f": {"protects": "line", "via": "other", "decision": "0s", "lead_time": "20h", "endurance": "10h"}},
    )
    clauses = sought(asked(plan, s=["line"])["telia"])
    assert "at least 3 working days ahead" in clauses[Ask.MAINTENANCE]
    assert "within 1\xa0d of the report, or within 2\xa0d\xa06\xa0h" in clauses[Ask.RESTORATION]
    assert "while the fallbacks carry the load (f)" in clauses[Ask.TEST]


def test_redundant_things_of_one_supplier_ask_where_they_run() -> None:
    """Two trunks of one operator: nothing is needed alone, but the ducts must be known and kept apart."""
    plan = plan_of(
        {
            "a": {"operator": "telia"},
            "b": {"operator": "telia"},
            "s": {"requires": {"any_of": ["a", "b"]}, "bia": BIA},
        }
    )
    telia = asked(plan)["telia"]
    assert telia.strictest.together_with == ("b",)
    assert set(sought(telia)) == {Ask.ROUTES, Ask.TEST}


def test_only_what_somebody_else_delivers_has_a_supplier() -> None:
    """A component's operator, and a supplier itself; one's own systems have none."""
    plan = plan_of(
        {
            "own": {},
            "bureau": {"kind": "supplier"},
            "s": {"requires": ["own", "bureau"], "bia": BIA},
        }
    )
    assert set(asked(plan, s=["own", "bureau"])) == {"bureau"}
