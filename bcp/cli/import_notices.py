"""`bcp import NOTICE --onto PLAN`: a supplier's notices as scenarios of a plan, all of them or none."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bcp import usecases
from bcp.cli.notices_tables import put_work
from bcp.cli.output import heading, put, put_json
from bcp.errors import BcpError
from bcp.saying import said
from bcp.usecases import notices_in, notices_onto
from bcp.usecases.notices_onto import Onto
from bcp.words import Words

_SAVED = "db:"


def import_notices(
    file: Path,
    plan: str,
    output: Path | None,
    _: Words,
    *,
    provider: str | None = None,
    as_json: bool = False,
) -> None:
    """Put the notices of a file onto a plan.

    Of a saved plan (db:NAME) the scenarios become own outages, which the app lets choose; else they are
    files in the folder `output`. Without a folder it is only told what would be added. Raises BcpError.
    """
    opened = usecases.open_plan(plan)
    found = notices_onto.onto(opened.plan, [file], provider=provider)
    added: list[str] = []
    if plan.startswith(_SAVED) and output is None:
        added = list(notices_onto.keep(usecases.default_store(), opened.name, found.scenarios, _author()))
    elif output is not None:
        added = _write(output, notices_in.scenario_texts(found.scenarios))
    if as_json:
        put_json({"format": "bcp-import/1", "plan": opened.plan.organisation.name, **_data(found, added)})
        return
    put_work(opened.plan, found.work, _)
    _put_learnt(found, _)
    _put_added(found, added, _)


def _put_learnt(found: Onto, _: Words) -> None:
    if found.learnt:
        heading(_("Tags that would let the plan find these circuits by what the supplier calls them"))
        for one in found.learnt:
            put(f"  {one.component}: {one.tag}")


def _put_added(found: Onto, added: list[str], _: Words) -> None:
    if not found.scenarios:
        put()
        put(_("Nothing is added: no work to come strikes anything in the plan."))
        return
    heading(_("Scenarios added") if added else _("Scenarios that would be added"))
    for line in added or [f"  {s.id}: {s.titled(_.language)}" for s in found.scenarios]:
        put(line)
    if not added:
        put(_("Give -o FOLDER to write them, or a saved plan (db:NAME) to keep them with it."), "dim")


def _data(found: Onto, added: list[str]) -> dict[str, object]:
    return {
        "scenarios": [{"id": s.id, "title": s.titled("en")} for s in found.scenarios],
        "added": added,
        "tags": [{"component": one.component, "tag": one.tag} for one in found.learnt],
        "unmatched": [
            {"provider": provider, "notice": notice, "circuit": circuit}
            for provider, notice, circuit in found.unmatched
        ],
        "called_off": [{"provider": n.provider, "notice": n.id} for n in found.work.called_off],
        "not_understood": [n.model_dump(mode="json") for n in found.work.not_understood],
    }


def _write(folder: Path, texts: Mapping[str, str]) -> list[str]:
    """The files written, by name: all of them, or none where one cannot be."""
    parts = {folder / name: folder / f".{name}.part" for name in sorted(texts)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, part in parts.items():
            part.write_bytes(texts[path.name].encode())
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
        raise BcpError(
            said("the scenarios cannot be written: {error}.", error=error.strerror),
            said("Choose another folder."),
            str(folder),
        ) from error
    return [str(path) for path in parts]


def _author() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "bcp import"
