"""The form of one event of an outage of one's own: what fails, how, from when, and who notices."""

from __future__ import annotations

from typing import Any

import streamlit as st
from pydantic import ValidationError

from bcp.errors import BcpError
from bcp.model.component import Kind
from bcp.model.duration import duration_text, seconds
from bcp.model.plan import Plan
from bcp.model.scenario import Selector
from bcp.ui.draft import Raw
from bcp.ui.parts.fields import kind_name, written_duration
from bcp.ui.parts.plain import plain
from bcp.ui.state import seed
from bcp.usecases import own_outages
from bcp.words import Words

_NAMED = 12


def event_form(plan: Plan, event: Raw, words: Words, key: str) -> Raw:
    """Draw the form; the event as it stands there, with what the form does not show kept."""
    st.markdown(f":small[**{words('What fails')}** – {words('all that is chosen must hold')}]")
    select = _select(plan, dict(event.get("select", {})), words, key)
    _struck(plan, select, words)
    st.markdown(f":small[**{words('What happens to it')}**]")
    effect = _effect(dict(event.get("effect", {})), words, key)
    times = _times(event, words, key)
    kept = {k: v for k, v in event.items() if k not in _SHOWN}
    return {**times, "select": select, "effect": effect, **kept}


_SHOWN = ("at", "until", "for", "select", "effect", "silent", "detected_after")


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(v) for v in value or ()]


def _select(plan: Plan, held: Raw, words: Words, key: str) -> Raw:
    components = plan.components

    def choice(field: str, label: str, options: list[str], *, names: Any = str) -> None:
        had = _several(held.pop(field, None))
        seed(f"{key}-{field}", had)
        found = st.multiselect(
            label, [*options, *(h for h in had if h not in options)], format_func=names,
            key=f"{key}-{field}", placeholder=words("Any"),
        )  # fmt: skip
        if found:
            held[field] = found

    def attribute(name: str) -> list[str]:
        return sorted({getattr(c, name) for c in components.values()} - {""})

    choice("id", words("Components"), sorted(components, key=plan.title), names=plan.title)
    left, right = st.columns(2)
    with left:
        choice("kind", words("Kind"), [k.value for k in Kind], names=lambda k: kind_name(Kind(k), words))
        choice("area", words("Area"), _areas(attribute("area")))
        choice("tag", words("Tags"), sorted({t for c in components.values() for t in c.tags}))
    with right:
        operators = sorted({*attribute("operator"), *plan.of_kind(Kind.OPERATOR)})
        choice("operator", words("Operator"), operators, names=plan.title)
        choice(
            "site", words("Site"), sorted({*attribute("site"), *plan.of_kind(Kind.SITE)}), names=plan.title
        )
        choice("depends_on", words("What rests on"), sorted(components, key=plan.title), names=plan.title)
    left, right = st.columns(2)
    for place, field, label in (
        (left, "prefix", words("Numbers that begin with")),
        (right, "hosts_prefix", words("What carries numbers that begin with")),
    ):
        seed(f"{key}-{field}", " ".join(_several(held.pop(field, None))))
        text = place.text_input(label, key=f"{key}-{field}", placeholder="+4620 +46771")
        if text.split():
            held[field] = text.replace(",", " ").split()
    return held


def _areas(areas: list[str]) -> list[str]:
    """Every area and what it lies in."""
    found = {"/".join(a.split("/")[:n]) for a in areas for n in range(1, a.count("/") + 2)}
    return sorted(found)


def _struck(plan: Plan, select: Raw, words: Words) -> None:
    """Say at once what the choice means in this plan."""
    try:
        found = own_outages.strikes(plan, Selector.model_validate(select)) if select else ()
    except (ValidationError, BcpError):
        st.warning(words("This choice cannot be: a component that it names is not in the plan."))
        return
    if not select:
        st.info(words("Choose what fails: components, or everything of a kind, operator, area or site."))
    elif not found:
        st.warning(words("Nothing in this plan is all of that. Choose less."))
    else:
        names = ", ".join(plan.title(i) for i in found[:_NAMED])
        more = f" (+{len(found) - _NAMED})" if len(found) > _NAMED else ""
        head = words.count("Strikes {n} component:", "Strikes {n} components:", len(found))
        st.success(f"{head} {plain(names)}{more}")


