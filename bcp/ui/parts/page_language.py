"""Telling the browser which language the page is in, for screen readers: Streamlit always says English."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

_SCRIPT = """
export default function (component) {
  document.documentElement.lang = component.data;
}
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("page_language", js=_SCRIPT)


def page_language(language: str) -> None:
    """Set the page's language to an ISO 639 code. Draws nothing."""
    _component()(data=language, key="page-language", height=1)
