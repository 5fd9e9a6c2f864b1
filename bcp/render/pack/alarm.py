"""Who activates the plan and on what, who calls whom, and everybody's numbers."""

from __future__ import annotations

from bcp.engine.people.fault_desks import FaultDesk, fault_desks
from bcp.model.component import Kind
from bcp.render.html import Html, element, joined, lines
from bcp.render.pack.contents import Contents, gap, section, tick, ways


def activation(contents: Contents) -> Html:
    """When to activate, who decides, where they meet."""
    _, plan = contents.words, contents.plan
    how = plan.document.activation
    when = [element("li", text) for text in how.criteria]
    who = [
        element("li", tick(f"call.{key}", element("strong", plan.title(key)), " · ", _person(key, contents)))
        for key in how.decided_by
        if key in plan.contacts
    ]
    parts = [
        element("h3", _("Activate when")),
        element("ul", *when) if when else gap(_("The plan names no criteria.")),
        element("h3", _("Who decides, in this order")),
        element("ol", *who) if who else gap(_("The plan names nobody who decides.")),
    ]
    if how.quorum:
        parts.append(element("p", _("At least {n} of them must be reached.", n=how.quorum)))
    for title, text in (
        (_("How the crisis team is called"), how.alarm_path),
        (_("Meeting place"), how.meeting_place),
        (_("Rhythm"), how.rhythm),
    ):
        if text:
            parts += [element("h3", title), element("p", lines(text))]
    return section("activate", _("Activate"), *parts)


def _person(key: str, contents: Contents) -> Html:
    """A contact's numbers, and who stands in for them."""
    _, plan = contents.words, contents.plan
    contact = plan.contacts[key]
    parts = [ways(contact, contents)]
    if contact.deputy in plan.contacts and contact.deputy is not None:
        parts.append(joined(" – ", _("deputy {name}", name=plan.title(contact.deputy))))
    return joined(*parts)


def call_tree(contents: Contents) -> Html:
    """Who calls whom, each with a box to tick; empty where the plan has no tree."""
    _, plan = contents.words, contents.plan
    tree = plan.document.activation.call_tree
    if not tree:
        return Html("")
    called = {c for below in tree.values() for c in below}
    roots = [c for c in tree if c not in called] or list(tree)[:1]
    seen: set[str] = set()
    return section(
        "tree", _("Call tree"), element("ul", *(_branch(c, contents, seen) for c in roots), class_="tree")
    )


def _branch(key: str, contents: Contents, seen: set[str]) -> Html:
    """A person and those they call; a person who stands in the tree twice is opened once."""
    plan = contents.plan
    numbers = ways(plan.contacts[key], contents, written=False) if key in plan.contacts else Html("")
    head = tick(f"tree.{key}", element("strong", plan.title(key)), " ", numbers)
    first = key not in seen
    seen.add(key)
    below = plan.document.activation.call_tree.get(key, ()) if first else ()
    children = [_branch(c, contents, seen) for c in below]
    return element("li", head, *([element("ul", *children)] if children else []))


def desks(contents: Contents) -> Html:
    """The fault desks of operators and suppliers, and what to state there."""
    _ = contents.words
    found = fault_desks(contents.plan)
    body = [_desk(desk, contents) for desk in found]
    return section(
        "desks",
        _("Fault desks and contracts"),
        *(body or [gap(_("The plan names no operator or supplier."))]),
    )


def _desk(desk: FaultDesk, contents: Contents) -> Html:
    _, plan = contents.words, contents.plan
    people = []
    for key in desk.contacts:
        contact = plan.contacts[key]
        note = element("p", lines(contact.note), class_="note") if contact.note else Html("")
        people.append(joined(element("p", f"{plan.title(key)} · ", ways(contact, contents)), note))
    contracts = [
        element("li", element("strong", contract), f": {', '.join(plan.title(i) for i in ids)}")
        for contract, ids in desk.contracts
    ]
    return element(
        "div",
        element("h3", _supplier(desk, contents)),
        *(people or [gap(_("No fault desk in the plan."))]),
        *([element("ul", *contracts)] if contracts else [gap(_("No contract number in the plan."))]),
        element(
            "p",
            element("span", _("Case number: ______________")),
            " ",
            element("span", _("Next update: ______________")),
            class_="write",
        ),
        class_="card",
    )


def _supplier(desk: FaultDesk, contents: Contents) -> str:
    """A supplier's name: its component's, else that of its desk's organisation."""
    plan = contents.plan
    if desk.supplier in plan.components or not desk.contacts:
        return plan.title(desk.supplier)
    return plan.contacts[desk.contacts[0]].organisation


def contacts(contents: Contents) -> Html:
    """Everybody in the plan, by name, and the teams with their members."""
    _, plan = contents.words, contents.plan
    rows = [
        element(
            "tr",
            element("th", plan.title(key), scope="row"),
            element("td", " · ".join(t for t in (contact.role, contact.organisation) if t)),
            element("td", ways(contact, contents)),
        )
        for key, contact in sorted(plan.contacts.items(), key=lambda kv: (kv[1].name.casefold(), kv[0]))
    ]
    if not rows:
        return section("contacts", _("Contacts"), gap(_("The plan has no contacts.")))
    titles = (_("Name"), _("Role"), _("How to reach them"))
    head = element("tr", *(element("th", title, scope="col") for title in titles))
    table = element("table", element("thead", head), element("tbody", *rows))
    return section("contacts", _("Contacts"), table, *_teams(contents))


def _teams(contents: Contents) -> list[Html]:
    plan = contents.plan
    return [
        element("p", element("strong", team.name), f": {', '.join(plan.title(m) for m in team.members)}")
        for _key, team in sorted(plan.of_kind(Kind.TEAM).items())
        if team.members
    ]
