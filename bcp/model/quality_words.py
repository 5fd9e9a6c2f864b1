"""How the quality of what gets through is said: calls get through, but some cannot be heard."""

from __future__ import annotations

from bcp.model.plan import Plan
from bcp.model.run import Run
from bcp.words import Words


def spoilt_text(plan: Plan, run: Run, activity: str, words: Words) -> str:
    """What was spoilt of an activity, in a sentence without its end; empty where nothing was.

    Such as: calls get through, but at worst 3.1 % of them cannot be heard or used; 4,500 in all; below the
    floor of 99 % for 2 d 23 h.
    """
    result = run.activities[activity].quality
    if result is None:
        return ""
    share = words.percent(round(1.0 - result.lowest, 3))
    if run.activities[activity].min_level >= 1.0:
        parts = [
            words("calls get through, but at worst {share} of them cannot be heard or used", share=share)
        ]
    else:
        parts = [
            words("of the calls that get through, at worst {share} cannot be heard or used", share=share)
        ]
    if result.spoiled_contacts >= 1:
        parts.append(words("{n} in all", n=words.number(result.spoiled_contacts)))
    if result.below_floor_s is not None:
        floor = words.percent(plan.components[activity].analysis.quality_floor or 0.0)
        parts.append(
            words(
                "below the floor of {floor} for {time}", floor=floor, time=words.length(result.below_floor_s)
            )
            if result.below_floor_s
            else words("the floor of {floor} is kept", floor=floor)
        )
    return "; ".join(parts)


def spoilt_at(run: Run, component: str, t: float, words: Words) -> str:
    """What is spoilt of a component at scenario time t (seconds): 3.1 % not heard; empty where nothing is."""
    spoilt = 1.0 - run.quality_at(component, t)
    if spoilt < WORTH_SAYING:
        return ""
    return words("{share} cannot be heard or used", share=words.percent(round(spoilt, 3)))


WORTH_SAYING = 0.0005
"""A share spoilt that people are not shown as 0 %."""
