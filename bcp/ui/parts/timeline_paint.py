"""The colours of the timeline, light and dark. Each stretch also says in words what it is."""

from __future__ import annotations

from bcp.model.run import FallbackState

Paint = dict[str, str]
"""A colour for every sort of stretch."""

LIGHT: Paint = {
    "full": "#cfe8da",
    "enough": "#f3dc9a",
    "low": "#e79a3c",
    "down": "#c0352b",
    "idle": "#e9edf0",
    "wait": "#c9d4de",
    "work": "#4f86b8",
    "blocked": "#c0352b",
    "active": "#4b9b73",
    "after": "#b9d8c7",
    "text": "#1f2933",
    "inverse": "#ffffff",
    "grid": "#e3e7ea",
}
"""On a light page."""

DARK: Paint = {
    "full": "#21483a",
    "enough": "#6e5a1d",
    "low": "#b9741f",
    "down": "#c9453b",
    "idle": "#2a3138",
    "wait": "#3d4852",
    "work": "#2f5f8d",
    "blocked": "#c9453b",
    "active": "#2f8059",
    "after": "#355c49",
    "text": "#e6ebef",
    "inverse": "#ffffff",
    "grid": "#333b43",
}
"""On a dark page."""

STATE_PAINT = {
    FallbackState.DETECTING: "wait",
    FallbackState.ACTIVATING: "work",
    FallbackState.BLOCKED: "blocked",
    FallbackState.ACTIVE: "active",
    FallbackState.FAILING_BACK: "after",
    FallbackState.EXHAUSTED: "low",
    FallbackState.WAITING: "wait",
}
"""Which paint each state of a fallback has; idle has none."""

STRONG = {"down", "blocked", "active", "work"}
"""Paints on which text is white."""
