"""The app's server: Streamlit's own, with a thread that reads in what pages need before a browser asks for them."""

from __future__ import annotations

from threading import Thread

from streamlit.web import cli

from bcp.ui.reading_in import read_in


def main() -> None:
    """Serve as `streamlit` does, with the same arguments."""
    Thread(target=read_in, name="bcp-read-in", daemon=True).start()
    cli.main(prog_name="streamlit")


if __name__ == "__main__":
    main()
