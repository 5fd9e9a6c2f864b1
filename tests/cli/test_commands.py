"""The commands as a user meets them: output, JSON, errors and exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from bcp import cli, usecases
from bcp.model.assessment import Assessment
from bcp.model.run import Run

Bcp = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bcp(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bcp:
    """Runs a command; gives its exit status, standard output and standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bcp", *arguments])
        monkeypatch.setenv("BCP_LANG", "en")
        try:
            cli.main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
        else:
            status = 0
        told = capsys.readouterr()
        return status, told.out, told.err

    return call


SMALL = """\
format: bcp-plan/1
organisation: {name: Liten, country: SE}
components:
  in: {kind: platform, name: Plattform, operator: telia}
  n: {kind: number, name: Nummer, e164: "+46771123456", requires: in}
  s: {kind: activity, name: Kundtjänst, requires: n, bia: {rto: 1h, mtpd: 4h, demand: 60/h}}
"""


@pytest.fixture
def small(tmp_path: Path) -> str:
    """A plan file of one activity on one number on one platform."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return str(path)


def test_run_prints_activities_and_what_broke_them(bcp: Bcp, small: str) -> None:
    """The activity, the limit it broke and the platform behind it stand in the output."""
    status, out, err = bcp("run", small, "se-telia-020-0771")
    assert (status, err) == (0, "")
    assert "Kundtjänst" in out
    assert "broken (1 h)" in out.replace("\xa0", " ")
    assert "Plattform" in out


def test_run_as_json_has_the_published_form(bcp: Bcp, small: str) -> None:
    """The JSON fits its schema and has every key that DESIGN section 6 names."""
    status, out, _ = bcp("run", small, "se-telia-020-0771", "--json")
    data = json.loads(out)
    assert status == 0
    jsonschema.validate(data, Run.model_json_schema(mode="serialization"))
    assert data["format"] == "bcp-run/1"
    assert data["levels"]["s"][0] == [0.0, 0.0]
    assert set(data["activities"]["s"]) >= {
        "downtime_s", "longest_s", "min_level", "first_below_s", "rto_met", "mtpd_met", "lost_contacts", "impact",
    }  # fmt: skip
    assert data["causes"]["s"] == ["s", "n", "in"]
    assert set(data) >= {"plan", "scenario", "horizon_s", "fallbacks", "blocked", "affected"}


def test_a_parameter_can_be_set(bcp: Bcp, small: str) -> None:
    """A shorter outage breaks no limit."""
    status, out, _ = bcp("run", small, "se-telia-020-0771", "--set", "duration=30m", "--json")
    assert status == 0
    assert json.loads(out)["activities"]["s"]["rto_met"] is True


def test_strict_ends_with_1_where_a_limit_is_broken(bcp: Bcp, small: str) -> None:
    """A script can tell from the exit status."""
    assert bcp("run", small, "se-telia-020-0771", "--strict")[0] == 1
    assert bcp("run", small, "se-telia-020-0771", "--set", "duration=30m", "--strict")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "example:kommu", "se-telia-020-0771"), "Did you mean kommun?"),
        (("run", "example:kommun", "se-telia-020"), "Did you mean se-telia-020-0771?"),
        (("run", "example:kommun", "se-telia-020-0771", "--set", "operater=x"), "operator"),
        (("run", "example:kommun", "se-telia-020-0771", "--set", "operator"), "--set key=value"),
        (("run", "example:kommun", "se-telia-020-0771", "--set", "operator=nobody"), "matches nothing"),
        (("run", "missing.yaml", "se-telia-020-0771"), "missing.yaml"),
        (("check",), "bcp check PLAN"),
        (("assess", "example:kommun", "--target", "medborgarservise"), "Did you mean medborgarservice?"),
        (("report", "example:kommun", "-o", "x.doc"), ".pdf"),
        (("run", "example:kommun", "se-telia-020-0771", "--lang", "zz"), "sv, en"),
        (("run", "example:kommun", "x" * 5000 + ".yaml"), "there is no scenario"),
        (("demo", "--no-ui", "-o", "pyproject.toml/x"), "Choose another place"),
        (("report", "example:kommun", "--document", "bcpp", "-o", "x.pdf"), "Did you mean bcp?"),
        (("report", "example:kommun", "--on", "yesterday", "-o", "x.pdf"), "2026-03-03"),
    ],
)
def test_bad_input_ends_with_2_and_says_what_to_do(bcp: Bcp, arguments: tuple[str, ...], told: str) -> None:
    """The remedy goes to standard error, nothing to standard output, and no traceback anywhere."""
    status, out, err = bcp(*arguments)
    assert status == 2
    assert told in err
    assert out == ""
    assert "Traceback" not in err


def test_every_problem_of_a_plan_is_told_with_file_and_line(bcp: Bcp, tmp_path: Path) -> None:
    """Two mistakes on two lines are two messages, in the order of the lines."""
    path = tmp_path / "bad.yaml"
    path.write_text(
        SMALL.replace("requires: in}", "requires: inn}").replace("rto: 1h", "rto: 9h"), encoding="utf-8"
    )
    status, _, err = bcp("check", str(path))
    lines = err.strip().splitlines()
    assert status == 2
    assert [line.split(":")[1] for line in lines] == ["5", "6"]
    assert "Did you mean in?" in err or "did you mean" in err.lower()


def test_check_points_at_the_line_of_each_finding(bcp: Bcp, small: str) -> None:
    """`file:line CODE message`, as editors and review tools read it."""
    status, out, _ = bcp("check", small)
    assert status == 0
    first = out.splitlines()[0]
    place, code = first.split()[:2]
    assert place.startswith(small)
    assert int(place.rsplit(":", 1)[1]) > 0
    assert code[0].isalpha()
    assert bcp("check", small, "--strict")[0] == 1


def test_check_list_names_every_rule(bcp: Bcp) -> None:
    """The catalogue as JSON, each code once."""
    data = json.loads(bcp("check", "--list", "--json")[1])
    codes = [rule["code"] for rule in data["rules"]]
    assert data["format"] == "bcp-rules/1"
    assert len(codes) == len(set(codes)) > 10


def test_scenarios_lists_the_library(bcp: Bcp) -> None:
    """Ids and titles, in the language asked for; one scenario in full with its parameters."""
    data = json.loads(bcp("scenarios", "--json")[1])
    assert data["format"] == "bcp-scenarios/1"
    assert "se-telia-020-0771" in {s["id"] for s in data["scenarios"]}
    assert all(s["title"]["en"] and s["title"]["sv"] for s in data["scenarios"])
    assert "duration" in bcp("scenarios", "se-telia-020-0771")[1]


def test_routes_tell_the_verdict_and_what_is_behind_it(bcp: Bcp) -> None:
    """On the example: a diversion blocked by the failed platform, one too late, one that shares it, one usable."""
    data = json.loads(bcp("routes", "example:kommun", "se-telia-020-0771", "--json")[1])
    verdicts = {o["verdict"] for r in data["routes"] for o in r["options"]}
    assert data["format"] == "bcp-routes/1"
    assert {"blocked", "too_late", "shares", "usable", "too_small"} <= verdicts
    text = bcp("routes", "example:kommun", "se-telia-020-0771")[1]
    assert "blocked by" in text
    assert "too late by 10" in text


def test_assess_as_json_has_the_published_form(bcp: Bcp) -> None:
    """Single points, shared fate, findings, restart order and deadlocks of an example."""
    data = json.loads(bcp("assess", "example:myndighet", "--json")[1])
    jsonschema.validate(data, Assessment.model_json_schema(mode="serialization"))
    assert data["format"] == "bcp-assess/1"
    assert set(data) >= {
        "single_points", "cut_sets", "unavailability", "shared_fate", "findings", "restart_order", "deadlocks",
    }  # fmt: skip
    assert any(f["shared"] for f in data["shared_fate"])


def test_demo_writes_the_documents_without_the_app(bcp: Bcp, tmp_path: Path) -> None:
    """Every document is a PDF in the folder asked for."""
    status, out, _ = bcp("demo", "--no-ui", "-o", str(tmp_path / "out"), "--json")
    files = json.loads(out)["files"]
    assert status == 0
    assert {Path(f).name for f in files} == {"kommun-action-cards.pdf", "kommun-bcp.pdf", "kommun-drp.pdf"}
    assert all(Path(f).read_bytes().startswith(b"%PDF-") for f in files)


def test_markup_in_a_plan_is_printed_as_it_stands(bcp: Bcp, tmp_path: Path) -> None:
    """A name is never read as the terminal's markup."""
    path = tmp_path / "markup.yaml"
    path.write_text(SMALL.replace("Kundtjänst", "'[red]Röd[/red]'"), encoding="utf-8")
    assert "[red]Röd[/red]" in bcp("run", str(path), "se-telia-020-0771")[1]


