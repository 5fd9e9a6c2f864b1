"""What is typed and not sent yet, kept by the browser's tab itself so that a reload loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

_SCRIPT = """
export default function (component) {
  const {owner, keys} = component.data;
  const done = new WeakSet();
  const fields = () => keys.flatMap((key) =>
    [...document.querySelectorAll(`.st-key-${key} textarea, .st-key-${key} input[type=text]`)]
      .map((field) => [`bcp-typed-${owner}-${key}`, field]));
  const restore = () => {
    for (const [name, field] of fields()) {
      const kept = sessionStorage.getItem(name);
      if (done.has(field)) {
        if (kept && !field.value) sessionStorage.removeItem(name);
        continue;
      }
      done.add(field);
      if (!kept || field.value) continue;
      const shape = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
      Object.getOwnPropertyDescriptor(shape.prototype, "value").set.call(field, kept);
      field.dispatchEvent(new Event("input", {bubbles: true}));
      field.dispatchEvent(new FocusEvent("focusout", {bubbles: true}));
    }
  };
  const keep = (event) => {
    const found = fields().find(([, field]) => field === event.target);
    if (!found) return;
    if (event.target.value) sessionStorage.setItem(found[0], event.target.value);
    else sessionStorage.removeItem(found[0]);
  };
  document.addEventListener("input", keep, true);
  const timer = setInterval(restore, 700);
  restore();
  return () => { document.removeEventListener("input", keep, true); clearInterval(timer); };
}
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("bcp_half_typed", js=_SCRIPT)


def half_typed(owner: str, keys: Sequence[str]) -> None:
    """Keep what is typed into the fields of these keys, and give it back after a reload. Draws nothing.

    `owner` tells apart what several people type in the same tab, one after the other; it is not secret.
    """
    _component()(data={"owner": owner, "keys": list(keys)}, key="half-typed", height=1)
