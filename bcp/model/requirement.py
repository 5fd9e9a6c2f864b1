"""What a component needs: one requirement in one of four modes.

The value of a requirement, with x the delivered levels (0–1) of its members:
needs `1 − impact · (1 − x)`; pool `min(1, Σ capacity · x)`; split `Σ weight · x`;
quorum k: the k-th largest x. A requirement `during: start` counts only when its owner (re)starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from bcp.errors import WrongValueError
from bcp.model.value import Identifier, Identifiers, Share, Value
from bcp.saying import said

During = Literal["run", "start"]


class _Requirement(Value):
    during: During = Field(default="run", description="start: needed to (re)start, not to run.")

    def _as_written(self, body: dict[str, Any]) -> Any:
        return body if self.during == "run" else {**body, "during": self.during}


class Needs(_Requirement):
    """One component is needed. An `impact` below 1 makes it soft: its loss costs that share."""

    needs: Identifier
    impact: Share = Field(default=1.0, description="Share of the output lost when it is gone.")

    @property
    def members(self) -> tuple[str, ...]:
        """The components this requirement names."""
        return (self.needs,)

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"needs": value} if isinstance(value, str) else value

    @model_serializer
    def _write(self) -> Any:
        if self.impact == 1 and self.during == "run":
            return self.needs
        return self._as_written({"needs": self.needs} | ({"impact": self.impact} if self.impact != 1 else {}))

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """A component's id alone means a hard requirement."""
        schema = handler.resolve_ref_schema(handler(core))
        return {"anyOf": [{"type": "string", "description": "id of a needed component"}, dict(schema)]}


class Pool(_Requirement):
    """Members share the load and take over from each other, each up to its capacity (1 = the whole load)."""

    pool: Mapping[Identifier, Annotated[float, Field(ge=0, le=1000)]] = Field(min_length=1)

    @property
    def members(self) -> tuple[str, ...]:
        """The components this requirement names."""
        return tuple(self.pool)

    @model_validator(mode="before")
    @classmethod
    def _from_any_of(cls, value: Any) -> Any:
        """`any_of: [a, b]` is a pool in which each member can carry everything."""
        if not isinstance(value, dict):
            return value
        key = "any_of" if "any_of" in value else "pool"
        members = value.get(key)
        if isinstance(members, list | tuple) and all(isinstance(m, str) for m in members):
            rest = {k: v for k, v in value.items() if k != key}
            return {**rest, "pool": dict.fromkeys(members, 1.0)}
        return value

    @model_serializer
    def _write(self) -> Any:
        if all(capacity == 1 for capacity in self.pool.values()):
            return self._as_written({"any_of": list(self.pool)})
        return self._as_written({"pool": dict(self.pool)})

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """`any_of: [a, b]` is the short form."""
        schema = dict(handler.resolve_ref_schema(handler(core)))
        ids = {"type": "array", "items": {"type": "string"}, "minItems": 1}
        properties = {k: v for k, v in schema["properties"].items() if k != "pool"}
        short = {
            "type": "object",
            "properties": {"any_of": ids, **properties},
            "required": ["any_of"],
            "additionalProperties": False,
        }
        listed = {**schema, "properties": {"pool": ids, **properties}}
        return {"anyOf": [schema, listed, short]}


class Split(_Requirement):
    """Members each carry a fixed share of the load and do not take over from each other."""

    split: Mapping[Identifier, Share] = Field(min_length=1, description="Shares that sum to 1.")

    @property
    def members(self) -> tuple[str, ...]:
        """The components this requirement names."""
        return tuple(self.split)

    @model_serializer
    def _write(self) -> Any:
        return self._as_written({"split": dict(self.split)})


class Quorum(_Requirement):
    """At least `quorum` of the members must deliver."""

    quorum: Annotated[int, Field(ge=1, strict=True)]
    of: Identifiers = Field(min_length=1)

    @field_validator("of")
    @classmethod
    def _distinct(cls, of: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(of)) < len(of):
            raise WrongValueError(said("a quorum names a member twice."), said("Name each member once."))
        return of

    @property
    def members(self) -> tuple[str, ...]:
        """The components this requirement names."""
        return self.of

    @model_serializer
    def _write(self) -> Any:
        return self._as_written({"quorum": self.quorum, "of": list(self.of)})


def _mode(value: Any) -> str | None:
    if isinstance(value, str):
        return "needs"
    if isinstance(value, _Requirement):
        return type(value).__name__.lower()
    if isinstance(value, dict):
        keys = {
            "needs": "needs",
            "pool": "pool",
            "any_of": "pool",
            "split": "split",
            "quorum": "quorum",
            "of": "quorum",
        }
        return next((mode for key, mode in keys.items() if key in value), None)
    return None


Requirement = Annotated[
    Annotated[Needs, Tag("needs")]
    | Annotated[Pool, Tag("pool")]
    | Annotated[Split, Tag("split")]
    | Annotated[Quorum, Tag("quorum")],
    Discriminator(
        _mode,
        custom_error_type="requirement_mode",
        custom_error_message=(
            "this is no requirement. Write a component's id, or one of needs, pool, any_of, split and quorum."
        ),
    ),
]
"""One requirement, in whichever mode it is written."""