def test_a_horizon_of_nothing_is_refused(bcp: Bcp, small: str, tmp_path: Path) -> None:
    """A run that ends before it begins is told as a mistake of the file, with its line."""
    path = tmp_path / "none.yaml"
    path.write_text(
        "format: bcp-scenario/1\nid: none\ntitle: None\nhorizon: 0s\n"
        "events: [{at: 0, select: {id: in}, effect: {level: 0}}]\n",
        encoding="utf-8",
    )
    status, _, err = bcp("run", small, str(path))
    assert status == 2
    assert f"{path}:4" in err


def test_compare_tells_what_became_better_between_two_plans(bcp: Bcp, small: str, tmp_path: Path) -> None:
    """Between two plans, an activity that no longer breaks its RTO stands as better, with the changed place."""
    longer = tmp_path / "longer.yaml"
    longer.write_text(SMALL.replace("rto: 1h", "rto: 4h"), encoding="utf-8")
    status, out, _ = bcp("compare", small, str(longer), "--scenario", "site-power", "--json")
    assert status == 2
    status, out, err = bcp(
        "compare", small, str(longer), "--scenario", "se-telia-020-0771", "--on", "2026-03-03"
    )
    assert (status, err) == (0, "")
    assert "components.s.bia" in out
    data = json.loads(bcp("compare", small, str(longer), "--json")[1])
    assert data["format"] == "bcp-compare/1"
    assert [d["change"] for d in data["activities"]] == ["same"]


