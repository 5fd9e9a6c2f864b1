"""What is known of a target's failure: its minimal cut sets by order, how likely it is, and what matters most."""

from __future__ import annotations

from pydantic import Field

from bcp.model.value import Identifier, Share, Value


class Importance(Value):
    """What one component means for a target, with P the target's unavailability and q the component's."""

    component: Identifier
    unavailability: Share | None = Field(description="q; none where there is no figure: it counts as 0.")
    birnbaum: float = Field(description="dP/dq: P with the component failed less P with it up.")
    fussell_vesely: float | None = Field(
        description="(P − P with the component up) / P: the share of P that goes away with its failures. "
        "None where P is 0."
    )
    risk_achievement: float | None = Field(
        description="P with the component failed / P: how many times worse. None where P is 0."
    )
    risk_reduction: float | None = Field(
        description="P / P with the component up: how many times better. None where nothing would be left."
    )


class TopEvent(Value):
    """The failure of one target: cut sets counted by order, exact unavailability, importance of components.

    Where a limit stopped the computing, `stopped` says which, counts hold up to `complete_to`, and the
    unavailability lies between `at_least` and `at_most`.
    """

    target: str
    always: bool = Field(default=False, description="Failed with nothing failed: the empty cut set.")
    counts: tuple[int, ...] = Field(
        description="Number of minimal cut sets of order 1, 2 and so on; of all orders or to `complete_to`."
    )
    complete_to: int | None = Field(description="The order up to which all are counted; none: all orders.")
    total: int | None = Field(description="Number of minimal cut sets; none where not all are counted.")
    unavailability: float | None = Field(
        default=None, description="Exact; none where no figures were given or a limit stopped it."
    )
    at_least: float | None = None
    at_most: float | None = None
    without_figures: tuple[str, ...] = Field(
        default=(), description="Components in cut sets that have no figure: they count as never failing."
    )
    importance: tuple[Importance, ...] = Field(
        default=(), description="Highest Fussell-Vesely first; none where the unavailability is not exact."
    )
    stopped: str = Field(default="", description="Why it is not complete; empty where it is.")
