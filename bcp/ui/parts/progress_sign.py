"""A line at the top of the window while the app answers: what takes longer than a moment shows that it goes on.

Streamlit's own sign is a small word in a corner, comes later, and goes when the server has answered, although the
browser may then draw for as long again. The line stays until the page is still, or the server is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

# The line moves by transform and opacity alone: these go on while the browser is busy drawing the page.
_SCRIPT = """
const STYLE = `
html[data-bcp-working]::before {
  content: ""; position: fixed; z-index: 1000000; top: 0; left: 0; width: 100%; height: 4px;
  pointer-events: none; opacity: 0; transform-origin: left; will-change: opacity, transform;
  background: var(--bcp-line);
  animation: bcp-appear 1ms linear 150ms forwards, bcp-advance 1.2s ease-in-out 150ms infinite alternate;
}
@keyframes bcp-appear { to { opacity: 1; } }
@keyframes bcp-advance { from { transform: scaleX(0.1); } to { transform: scaleX(1); } }
@media (prefers-reduced-motion: reduce) {
  html[data-bcp-working]::before { animation: bcp-appear 1ms linear 150ms forwards; }
}
@media print { html[data-bcp-working]::before { display: none; } }`;
const STILL_MS = 120;

export default function ({ parentElement }) {
  const themed = parentElement.host ?? parentElement;
  if (!document.getElementById("bcp-progress-sign")) {
    document.head.append(Object.assign(document.createElement("style"), { id: "bcp-progress-sign", textContent: STYLE }));
  }
  const root = document.documentElement;
  const app = document.querySelector('[data-testid="stApp"]');
  let timer = 0;
  const rest = () => {
    clearTimeout(timer);
    timer = setTimeout(() => root.removeAttribute("data-bcp-working"), STILL_MS);
  };
  const look = () => {
    const { testScriptState: run, testConnectionState: server } = app.dataset;
    if (run === "notRunning" || server !== "CONNECTED") {
      if (root.hasAttribute("data-bcp-working")) rest();
      return;
    }
    clearTimeout(timer);
    if (root.hasAttribute("data-bcp-working")) return;
    root.style.setProperty("--bcp-line", getComputedStyle(themed).getPropertyValue("--st-primary-color"));
    root.setAttribute("data-bcp-working", "");
  };
  const watcher = new MutationObserver(look);
  const states = ["data-test-script-state", "data-test-connection-state"];
  watcher.observe(app, { attributeFilter: states, childList: true, subtree: true });
  look();
  return () => { watcher.disconnect(); clearTimeout(timer); root.removeAttribute("data-bcp-working"); };
}
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("bcp_progress_sign", js=_SCRIPT)


def progress_sign() -> None:
    """Put the line on the page. It draws nothing until the app works."""
    _component()(key="progress-sign", height=1)
