"""The house itself: what holds for every file, whatever it is about."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from bcp import checks, usecases
from bcp.checks import rules
from bcp.words import LANGUAGES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "bcp"
CODE = sorted([*PACKAGE.rglob("*.py"), ROOT / "app.py"])
ALL_CODE = sorted([*CODE, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")])
LONGEST_FILE = 400
LARGEST_FILE = 5_000_000

MACHINE_PATH = re.compile(r"(?<![\w./:~-])/(?:home|Users|work|root|tmp|mnt)/\w")
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|^\s*(?:extra-)?index-url|tool\.uv\.index|files\.pythonhosted|/simple/?[\"'\s]"
    r"|source = \{ registry|wheels = \[\{ url",
    re.MULTILINE,
)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bghp_\w{20}|\bAKIA[0-9A-Z]{16}\b")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b|raise NotImplementedError")
PINNED_BY_ANOTHER = {"pydantic_core"}
"""Parts of a dependency that comes with exactly one version of them."""
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "tools"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@lru_cache(maxsize=1)
def _kept() -> tuple[Path, ...]:
    """Every file that is, or would be, in the repository; all files of a copy without git."""
    ask = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    if listed.returncode == 0:
        names = listed.stdout.split("\0")
        return tuple(sorted(ROOT / n for n in names if n and (ROOT / n).is_file()))
    return tuple(p for p in sorted(ROOT.rglob("*")) if p.is_file() and not _hidden(p))


def _hidden(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(
        part in {".git", ".venv", "__pycache__", "dist", "build"} or part.endswith("_cache") for part in parts
    )


@lru_cache(maxsize=1)
def _texts() -> tuple[tuple[str, str], ...]:
    found = []
    for path in _kept():
        data = path.read_bytes()
        if b"\0" not in data[:8000] and path != Path(__file__).resolve():
            found.append((_name(path), data.decode("utf-8", "replace")))
    return tuple(found)


def _matching(pattern: re.Pattern[str], texts: Iterator[tuple[str, str]]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("path", ALL_CODE, ids=_name)
def test_a_file_is_one_concept(path: Path) -> None:
    """No file of code is longer than 400 lines."""
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST_FILE


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_what_others_use_says_what_it_is(path: Path) -> None:
    """Every public module, class, function and method has a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [] if not tree.body or ast.get_docstring(tree) else ["the module"]
    for scope in (
        tree,
        *(n for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")),
    ):
        for node in scope.body:
            if isinstance(
                node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            ) and not node.name.startswith("_"):
                silent += [] if ast.get_docstring(node) else [f"{node.name} in line {node.lineno}"]
    assert silent == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    """Modules and folders are named for what they are about."""
    named = {part for path in ALL_CODE for part in (*path.relative_to(ROOT).parts[:-1], path.stem)}
    assert named & VAGUE == set()


def test_only_one_module_keeps_the_session() -> None:
    """Streamlit's session state is touched in bcp/ui/state.py and nowhere else."""
    users = [_name(p) for p in CODE if "session_state" in p.read_text(encoding="utf-8")]
    assert set(users) <= {"bcp/ui/state.py"}


def test_imports_go_downwards() -> None:
    """import-linter finds every contract of pyproject.toml kept."""
    run = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", run, "--no-cache"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"bcp", "tests", *PINNED_BY_ANOTHER}


@pytest.mark.parametrize(
    ("folder", "extras"), [("bcp", ("fast",)), ("tests", ("dev",)), ("benchmarks", ("dev", "bench"))]
)
def test_what_is_imported_is_declared(folder: str, extras: tuple[str, ...]) -> None:
    """Every package that the code imports is a dependency of its own, not only of another package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for e in extras for d in project["optional-dependencies"][e])]
    declared = {re.split(r"[\s<>=!~;\[]", text)[0].lower() for text in wanted}
    providers = packages_distributions()
    modules = {module for path in (ROOT / folder).rglob("*.py") for module in _imported(path)}
    beside = {path.stem for path in (ROOT / folder).rglob("*.py")}
    missing = {m for m in modules - beside if not declared & {d.lower() for d in providers.get(m, (m,))}}
    assert missing == set()


def test_nothing_is_left_unfinished() -> None:
    """No code says that it is to be finished later."""
    code = {_name(path) for path in ALL_CODE}
    assert _matching(UNFINISHED, ((n, t) for n, t in _texts() if n in code)) == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No file has a path of a person's machine, the address of a package index, or a key."""
    here = re.compile("|".join(re.escape(f"{p}/") for p in {str(ROOT), str(Path.home())} if len(p) > 1))
    for pattern in (MACHINE_PATH, REGISTRY, SECRET, here):
        assert _matching(pattern, iter(_texts())) == []


def test_the_constraints_have_no_address() -> None:
    """constraints.txt pins versions only; files that tools write with addresses in them are not kept."""
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in pinned if not re.fullmatch(r"[\w.\-]+==[\w.+!]+( ; .+)?", line)] == []
    assert [_name(p) for p in _kept() if p.name == "uv.lock" or re.fullmatch(r"pylock.*\.toml", p.name)] == []


