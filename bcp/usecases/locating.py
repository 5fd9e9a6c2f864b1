"""Where a fault lies, from calls that people tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bcp.content.samples import sample_file, sampled
from bcp.engine.locate.suspects import locate as engine_locate
from bcp.files import calls_csv
from bcp.model.call import Calls
from bcp.model.locate_words import outside_text, why_text
from bcp.model.located import Location
from bcp.model.plan import Plan
from bcp.usecases.computing import system_of
from bcp.words import words

EXAMPLE = "example:"
"""What a path begins with that names the made-up calls of an example organisation."""

_ENDING = "-calls.csv"


def load_calls(path: Path) -> Calls:
    """The calls in a CSV file; `example:telefonie-nl` are made-up ones that come with the product.

    Raises NotFoundError, or InvalidInputError with every problem of the file.
    """
    name = str(path)
    return calls_csv.load_calls(
        sample_calls(name.removeprefix(EXAMPLE)) if name.startswith(EXAMPLE) else path
    )


def sample_names() -> tuple[str, ...]:
    """The example organisations that made-up calls come with."""
    return sampled(_ENDING)


def sample_calls(example: str) -> Path:
    """The file of an example's made-up calls. Raises NotFoundError where it has none."""
    return sample_file(example + _ENDING)


def read_calls(data: bytes | str, file_name: str) -> Calls:
    """The calls in a CSV text. Raises InvalidInputError with every problem."""
    return calls_csv.read_calls(data, file_name)


def locate(plan: Plan, calls: Calls) -> Location:
    """Where the fault lies, as far as the calls tell. Raises BcpError where the plan has problems."""
    system_of(plan)
    return engine_locate(plan, calls)


def location_data(plan: Plan, found: Location, *, language: str | None = None) -> dict[str, Any]:
    """The result as plain data of the form `bcp-locate/1`, its sentences in `language`."""
    _ = words(language or plan.organisation.language)
    why = "" if found.next_test is None else why_text(found.next_test, plan.title, _)
    return {**found.json_data(why), "outside_because": outside_text(found, plan.title, _)}


def evidence_csv(calls: Calls, found: Location, component: str) -> str:
    """The calls that speak for and against a suspect as CSV, for its operator; each with its line in the list."""
    suspect = next((s for s in found.suspects if s.component == component), None)
    lines = set() if suspect is None else {*suspect.explains, *suspect.contradicted_by}
    return calls_csv.write_calls(calls, [call for call in calls.calls if call.row in lines])