def _effect(held: Raw, words: Words, key: str) -> Raw:
    kinds = {
        "level": words("Works only in part, or not at all"),
        "ramp": words("Gets worse little by little"),
        "surge": words("More people call"),
        "quality": words("Gets through, but is not good"),
        "freeze": words("Cannot be changed, but works"),
    }
    seed(f"{key}-effect", next((k for k in kinds if held.get(k) is not None), "level"))
    kind = st.selectbox(words("Effect"), list(kinds), format_func=kinds.__getitem__, key=f"{key}-effect")
    rest = {k: v for k, v in held.items() if k not in kinds}
    if kind == "freeze":
        return rest | {"freeze": True}
    left, right = st.columns(2)
    with left:
        made = _how_much(kind, held, words, key)
    seed(f"{key}-freeze", bool(held.get("freeze")))
    frozen = right.checkbox(
        words("and nothing can be changed there"),
        key=f"{key}-freeze",
        help=words("Diversions that live there can be neither set up nor taken down."),
    )
    return rest | made | ({"freeze": True} if frozen else {})


def _how_much(kind: str, held: Raw, words: Words, key: str) -> Raw:
    if kind == "level":
        seed(f"{key}-level", round(float(held.get("level") or 0) * 100))
        share = st.slider(words("What is left (%)"), 0, 100, step=5, key=f"{key}-level")
        return {"level": share / 100}
    if kind == "quality":
        seed(f"{key}-quality", round(float(held.get("quality", 0.5)) * 100))
        help_text = words("Such as calls that connect: how many of a hundred can be heard.")
        share = st.slider(
            words("What of it is good (%)"), 0, 100, step=5, key=f"{key}-quality", help=help_text
        )
        return {"quality": share / 100}
    if kind == "ramp":
        ramp = held.get("ramp") or {"to": 0.0, "over": "2h"}
        seed(f"{key}-ramp", round(float(ramp["to"]) * 100))
        seed(f"{key}-over", str(ramp["over"]))
        share = st.slider(words("What is left in the end (%)"), 0, 100, step=5, key=f"{key}-ramp")
        over = st.text_input(words("Over how long"), key=f"{key}-over")
        return {"ramp": {"to": share / 100, "over": written_duration(over)}}
    seed(f"{key}-surge", float(held.get("surge") or 3.0))
    times = st.number_input(words("Times the normal demand"), 1.0, 1000.0, step=0.5, key=f"{key}-surge")
    return {"surge": float(times)}


def _times(event: Raw, words: Words, key: str) -> Raw:
    ways = {
        "seen": words("After the usual time"),
        "after": words("After a time of its own"),
        "silent": words("Not by monitoring"),
    }
    seed(f"{key}-at", str(event.get("at", "0s")))
    seed(f"{key}-until", _end(event))
    seed(
        f"{key}-noticed",
        "silent" if event.get("silent") else "after" if "detected_after" in event else "seen",
    )
    first, second, third = st.columns(3)
    at = first.text_input(words("Begins after"), key=f"{key}-at", placeholder="0s")
    until = second.text_input(words("Ends after (empty: never)"), key=f"{key}-until", placeholder="4h")
    way = third.selectbox(words("Noticed"), list(ways), format_func=ways.__getitem__, key=f"{key}-noticed")
    made: Raw = {"at": written_duration(at) or "0s"}
    if until.strip():
        made["until"] = written_duration(until)
    if way == "silent":
        made["silent"] = True
    elif way == "after":
        seed(f"{key}-after", str(event.get("detected_after", "5m")))
        made["detected_after"] = written_duration(
            third.text_input(words("Noticed after"), key=f"{key}-after")
        )
    return made


def _end(event: Raw) -> str:
    """When the event ends, as scenario time; a length of its own is added to its beginning."""
    if "for" not in event:
        return str(event.get("until", ""))
    try:
        return duration_text(seconds(event.get("at", 0)) + seconds(event["for"]))
    except ValueError:
        return str(event["for"])
