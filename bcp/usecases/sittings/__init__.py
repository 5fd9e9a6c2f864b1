"""Exercises and incidents: opening, joining, writing the log, the situation at a moment, and what comes after."""

from bcp.engine.live.situation import as_seen_by
from bcp.model.log_words import entry_text
from bcp.usecases.sittings.after import after_action, scenario_from, with_measured
from bcp.usecases.sittings.opening import every, new_code, open_exercise, open_incident
from bcp.usecases.sittings.reading import (
    Live,
    course,
    live,
    newest_number,
    planned,
    reach_now,
    scenario_now,
    situation,
    whole_course,
    why_now,
)
from bcp.usecases.sittings.seats import (
    JoinRefusedError,
    NameTakenError,
    Seat,
    join,
    join_incident,
    resume,
    take_over,
)
from bcp.usecases.sittings.texts import log_csv, log_markdown
from bcp.usecases.sittings.writing import append

__all__ = [
    "JoinRefusedError",
    "Live",
    "NameTakenError",
    "Seat",
    "after_action",
    "append",
    "as_seen_by",
    "course",
    "entry_text",
    "every",
    "join",
    "join_incident",
    "live",
    "log_csv",
    "log_markdown",
    "new_code",
    "newest_number",
    "open_exercise",
    "open_incident",
    "planned",
    "reach_now",
    "resume",
    "scenario_from",
    "scenario_now",
    "situation",
    "take_over",
    "whole_course",
    "why_now",
    "with_measured",
]
