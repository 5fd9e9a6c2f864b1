"""`bcp overview` as somebody types it."""

from __future__ import annotations

import json

import jsonschema

from bcp.model.overview import Overview
from tests.cli.test_commands import Bcp, bcp

__all__ = ["bcp"]


def test_every_outage_is_a_row_with_words_and_signs(bcp: Bcp) -> None:
    """The table has a verdict for each activity, what does not strike is said, and what rests on whom."""
    status, out, err = bcp("overview", "example:kommun", "--country", "SE")
    assert (status, err) == (0, "")
    assert "✕ RTO +1:00" in out
    assert "✕ limit broken: " in out
    assert "se-mittnat-upgrade" in out
    assert "By operator" in out
    assert "35.8%" in out


def test_the_published_form_is_what_the_schema_says(bcp: Bcp) -> None:
    """JSON of `bcp overview` has every outage either as a row or with the reason why not."""
    data = json.loads(bcp("overview", "example:fibra", "--json")[1])
    jsonschema.validate(data, Overview.model_json_schema(mode="serialization"))
    every = len(json.loads(bcp("scenarios", "--json")[1])["scenarios"])
    assert len(data["rows"]) + len(data["unstruck"]) == every
    assert data["unstruck"]


def test_strict_ends_with_1_where_a_limit_is_broken(bcp: Bcp) -> None:
    """With --strict a broken limit is the exit status; in outages that break none it is 0."""
    assert bcp("overview", "example:kommun", "--country", "SE", "--strict")[0] == 1
    assert bcp("overview", "example:kommun", "--country", "XX", "--strict")[0] == 0


def test_swedish_words_for_swedish_readers(bcp: Bcp) -> None:
    """With --lang sv the words are Swedish."""
    assert "Per operatör" in bcp("overview", "example:kommun", "--country", "SE", "--lang", "sv")[1]


def test_an_unknown_cause_ends_with_2(bcp: Bcp) -> None:
    """A word that the library does not have is an error with what it has."""
    status, out, err = bcp("overview", "example:kommun", "--cause", "magic")
    assert (status, out) == (2, "")
    assert "magic" in err
