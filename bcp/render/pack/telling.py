"""What is said to whom, what must be reported, and where it is written down."""

from __future__ import annotations

from bcp.render.html import Html, element, joined, lines
from bcp.render.pack.contents import Contents, FirstNotice, gap, section, tick

_LOG_ROWS = 16


def notices(contents: Contents) -> Html:
    """The texts of the first notices, with their times left open."""
    _ = contents.words
    rules = _(
        "Strike out the numbers that work. Fill in the times. Give another number only once it is open and two "
        "people have called it. Promise no end and guess no cause."
    )
    body = [_notice(notice, contents) for notice in contents.notices]
    return section(
        "notices",
        _("First notices"),
        element("p", rules, class_="note"),
        *(body or [gap(_("Nobody to tell."))]),
    )


def _notice(notice: FirstNotice, contents: Contents) -> Html:
    _ = contents.words
    short = [notice.short] if notice.short is not None and notice.short.text != notice.long.text else []
    return element(
        "div",
        element("h3", notice.name),
        element("p", lines(notice.long.text), class_="said"),
        *(element("p", element("strong", _("SMS:")), " ", lines(text.text)) for text in short),
        tick(f"told.{notice.audience.value}", _("told")),
        class_="card",
    )


def duties(contents: Contents) -> Html:
    """The reports that laws and contracts ask for, the most urgent first; empty without any."""
    _ = contents.words
    found = sorted(contents.plan.document.duties, key=lambda d: (d.deadline, d.authority, d.what))
    if not found:
        return Html("")
    items = [
        element(
            "li",
            tick(
                f"duty.{n}",
                element("strong", _("within {time}", time=_.length(d.deadline))),
                f" {d.authority}: {d.what}",
                *([element("small", d.how)] if d.how else []),
            ),
        )
        for n, d in enumerate(found)
    ]
    return section("duties", _("Reports that must be made"), element("ul", *items))


def ending(contents: Contents) -> Html:
    """What is checked before the all-clear, and when the plan is stood down; empty where the plan says neither."""
    _, document = contents.words, contents.plan.document
    parts: list[Html] = []
    for key, title, texts in (
        ("check", _("Check before the all-clear"), document.validation),
        ("down", _("Stand down when"), document.stand_down),
    ):
        if texts:
            items = [element("li", tick(f"{key}.{n}", text)) for n, text in enumerate(texts)]
            parts += [element("h3", title), element("ul", *items)]
    return section("end", _("When it works again"), *parts) if parts else Html("")


def log(contents: Contents) -> Html:
    """A table to write in: on the screen it is remembered, on paper it is empty."""
    _ = contents.words
    titles = (_("Time"), _("What happened, what was decided and why"), _("Who"))
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    rows = [
        element("tr", *(_cell(row, column, title) for column, title in enumerate(titles)))
        for row in range(_LOG_ROWS)
    ]
    table = element("table", element("thead", head), element("tbody", *rows), class_="log")
    return section("log", _("Log"), table)


def _cell(row: int, column: int, title: str) -> Html:
    label = f"{title} {row + 1}"
    return element(
        "td",
        joined(
            element("input", type="text", data_keep=f"log.{row}.{column}", aria_label=label, maxlength="300")
        ),
    )
