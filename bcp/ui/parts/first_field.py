"""Putting the cursor into the field that is to be filled, so that an interview is one keyboard run."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

_SCRIPT = """
export default function (component) {
  const { data } = component;
  if (window.bcpFirstField === data) return;
  window.bcpFirstField = data;
  const field = () => document.querySelector(`.st-key-${CSS.escape(data)}-field input`);
  const take = (left) => {
    const found = field();
    if (found) { found.focus({ preventScroll: true }); found.select(); return; }
    if (left > 0) setTimeout(() => take(left - 1), 50);
  };
  if (matchMedia("(hover: hover)").matches) take(40);
}
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("first_field", js=_SCRIPT)


def first_field(key: str) -> None:
    """Put the cursor into the field `KEY-field` when it first appears, not on a touch screen. Draws nothing."""
    _component()(data=key, key="first-field", height=1)
