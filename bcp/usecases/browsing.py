"""Finding scenarios in the library, and what each event of one fell on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bcp.engine.levels.selectors import Lineage, described
from bcp.engine.run.result import effect_text
from bcp.engine.run.striking import strikes_something
from bcp.errors import BcpError
from bcp.model.outage import CauseKind, Pattern
from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.model.scenario import Scenario, in_language
from bcp.saying import said
from bcp.usecases.naming import did_you_mean
from bcp.usecases.scenarios import OWN, WORST_SCENARIO, library


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the library can be searched by: the countries, causes and patterns that its scenarios have."""

    countries: tuple[str, ...]
    causes: tuple[CauseKind, ...]
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Struck:
    """One event as it fell on a plan: the selector in words, what it does, and what it struck (maybe nothing).

    Times in seconds of scenario time; `until_s` is None where it lasts to the horizon.
    """

    at_s: float
    until_s: float | None
    selector: str
    effect: str
    note: str
    components: tuple[str, ...]


def shelf(scenarios: Iterable[Scenario] | None = None) -> Shelf:
    """The countries, causes and patterns that occur, each sorted."""
    chosen = library() if scenarios is None else tuple(scenarios)
    return Shelf(
        tuple(sorted({c for s in chosen for c in s.countries})),
        tuple(sorted({c for s in chosen for c in s.causes})),
        tuple(sorted({p for s in chosen for p in s.patterns})),
    )


def browse(
    *, country: str = "", cause: str = "", pattern: str = "", teaching: str = ""
) -> tuple[Scenario, ...]:
    """The library's scenarios that meet every condition given, by id; conditions as for `chosen_outages`."""
    known = {s.id: s for s in library()}
    found = chosen_outages(known, country=country, cause=cause, pattern=pattern, text=teaching)
    return tuple(found.values())


def chosen_outages(
    known: Mapping[str, Scenario], *, country: str = "", cause: str = "", pattern: str = "", text: str = ""
) -> dict[str, Scenario]:
    """Those of the scenarios that meet every condition given, in their order.

    `country` is an ISO 3166 code, `cause` and `pattern` are words of the library (`CauseKind`, `Pattern`).
    Each word of `text` stands in the title, description or lesson in any language, or in the id, capitals
    aside. Raises BcpError for a cause or pattern that there is not; a country without scenarios gives none.
    """
    _known(said("cause"), cause, tuple(CauseKind))
    _known(said("pattern"), pattern, tuple(Pattern))
    return {
        reference: s
        for reference, s in known.items()
        if (not country or country.upper() in s.countries)
        and (not cause or cause in s.causes)
        and (not pattern or pattern in s.patterns)
        and _tells(s, text)
    }


def _known(what: str, word: str, words: tuple[str, ...]) -> None:
    if word and word not in words:
        raise BcpError(
            said("there is no {what} {word!r}.", what=what, word=word),
            did_you_mean(word, tuple(str(w) for w in words)),
        )


def _tells(scenario: Scenario, wanted: str) -> bool:
    texts = (scenario.title, scenario.description, scenario.teaches)
    told = " ".join([scenario.id, *(t for by_language in texts for t in by_language.values())]).casefold()
    return all(word in told for word in wanted.casefold().split())


def own_incident(example: str) -> str:
    """The id of the scenario that an example organisation is there to tell; that of the demonstration where none is."""
    return next((s.id for s in library() if s.example == example), WORST_SCENARIO)


def first_choice(plan: Plan, outages: Mapping[str, Scenario], wanted: Iterable[str] = ()) -> str:
    """The outage to show first on a plan: one that strikes it; empty where none of them does.

    Those `wanted` are tried first, in their order, then the plan's own, then those of its country, then all
    others, in the order of `outages`.
    """
    lineage = Lineage(plan)
    country = plan.organisation.country

    def rank(reference: str) -> int:
        return 0 if reference.startswith(OWN) else 1 if country in outages[reference].countries else 2

    order = dict.fromkeys((*(w for w in wanted if w in outages), *sorted(outages, key=rank)))
    return next((i for i in order if strikes_something(outages[i], lineage)), "")


def struck(scenario: Scenario, run: Run, language: str = "en") -> tuple[Struck, ...]:
    """What every event of a scenario fell on in its run, in the order of the scenario, those that hit nothing too."""
    return tuple(
        Struck(
            at_s=strike.at_s,
            until_s=strike.until_s,
            selector=described(event.select),
            effect=effect_text(event.effect),
            note=in_language(event.note, language),
            components=strike.components,
        )
        for event, strike in zip(scenario.events, run.strikes, strict=True)
    )
