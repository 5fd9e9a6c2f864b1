"""What the app reads in beforehand, so that no page waits for it: packages and parts take seconds to import.

What the first page needs is read in while the browser starts. The rest waits until a page stands, because two that
import at once take each other's time, and until nobody has come for a while.
"""

from __future__ import annotations

import gc
import importlib
from threading import Event
from time import sleep

from streamlit import runtime

FIRST = (
    "numpy",  # Streamlit's, for the icon in the tab
    *(
        f"bcp.ui.parts.{part}"
        for part in ("incident_banner", "sidebar", "emergency", "guided_begin", "plan_list", "plans")
    ),
)
"""What the start page needs."""

LATER = (
    "bcp.usecases.browsing",
    "bcp.usecases.weaknesses",
    "pyarrow",
    "pandas",
    *(
        f"bcp.ui.parts.{part}"
        for part in ("findings", "inspector", "graph", "component_table", "pack", "moment", "timeline")
    ),
    "plotly.graph_objects",
    "networkx",
    "scipy.sparse.csgraph",
    *(
        f"bcp.ui.parts.{part}"
        for part in ("heat", "guided", "incident_screen", "workshop_room", "join_table", "documents")
    ),
    "bcp.render.pdf",
)
"""What the other pages need, in the order in which they are met."""

_LOOK_S = 0.02
_PATIENCE = 500
"""So many looks for the server; reading in begins then, whether it stands or not."""

_NOBODY_S = 20.0
"""So long the rest waits for somebody's first page, in seconds."""

_stands = Event()


def page_stands() -> None:
    """Say that a page has been drawn."""
    _stands.set()


def read_in() -> None:
    """Import what pages need, once the server stands.

    What is there then stays as long as the server: the collector of rubbish no longer looks through it.
    """
    for _ in range(_PATIENCE):
        if runtime.exists():
            break
        sleep(_LOOK_S)
    for name in FIRST:
        importlib.import_module(name)
    _stands.wait(_NOBODY_S)
    for name in LATER:
        importlib.import_module(name)
    gc.freeze()
