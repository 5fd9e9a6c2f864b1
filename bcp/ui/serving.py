"""The app's server: Streamlit's own, which reads in what the first pages need before a browser asks for them.

Reading in is work of seconds, and a browser takes about as long to start: it goes on beside that, in a thread.
"""

from __future__ import annotations

import gc
import importlib
from threading import Thread
from time import sleep

from streamlit import runtime
from streamlit.web import cli

WANTED = (
    *(
        f"bcp.ui.parts.{part}"
        for part in ("incident_banner", "sidebar", "emergency", "guided_begin", "plan_list", "plans")
    ),
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
"""What is read in, what the start page needs first, then what the others need."""

_LOOK_S = 0.02
_PATIENCE = 500
"""So many looks for the server; without one there is nothing to read in for."""


def read_in() -> None:
    """Import what pages need, once the server stands.

    What is there then stays as long as the server: the collector of rubbish no longer looks through it.
    """
    for _ in range(_PATIENCE):
        if runtime.exists():
            break
        sleep(_LOOK_S)
    for name in WANTED:
        importlib.import_module(name)
    gc.freeze()


def main() -> None:
    """Serve as `streamlit` does, with the same arguments."""
    Thread(target=read_in, name="bcp-read-in", daemon=True).start()
    cli.main(prog_name="streamlit")


if __name__ == "__main__":
    main()
