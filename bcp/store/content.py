"""A plan as the JSON that the store keeps, and back, checked against the hash that it was saved with."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from bcp.errors import StoreError
from bcp.model.plan import Plan
from bcp.saying import said

_SHOWN = 3


def json_text(data: dict[str, Any]) -> str:
    """JSON of plain data, without space, in the order of the file: people chose that order."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def read_plan(text: str, content_hash: str, what: str) -> Plan:
    """The plan in a stored text. `what` names it in errors, such as `The plan “A”, revision 3`.

    Raises StoreError where the text is not what was saved, or where this version cannot read it.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise _changed(what) from error
    if hash_of(data) != content_hash:
        raise _changed(what)
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        named = data.get("format", said("no format")) if isinstance(data, dict) else said("no format")
        problems = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        more = said(" and {n} more", n=len(problems) - _SHOWN) if len(problems) > _SHOWN else ""
        raise StoreError(
            said(
                "{what}, cannot be read by this version of the product ({named}; {problems}{more}).",
                what=what,
                named=named,
                problems="; ".join(problems[:_SHOWN]),
                more=more,
            ),
            said("It was left as it is. Update the product, or restore an older revision."),
        ) from error


def hash_of(data: object) -> str:
    """The same hash as `Plan.content_hash`, from the plain data itself.

    A plan remembers the hash it computed, and a copy of it with changes may remember the wrong one.
    """
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _changed(what: str) -> StoreError:
    return StoreError(
        said("{what}, is not what was saved: its stored text does not match its hash.", what=what),
        said("It was left as it is. Restore an older revision, or put back a backup of the file."),
    )
