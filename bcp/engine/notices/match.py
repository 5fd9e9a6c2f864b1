"""Matching of suppliers' circuits and services to the components of a plan, by provider and object id."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from bcp.engine.notices.match_areas import PlanAreas
from bcp.model.component import Component, Kind
from bcp.model.notice import UNNAMED, Notice, NoticeObject
from bcp.model.notice_match import MatchBy, MatchedNotice, ObjectMatch
from bcp.model.plan import Plan
from bcp.model.telephone import normal

CIRCUIT_TAG = "circuit:"
"""A tag `circuit:ABC-123` on a component names its circuit or service as the supplier does."""

PROVIDER_TAG = "provider:"
"""A tag `provider:arelion.com` on an operator or supplier is a name under which it sends notices."""

_OWNERS = frozenset({Kind.OPERATOR, Kind.SUPPLIER})
_SEPARATORS = re.compile(r"[\s\-_\u00ad\u2010-\u2015\u2212]+")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)*([a-z0-9-]+)\.[a-z]{2,}", re.IGNORECASE)


def matched(plan: Plan, notices: Iterable[Notice]) -> tuple[MatchedNotice, ...]:
    """Each notice with what its circuits and services are in the plan; never guessed.

    An object id is compared with each component's tags `circuit:…`, contract, id, name and number, letter
    case, blanks, hyphens and underscores aside. A tag counts before all else. Components whose operator is
    the notice's provider count before those without one; another operator's are never taken, only shown.
    Of a provider that nobody names only tags count: any stranger may call a thing `dns`.
    Where more than one component is left it is ambiguous. Areas are matched too, and strike nothing. A combination (`virtual`) is never meant.
    """
    index, areas = _Index(plan), PlanAreas(plan)
    return tuple(
        MatchedNotice(
            notice=n,
            objects=tuple(index.match(n.provider, o) for o in n.objects),
            areas=areas.matches(n.areas, index.owned_by(n.provider)),
        )
        for n in notices
    )


def plain_name(text: str) -> str:
    """A name for comparing: compatible characters as one, small letters, no blanks, hyphens or underscores."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).casefold())


class _Index:
    """The names of a plan's components."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._found: dict[str, dict[str, set[MatchBy]]] = defaultdict(dict)
        self._names_of: dict[str, frozenset[str]] = {}
        for i, component in plan.components.items():
            if not component.virtual:
                for by, name in _names(i, component):
                    self._found[name].setdefault(i, set()).add(by)

    def match(self, provider: str, named: NoticeObject) -> ObjectMatch:
        """What one circuit or service is."""
        found = self._named(named.id)
        tagged = {i: by for i, by in found.items() if MatchBy.TAG in by}
        meant = tagged if provider == UNNAMED else tagged or found
        of_provider, unowned, others = self._by_owner(provider, meant)
        left = of_provider or unowned
        match = ObjectMatch(id=named.id, impact=named.impact)
        if len(left) == 1:
            return match.model_copy(update={"component": left[0], "by": tuple(sorted(found[left[0]]))})
        return match.model_copy(update={"candidates": tuple(left or others)})

    def owned_by(self, provider: str) -> Callable[[str], bool]:
        """Whether a component is of the operator that the provider is."""
        asked = _provider_names(provider)
        return lambda i: bool((operator := self._owner(i)) and asked & self._names(operator))

    def _named(self, name: str) -> Mapping[str, set[MatchBy]]:
        found = {i: set(by) for i, by in self._found.get(plain_name(name), {}).items()}
        try:
            number = normal(name)
        except ValueError:
            return found
        for i, by in self._found.get(_number_key(number), {}).items():
            found.setdefault(i, set()).update(by)
        return found

    def _by_owner(self, provider: str, ids: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
        """The provider's components, those of no operator, and others'; each sorted."""
        asked = _provider_names(provider)
        own, unowned, others = [], [], []
        for i in sorted(ids):
            operator = self._owner(i)
            if not operator:
                unowned.append(i)
            elif asked & self._names(operator):
                own.append(i)
            else:
                others.append(i)
        return own, unowned, others

    def _owner(self, component: str) -> str:
        """The operator of a component; an operator or supplier is its own."""
        found = self._plan.components[component]
        return found.operator or (component if found.kind in _OWNERS else "")

    def _names(self, operator: str) -> frozenset[str]:
        """The names of an operator: as it is written, and as its component has them."""
        if operator not in self._names_of:
            names = _provider_names(operator)
            component = self._plan.components.get(operator)
            if component is not None:
                names |= _provider_names(component.name)
                tags = [t.removeprefix(PROVIDER_TAG) for t in component.tags if t.startswith(PROVIDER_TAG)]
                names = names.union(*(_provider_names(tag) for tag in tags))
            self._names_of[operator] = frozenset(names)
        return self._names_of[operator]


def _names(i: str, component: Component) -> Iterable[tuple[MatchBy, str]]:
    """Everything that a supplier may call a component, for comparing."""
    named = [(MatchBy.ID, i), (MatchBy.NAME, component.name), (MatchBy.CONTRACT, component.contract)]
    named += [(MatchBy.TAG, t.removeprefix(CIRCUIT_TAG)) for t in component.tags if t.startswith(CIRCUIT_TAG)]
    for by, text in named:
        if name := plain_name(text):
            yield by, name
    if component.e164 is not None:
        yield MatchBy.NUMBER, _number_key(component.e164)


def _number_key(number: str) -> str:
    return f"tel {number}"


def _provider_names(text: str) -> set[str]:
    """How a provider may be written: whole, without what stands in brackets, and the name in its domain."""
    bare = re.sub(r"\([^()]*\)", "", text).strip()
    domain = bare.rpartition("@")[2]
    found = {plain_name(text), plain_name(bare), plain_name(domain)}
    if (parts := _DOMAIN.fullmatch(domain)) is not None:
        found.add(plain_name(parts[1]))
    return found - {""}
