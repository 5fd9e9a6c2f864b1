"""Words in the user's language, through gettext, and how that language writes times and numbers.

Texts stand in English in the code and are looked up in `bcp/locale/LANGUAGE/*.po`: one catalogue a
layer (ui, cli, render, model), read as they are so that no build step can be forgotten.
"""

from __future__ import annotations

import gettext
import io
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from babel import dates, numbers
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bcp.saying import Said

LANGUAGES = {"sv": "Svenska", "en": "English", "de": "Deutsch", "nl": "Nederlands", "it": "Italiano"}
"""The languages that the product speaks, by ISO 639 code, each by its own name."""

_DATES = {"en": "en_GB"}
"""Whose way of writing dates is taken where a language has several: the day comes first in all of ours."""

_MINUTE = 60
_FOLDER = Path(__file__).parent / "locale"


class Words:
    """The texts of one language. Calling it translates: `_ = words("sv"); _("Plan")`."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._texts = _catalogue(self.language)

    def __call__(self, text: str, **values: object) -> str:
        """`text` in this language, with `{name}` places filled from `values`."""
        found = self._texts.gettext(text) if text else ""
        return found.format(**values) if values else found

    def say(self, text: str) -> str:
        """A sentence of the code in this language, with what was put into it; any other text as it is."""
        if not (isinstance(text, Said) and text):
            return text
        values = {key: self.say(v) if isinstance(v, str) else v for key, v in text.values.items()}
        return self._texts.gettext(text.text).format(**values)

    def count(self, one: str, many: str, n: int) -> str:
        """The form for n things, with `{n}` filled in."""
        return self._texts.ngettext(one, many, n).format(n=n)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with at most `digits` decimals and this language's separators."""
        text: str = numbers.format_decimal(round(value, digits) + 0.0, locale=self.language)
        return text

    def percent(self, share: float) -> str:
        """A share 0–1 as per cent, with one decimal only where it is needed."""
        text: str = numbers.format_percent(
            share, "#,##0.#\xa0%" if self.language != "en" else "#,##0.#%", self.language
        )
        return text

    def money(self, value: float, currency: str) -> str:
        """An amount without decimals."""
        text: str = numbers.format_currency(
            value, currency, "#,##0\xa0¤¤", locale=self.language, currency_digits=False
        )
        return text

    def day(self, value: date) -> str:
        """A date, such as 3 March 2026."""
        return dates.format_date(value, "long", locale=_DATES.get(self.language, self.language))

    def moment(self, value: datetime) -> str:
        """A day and time to the minute, such as 2026-03-03 07:15."""
        return value.strftime("%Y-%m-%d %H:%M")

    def short_moment(self, value: datetime) -> str:
        """A day without its year and a time to the minute, where room is short: 24 Nov 07:15."""
        locale = _DATES.get(self.language, self.language)
        return f"{dates.format_skeleton('MMMd', value, locale=locale)} {value:%H:%M}"

    def length(self, seconds: float | None) -> str:
        """A length of time in its two largest units: 45 min, 4 h 30 min, 2 d 3 h; a dash for none."""
        if seconds is None:
            return "–"
        whole = round(seconds)
        if abs(whole) < _MINUTE:
            return f"{whole}\xa0s"
        sign = "−" if whole < 0 else ""
        minutes = (abs(whole) + _MINUTE // 2) // _MINUTE
        days, rest = divmod(minutes, 24 * 60)
        hours, mins = divmod(rest, 60)
        day, hour, minute = self("d"), self("h"), self("min")
        parts = [(days, day), (hours, hour), (mins, minute)]
        shown = [f"{n}\xa0{unit}" for n, unit in parts if n][:2]
        return sign + "\xa0".join(shown)

    def clock(self, seconds: float) -> str:
        """Scenario time as +h:mm, such as +4:30."""
        minutes = int(seconds // 60)
        return f"+{minutes // 60}:{minutes % 60:02d}"


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The words of a language; English where the product does not speak it."""
    return Words(language)


def chosen_language(wanted: str | None) -> str:
    """The product's language nearest to a browser's or system's locale such as `sv-SE`; English otherwise."""
    code = (wanted or "en").replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else "en"


def _catalogue(language: str) -> gettext.NullTranslations:
    merged = Catalog(locale=language)
    for path in sorted((_FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    merged.add(message.id, message.string)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
