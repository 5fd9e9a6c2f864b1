"""`bcp ui`: the app in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import Port
from bcp.cli.serve import serve


def ui(
    plan: Annotated[
        str, typer.Argument(metavar="[PLAN]", help="What to open: a file, db:NAME or example:NAME.")
    ] = "",
    port: Port = None,
    share: Annotated[
        bool,
        typer.Option("--share", help="Let others on your network join exercises; only you see the plan."),
    ] = False,
) -> None:
    """The app in your browser, on this computer only; with --share others can join an exercise."""
    if plan:
        usecases.open_plan(plan)
    serve(plan, port, "", share=share)
