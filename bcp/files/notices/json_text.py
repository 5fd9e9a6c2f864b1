"""JSON of status pages: its data with lines, and what is wrong with them."""

from __future__ import annotations

import json

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bcp.errors import Problem
from bcp.files.schema_problems import errors_of, place
from bcp.files.yaml_source import Source, read_source
from bcp.files.yaml_tree import refused
from bcp.model.references import path_text
from bcp.model.value_faults import value_fault
from bcp.saying import said


def json_source(text: str, file_name: str) -> Source:
    """The data with its lines; only what is JSON is read. Raises InvalidInputError."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        message = said("the text is no JSON: {msg}.", msg=error.msg)
        raise refused(
            file_name, error.lineno, message, said("The file may have been cut off: fetch it again.")
        ) from error
    except (RecursionError, ValueError) as error:
        message = said(
            "the text is no JSON that can be read: it is nested too deep, or a number is too long."
        )
        raise refused(file_name, 0, message, said("Fetch it again.")) from error
    return read_source(text, file_name)


def _wrong(error: ErrorDetails) -> str:
    return said("it is missing.") if error["type"] == "missing" else value_fault(error)[0]


def json_problems(failed: ValidationError, source: Source) -> list[Problem]:
    """What is wrong with the data, with lines."""
    found = []
    for error in errors_of(failed):
        path = place(error)
        where = path[:-1] if error["type"] == "missing" else path
        found.append(
            source.problem(where, path_text(path), _wrong(error), said("Fetch the page's status again."))
        )
    return found