def test_no_file_is_large() -> None:
    """Nobody has to fetch a file over 5 MB with the source."""
    assert [_name(path) for path in _kept() if path.stat().st_size > LARGEST_FILE] == []


def _speakers(tree: ast.Module) -> set[str]:
    """The names by which a file calls the words of a language."""
    found = {"_", "words", "said"}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.arg)
            and node.annotation is not None
            and ast.unparse(node.annotation) == "Words"
        ):
            found.add(node.arg)
        elif (
            isinstance(node, ast.Assign) and ast.unparse(node.value).partition("(")[0].split(".")[-1] in found
        ):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _messages(path: Path) -> Iterator[tuple[str, str]]:
    """The texts for people in a file of code, with where they stand; plurals by their singular."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    speakers = _speakers(tree) | ({"self"} if path == PACKAGE / "words.py" else set())
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = ast.unparse(node.func).split(".")[-1]
        plural = (
            name == "count"
            and len(node.args) == len(("one", "many", "n"))
            and all(map(_is_text, node.args[:2]))
        )
        if name in speakers or plural:
            for part in ast.walk(node.args[0]):
                if (
                    isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and part.value not in LANGUAGES
                ):
                    yield part.value, f"{_name(path)}:{node.lineno}"


def _rule_texts() -> Iterator[tuple[str, str]]:
    for rule in checks.RULES:
        yield from (
            (text, f"rule {rule.code}")
            for text in (rule.title, rule.message, rule.reason, rule.remedy, rule.edit)
            if text
        )


def _constants(path: Path) -> Iterator[str]:
    """Every text in a file of code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_text_is_translated(language: str) -> None:
    """Each text that the code shows to people has a translation in every language, with the same places to fill."""
    translated: dict[str, str] = {}
    for catalogue in sorted((PACKAGE / "locale" / language).glob("*.po")):
        with catalogue.open("rb") as file:
            for message in read_po(file, locale=language):
                singular = message.id if isinstance(message.id, str) else message.id[0]
                words = message.string if isinstance(message.string, str) else " ".join(message.string)
                assert not (singular and message.fuzzy), f"{catalogue.name}: {singular!r} is fuzzy"
                assert translated.setdefault(singular, words) == words, f"{singular!r} has two translations"
    texts = [*(found for path in CODE for found in _messages(path)), *_rule_texts()]
    missing = [f"{place}: {text!r}" for text, place in texts if not translated.get(text)]
    assert not missing, "\n".join(missing)
    stale = set(translated) - {""} - {text for path in CODE for text in _constants(path)}
    assert not stale, f"no code says these any more: {sorted(stale)}"
    places = re.compile(r"\{\w*(?:!r)?(?::[^{}]*)?\}")
    wrong = [
        text
        for text, words in translated.items()
        if set(places.findall(words)) - set(places.findall(text)) - {"{n}"}
    ]
    assert wrong == []


SPOKEN = (
    "checks", "cli", "content", "engine", "files", "model", "render", "store", "ui", "usecases",
)  # fmt: skip
"""The folders of bcp in which every error can be said in any language; none may leave the list."""

