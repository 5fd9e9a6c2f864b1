"""What people need to read a page and Streamlit leaves out: its language, whole lists, words on dark buttons.

Streamlit says that every page is English, and puts the headings of the menu's sections inside its list,
where only entries may stand; without the false list the menu is read as a landmark with its links. On its
primary buttons it always writes white, which cannot be read on the light colour that links and choices
need in the dark.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

_SCRIPT = r"""
const ENTRIES = '[data-testid="stSidebarNavItems"], [data-testid="stSidebarNavItems"] li';

const DARK_BUTTONS =
  'html[data-bcp-dark] [data-testid^="stBaseButton-primary"], ' +
  'html[data-bcp-dark] [data-testid="stMultiSelect"] span[title] { color: #0d141a; }';

function paint() {
  const app = document.querySelector('[data-testid="stApp"]');
  const [r, g, b] = (app ? getComputedStyle(app).backgroundColor : "").match(/[\d.]+/g) || [255, 255, 255];
  document.documentElement.toggleAttribute("data-bcp-dark", 0.3 * r + 0.6 * g + 0.1 * b < 100);
  if (!document.getElementById("bcp-dark-buttons")) {
    const rule = Object.assign(document.createElement("style"), { id: "bcp-dark-buttons", textContent: DARK_BUTTONS });
    document.head.append(rule);
  }
}

function mend() {
  paint();
  for (const entry of document.querySelectorAll(ENTRIES)) {
    if (entry.getAttribute("role") !== "presentation") entry.setAttribute("role", "presentation");
  }
}

export default function (component) {
  document.documentElement.lang = component.data.language;
  document.documentElement.style.fontSize = component.data.large ? "135%" : "";
  mend();
  let due = false;
  const watcher = new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; mend(); });
  });
  watcher.observe(document.body, { childList: true, subtree: true });
  return () => watcher.disconnect();
}
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("page_semantics", js=_SCRIPT)


def page_semantics(language: str, *, large: bool = False) -> None:
    """Set the page's language to an ISO 639 code and the size of its text, and mend the menu's lists. Draws nothing."""
    _component()(data={"language": language, "large": large}, key="page-semantics", height=1)
