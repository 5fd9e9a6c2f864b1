from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing, Group, Rect, String

from bcp import usecases
from bcp.model.plan import Plan
from bcp.render.context.material import Material
from bcp.render.figures import routing, states, timeline
from bcp.render.figures.drawing import Axis, fitting, shortened, width_of, wrapped
from bcp.render.figures.neighbourhood import MOST, neighbourhood, shown_and_hidden
from bcp.render.style import HEIGHT, WIDTH, register_fonts
from tests.render.sample import OUTAGE, plan

register_fonts()


def _material(it: Plan) -> Material:
    happened = usecases.run(it, OUTAGE)
    routes = usecases.routes(it, OUTAGE, happened=happened)
    return Material(it, happened, routes, usecases.assess(it), OUTAGE, "en")


def _shapes(drawing: Drawing | Group) -> Iterator[Rect | String]:
    for shape in drawing.contents:
        if isinstance(shape, Group):
            yield from _shapes(shape)
        elif isinstance(shape, Rect | String):
            yield shape


def _words(drawing: Drawing) -> list[str]:
    return [shape.text for shape in _shapes(drawing) if isinstance(shape, String)]


def _inside(drawing: Drawing) -> bool:
    """Every box and the anchor of every text lies within the drawing."""
    return all(
        s.x >= -0.5
        and 0 <= s.y <= drawing.height
        and (not isinstance(s, Rect) or s.x + s.width <= WIDTH + 0.5)
        for s in _shapes(drawing)
    )


def _large(width: int, depth: int) -> Plan:
    """A plan in which one activity rests on `width` chains of `depth` components."""
    components: dict[str, object] = {
        "a": {"kind": "activity", "name": "Top", "requires": [f"c{n}-0" for n in range(width)]}
    }
    for n in range(width):
        for d in range(depth):
            following = [f"c{n}-{d + 1}"] if d + 1 < depth else []
            components[f"c{n}-{d}"] = {
                "kind": "system",
                "name": f"System {n} at depth {d}",
                "requires": following,
            }
    components["telia-in"] = {"kind": "platform", "name": "Struck"}
    return plan({"components": components, "fallbacks": {}, "contacts": {}, "document": {}})


def test_the_neighbourhood_marks_single_points_shared_parts_and_levels_in_words() -> None:
    """What stops the activity alone, what a fallback rests on too, and how low it fell, are words."""
    drawing = neighbourhood(_material(plan()), "service")
    words = _words(drawing)
    assert "alone" in words
    assert "shared" in words
    assert "↓ 0%" in words
    assert _inside(drawing)


@pytest.mark.parametrize(("width", "depth"), [(1, 1), (30, 1), (1, 30), (8, 8), (5, 40)])
def test_the_neighbourhood_never_outgrows_its_page(width: int, depth: int) -> None:
    """However wide or deep a plan is, the drawing fits on a page and says how many components it hides."""
    material = _material(_large(width, depth))
    shown, hidden = shown_and_hidden(material, "a")
    drawing = neighbourhood(material, "a")
    assert len(shown) <= MOST
    assert len(shown) + hidden == width * depth + 1
    assert drawing.height < HEIGHT - 30
    assert _inside(drawing)
    assert any(words.startswith(f"{hidden} more") for words in _words(drawing)) == (hidden > 0)


def test_the_timeline_shows_limits_and_their_breach() -> None:
    """The RTO stands at its time with the word broken where it was broken, the level with its figure."""
    it = plan({"fallbacks": {}})
    material = _material(it)
    assert material.run is not None
    drawing = timeline.timeline(material, material.run, ("service",))
    words = _words(drawing)
    assert "RTO +1:00 broken" in words
    assert "0 %" in words
    assert _inside(drawing)


def test_fallback_states_name_who_blocks() -> None:
    """A blocked fallback has its blocker below its name, and each state its name or its figure."""
    material = _material(plan())
    assert material.run is not None
    called = states.called_for(material, material.run)
    words = _words(states.fallback_states(material, material.run, called))
    assert any("blocked by" in w for w in words)
    assert "Active" in words
    assert "4 Active" in words


def test_the_routing_figure_has_every_verdict_in_words() -> None:
    """Each option has its verdict beside its bar; the limit is a line with its length."""
    material = _material(plan())
    route = next(r for r in material.routes if r.subject == "service")
    words = " / ".join(_words(routing.routing(material, route)))
    for verdict in (
        "Usable",
        "Too late by 10 min",
        "Blocked by Service-number platform",
        "Shares Service-number",
    ):
        assert verdict in words
    assert "RTO 1\xa0h" in words


@pytest.mark.parametrize("module", [timeline.MOST * 41.0, states.MOST * 29.0, routing.MOST * 31.0])
def test_a_full_chart_fits_on_a_page(module: float) -> None:
    """The most rows of a chart, with legend and caption, are lower than a page."""
    assert module + 80 < HEIGHT


@given(st.floats(min_value=1, max_value=1e9))
def test_an_axis_has_few_round_ticks(until: float) -> None:
    """From seconds to decades there are at most ten ticks, none beyond the end."""
    ticks = Axis(until, 0, 100).ticks()
    assert 1 <= len(ticks) <= 10
    assert ticks[-1] <= until


@given(st.text(max_size=120), st.floats(min_value=20, max_value=200))
def test_fitted_text_is_never_wider_than_its_place(words: str, width: float) -> None:
    """Shortened and wrapped lines keep to their width."""
    assert width_of(shortened(words, 7, width), 7) <= width
    assert all(width_of(line, 7) <= width + 1e-6 for line in wrapped(words, 7, width, 3))
    size, lines = fitting(words, (7, 6), width, 2)
    assert size in (7, 6)
    assert len(lines) <= 2