def test_compare_wants_something_to_compare_with(bcp: Bcp, small: str) -> None:
    """Without a second plan or scenario the command says what to name."""
    assert bcp("compare", small)[0] == 2
    status, _, err = bcp("compare", small, "--and-scenario", "site-power")
    assert status == 2
    assert "--scenario" in err


def test_a_revision_is_named_with_an_at_sign(
    bcp: Bcp, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`db:NAME@2` is the second revision of a saved plan."""
    monkeypatch.setenv("BCP_DATA", str(tmp_path / "data"))
    plan = usecases.open_plan(small).plan
    with usecases.default_store() as store:
        store.save("mine", plan, author="a")
        renamed = plan.model_copy(
            update={"organisation": plan.organisation.model_copy(update={"name": "Större"})}
        )
        store.save("mine", renamed, author="a")
    data = json.loads(bcp("compare", "db:mine@1", "db:mine", "--json")[1])
    assert (data["before"]["plan"], data["after"]["plan"]) == ("Liten", "Större")
    assert data["changes"] == ["organisation.name"]
    assert bcp("compare", "db:mine@9", "db:mine")[0] == 2


def test_what_is_spoilt_is_told(bcp: Bcp) -> None:
    """Calls that get through and cannot be heard: the table counts none as lost, and a sentence says how many and why."""
    status, out, err = bcp("run", "example:telefonie-nl", "nl-kpn-card")
    told = " ".join(out.split()).replace("\xa0", " ")
    assert (status, err) == (0, "")
    assert "calls get through, but at worst 3.1% of them cannot be heard or used" in told
    assert "below the floor of 99% for" in told
    assert "→ KPN, sound → KPN media card 3" in told
    assert "Spoilt hours" in told
