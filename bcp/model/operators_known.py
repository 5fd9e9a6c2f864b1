"""Which operators a plan names already, those first that run the sort of thing that is asked about."""

from __future__ import annotations

from bcp.model.block import Block
from bcp.model.plan import Plan


def known_operators(plan: Plan, block: Block, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The operators in the plan, as people write them, for a block's question `key`: those that fit, and the others.

    One fits that runs something of a kind that the block gives to the operator asked for: whoever runs a web site
    is a supplier, and no proposal for a mobile subscription. Those that run the very same thing, by its tags, come
    first; among equals the order of the plan holds.
    """
    wanted = [c for c in block.parts.get("components", {}).values() if c.get("operator") == f"{{{key}}}"]
    kinds = {c["kind"] for c in wanted}
    tags = {tag for c in wanted for tag in c.get("tags", ())} - {"reserve"}
    rank: dict[str, int] = {}
    for c in plan.components.values():
        if c.operator:
            fit = 0 if tags & set(c.tags) else 1 if c.kind in kinds else 2
            rank[c.operator] = min(fit, rank.get(c.operator, fit))
    ordered = sorted(rank, key=lambda operator: rank[operator])
    fitting = tuple(_name(plan, i) for i in ordered if rank[i] < 2)  # noqa: PLR2004 - the last of three ranks
    return fitting, tuple(_name(plan, i) for i in ordered if rank[i] == 2)  # noqa: PLR2004 - the same


def _name(plan: Plan, operator: str) -> str:
    desk = plan.contacts.get(f"{operator}-desk")
    return (desk.organisation if desk else "") or operator.replace("-", " ").title()
