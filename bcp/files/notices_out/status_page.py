"""A status page as one HTML file: no network, light and dark, five languages, and a view for one's own line.

The page publishes no list of customers: line ids stand in it as salted checksums only. Somebody who
guesses an id can test it, as they could by asking; nobody can read the ids out of the page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from pathlib import Path

from bcp.errors import BcpError
from bcp.files.notices_out.plain_text import one_line
from bcp.model.announcement import Announcement, Audience, Form, Occasion
from bcp.model.line_notice import LineNotice
from bcp.saying import said

_FOLDER = Path(__file__).parent
_ON_PAGE = (Audience.PUBLIC, Audience.VITAL, Audience.LINES)
_OVER = (Occasion.RESTORATION, Occasion.AFTER)
_SIGNS = {"bad": "▲", "work": "◆", "good": "●"}
"""A shape for each state, so that none is told by colour alone."""

MOST_LINES = 200_000
"""Affected lines beyond which a page would be too large to open."""

_MUCH, _SOME = 10_000, 1_000
_ROUNDS = ((_MUCH, 10), (_SOME, 100), (0, 1_000))
"""How often a checksum is taken again, by how many lines there are: guessing costs more, and so does writing."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines that the view for one's own line knows. `all_ids` are those not affected too: for spelling only."""

    told: Sequence[LineNotice] = ()
    all_ids: Iterable[str] = ()


def status_page(
    notices: Sequence[Announcement],
    words: Mapping[str, Mapping[str, str]],
    *,
    organisation: str,
    language: str,
    lines: PageLines | None = None,
) -> bytes:
    """The page over all revisions given; `words` are its texts by language.

    It shows notices to everybody; one to the owners of lines appears when its line is asked for. Raises
    BcpError where more than `MOST_LINES` lines are affected.
    """
    shown = [n for n in notices if n.audience in _ON_PAGE]
    threads = _threads(shown)
    marks = _Checksums.of(shown, lines)
    hits = _hits(threads, lines, marks)
    data = {
        "language": language,
        "titles": {code: f"{own['title']} – {organisation}" for code, own in words.items()},
        "salt": marks.salt,
        "rounds": marks.rounds,
        "fold": marks.fold,
        "lines": hits,
    }
    bodies = "".join(
        _language(code, own, threads, organisation, lines is not None) for code, own in words.items()
    )
    buttons = "".join(
        f'<button type="button" data-show="{escape(code)}" lang="{escape(code)}" aria-pressed="false">'
        f"{_text(own['name'])}</button>"
        for code, own in words.items()
    )
    return _page(bodies, buttons, data, language, organisation).encode("utf-8", "replace")


def checksum(line: str, salt: str, rounds: int) -> str:
    """The checksum under which a line stands in the page: 32 hexadecimal digits."""
    digest = f"{salt}:{line}".encode("utf-8", "replace")
    for _ in range(rounds):
        digest = hashlib.sha256(digest).digest()
    return digest[:16].hex()


@dataclass(frozen=True, slots=True)
class _Checksums:
    salt: str
    rounds: int
    fold: bool

    @classmethod
    def of(cls, notices: Sequence[Announcement], lines: PageLines | None) -> _Checksums:
        """A salt of its own for each page; ids without blanks and in capitals where that confuses no two."""
        told = {t.line for t in lines.told} if lines else set()
        if len(told) > MOST_LINES:
            raise BcpError(
                said(
                    "{n} affected lines are too many for one page; it holds {most_lines}.",
                    n=len(told),
                    most_lines=MOST_LINES,
                ),
                said("Make one page for each area."),
            )
        seed = "|".join(f"{n.id} {n.revision} {n.at.isoformat()}" for n in notices)
        salt = hashlib.sha256(("|".join(sorted(told)) + seed).encode("utf-8", "replace")).hexdigest()[:32]
        rounds = next(r for many, r in _ROUNDS if len(told) >= many)
        ids = {i.strip() for i in lines.all_ids} | {i.strip() for i in told} if lines else set()
        return cls(salt, rounds, fold=len({_folded(i) for i in ids}) == len(ids))

    def mark(self, line: str) -> str:
        """A line's checksum."""
        return checksum(_folded(line) if self.fold else line.strip(), self.salt, self.rounds)


_CAPITALS = {ord(c): c.upper() for c in "abcdefghijklmnopqrstuvwxyz"}


def _folded(line: str) -> str:
    return "".join(line.split()).translate(_CAPITALS)


def _threads(notices: Iterable[Announcement]) -> list[list[Announcement]]:
    """Each notice with its revisions, newest first; what still goes on first, then the newest."""
    found: dict[str, list[Announcement]] = {}
    for notice in sorted(notices, key=lambda n: (n.id, -n.revision)):
        found.setdefault(notice.id, []).append(notice)
    return sorted(found.values(), key=lambda t: (t[0].occasion in _OVER, -t[0].at.timestamp(), t[0].id))


def _hits(
    threads: Sequence[Sequence[Announcement]], lines: PageLines | None, marks: _Checksums
) -> dict[str, list[int]]:
    places = {thread[0].id: k for k, thread in enumerate(threads)}
    found: dict[str, set[int]] = {}
    for told in lines.told if lines else ():
        if told.notice in places:
            found.setdefault(told.line, set()).add(places[told.notice])
    return dict(sorted((marks.mark(line), sorted(hits)) for line, hits in found.items()))


