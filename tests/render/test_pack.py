"""The emergency pack: one file, nothing from elsewhere, every text escaped, and all that is needed in it."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp import usecases
from bcp.model.plan import Plan
from bcp.render.html import Html, element, joined
from bcp.render.pack.first_notices import first_notices
from bcp.usecases.packs import emergency_pack
from tests.engine.telling import plan_of
from tests.html_outline import Outline

DAY = date(2026, 11, 23)
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "script", "body", "nav", "a", "button", "main", "header"),
    *("section", "article", "div", "h1", "h2", "h3", "h4", "small", "p", "strong", "span", "br", "ul", "ol"),
    *("li", "label", "input", "time", "table", "thead", "tbody", "tr", "th", "td"),
}
NASTY = "<script>alert(1)</script>\"'&</style><img src=x onerror=alert(2)> https://evil.example/"


def hostile(name: str) -> Plan:
    """A plan all of whose free texts are `name`."""
    data: dict[str, Any] = {
        "organisation": {"name": name, "language": "en"},
        "components": {
            "op": {"kind": "operator", "name": name, "contract": name},
            "n": {"kind": "number", "name": name, "e164": "+46771123456", "requires": ["op"], "operator": name},
            "n2": {"kind": "number", "name": name, "e164": "+46101234567"},
            "crew": {"kind": "team", "name": name, "members": ["anna"]},
            "act": {"kind": "activity", "name": name, "requires": ["n"], "bia": {"rto": "1h", "mtpd": "4h"}},
        },
        "fallbacks": {
            "f": {
                "protects": "n", "name": name, "via": ["n2"], "lead_time": "5m", "owner": "crew", "needs": ["op"],
                "steps": [{"do": name, "by": "anna", "expect": name}], "failback_steps": [name],
            },
        },
        "contacts": {
            "anna": {"name": name, "role": name, "organisation": name, "mobile": "+46701740610", "email": name,
                     "note": name, "ways": [{"kind": "radio", "address": name}]},
        },
        "document": {
            "classification": name,
            "activation": {"criteria": [name], "decided_by": ["anna"], "alarm_path": name, "meeting_place": name,
                           "rhythm": name, "call_tree": {"anna": ["anna"]}},
            "duties": [{"authority": name, "what": name, "deadline": "4h", "how": name}],
            "messages": [{"audience": "The public", "when": "Within 30 minutes", "text": name}],
            "validation": [name], "stand_down": [name],
        },
    }  # fmt: skip
    return Plan.model_validate(data)


def outline(plan: Plan, language: str = "en", **more: Any) -> Outline:
    """The pack of a plan as a browser sees it."""
    return Outline(emergency_pack(plan, language=language, made_on=DAY, revision="7", **more))


@settings(max_examples=25, deadline=None)
@given(st.one_of(st.just(NASTY), st.text(min_size=1, max_size=60).filter(lambda s: s.strip() != "")))
def test_no_text_of_a_plan_becomes_markup(name: str) -> None:
    """Whatever a name holds, the page has the elements of a pack, one script, and no handler of events."""
    found = outline(hostile(name))
    assert {tag for tag, _ in found.seen} <= ELEMENTS
    assert [t for t, _ in found.seen].count("script") == 1
    assert all(not key.startswith("on") for _, attrs in found.seen for key in attrs)


@pytest.mark.parametrize("name", usecases.example_names())
def test_the_pack_asks_for_nothing_from_elsewhere(name: str) -> None:
    """Links lead into the page, to a telephone or to a mail program; nothing has an address to load from."""
    plan = usecases.open_plan(f"example:{name}").plan
    content = emergency_pack(plan, language=plan.organisation.language, made_on=DAY)
    found = Outline(content)
    names = {attrs["id"] for _, attrs in found.seen if "id" in attrs}
    for _, attrs in found.seen:
        assert not {"src", "srcset", "action", "formaction", "data", "poster", "background"} & set(attrs)
        target = attrs.get("href")
        if target is not None:
            assert re.fullmatch(r"tel:\+?\d+|mailto:[\w.+@-]+|#[\w-]+", target), target
            assert not target.startswith("#") or target[1:] in names, target
    assert b"url(" not in content
    assert b"@import" not in content
    assert len(content) < 500_000


def test_the_policy_allows_this_style_and_script_only() -> None:
    """The policy in the page names the checksums of its own style and script and nothing else to load."""
    content = emergency_pack(hostile("A"), language="en", made_on=DAY).decode()
    policy = next(
        attrs["content"] or ""
        for tag, attrs in Outline(content.encode()).seen
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    )
    for tag in ("style", "script"):
        source = re.search(rf"<{tag}>(.*?)</{tag}>", content, re.DOTALL)
        assert source is not None
        digest = base64.b64encode(hashlib.sha256(source[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_all_that_is_needed_is_in_the_pack() -> None:
    """Who decides with numbers to dial, every fallback's card with all steps, first notices, desks, duties, log."""
    plan = usecases.open_plan("example:kommun").plan
    found = outline(plan, "sv")
    words = found.words
    calls = {attrs["href"] for _, attrs in found.seen if (attrs.get("href") or "").startswith("tel:")}
    for contact in plan.contacts.values():
        assert contact.name in words
        assert {f"tel:{n}" for n in (contact.mobile, contact.phone) if n} <= calls
    for fallback in plan.fallbacks.values():
        assert fallback.name in words
        for step in (*fallback.steps, *fallback.failback_steps):
            assert " ".join(step.do.split()) in words
    for component in plan.components.values():
        assert component.contract in words
    for text in (*plan.document.activation.criteria, *(d.what for d in plan.document.duties)):
        assert " ".join(text.split()) in words
    assert "Just nu går det inte att ringa kommunen" in words
    assert "planens revision 7" in words
    assert plan.content_hash in words
    assert "gäller till 21 februari 2027" in words


