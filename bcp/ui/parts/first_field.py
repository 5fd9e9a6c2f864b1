"""An interview as one keyboard run: the cursor stands in the first field, Enter goes to the next, then on."""

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
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) main.scrollTo({ top: 0 });
  if (matchMedia("(hover: hover)").matches) take(40);
  if (window.bcpEnterGoesOn) return;
  window.bcpEnterGoesOn = true;
  document.addEventListener("keydown", (event) => {
    const here = event.target;
    if (event.key !== "Enter" || event.isComposing || here.type !== "text" || here.role === "combobox") return;
    const form = here.closest('[data-testid="stForm"]');
    if (!form || !here.closest('[class*="st-key-guided-"][class*="-field"]')) return;
    const shown = [...form.querySelectorAll('input[type="text"]')];
    const fields = shown.filter((one) => !one.closest("details:not([open])"));
    const next = fields[fields.indexOf(here) + 1];
    if (next) { event.preventDefault(); next.focus(); next.select(); return; }
    here.blur();
    setTimeout(() => form.querySelector('[data-testid="stFormSubmitButton"] button')?.click(), 150);
  });
}
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("first_field", js=_SCRIPT)


def first_field(key: str) -> None:
    """Show the top of what is new, and put the cursor into the field `KEY-field` there, not on a touch screen.

    In forms whose fields are keyed `guided-…` Enter goes from field to field and from the last one on. Draws nothing.
    """
    _component()(data=key, key="first-field", height=1)
