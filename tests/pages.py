"""The pages of the app's menu, for the tests that go through all of them."""

from __future__ import annotations

PAGES = (
    "start",
    "guided",
    "model",
    "overview",
    "scenarios",
    "routes",
    "weaknesses",
    "compare",
    "incident",
    "locate",
    "notices",
    "workshop",
    "reports",
)
"""Their names in bcp/ui/pages."""


def address(page: str) -> str:
    """The path of a page: the first one is the app's root."""
    return "" if page == PAGES[0] else page