def test_a_box_to_tick_has_a_key_of_its_own() -> None:
    """No two boxes or fields are remembered under the same key."""
    found = outline(usecases.open_plan("example:myndighet").plan, "sv")
    keys = [attrs["data-keep"] for _, attrs in found.seen if "data-keep" in attrs]
    assert len(keys) > 50
    repeated = {k for k in keys if keys.count(k) > 1 and not (k or "").startswith("tree.")}
    assert repeated == set()


def test_the_same_plan_gives_the_same_bytes() -> None:
    """Nothing in the pack depends on when or how often it is made."""
    plan = usecases.open_plan("example:fibra").plan
    made = [emergency_pack(plan, language="en", made_on=DAY) for _ in range(2)]
    assert made[0] == made[1]


def test_an_empty_plan_says_what_it_lacks() -> None:
    """A plan with nothing in it gives a pack that names every gap."""
    words = outline(Plan.model_validate({"organisation": {"name": "Ny", "language": "en"}})).words
    for gap in (
        "names no criteria",
        "names nobody who decides",
        "no fallbacks",
        "no contacts",
        "no operator",
    ):
        assert gap in words


def test_an_sms_is_printed_only_where_one_can_be_sent() -> None:
    """Without a channel for SMS and without mobile numbers of the staff there are no texts for it."""
    components = plan_of().model_dump(mode="json", exclude_unset=True)["components"]
    del components["sms"]
    with_one, without = plan_of(), plan_of(components=components)
    assert all(text.short is not None for text in first_notices(with_one, "sv"))
    assert all(text.short is None for text in first_notices(without, "sv"))


def test_times_of_first_notices_are_left_open() -> None:
    """No notice in the pack states a time; there are places to write instead."""
    data = hostile("Alva").model_dump(mode="json", exclude_defaults=True)
    del data["document"]["messages"]
    words = outline(Plan.model_validate(data)).words
    told = words[words.index("First notices") : words.index("Reports that must be made")]
    assert "__________" in told
    assert "2000" not in told
    assert "0771-12 34 56" in told


def test_an_element_escapes_texts_and_not_markup() -> None:
    """A text given to an element is escaped and its blanks are kept; markup made by an element is taken as it is."""
    assert element("p", "a < b ", element("b", "&")) == "<p>a &lt; b <b>&amp;</b></p>"
    assert element("a", "x", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;">x</a>'
    assert element("input", hidden=True, disabled=False) == "<input hidden>"
    assert joined("<", Html("<br>")) == "&lt;<br>"
