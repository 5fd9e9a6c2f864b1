"""Matching of the areas that an alert names to those of a plan, by path, code or name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from bcp.model.line import within_area
from bcp.model.notice_match import AreaMatch
from bcp.model.plan import Plan

_SHORTEST_NAME = 3
"""A part of a path shorter than this is a code that many countries have, and names no area alone."""

_APART = re.compile(r"[\s\-_/\u2010-\u2015]+")


class PlanAreas:
    """The areas of a plan by everything that an alert may call them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._called: dict[str, set[str]] = defaultdict(set)
        for component in plan.components.values():
            parts = component.area.split("/") if component.area else []
            for k in range(1, len(parts) + 1):
                self._call("/".join(parts[:k]), "/".join(parts[:k]))
                if len(parts[k - 1]) >= _SHORTEST_NAME:
                    self._call(parts[k - 1], "/".join(parts[:k]))
            if component.place and component.area:
                self._call(component.place, component.area)

    def matches(self, named: Iterable[str], owned: Callable[[str], bool]) -> tuple[AreaMatch, ...]:
        """What each area that an alert names is, those of the same path once; never guessed.

        A name, or the value of a code written `name=value`, is compared with whole paths (SE/BD as SE-BD too),
        with their parts of three characters and more, and with the places of customer groups. `owned` says
        whose components lie there: those of the alert's sender.
        """
        found: dict[tuple[str, ...], AreaMatch] = {}
        for text in named:
            paths = tuple(sorted(self._called.get(_plain(text.rpartition("=")[2]), ())))
            area = paths[0] if len(paths) == 1 else ""
            candidates = paths if len(paths) > 1 else ()
            match = AreaMatch(named=text, area=area, candidates=candidates, components=self._in(area, owned))
            found.setdefault(paths or (text,), match)
        return tuple(found.values())

    def _call(self, name: str, path: str) -> None:
        self._called[_plain(name)].add(path)

    def _in(self, area: str, owned: Callable[[str], bool]) -> tuple[str, ...]:
        components: Mapping[str, object] = self._plan.components if area else {}
        return tuple(
            i for i in sorted(components) if within_area(self._plan.components[i].area, area) and owned(i)
        )


def _plain(text: str) -> str:
    """A name for comparing: small letters, without blanks, hyphens and slashes."""
    return _APART.sub("", text.casefold())
