"""What people need to read a page and Streamlit leaves out: its language, whole lists, words on dark buttons.

Streamlit says that every page is English, and puts the headings of the menu's sections inside its list,
where only entries may stand; without the false list the menu is read as a landmark with its links. On its
primary buttons it always writes white, which cannot be read on the light colour that links and choices
need in the dark. On a phone its open menu stays over the page that was chosen in it: here it closes.
Tables wider than the window can be scrolled by mouse only: here by keyboard too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from bcp.ui.parts.streamlit_words import streamlit_words

SCRIPT = r"""
const ENTRIES = '[data-testid="stSidebarNavItems"], [data-testid="stSidebarNavItems"] li';

const DARK_BUTTONS =
  'html[data-bcp-dark] [data-testid^="stBaseButton-primary"], ' +
  'html[data-bcp-dark] [data-testid="stPopoverButton"][kind="primary"], ' +
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

const NAMED = "[aria-label], [placeholder], [title]";
const WORDED = ["FileUploader", "FileUploaderDropzone", "InputInstructions", "StatusWidget", "DataFrameColumnMenu",
  "DataFrameColumnVisibilityMenu", "TooltipContent", "TooltipErrorContent", "FileUploaderFile",
  "ToastViewButton"]
  .map((name) => `[data-testid="st${name}"], [data-testid="${name}"]`).join(", ") + ", .gdg-search-status";
const EMPTY = '[data-testid="stSelectboxVirtualDropdown"], [data-testid="stMultiSelectVirtualDropdown"], [role="listbox"]';

let whole = new Map();
let parts = [];

function said(text) {
  const bare = text.trim();
  if (!bare || bare.length > 200) return text;
  if (whole.has(bare)) return text.replace(bare, () => whole.get(bare));
  for (const [before, after, first, last] of parts) {
    if (bare.length > before.length + after.length && bare.startsWith(before) && bare.endsWith(after)) {
      return first + bare.slice(before.length, bare.length - after.length) + last;
    }
  }
  return text;
}

const heard = new WeakMap();
let replaced = false;

function put(node, place, held, write) {
  const known = heard.get(node) || {};
  const source = known[place] && known[place].shown === held ? known[place].source : held;
  const shown = said(source);
  if (shown !== held) write(shown);
  if (shown !== source) {
    heard.set(node, { ...known, [place]: { source, shown } });
    replaced = true;
  }
}

function speak(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    put(node, "text", node.nodeValue, (text) => { node.nodeValue = text; });
  }
}

function translate() {
  if (!whole.size && !replaced) return;
  for (const element of document.querySelectorAll(NAMED)) {
    for (const name of ["aria-label", "placeholder", "title"]) {
      const held = element.getAttribute(name);
      if (held) put(element, name, held, (text) => element.setAttribute(name, text));
    }
  }
  for (const root of document.querySelectorAll(WORDED)) speak(root);
  for (const root of document.querySelectorAll(EMPTY)) if (!root.querySelector('[role="option"]')) speak(root);
}

function mend() {
  paint();
  translate();
  for (const entry of document.querySelectorAll(ENTRIES)) {
    if (entry.getAttribute("role") !== "presentation") entry.setAttribute("role", "presentation");
  }
  for (const frame of document.querySelectorAll('[data-testid="stTable"] > div')) {
    if (frame.tabIndex !== 0 && frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
  }
}

const PHONE = 768;

function uncover(event) {
  if (window.innerWidth > PHONE || !event.target.closest?.('[data-testid="stSidebarNavLink"]')) return;
  setTimeout(() => {
    document.querySelector('[data-testid="stSidebar"][data-collapsed="false"] [data-testid="stSidebarCollapseButton"] button')?.click();
  }, 300);
}

export default function (component) {
  const [language, large, words] = component.data;
  whole = new Map(words.whole);
  parts = words.parts;
  document.documentElement.lang = language;
  document.documentElement.style.fontSize = large ? "135%" : "";
  mend();
  let due = false;
  const watcher = new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; mend(); });
  });
  watcher.observe(document.body, {
    childList: true, subtree: true, characterData: true, attributeFilter: ["aria-label", "placeholder"],
  });
  document.addEventListener("click", uncover);
  return () => { watcher.disconnect(); document.removeEventListener("click", uncover); };
}
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("page_semantics", js=SCRIPT)


def page_semantics(language: str, *, large: bool = False) -> None:
    """Set the page's language to an ISO 639 code and the size of its text, and mend the menu's lists. Draws nothing."""
    # A list: in a dict Streamlit looks for tables, and reads in pandas for that, a second before the first page.
    _component()(data=[language, large, streamlit_words(language)], key="page-semantics", height=1)
