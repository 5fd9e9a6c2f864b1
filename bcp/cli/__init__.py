"""The command line: thin commands over the use cases."""

from __future__ import annotations

import io
import sys

from bcp.cli.assess_command import assess
from bcp.cli.check_command import check
from bcp.cli.commands import app
from bcp.cli.compare_command import compare
from bcp.cli.exchange_commands import export, import_
from bcp.cli.exercise_command import exercise
from bcp.cli.lines_command import lines
from bcp.cli.locate_command import locate
from bcp.cli.new_command import new
from bcp.cli.notices_command import notices
from bcp.cli.notify_command import notify
from bcp.cli.output import explain
from bcp.cli.overview_command import overview
from bcp.cli.reach_command import reach
from bcp.cli.scenarios_command import scenarios
from bcp.errors import BcpError
from bcp.saying import said

for command in (
    new,
    scenarios,
    check,
    notices,
    lines,
    notify,
    locate,
    assess,
    reach,
    compare,
    export,
    overview,
    exercise,
):
    app.command()(command)
app.command("import")(import_)


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
