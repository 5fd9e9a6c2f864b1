from .after import after_action, scenario_from, with_measured
from .listing import every
from .opening import new_code, open_exercise, open_incident
from .reading import (
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
from .seats import (
    JoinRefusedError,
    NameTakenError,
    Seat,
    join,
    join_incident,
    resume,
    take_over,
)
from .texts import log_csv, log_markdown
from .writing import append

__all__ = [
    "JoinRefusedError",
    "Live",
    "NameTakenError",
    "Seat",
    "after_action",
    "append",
    "course",
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
