"""The sentences of one language as templates, and the layout that says which a notice has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import yaml
from babel import lists

from bcp.errors import BcpError
from bcp.model.announcement import NOTICE_LANGUAGES, Form, Occasion
from bcp.render.marks import as_markdown, literal, refuse_private
from bcp.render.notices.told import Told, locale_of
from bcp.render.sandbox import Sandbox
from bcp.saying import said

_LARGEST = 200_000
_SHOWN = 3
_STEPS = 20_000
_LENGTH = 100_000
_REMEDY = said("reports/README.md, section Notices, lists the values that a sentence has.")
_FAILURES = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which sentences a text has, by length (full, short) and occasion, and what a channel takes."""

    full: Mapping[str, tuple[str, ...]]
    short: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, int]


class Sentences:
    """The sentences of one language. Reading it checks that nothing is missing and every template compiles."""

    def __init__(self, folder: Path, language: str) -> None:
        self.path = folder / f"{language}.yaml"
        self.language = language
        self._plain = _flat(_mapping(self.path))
        self._sandbox = _Renewed(jinja2.DictLoader(dict(self._plain)), {"shortened": self.shortened})
        self._templates = {}
        for key in self._plain:
            with _Telling(self.path, key):
                self._templates[key] = self._sandbox.get_template(key)

    @property
    def keys(self) -> frozenset[str]:
        """The names of all texts of the file, such as `sentences.fails`."""
        return frozenset(self._plain)

    def plain(self, key: str) -> str:
        """A text that is no template. Raises BcpError where the file lacks it."""
        if key not in self._plain:
            raise BcpError(said("the text {key} is missing.", key=key), _REMEDY, str(self.path))
        return self._plain[key]

    def say(self, key: str, told: Told) -> str:
        """A sentence over the facts of a notice, on one line; empty where it has nothing to say.

        Raises BcpError with the file and the name of the sentence for whatever is wrong in it.
        """
        self.plain(key)
        values = {field.name: getattr(told, field.name) for field in fields(told)}
        self._sandbox.renew()
        with _Telling(self.path, key):
            rendered = self._templates[key].render(values)
        return " ".join(literal(as_markdown(rendered)).split())

    def shortened(self, values: Any, most: int = _SHOWN) -> str:
        """The texts of a list as a sentence has them: `A, B and C`, or `A, B and 4 more`."""
        texts = [str(v) for v in values]
        if len(texts) > most:
            shown = max(1, most - 1)
            texts = [*texts[:shown], self.plain("more").format(n=len(texts) - shown)]
        joined: str = lists.format_list(texts, locale=locale_of(self.language))
        return joined


class _Renewed(Sandbox):
    """A sandbox whose budget is that of one sentence, since one environment renders many."""

    def renew(self) -> None:
        """Give the next sentence a budget of its own."""
        self._steps, self._length = _STEPS, _LENGTH


class _Telling:
    """Makes whatever a template does wrong a BcpError with its file and name."""

    def __init__(self, path: Path, key: str) -> None:
        self.place = f"{path}: {key}"

    def __enter__(self) -> None:
        """Nothing is set up."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, _FAILURES):
            raise BcpError(said("{error}.", error=error), _REMEDY, self.place) from error


def _mapping(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise BcpError(
                said("the file is larger than {n} kB.", n=_LARGEST // 1000),
                said("Make it shorter."),
                str(path),
            )
        text = path.read_text(encoding="utf-8-sig")
        refuse_private(text, str(path))
        data = yaml.safe_load(text)
    except OSError as error:
        raise BcpError(
            said("the file cannot be read: {error}.", error=error.strerror), _REMEDY, str(path)
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BcpError(
            said("the file is no YAML in UTF-8: {error}.", error=error), _REMEDY, str(path)
        ) from error
    if not isinstance(data, dict):
        raise BcpError(said("the file has no texts."), _REMEDY, str(path))
    return data


def _flat(data: Mapping[str, Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            found.update(_flat(value, f"{before}{key}."))
        else:
            found[f"{before}{key}"] = str(value)
    return found


@lru_cache(maxsize=4)
def layout(folder: Path) -> Layout:
    """The layout of a folder. Raises BcpError where an occasion or limit is missing or no list of names."""
    path = folder / "layout.yaml"
    data = _mapping(path)
    found: dict[str, dict[str, tuple[str, ...]]] = {"full": {}, "short": {}}
    for length, table in found.items():
        for occasion in Occasion:
            names = (data.get(length) or {}).get(occasion.value)
            if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
                raise BcpError(
                    said(
                        "{length}.{occasion} is no list of sentences.", length=length, occasion=occasion.value
                    ),
                    _REMEDY,
                    str(path),
                )
            table[occasion.value] = tuple(names)
    limits = data.get("limits") or {}
    if not all(k in set(Form) and isinstance(v, int) and v > 0 for k, v in limits.items()):
        raise BcpError(said("limits has something else than channels and whole numbers."), _REMEDY, str(path))
    return Layout(found["full"], found["short"], limits)


def sentences(folder: Path, language: str) -> Sentences:
    """The sentences of a language. Raises BcpError where notices are not written in it or the file is wrong."""
    if language not in NOTICE_LANGUAGES:
        raise BcpError(
            said("{language!r} is no language of notices.", language=language),
            said("There are: {names}.", names=", ".join(NOTICE_LANGUAGES)),
        )
    path = folder / f"{language}.yaml"
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise BcpError(
            said("the file cannot be read: {error}.", error=error.strerror), _REMEDY, str(path)
        ) from error
    return _known(folder, language, changed)


@lru_cache(maxsize=16)
def _known(folder: Path, language: str, changed: int) -> Sentences:  # noqa: ARG001 - a changed file is read anew
    return Sentences(folder, language)
