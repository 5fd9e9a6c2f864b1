"""What an edit changed, in words, so that a slip of the keyboard is seen at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bcp.model.component import Component
from bcp.model.fallback import Fallback
from bcp.model.plan import Contact, Document, Plan
from bcp.ui.parts.fields import field_name
from bcp.words import Words

_LONGEST = 60


def changes(before: Plan, after: Plan, words: Words) -> tuple[str, ...]:
    """A line for everything that differs between two states of a plan."""
    told: list[str] = []
    for old, new in (
        (before.components, after.components),
        (before.fallbacks, after.fallbacks),
        (before.contacts, after.contacts),
    ):
        told += _of(old, new, words)
    told += differences(before.document, after.document, words)
    gone = [risk for risk in before.accepted_risks if risk not in after.accepted_risks]
    told += [
        words("Accepted no longer: {code} for {name}", code=r.code, name=before.title(r.subject))
        for r in gone
    ]
    new_risks = [risk for risk in after.accepted_risks if risk not in before.accepted_risks]
    told += [
        words("Accepted: {code} for {name}", code=r.code, name=after.title(r.subject)) for r in new_risks
    ]
    return tuple(told)


def _of(old: Mapping[str, Any], new: Mapping[str, Any], words: Words) -> list[str]:
    told = [words("Added: {name}", name=new[i].name or i) for i in new if i not in old]
    told += [words("Removed: {name}", name=old[i].name or i) for i in old if i not in new]
    for i in new:
        if i in old and old[i] is not new[i] and old[i] != new[i]:
            told += [f"{new[i].name or i} – {line}" for line in differences(old[i], new[i], words)]
    return told


def differences(
    old: Component | Fallback | Contact | Document,
    new: Component | Fallback | Contact | Document,
    words: Words,
) -> tuple[str, ...]:
    """Field by field what differs: `Lead time: 20m → 50m`."""
    was, now = _flat(old), _flat(new)
    keys = [key for key in dict.fromkeys([*was, *now]) if was.get(key) != now.get(key)]
    return tuple(f"{field_name(key, words)}: {_shown(was.get(key))} → {_shown(now.get(key))}" for key in keys)


def _flat(value: Component | Fallback | Contact | Document) -> dict[str, Any]:
    data: dict[str, Any] = value.model_dump(mode="json")
    return {**data, **(data.pop("bia", None) or {})}


def _shown(value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