_TAKES = {"Problem": (3, 4), "Fault": (1, 2)}
"""Where message and remedy stand; in errors they come first."""


def _unsaid(node: ast.expr) -> bool:
    """Whether an argument is a sentence that only English has."""
    if isinstance(node, ast.IfExp):
        return _unsaid(node.body) or _unsaid(node.orelse)
    return isinstance(node, ast.JoinedStr) or (_is_text(node) and " " in ast.unparse(node).strip())


def _only_english(path: Path) -> Iterator[str]:
    """Where a file makes an error, or a problem, of a plain sentence."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    raised = [n.exc for n in ast.walk(tree) if isinstance(n, ast.Raise) and isinstance(n.exc, ast.Call)]
    others = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) in _TAKES]
    for call in (*raised, *others):
        name = ast.unparse(call.func).split(".")[-1]
        if name in {
            "ValueError",
            "TypeError",
            "KeyError",
            "SecurityError",
        }:  # a fault of ours, or said by who catches it
            continue
        given = [call.args[n] for n in _TAKES.get(name, (0, 1)) if n < len(call.args)]
        if any(map(_unsaid, [*given, *(k.value for k in call.keywords if k.arg in {"message", "fix"})])):
            yield f"{_name(path)}:{call.lineno}"


def test_errors_can_be_said_in_every_language() -> None:
    """No error of the layers that are done is made of a text that is not `said`."""
    files = [path for folder in SPOKEN for path in sorted((PACKAGE / folder).rglob("*.py"))]
    assert [place for path in files for place in _only_english(path)] == []


def _yaml_files() -> list[Path]:
    folders = (ROOT / "scenarios", ROOT / "reports")
    return sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in {".yaml", ".yml"})


@pytest.mark.parametrize("path", _yaml_files(), ids=_name)
def test_content_is_readable(path: Path) -> None:
    """Every YAML file of the content folders is YAML with something in it."""
    assert yaml.safe_load(path.read_text(encoding="utf-8"))


def test_every_scenario_of_the_library_loads() -> None:
    """The library has every file of its folder, and the five incidents' ids are those of their files."""
    files = {path.stem for path in (ROOT / "scenarios" / "library").glob("*.y*ml")}
    assert {scenario.id for scenario in usecases.library()} == files
    assert usecases.WORST_SCENARIO in files


@pytest.mark.parametrize("name", usecases.example_names())
def test_every_example_organisation_can_be_run(name: str) -> None:
    """An example opens and has no problem."""
    assert usecases.open_plan(f"example:{name}").problems == ()


@pytest.mark.parametrize("name", usecases.document_names())
def test_every_document_speaks_every_language(name: str) -> None:
    """A document has a template in each language of the product."""
    assert {path.stem for path in (ROOT / "reports" / name).glob("??.md")} >= set(LANGUAGES)


def test_every_scenario_speaks_every_language() -> None:
    """The titles, descriptions and lessons of the library are there in each language of the product."""
    silent = [
        f"{scenario.id}: {field}"
        for scenario in usecases.library()
        for field in ("title", "description", "teaches")
        if (texts := getattr(scenario, field)) and not set(texts) >= set(LANGUAGES)
    ]
    assert silent == []


def test_every_family_of_rules_is_in_the_catalogue() -> None:
    """Each module of bcp/checks with rules is in the catalogue, and no code is used twice."""
    tables = [
        p.stem for p in (PACKAGE / "checks").glob("*.py") if "\nRULES = (" in p.read_text(encoding="utf-8")
    ]
    assert sorted(tables) == sorted(family.__name__.rsplit(".", 1)[-1] for family in rules.FAMILIES)
    codes = [rule.code for rule in checks.RULES]
    assert len(codes) == len(set(codes))


def test_a_scenario_is_data() -> None:
    """The content folders hold no code."""
    folders = (ROOT / "scenarios", ROOT / "reports")
    assert [_name(p) for f in folders for p in f.rglob("*") if p.suffix in {".py", ".sh", ".js"}] == []


def test_the_licence_is_whole() -> None:
    """The licence is Apache 2.0, with all its sections."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "APPENDIX: How to apply the Apache License to your work." in text
