"""The pack as one file: sections in the order in which they are needed, a style, a script, nothing from elsewhere."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bcp.model.pack import use_until
from bcp.render.html import Html, element, joined, page
from bcp.render.pack import alarm, cards, telling
from bcp.render.pack.contents import Contents

_FOLDER = Path(__file__).parent


def render_pack(contents: Contents) -> bytes:
    """The emergency pack. The same contents give the same bytes."""
    _, plan = contents.words, contents.plan
    body = [
        part
        for part in (
            alarm.activation(contents),
            cards.routes(contents),
            cards.cards(contents),
            telling.notices(contents),
            telling.duties(contents),
            alarm.desks(contents),
            alarm.call_tree(contents),
            alarm.contacts(contents),
            telling.ending(contents),
            telling.log(contents),
        )
        if part
    ]
    title = f"{_('Emergency pack')} – {plan.organisation.name}"
    main = element("main", _head(contents), *body, class_="page")
    return page(
        contents.material.language,
        title,
        joined(_links(contents), main),
        style=_source("pack.css"),
        script=_source("pack.js"),
    )


def _head(contents: Contents) -> Html:
    """Whose pack it is, of which plan, how old, and until when it may be trusted."""
    _, plan, stamp = contents.words, contents.plan, contents.stamp
    until = use_until(plan, stamp.made_on)
    facts = [
        _("Made on {day}", day=_.day(stamp.made_on)),
        *([_("plan revision {n}", n=stamp.revision)] if stamp.revision else []),
        _("content {hash}", hash=stamp.content_hash),
        _("use until {day}", day=_.day(until)),
    ]
    review = plan.document.next_review
    overdue = review is not None and review < stamp.made_on
    return element(
        "header",
        element("h1", plan.organisation.name, element("small", _("Emergency pack"))),
        element("p", " · ".join(facts), class_="stamp"),
        element(
            "p",
            class_="age",
            role="status",
            data_made=stamp.made_on.isoformat(),
            data_until=until.isoformat(),
            data_fresh=_("This pack is {n} days old.", n="#"),
            data_old=_("✕ This pack has expired: it is {n} days old. Ask for a new one, and call before you trust a number.", n="#"),
        ),
        *([element("p", _("The plan's review was due on {day}.", day=_.day(review)), class_="beware")] if overdue and review else []),
        element("p", _("This file needs no network. Save it on your phone and print it. Ticks and notes stay in this browser only."), class_="note"),
        *([element("p", plan.document.classification, class_="note")] if plan.document.classification else []),
    )  # fmt: skip


def _links(contents: Contents) -> Html:
    """The table of contents: one line of links that stays in reach on a phone."""
    _ = contents.words
    titles = {
        "activate": _("Activate"),
        "routes": _("What to do"),
        "cards": _("Cards"),
        "notices": _("Notices"),
        "desks": _("Fault desks"),
        "contacts": _("Contacts"),
        "log": _("Log"),
    }
    shown = [element("a", title, href=f"#{key}") for key, title in titles.items()]
    forget = element(
        "button",
        _("Clear ticks"),
        type="button",
        id="forget",
        hidden=True,
        data_sure=_("Clear all ticks and notes in this pack?"),
    )
    return element("nav", *shown, forget, aria_label=_("Contents"), data_pack=f"{contents.stamp.content_hash}.{contents.material.language}")  # fmt: skip


@lru_cache(maxsize=2)
def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
