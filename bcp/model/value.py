"""What every value of the model shares: frozen, and strict about unknown keys."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from bcp.saying import Said


class Value(BaseModel):
    """A frozen value; a key that it does not know is an error, so that a misspelling never passes."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null", allow_inf_nan=False)


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Identifier = Annotated[
    str,
    Field(
        pattern=r"^\w[\w.\-]*$",
        max_length=80,
        description="Letters, digits, underscore, dot and hyphen; starts with a letter or digit.",
    ),
]
"""The key of a component, fallback or contact."""

Text = Annotated[str, Field(max_length=20_000)]
"""Free text from a person: untrusted wherever it is shown."""

Line = Annotated[str, Field(max_length=300)]
"""A name or another short text."""


def _with_its_memory(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
    """The text as it was checked; one that can be said in every language stays one that can."""
    checked = check(value)
    return value if isinstance(value, Said) and value == checked else checked


Sentence = Annotated[Line, WrapValidator(_with_its_memory)]
"""A short text of the code, which `Words.say` says in a language, or one from a file, which stays as it is."""

Share = Annotated[float, Field(ge=0, le=1)]
"""A share, 0 to 1."""

Identifiers = Annotated[
    tuple[Identifier, ...],
    BeforeValidator(_one_or_many, json_schema_input_type=Identifier | tuple[Identifier, ...]),
]
"""Several identifiers; a single one may be written without brackets."""

Lines = Annotated[
    tuple[Line, ...], BeforeValidator(_one_or_many, json_schema_input_type=Line | tuple[Line, ...])
]
"""Several short texts; a single one may be written without brackets."""
