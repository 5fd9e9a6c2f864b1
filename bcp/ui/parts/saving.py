"""A button that makes a file when it is clicked and hands it to the browser.

Streamlit's own button for a file that is made on demand names it by a number that is new in every run and
forgotten at its end: who clicks while the page brings itself up to date is told that the file is not there.
This one is an ordinary button, known by its key; the file goes to the browser with the page.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

import streamlit as st

from bcp.ui import guard
from bcp.words import Words

_SCRIPT = """
export default function ({data}) {
  if (!data || window.bcpSaved === data.mark) return;
  window.bcpSaved = data.mark;
  const bytes = Uint8Array.from(atob(data.content), (sign) => sign.charCodeAt(0));
  const href = URL.createObjectURL(new Blob([bytes], {type: data.mime}));
  const link = Object.assign(document.createElement("a"), {href, download: data.name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 60000);
}
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("bcp_saving", js=_SCRIPT)


def save_button(
    label: str,
    made: Callable[[], bytes],
    words: Words,
    *,
    file_name: str,
    mime: str,
    key: str,
    icon: str = ":material/download:",
    primary: bool = False,
    width: Literal["stretch", "content"] = "content",
    hint: str | None = None,
) -> bool:
    """Draw the button; when it is clicked, make the file and give it to the browser to save.

    True in the run in which the file was handed over. A BcpError of `made` is shown beside the button.
    """
    kind: Literal["primary", "secondary"] = "primary" if primary else "secondary"
    if not st.button(label, key=key, icon=icon, type=kind, width=width, help=hint):
        return False
    with guard.problems(words), st.spinner(words("Making the file …")):
        content = made()
        _component()(
            data={
                "mark": secrets.token_hex(8),
                "name": file_name,
                "mime": mime,
                "content": base64.b64encode(content).decode("ascii"),
            },
            key=f"{key}-saved",
            height=1,
        )
        return True
    return False
