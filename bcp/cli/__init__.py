"""The command line: thin commands over the use cases."""

from __future__ import annotations

import sys

from bcp.cli.commands import app
from bcp.cli.output import explain
from bcp.errors import BcpError


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 findings or a broken limit with --strict, 2 bad input."""
    try:
        app()
    except BcpError as error:
        explain(error)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
