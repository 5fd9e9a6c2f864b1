from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from bcp.errors import StoreError
from bcp.model.sitting import Sitting, SittingKind
from bcp.store import PlanStore, location
from bcp.store.database import _alembic, _versions
from bcp.store.tables import metadata
from tests.store.make import START, mark, plan, raw

FIRST_PLAN = (
    "INSERT INTO revisions VALUES (1, 1, 1, '2026-03-03T06:00:00.000000Z', 'Åsa', '', 'edit', NULL, NULL,"
    ' \'Exempelkommun 1\', 0, \'bcp-plan/1\', ?, \'{"format":"bcp-plan/1","organisation":{"name":"Exempelkommun 1"}}\')'
)

INCIDENT = Sitting(
    id="x", kind=SittingKind.INCIDENT, title="X", plan="A", revision=1, created=START, begun=START
)


def _store_of(version: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()


def _damaged_copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.damaged-*.sqlite"))


def test_a_new_store_has_the_tables_of_the_code(store: PlanStore) -> None:
    """Migrations from nothing give exactly the tables that the code uses."""
    with store._database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert MigrationContext.configure(connection).get_current_revision() == _versions()[0]


@pytest.mark.parametrize("version", _versions())
def test_a_store_of_each_version_is_brought_up(path: Path, version: str) -> None:
    """A store that any older version wrote is brought up to this one, with its plans."""
    _store_of(version, path)
    with raw(path) as connection:
        connection.execute("INSERT INTO plans VALUES (1, 'A', NULL)")
        connection.execute(FIRST_PLAN, (plan(1).content_hash,))
    with PlanStore.open(path) as store:
        assert mark(store.load("A").plan) == "1"
        assert store.load("A").revision.author == "Åsa"
        store.put_setting("language", "sv")
        assert store.sittings.open(INCIDENT) == INCIDENT
        with store._database.reading() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    """A store that cannot be brought up keeps its old version and its plans, whole."""
    _store_of("0001", path)
    with raw(path) as connection:
        connection.execute("INSERT INTO plans VALUES (1, 'A', NULL)")
        connection.execute("CREATE TABLE settings (x)")  # in the way of the next step
    with pytest.raises(Exception, match="settings already exists"):
        PlanStore.open(path)
    with raw(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert connection.execute("SELECT name FROM plans").fetchall() == [("A",)]


def test_the_steps_are_one_line() -> None:
    """Migrations follow each other in one line, from the first to the newest."""
    assert list(_versions()) == sorted(_versions(), reverse=True)
    assert _versions()[-1] == "0001"


def test_a_store_of_a_newer_version_is_refused(path: Path) -> None:
    """A file that a newer product wrote is not touched, and the error says to update."""
    with PlanStore.open(path) as store:
        store.save("A", plan(1), author="")
    with raw(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer version.*9999.*Update the product"):
        PlanStore.open(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused(path: Path) -> None:
    """A database with other tables is not taken over."""
    path.parent.mkdir(parents=True)
    with raw(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    with pytest.raises(StoreError, match="another program's database"):
        PlanStore.open(path)
    with raw(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_a_file_that_is_no_database_is_copied_aside(path: Path) -> None:
    """A file of something else is left as it is, with one copy beside it however often it is opened."""
    path.parent.mkdir(parents=True)
    path.write_bytes(b"This is no database. " * 500)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"damaged.*A copy lies in .*damaged-.*backup"):
            PlanStore.open(path)
    assert path.read_bytes() == b"This is no database. " * 500
    assert [copy.read_bytes() for copy in _damaged_copies(path)] == [path.read_bytes()]


@pytest.mark.parametrize("part", ["middle", "end"])
def test_a_damaged_file_is_copied_aside(path: Path, part: str) -> None:
    """A store with overwritten or missing pages is found out at opening, kept as it is and copied aside."""
    with PlanStore.open(path) as store:
        for i in range(20):
            store.save(
                "A", plan(i, **{f"c-{n}": {"kind": "system", "name": "x" * 99} for n in range(40)}), author=""
            )
    whole = path.read_bytes()
    half = len(whole) // 2 // 4096 * 4096
    hurt = whole[:half] + (b"\xff" * 8192 + whole[half + 8192 :] if part == "middle" else b"")
    path.write_bytes(hurt)
    with pytest.raises(StoreError, match=r"damaged.*A copy lies in"):
        PlanStore.open(path)
    assert path.read_bytes() == hurt
    assert [copy.read_bytes() for copy in _damaged_copies(path)] == [hurt]


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    """An empty file holds nothing that could be lost: it becomes a new store."""
    path.parent.mkdir(parents=True)
    path.touch()
    with PlanStore.open(path) as store:
        assert store.plans() == ()


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """BCP_DATA names the folder of the store; without it, it lies in the user's data folder."""
    monkeypatch.setenv("BCP_DATA", str(tmp_path / "mine"))
    with PlanStore.open() as store:
        assert store.path == tmp_path / "mine" / "plans.sqlite"
    monkeypatch.delenv("BCP_DATA")
    monkeypatch.setattr(location, "user_data_path", lambda *_args, **_named: tmp_path / "users")
    assert location.default_path() == tmp_path / "users" / "plans.sqlite"


def test_a_new_store_is_the_users_alone(path: Path) -> None:
    """Plans hold telephone numbers: nobody else on the machine may read a new store."""
    with PlanStore.open(path) as store:
        store.save("A", plan(), author="")
        for made in (path, path.with_name(path.name + "-wal")):
            assert stat.S_IMODE(made.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A store below a file, or in place of a folder, is refused with the way out."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="BCP_DATA"):
        PlanStore.open(tmp_path / "file" / "plans.sqlite")
    with pytest.raises(StoreError, match="is a folder"):
        PlanStore.open(tmp_path)


def test_a_path_with_any_characters_is_only_a_path(tmp_path: Path) -> None:
    """A folder named with what means something in URLs or configuration files holds a store like any other."""
    odd = tmp_path / "50% ?mode=ro#å %(here)s" / ":memory:"
    with PlanStore.open(odd) as store:
        store.save("A", plan(1), author="")
    assert odd.stat().st_size > 0
    with PlanStore.open(odd) as store:
        assert mark(store.load("A").plan) == "1"


def test_opening_leaves_the_working_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is taken from where the process was when it opened the store."""
    monkeypatch.chdir(tmp_path)
    with PlanStore.open(Path("plans.sqlite")) as store:
        os.chdir(tmp_path.parent)
        store.save("A", plan(1), author="")
    assert (tmp_path / "plans.sqlite").stat().st_size > 0
