"""What somebody sees who has a code and has not come in yet: which exercise it is, and its roles."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bcp.model.log_entry import Joined
from bcp.model.sitting import Sitting, closed_at
from bcp.saying import said
from bcp.usecases.sittings.reading import live
from bcp.usecases.sittings.seats import Attempts, JoinRefusedError

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore

_ATTEMPTS = Attempts()


def exercise_with_code(
    store: PlanStore,
    code: str,
    *,
    source: str = "",
    now: datetime | None = None,
    attempts: Attempts = _ATTEMPTS,
) -> Sitting:
    """The open exercise that a code joins. `source` says where from, for the limit on wrong codes.

    Raises JoinRefusedError where the code leads nowhere, or too many wrong ones were tried.
    """
    moment = now or store.sittings.now()
    attempts.check(source, moment)
    typed = "".join(c for c in code.upper() if c.isalnum())
    sitting = store.sittings.with_code(typed) if typed else None
    valid = sitting is not None and sitting.code_until is not None and sitting.code_until > moment
    if sitting is not None and valid and closed_at(live(store, sitting.id).entries) is None:
        return sitting
    attempts.failed(source, moment)
    raise JoinRefusedError(
        said("this code leads to no exercise that is open."),
        said(
            "Look at the facilitator's screen: six letters and figures, and a code is valid for twelve hours."
        ),
    )


def free_role(store: PlanStore, sitting: Sitting) -> str:
    """The first role of an exercise that nobody has taken yet; the first of all where each is taken, empty for none."""
    entries = live(store, sitting.id).entries
    taken = {e.what.seat: e.role for e in entries if isinstance(e.what, Joined)}.values()
    roles = sitting.settings.roles
    return next((role for role in roles if role not in taken), roles[0] if roles else "")