def _language(
    code: str,
    words: Mapping[str, str],
    threads: Sequence[Sequence[Announcement]],
    organisation: str,
    with_lines: bool,
) -> str:
    """The whole page in one language."""
    general: list[str] = []
    own: list[str] = []
    for k, thread in enumerate(threads):
        article = _article(k, thread, code, words)
        (own if thread[0].audience == Audience.LINES else general).append(article)
    times = [("updated", n.at) for n in sorted((t[0] for t in threads), key=lambda n: n.at)[-1:]]
    times += [("next", t) for t in sorted(t[0].next_update for t in threads if t[0].next_update)[:1]]
    when = "".join(f'<p class="{kind}">{_text(words[kind])}: {_moment(t)}</p>' for kind, t in times)
    banners = "".join(
        f'<p class="banner {name}" role="note">{_text(words[name])}</p>'
        for name in ("exercise", "draft")
        if any(getattr(t[0], name) for t in threads)
    )
    body = "".join(general) or f"<p>{_text(words['none'])}</p>"
    return (
        f'<main data-language="{escape(code)}" lang="{escape(code)}" class="page">'
        f"<h1>{_text(organisation)}<small>{_text(words['title'])}</small></h1>{banners}"
        f"<h2>{_text(words['now'])}</h2>{when}{body}{_own(code, words, own) if with_lines else ''}</main>"
    )


def _own(code: str, words: Mapping[str, str], articles: Sequence[str]) -> str:
    hidden = "".join(a.replace("<article ", "<article hidden ", 1) for a in articles)
    return (
        f'<section class="line" aria-labelledby="own-{code}"><h2 id="own-{code}">{_text(words["line_title"])}</h2>'
        f'<form class="line-form"><div><label for="line-{code}">{_text(words["line_label"])}</label>'
        f'<input id="line-{code}" name="line" autocomplete="off" spellcheck="false"></div>'
        f'<button type="submit">{_text(words["line_button"])}</button></form>'
        f'<div role="status"><p class="answer hit" hidden>{_text(words["line_hit"])}</p>'
        f'<p class="answer free" hidden>{_text(words["line_free"])}</p></div>{hidden}'
        f'<p class="note">{_text(words["line_note"])}</p></section>'
    )


def _article(number: int, thread: Sequence[Announcement], code: str, words: Mapping[str, str]) -> str:
    newest = thread[0]
    state = "good" if newest.occasion in _OVER else "work" if newest.planned else "bad"
    wording = newest.wording(code, Form.WEB)
    subject = wording.subject if wording else newest.id
    label = words[f"occasions.{newest.occasion}"]
    return (
        f'<article class="{state}" data-notice="{number}"><p class="state">'
        f'<span aria-hidden="true">{_SIGNS[state]} </span>{_text(label)}</p>'
        f"<h3>{_text(subject)}</h3>{_paragraphs(newest, code)}"
        f'<p class="meta">{_text(words["audiences." + newest.audience.value])} · '
        f"{_text(words['revision'])} {newest.revision} · {_time(newest)}</p>{_history(thread, code, words)}</article>"
    )


def _history(thread: Sequence[Announcement], code: str, words: Mapping[str, str]) -> str:
    if len(thread) == 1:
        return ""
    earlier = "".join(
        f'<div class="earlier"><p class="meta">{_text(words["revision"])} {n.revision} · {_time(n)} · '
        f"{_text(words[f'occasions.{n.occasion}'])}</p>{_paragraphs(n, code)}</div>"
        for n in thread[1:]
    )
    return f"<details><summary>{_text(words['history'])} ({len(thread) - 1})</summary>{earlier}</details>"


def _paragraphs(notice: Announcement, code: str) -> str:
    wording = notice.wording(code, Form.WEB)
    lines = (line for line in (wording.text if wording else "").split("\n") if line.strip())
    return "".join(f"<p>{_text(line)}</p>" for line in lines)


def _time(notice: Announcement) -> str:
    return _moment(notice.at)


def _moment(moment: datetime) -> str:
    """A time as 2026-03-03 08:40 with its offset: the same in every language."""
    iso = moment.isoformat(timespec="minutes")
    day, _, clock = iso.partition("T")
    return f'<time datetime="{escape(iso)}">{escape(day)} {escape(clock[:5])} (UTC{escape(clock[5:])})</time>'


def _text(text: str) -> str:
    return escape(one_line(text))


@lru_cache(maxsize=2)
def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _page(bodies: str, buttons: str, data: Mapping[str, object], language: str, organisation: str) -> str:
    """The document around the bodies. Its policy allows exactly this style and script, and nothing from elsewhere."""
    style, script = _source("status_page.css"), _source("status_page.js")
    policy = f"default-src 'none'; style-src {_allowed(style)}; script-src {_allowed(script)}; base-uri 'none'; form-action 'none'"
    embedded = json.dumps(data, ensure_ascii=True, sort_keys=True).replace("<", "\\u003c")
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(organisation)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<nav class="page languages" aria-label="Language" hidden>{buttons}</nav>\n{bodies}\n'
        f'<script type="application/json" id="data">{embedded}</script>\n<script>{script}</script>\n</body>\n</html>\n'
    )


def _allowed(source: str) -> str:
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    return f"'sha256-{digest}'"
