"""What the overview's verdicts are called: a sign and words, so that no colour is needed to read them."""

from __future__ import annotations

from bcp.model.overview import Cell, ExposureBy, Grade, Light
from bcp.words import Words

GRADE_SIGN = {
    Grade.MTPD_BROKEN: "✕✕",
    Grade.RTO_BROKEN: "✕",
    Grade.BELOW: "◐",
    Grade.REDUCED: "○",
    Grade.UNTOUCHED: "✓",
}
"""A sign for each grade."""

LIGHT_SIGN = {Light.RED: "✕", Light.AMBER: "◐", Light.GREEN: "✓"}
"""A sign for each of the three."""


def grade_text(grade: Grade, words: Words) -> str:
    """Sign and verdict: ✕ RTO broken."""
    names = {
        Grade.MTPD_BROKEN: words("MTPD broken"),
        Grade.RTO_BROKEN: words("RTO broken"),
        Grade.BELOW: words("Within limits"),
        Grade.REDUCED: words("Reduced"),
        Grade.UNTOUCHED: words("Not affected"),
    }
    return f"{GRADE_SIGN[grade]} {names[grade]}"


def light_text(light: Light, words: Words) -> str:
    """Sign and what it stands for."""
    names = {
        Light.RED: words("limit broken"),
        Light.AMBER: words("too low, within limits"),
        Light.GREEN: words("always enough"),
    }
    return f"{LIGHT_SIGN[light]} {names[light]}"


def cell_text(cell: Cell, words: Words) -> str:
    """Sign, and when the limit was broken or what is left of it: `✕ RTO +4:00`, `◐ 2 h left`, `○ 60 %`, `✓`."""
    sign = GRADE_SIGN[cell.grade]
    match cell.grade:
        case Grade.MTPD_BROKEN:
            return f"{sign} MTPD {words.clock(cell.mtpd_breach_s or 0.0)}"
        case Grade.RTO_BROKEN:
            return f"{sign} RTO {words.clock(cell.breach_s or 0.0)}"
        case Grade.BELOW if cell.spare_s is None:
            return f"{sign} {words.percent(round(cell.min_level, 3))}"
        case Grade.BELOW:
            return f"{sign} " + words("{length} left", length=words.length(cell.spare_s))
        case Grade.REDUCED:
            return f"{sign} {words.percent(round(cell.min_level, 3))}"
        case Grade.UNTOUCHED:
            return sign


def exposure_title(by: ExposureBy, words: Words) -> str:
    """By what exposure is told."""
    return {
        ExposureBy.OPERATOR: words("By operator"),
        ExposureBy.AREA: words("By area"),
        ExposureBy.PLATFORM: words("By platform or support system"),
    }[by]
