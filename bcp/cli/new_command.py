"""`bcp new`: a plan file from building blocks, and the list of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bcp import usecases
from bcp.cli.arguments import AsJson, Language, Settings, read_settings
from bcp.cli.output import heading, put, put_json, put_table, spoken
from bcp.errors import BcpError
from bcp.model.block import Block, Role
from bcp.model.block_words import role_name
from bcp.model.letters import letters, question_line
from bcp.model.plan import Plan
from bcp.model.scenario import in_language
from bcp.saying import said
from bcp.usecases import building
from bcp.words import Words

_SUFFIXES = (".yaml", ".yml", ".json")


def new(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The plan file to write.")] = "",
    pattern: Annotated[
        list[str] | None,
        typer.Option("--pattern", metavar="NAME", help="A building block, by its id; repeatable."),
    ] = None,
    settings: Settings = None,
    name: Annotated[str, typer.Option(help="Name of the organisation.")] = "",
    country: Annotated[str, typer.Option(metavar="XX", help="Its country: SE, DE, NL, IT …")] = "SE",
    list_blocks: Annotated[bool, typer.Option("--list", help="List the building blocks.")] = False,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """A plan from building blocks. What is not set takes its proposal; without one it becomes a question to ask.

    `--set key=value` answers a question of the blocks, `--set block.key=value` of one of them, `?` says that nobody knows.
    """
    _ = spoken(lang)
    if list_blocks:
        _list(_, as_json)
        return
    path = _free(file)
    if not pattern:
        raise BcpError(
            said("no building block is named."), said("Write --pattern NAME; `bcp new --list` lists them.")
        )
    who = building.organisation(name.strip() or path.stem, country.upper(), lang or "")
    plan, added = building.new_plan(who, pattern, read_settings(settings))
    _write(path, plan)
    if as_json:
        questions = [q.model_dump(mode="json") for q in plan.document.questions]
        put_json({"format": "bcp-new/1", "file": str(path), "added": list(added), "questions": questions})
        return
    _tell(path, plan, added, _)


def _free(file: str) -> Path:
    """The path of a plan file that is not there yet. Raises BcpError."""
    if not file:
        raise BcpError(said("no file is named."), said("Write `bcp new FILE.yaml --pattern NAME`."))
    path = Path(file)
    if path.suffix.lower() not in _SUFFIXES:
        raise BcpError(
            said("{name} is no plan file.", name=path.name),
            said("Give a file name that ends in .yaml or .json."),
        )
    return path


def _write(path: Path, plan: Plan) -> None:
    """Write the plan as a new file; one that is there already is never touched. Raises BcpError."""
    text = usecases.export_text(plan, path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as new_file:
            new_file.write(text)
    except FileExistsError as error:
        raise BcpError(
            said("the file is there already."), said("Choose another name, or move it."), str(path)
        ) from error
    except OSError as error:
        reason = said("the file cannot be written: {error}.", error=error.strerror)
        raise BcpError(reason, said("Choose another place."), str(path)) from error


def _tell(path: Path, plan: Plan, added: tuple[str, ...], _: Words) -> None:
    put(_("{file} is written.", file=str(path)), "bold")
    put_table(
        [_("Id"), _("Name")],
        [[i, plan.title(i)] for i in added],
    )
    for letter in letters(plan, _):
        heading(_("To ask: {name}", name=letter.name))
        for question in letter.questions:
            put(f"- {question_line(plan, question)}")
    heading(_("What to do next"))
    put(f"bcp check {path}", "dim")
    if (outage := building.first_outage(plan)) is not None:
        scenario, chosen = outage
        put(" ".join([f"bcp run {path} {scenario}", *(f"--set {k}={v}" for k, v in chosen.items())]), "dim")
    put(f"bcp ui {path}", "dim")


def _list(_: Words, as_json: bool) -> None:
    found = building.blocks().values()
    if as_json:
        put_json({"format": "bcp-blocks/1", "blocks": [b.model_dump(mode="json") for b in found]})
        return
    for role in Role:
        heading(role_name(role, _))
        put_table(
            [_("Id"), _("Title"), _("Country"), _("Asks")],
            [_row(b, _.language) for b in found if b.role is role],
        )


def _row(block: Block, language: str) -> list[str]:
    return [
        block.id,
        in_language(block.title, language),
        ", ".join(block.country),
        ", ".join((*block.asks, *block.joins)),
    ]
