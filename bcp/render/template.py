"""A document's template: found in its folder by language, run over the facts, read as blocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import jinja2

from bcp.errors import BcpError, NotFoundError
from bcp.render.blocks import Block
from bcp.render.functions import Functions
from bcp.render.markdown import read_blocks
from bcp.render.marks import as_markdown, literal, refuse_private
from bcp.render.sandbox import Sandbox
from bcp.saying import said

_LARGEST = 1_000_000
"""Bytes of a template; the longest of ours has a fiftieth of it."""

_SETTING = re.compile(r"(title|subtitle|layout)\s*:\s*(.*)")
_LAYOUTS = ("document", "cards")


@dataclass(frozen=True, slots=True)
class Written:
    """A document as its template wrote it."""

    title: str
    subtitle: str
    layout: str
    """document: cover, contents, sections. cards: one side for each top heading, no cover."""
    blocks: tuple[Block, ...]


def write_document(folder: Path, language: str, facts: Any, functions: Functions) -> Written:
    """Run the template in `folder` for `language` (English where it has none) over `facts`.

    `facts` is a dataclass whose fields are the template's values. Raises NotFoundError without a
    template, BcpError with file and line for whatever is wrong in it.
    """
    path = _path(folder, language)
    sandbox = Sandbox(_loader(folder), functions.by_name())
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    rendered = _guarded(folder, path.name, lambda: sandbox.get_template(path.name).render(values))
    settings, body = _settings(as_markdown(rendered), path)
    return Written(
        title=settings.get("title", path.parent.name),
        subtitle=settings.get("subtitle", ""),
        layout=settings.get("layout", "document"),
        blocks=read_blocks(body, functions.made, str(path)),
    )


def _path(folder: Path, language: str) -> Path:
    for code in (language, "en"):
        path = folder / f"{code}.md"
        if path.is_file():
            return path
    raise NotFoundError(
        said("the folder {folder} has no template.", folder=folder),
        said("Put {language}.md or en.md there; reports/README.md says how to write one.", language=language),
    )


def _loader(folder: Path) -> jinja2.BaseLoader:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        path = folder / name
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside or path.suffix != ".md" or not path.is_file():
            return None
        if path.stat().st_size > _LARGEST:
            raise BcpError(
                said("the template is larger than {n} kB.", n=_LARGEST // 1000),
                said("Make it shorter."),
                str(path),
            )
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise BcpError(
                said("the template is not UTF-8 text."), said("Save it as UTF-8."), str(path)
            ) from error
        refuse_private(text, str(path))
        return text, str(path), lambda: True

    return jinja2.FunctionLoader(load)


def _guarded(folder: Path, name: str, render: Callable[[], str]) -> str:
    """What `render` gives; every way in which a template can fail becomes a BcpError with file and line."""
    try:
        return render()
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.filename or folder / (error.name or name)}:{error.lineno}"
        raise BcpError(said("{error}.", error=error.message), _REMEDY, place) from error
    except jinja2.TemplateNotFound as error:
        raise NotFoundError(
            said("the template {name} is not in {folder}.", name=error.name, folder=folder),
            said("Include files of the same folder only."),
        ) from error
    except jinja2.exceptions.SecurityError as error:
        raise BcpError(said("{error}.", error=error), _REMEDY, _place(error, folder, name)) from error
    except (
        jinja2.TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
    ) as error:
        raise BcpError(said("{error}.", error=error), _REMEDY, _place(error, folder, name)) from error
    except BcpError as error:
        if error.where:
            raise
        raise BcpError(error.message, error.fix, _place(error, folder, name)) from error
    except RecursionError as error:
        raise BcpError(
            said("it includes or calls itself without end."), _REMEDY, str(folder / name)
        ) from error


_REMEDY = said("reports/README.md lists the values, functions and blocks that a template has.")


def _place(error: BaseException, folder: Path, name: str) -> str:
    """File and line of the template in which the error arose, from the deepest of its frames."""
    place, step = str(folder / name), error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        if Path(file).is_relative_to(folder):
            place = f"{file}:{step.tb_lineno}"
        step = step.tb_next
    return place


def _settings(text: str, path: Path) -> tuple[dict[str, str], str]:
    """The lines between two `---` at the top, `title: …` and the like, and what comes after them."""
    lines = text.lstrip("\n").split("\n")
    if lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:]):
        return {}, text
    end = next(i for i, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    settings: dict[str, str] = {}
    for number, line in enumerate(lines[1:end], start=2):
        match = _SETTING.fullmatch(line.strip())
        if match is None:
            raise BcpError(
                said("{line!r} is not a setting.", line=literal(line.strip())),
                said("Write title, subtitle or layout."),
                f"{path}:{number}",
            )
        settings[match[1]] = " ".join(literal(match[2]).split())
    if settings.get("layout", "document") not in _LAYOUTS:
        raise BcpError(
            said("there is no layout {layout!r}.", layout=settings["layout"]),
            said("Write {names}.", names=" or ".join(_LAYOUTS)),
            str(path),
        )
    return settings, "\n".join(lines[end + 1 :])
