"""The functions that a template can call: each puts a block or a tone into its text."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.graphics.shapes import Drawing

from bcp.errors import BcpError
from bcp.model.component import Kind
from bcp.model.run import Run
from bcp.render.blocks import Block, Figure, LogLines, Signatures, Tone
from bcp.render.context.material import Material
from bcp.render.figures import routing, states, timeline
from bcp.render.figures.neighbourhood import neighbourhood, shown_and_hidden
from bcp.render.markdown import DIRECTIVE, tone_switch
from bcp.render.marks import clean, marked
from bcp.saying import said

_MOST_LINES = 60
_FIGURES = ("dependencies", "routes", "timeline", "fallback_states")


class Functions:
    """What templates call, and the blocks that the calls have made so far."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self.made: list[Block] = []

    def by_name(self) -> dict[str, Callable[..., str]]:
        """The functions by the name that templates use."""
        return {
            "figure": self.figure,
            "log_lines": self.log_lines,
            "signatures": self.signatures,
            "tone": self.tone,
        }

    def figure(self, kind: str, of: str = "", caption: str = "") -> str:
        """A drawing: `dependencies` or `routes` of an activity or number, `timeline`, or `fallback_states`.

        What does not fit on one page comes as several drawings.
        """
        drawings, standard = self._drawn(kind, of)
        words = clean(caption) or standard
        captions = (
            [words]
            if len(drawings) == 1
            else [
                self._material.words("{caption} ({n} of {all})", caption=words, n=n + 1, all=len(drawings))
                for n in range(len(drawings))
            ]
        )
        return "".join(self._inserted(Figure(d, c)) for d, c in zip(drawings, captions, strict=True))

    def log_lines(self, count: int, *titles: str) -> str:
        """Empty lines to write on, with column titles."""
        if not 1 <= count <= _MOST_LINES:
            raise BcpError(
                said("{count} log lines are not possible.", count=count),
                said("Ask for 1 to {most}.", most=_MOST_LINES),
            )
        _ = self._material.words
        return self._inserted(LogLines(tuple(map(clean, titles)) or (_("Time"), _("What"), _("Who")), count))

    def signatures(self, *pairs: str) -> str:
        """Lines to sign on: role, name, role, name …; an empty name leaves a line for it."""
        _ = self._material.words
        signers = tuple((clean(pairs[k]), clean(pairs[k + 1])) for k in range(0, len(pairs) - 1, 2))
        return self._inserted(Signatures(signers, _("Name"), _("Signature"), _("Date")))

    def tone(self, tone: str, words: str) -> str:
        """Text in a tone: good, warn, bad or quiet."""
        if tone not in tuple(Tone):
            raise BcpError(
                said("there is no tone {tone!r}.", tone=tone),
                said("There are: {names}.", names=", ".join(Tone)),
            )
        return tone_switch(Tone(tone)) + str(words) + tone_switch(Tone.PLAIN)

    def _inserted(self, block: Block) -> str:
        self.made.append(block)
        return marked(f"\n\n```{DIRECTIVE}\n") + str(len(self.made) - 1) + marked("\n```\n\n")

    def _drawn(self, kind: str, of: str) -> tuple[list[Drawing], str]:
        if kind not in _FIGURES:
            raise BcpError(
                said("there is no figure {kind!r}.", kind=kind),
                said("There are: {names}.", names=", ".join(_FIGURES)),
            )
        if kind == "dependencies":
            return self._dependencies(of)
        if kind == "routes":
            return self._routes(of)
        run = self._material.run
        if run is None:
            raise BcpError(
                said("the figure {kind!r} needs a scenario.", kind=kind),
                said("Ask first: {{% if scenario %}} … {{% endif %}}."),
            )
        return self._timeline(run, of) if kind == "timeline" else self._states(run)

    def _dependencies(self, of: str) -> tuple[list[Drawing], str]:
        material, _ = self._material, self._material.words
        subject = self._known(of, Kind.ACTIVITY, Kind.NUMBER, Kind.NUMBER_RANGE)
        shown, hidden = shown_and_hidden(material, subject)
        caption = _("What {name} rests on.", name=material.name(subject))
        if hidden:
            caption = _(
                "What {name} rests on: the nearest {shown} of {all} components.",
                name=material.name(subject),
                shown=len(shown) - 1,
                all=len(shown) - 1 + hidden,
            )
        return [neighbourhood(material, subject)], caption

    def _routes(self, of: str) -> tuple[list[Drawing], str]:
        material, _ = self._material, self._material.words
        subject = self._known(of, Kind.ACTIVITY, Kind.NUMBER, Kind.NUMBER_RANGE)
        route = next((r for r in material.routes if r.subject == subject), None)
        if route is None or not route.options:
            raise BcpError(
                said("{of!r} has no options to draw.", of=of),
                said("Ask first: {{% if r.options %}} … {{% endif %}}."),
            )
        parts = range(0, len(route.options), routing.MOST)
        caption = _("Options for {name}, by time since the failure.", name=material.name(subject))
        return [routing.routing(material, route, first) for first in parts], caption

    def _timeline(self, run: Run, of: str) -> tuple[list[Drawing], str]:
        material, _ = self._material, self._material.words
        shown = (self._known(of, Kind.ACTIVITY),) if of else material.priority
        parts = _parts(shown, timeline.MOST)
        return [timeline.timeline(material, run, part) for part in parts], _(
            "Level of the activities by scenario time."
        )

    def _states(self, run: Run) -> tuple[list[Drawing], str]:
        material = self._material
        called = states.called_for(material, run)
        caption = material.words.count(
            "State of the {n} fallback called for.", "States of the {n} fallbacks called for.", len(called)
        )
        return [states.fallback_states(material, run, part) for part in _parts(called, states.MOST)], caption

    def _known(self, of: str, *kinds: Kind) -> str:
        for key, component in self._material.plan.components.items():
            if clean(key) == of and component.kind in kinds:
                return key
        allowed = " or ".join(str(kind).replace("_", " ") for kind in kinds)
        raise BcpError(
            said("there is no {allowed} {of!r}.", allowed=allowed, of=of),
            said("Give an id, such as figure('timeline', a.id)."),
        )


def _parts(keys: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    return [keys[k : k + size] for k in range(0, len(keys), size)] or [()]
