"""What a pack is made from, in one value, and the small parts that all its sections use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bcp.model.announcement import Audience, Wording
from bcp.model.pack import PackStamp
from bcp.model.plan import Contact, Plan
from bcp.model.telephone import display
from bcp.render.context.material import Material
from bcp.render.html import Html, element, joined
from bcp.words import Words

_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")

SIGNS = {"good": "✓", "warn": "◐", "bad": "✕", "quiet": "?", "plain": "·"}
"""A shape for each tone, so that nothing is told by colour alone."""


@dataclass(frozen=True)
class FirstNotice:
    """The first notice to one audience, its times left open: a long text, and a short one where the plan has SMS."""

    audience: Audience
    name: str
    long: Wording
    short: Wording | None = None


@dataclass(frozen=True)
class Contents:
    """The plan with its routes and assessment, the texts of the first notices, and the stamp."""

    material: Material
    stamp: PackStamp
    notices: tuple[FirstNotice, ...] = field(default=())

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.material.plan

    @property
    def words(self) -> Words:
        """The pack's language."""
        return self.material.words


def section(key: str, title: str, *inside: str, class_: str = "") -> Html:
    """A section with its heading, named so that the table of contents can lead to it."""
    head = element("h2", title, id=f"{key}-title")
    return element("section", head, *inside, id=key, class_=class_ or False, aria_labelledby=f"{key}-title")


def call(number: str, country: str) -> Html:
    """A number that a phone dials when it is touched."""
    return element("a", display(number, country), href=f"tel:{number}", class_="tel")


def mail(address: str) -> Html:
    """An address that a phone writes to when it is touched; as text where it could be something else."""
    if _ADDRESS.fullmatch(address) is None:
        return element("span", address)
    return element("a", address, href=f"mailto:{address}")


def ways(contact: Contact, contents: Contents, *, written: bool = True) -> Html:
    """Every way to reach a contact on one line: mobile first; without e-mail where not `written`."""
    country, _ = contents.plan.organisation.country, contents.words
    parts: list[Html] = []
    if contact.mobile:
        parts.append(call(contact.mobile, country))
    if contact.phone and contact.phone != contact.mobile:
        parts.append(call(contact.phone, country))
    parts += [element("span", way.address) for way in contact.ways if way.address]
    if contact.email and written:
        parts.append(mail(contact.email))
    if not parts:
        return element("span", _("no number in the plan"), class_="gap")
    return joined(*(p for n, part in enumerate(parts) for p in ((Html(" · "), part) if n else (part,))))


def tick(key: str, *inside: str) -> Html:
    """A box to tick with its text; the page remembers it under `key`, and when it was ticked."""
    box = element("input", type="checkbox", data_keep=key)
    when = element("time", class_="when", data_when=key)
    return element("label", box, element("span", *inside), when, class_="tick")


def badge(tone: str, text: str) -> Html:
    """A verdict with its shape and colour."""
    sign = element("span", f"{SIGNS[tone]} ", aria_hidden="true")
    return element("span", sign, text, class_=f"badge {tone}")


def gap(text: str) -> Html:
    """What the plan should say and does not."""
    return element("p", text, class_="gap")
