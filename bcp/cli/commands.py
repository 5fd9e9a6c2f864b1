"""The commands by name. The module of one is read in when it is asked for: `bcp ui` does not wait for the analyses."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, cast

import typer
from typer.core import TyperCommand, TyperGroup

from bcp import __version__

COMMANDS = {
    "demo": "demo_command:demo",
    "ui": "ui_command:ui",
    "run": "run_command:run",
    "routes": "routes_command:routes",
    "report": "report_command:report",
    "new": "new_command:new",
    "scenarios": "scenarios_command:scenarios",
    "check": "check_command:check",
    "notices": "notices_command:notices",
    "lines": "lines_command:lines",
    "notify": "notify_command:notify",
    "locate": "locate_command:locate",
    "assess": "assess_command:assess",
    "reach": "reach_command:reach",
    "compare": "compare_command:compare",
    "export": "exchange_commands:export",
    "overview": "overview_command:overview",
    "exercise": "exercise_command:exercise",
    "import": "exchange_commands:import_",
}
"""Where each command lies, in the order of the help: a module of this package and the function in it."""


def function(name: str) -> Callable[..., object]:
    """The function behind a command. Raises KeyError where there is none of this name."""
    module, _, attribute = COMMANDS[name].partition(":")
    found: Callable[..., object] = getattr(import_module(f"bcp.cli.{module}"), attribute)
    return found


class Commands(TyperGroup):
    """All commands, each read in when somebody asks for it or for the help."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # Typer's own context
        """Their names in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]  # as above
        """The command of this name, None where there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        alone = typer.Typer(add_completion=False, rich_markup_mode="markdown", pretty_exceptions_enable=False)
        alone.command(cmd_name)(function(cmd_name))
        return cast("TyperCommand", typer.main.get_command(alone))


app = typer.Typer(
    name="bcp",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Continuity planning for organisations that depend on telephone operators.",
    epilog="PLAN is a file, `db:NAME`, or `example:` and one of kommun, myndighet, stadsnat, voip-operator, telefonie-nl, fibra. "
    "SCENARIO is a file or an id that `bcp scenarios` lists. Exit status: 0 done, 1 findings or a broken "
    "limit with --strict, 2 bad input.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bcp {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
