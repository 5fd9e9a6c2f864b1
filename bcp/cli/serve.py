"""How the app is started: Streamlit on this computer only, with no calls to the outside."""

from __future__ import annotations

import sys

from bcp.content.location import app_file


def command(port: int | None) -> list[str]:
    """The command that serves the app. It listens on 127.0.0.1 and answers to no other host name."""
    options = {
        "server.address": "127.0.0.1",
        "server.fileWatcherType": "none",
        "server.maxUploadSize": "20",
        "browser.serverAddress": "127.0.0.1",
        "browser.gatherUsageStats": "false",
        "server.showEmailPrompt": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }
    if port is not None:
        options["server.port"] = str(port)
    flags = [f"--{name}={value}" for name, value in options.items()]
    flags += [f"--server.allowedHosts={host}" for host in ("127.0.0.1", "localhost")]
    return [sys.executable, "-m", "streamlit", "run", str(app_file()), *flags]
