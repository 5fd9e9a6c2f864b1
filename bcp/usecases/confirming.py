"""Confirming what a plan only assumes: a fallback that was tested, a figure that is right as it stands."""

from __future__ import annotations

from datetime import date

from bcp.errors import BcpError
from bcp.model.plan import Plan, TestRecord
from bcp.saying import said
from bcp.words import words


def with_test(plan: Plan, fallback: str, *, held: date, by: str, today: date, result: str = "") -> Plan:
    """The plan in which somebody tested a fallback on a day: its last test, and a record of it.

    An earlier day than that of its last test is recorded only. Raises BcpError for a fallback that the plan does
    not have, and for a day to come.
    """
    if fallback not in plan.fallbacks:
        raise BcpError(
            said("the plan has no fallback {fallback}.", fallback=fallback), said("Choose one of the plan.")
        )
    if held > today:
        raise BcpError(
            said("a test on {day} has not been held yet.", day=held.isoformat()),
            said("Give the day on which it was tested."),
        )
    before = plan.fallbacks[fallback]
    last = held if before.last_tested is None else max(held, before.last_tested)
    _ = words(plan.organisation.language)
    told = " ".join(part for part in (_("Tested by {name}.", name=by) if by else "", result) if part)
    record = TestRecord(held=held, what=plan.title(fallback), result=told)
    document = plan.document.model_copy(update={"tests": (*plan.document.tests, record)})
    fallbacks = {**plan.fallbacks, fallback: before.model_copy(update={"last_tested": last})}
    kept = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_validate({**kept, "fallbacks": fallbacks, "document": document})
