"""The command line: thin commands over the use cases."""

from __future__ import annotations

import io
import sys

from bcp.cli.commands import app
from bcp.cli.output import explain
from bcp.errors import BcpError
from bcp.saying import said


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 findings or a broken limit with --strict, 2 bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows ? instead of failing
    try:
        app()
    except BcpError as error:
        explain(error)
        sys.exit(2)
    except OSError as error:
        explain(
            BcpError(
                said("the output cannot be written: {error}.", error=error.strerror),
                said("Choose another place."),
            )
        )
        sys.exit(2)
