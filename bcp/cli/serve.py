"""How the app is started: Streamlit on this computer only, with no calls to the outside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import typer

from bcp.cli.output import put_line, spoken
from bcp.content.location import app_file
from bcp.usecases.sharing import SHARED_PORT, own_addresses, owner_key


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


def serve(plan: str, port: int | None, scenario: str, *, share: bool = False) -> None:
    """Become the app's server, so that whoever ends this command ends the server; never returns."""
    environment = {**os.environ, "BCP_OPEN": plan, "BCP_SCENARIO": scenario}
    addresses = own_addresses() if share else ()
    if share:
        port = port or SHARED_PORT
        environment["BCP_OWNER"] = owner_key()
        _ = spoken(None)
        own = f"http://127.0.0.1:{port}/?owner={environment['BCP_OWNER']}"
        put_line(_("Your own address, with its key: {url}", url=own))
        put_line(_("Others join an exercise at {url}", url=f"http://{addresses[0]}:{port}/join"))
    words = command(port, share=addresses)
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(words[0], words, environment)  # noqa: S606 - our own interpreter and arguments, no shell wanted
    try:
        raise typer.Exit(subprocess.call(words, env=environment))  # noqa: S603 - our own interpreter and arguments
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
