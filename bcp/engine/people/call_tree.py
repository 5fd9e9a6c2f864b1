"""The call tree under a scenario: whom an alarm reaches, and who can call instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bcp.model.answer import Answer, Course, all_of, always, any_of, holds, spans
from bcp.model.plan import Plan, WayKind
from bcp.model.reachability import Break, CallLink, CallTreeReach, ContactReach, WayReach

_VOICE = (WayKind.MOBILE, WayKind.PHONE)
_TEXTING = (WayKind.MOBILE, WayKind.SMS)
_SHARED = (WayKind.CHAT, WayKind.RADIO, WayKind.IN_PERSON)


def call_tree_reach(plan: Plan, contacts: Mapping[str, ContactReach], horizon: float) -> CallTreeReach | None:
    """Whom the alarm reaches at each time, if it is raised then; None where the plan has no call tree.

    Those whom nobody calls raise the alarm. It comes to whoever is called by somebody it came to, over a
    working way that both have in common (`common_way`).
    """
    calls = {c: called for c, called in plan.document.activation.call_tree.items() if called}
    if not calls:
        return None
    tree = _Tree(plan, calls, contacts, horizon)
    return CallTreeReach(
        roots=tree.roots,
        links=tuple(
            CallLink(
                caller=caller,
                called=one,
                common=tree.link(caller, one),
                through=all_of([tree.alarmed[caller], tree.link(caller, one)]),
            )
            for caller, one in tree.pairs
        ),
        alarmed=tree.alarmed,
        breaks=tuple(b for called in sorted(tree.callers) for b in tree.breaks(called)),
        adrift=tuple(i for i in tree.everybody if i not in tree.led_to),
        left_out=tuple(
            i for i in dict.fromkeys(plan.document.activation.decided_by) if i not in tree.everybody
        ),
    )


def common_way(caller: ContactReach, called: ContactReach) -> Course:
    """Whether two contacts have a working way in common.

    They have where both can telephone (mobile or telephone, whichever operators); where the called
    takes SMS and the caller can send them; and where both have chat, radio or a place to meet (in
    person) that is the same: the same address, or a component in common. An e-mail wakes nobody and
    counts for nothing here.
    """
    voice = all_of([_any(caller, _VOICE), _any(called, _VOICE)])
    text = all_of([_any(caller, _TEXTING), _any(called, (WayKind.SMS,))])
    shared = [
        all_of([one.works, other.works])
        for one in caller.ways
        for other in called.ways
        if one.kind == other.kind and one.kind in _SHARED and _same_place(one, other)
    ]
    return any_of([voice, text, *shared])


def _any(contact: ContactReach, kinds: Iterable[WayKind]) -> Course:
    return any_of([way.works for way in contact.ways if way.kind in kinds])


def _same_place(one: WayReach, other: WayReach) -> bool:
    same = one.address.strip().casefold() == other.address.strip().casefold() != ""
    return same or bool(set(one.on) & set(other.on))


@dataclass(frozen=True)
class _Tree:
    plan: Plan
    calls: Mapping[str, tuple[str, ...]]
    contacts: Mapping[str, ContactReach]
    horizon: float

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Caller and called, each pair once, in the order of the plan."""
        return tuple(dict.fromkeys((c, one) for c, called in self.calls.items() for one in called))

    @cached_property
    def everybody(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(i for pair in self.pairs for i in pair))

    @cached_property
    def callers(self) -> dict[str, tuple[str, ...]]:
        """Those who call each one who is called by somebody else."""
        found: dict[str, tuple[str, ...]] = {}
        for caller, called in self.pairs:
            if caller != called:
                found[called] = (*found.get(called, ()), caller)
        return found

    @cached_property
    def roots(self) -> tuple[str, ...]:
        return tuple(i for i in self.everybody if i not in self.callers)

    @cached_property
    def led_to(self) -> frozenset[str]:
        """Those to whom a way leads from a root, if all works."""
        seen, row = set(self.roots), list(self.roots)
        while row:
            for one in self.calls.get(row.pop(), ()):
                if one not in seen:
                    seen.add(one)
                    row.append(one)
        return frozenset(seen)

    @cached_property
    def _links(self) -> dict[tuple[str, str], Course]:
        return {}

    def link(self, caller: str, called: str) -> Course:
        """Whether the two have a working way in common."""
        if (caller, called) not in self._links:
            self._links[caller, called] = common_way(self.contacts[caller], self.contacts[called])
        return self._links[caller, called]

    @cached_property
    def alarmed(self) -> dict[str, Course]:
        """The least answers that agree with every call, raised from no until nothing changes."""
        nobody, everybody = always(Answer.NO), always(Answer.YES)
        found = {i: everybody if i in self.roots else nobody for i in self.everybody}
        row = [one for root in self.roots for one in self.calls.get(root, ())]
        while row:
            called = row.pop()
            if called in self.roots:
                continue
            come = any_of([all_of([found[c], self.link(c, called)]) for c in self.callers[called]])
            if come != found[called]:
                found[called] = come
                row += self.calls.get(called, ())
        return found

    def breaks(self, called: str) -> list[Break]:
        """The times in which the alarm does not come to somebody, and what can be done instead."""
        return [
            Break(
                called=called,
                from_s=span[0],
                until_s=span[1],
                callers=self.callers[called],
                without_alarm=tuple(c for c in self.callers[called] if not self._has(c, Answer.YES, span)),
                instead_by=tuple(
                    i
                    for i in self.everybody
                    if i not in (*self.callers[called], called) and self._reaches(i, called, span)
                ),
                deputy=self._deputy(called, span),
            )
            for span in spans(self.alarmed[called], Answer.NO, self.horizon)
        ]

    def _has(self, contact: str, answer: Answer, span: tuple[float, float]) -> bool:
        return holds(self.alarmed[contact], answer, span)

    def _reaches(self, caller: str, called: str, span: tuple[float, float]) -> bool:
        return self._has(caller, Answer.YES, span) and holds(self.link(caller, called), Answer.YES, span)

    def _deputy(self, called: str, span: tuple[float, float]) -> str:
        deputy = self.plan.contacts[called].deputy
        if deputy is None or not any(self._reaches(i, deputy, span) for i in self.everybody if i != deputy):
            return ""
        return deputy
