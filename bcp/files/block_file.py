"""Building blocks in: YAML whose questions may be like ones that several blocks ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ValidationError

from bcp.errors import InvalidInputError, Problem
from bcp.files.schema_problems import errors_of, problem_of
from bcp.files.yaml_source import Source, read_source
from bcp.model.block import Ask, Block
from bcp.model.spelling import did_you_mean
from bcp.model.value import Identifier, Value
from bcp.saying import said


class _Questions(Value):
    """The questions that several blocks ask."""

    format: Literal["bcp-questions/1"] = "bcp-questions/1"
    questions: Mapping[Identifier, Ask]


Shared = Mapping[str, Mapping[str, Any]]
"""Questions as their file has them, by name."""


def read_questions(text: str, file_name: str) -> Shared:
    """The questions that blocks may be `like`. Raises InvalidInputError with every problem."""
    source = _source(text, file_name, said("It begins with `format: bcp-questions/1` and `questions:`."))
    try:
        _Questions.model_validate(source.data)
    except ValidationError as failed:
        raise InvalidInputError(
            sorted(problem_of(e, _Questions, source) for e in errors_of(failed))
        ) from None
    found: Shared = source.data["questions"]
    return found


def read_block(text: str, file_name: str, shared: Shared) -> Block:
    """A building block; a question that is `like` a shared one has all of it that it does not say itself.

    Raises InvalidInputError with every problem of the file.
    """
    source = _source(text, file_name, said("It begins with `format: bcp-block/1`, `id:` and `role:`."))
    asks = source.data.get("asks")
    data = dict(source.data)
    if isinstance(asks, dict):
        data["asks"] = {key: _whole(source, key, ask, shared) for key, ask in asks.items()}
    try:
        return Block.model_validate(data)
    except ValidationError as failed:
        raise InvalidInputError(sorted(problem_of(e, Block, source) for e in errors_of(failed))) from None


def _whole(source: Source, key: str, ask: Any, shared: Shared) -> Any:
    if not isinstance(ask, dict) or "like" not in ask:
        return ask
    name = str(ask["like"])
    if name not in shared:
        fix = did_you_mean(name, shared, said("There are: {names}.", names=", ".join(shared)))
        message = said("there is no shared question {name!r}.", name=name)
        raise InvalidInputError(
            [source.problem(("asks", key, "like"), f"asks.{key}.like", message, fix, name)]
        )
    return {**shared[name], **{k: v for k, v in ask.items() if k != "like"}}


def _source(text: str, file_name: str, fix: str) -> Source:
    source = read_source(text, file_name)
    if not isinstance(source.data, dict):
        raise InvalidInputError([Problem(file_name, 1, "", said("this is no building block."), fix)])
    return source
