"""How the app is started: Streamlit on this computer only, with no calls to the outside."""

from __future__ import annotations

import socket
import sys
from collections.abc import Sequence
from contextlib import suppress

from bcp.content.location import app_file


def own_addresses() -> tuple[str, ...]:
    """Under which addresses others on the same network reach this computer: its number, then its name.

    Nothing is sent for this: the system is only asked which of its addresses leads outside.
    """
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out, suppress(OSError):
        way_out.connect(("192.0.2.1", 9))
        found.append(str(way_out.getsockname()[0]))
    return tuple(dict.fromkeys((*found, socket.gethostname())))


def command(port: int | None, *, share: Sequence[str] = ()) -> list[str]:
    """The command that serves the app. It listens on 127.0.0.1 and answers to no other host name.

    With `share`, addresses of this computer, it listens on all networks and answers to these too.
    """
    options = {
        "server.address": "0.0.0.0" if share else "127.0.0.1",  # noqa: S104 - asked for, and guests may only join
        "server.fileWatcherType": "none",
        "server.maxUploadSize": "20",
        "runner.postScriptGC": "false",  # plans and library are many objects: looking through them took 0.15 s after each click
        "browser.serverAddress": share[0] if share else "127.0.0.1",
        "browser.gatherUsageStats": "false",
        "server.showEmailPrompt": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }
    if share:
        options["server.headless"] = "true"  # the owner's address has a key, which only the terminal shows
    if port is not None:
        options["server.port"] = str(port)
    flags = [f"--{name}={value}" for name, value in options.items()]
    flags += [f"--server.allowedHosts={host}" for host in ("127.0.0.1", "localhost", *share)]
    return [sys.executable, "-m", "bcp.ui.serving", "run", str(app_file()), *flags]
