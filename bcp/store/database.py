"""Opening the store's file: durable settings, a check of its health, migrations, and what goes wrong in words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import finalize

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DBAPIError

from bcp.errors import StoreError
from bcp.saying import said
from bcp.store.damage import damaged

if TYPE_CHECKING:
    from alembic.config import Config

BUSY_S = 15.0
"""How long to wait, in seconds, while another process or thread is saving."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "alembic_version"
_MIGRATING = Lock()
"""Alembic keeps the migration under way in module variables: one at a time in a process."""

_HURT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CLOSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_BROKEN = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}


class Database:
    """One open SQLite file: transactions over it, safe for many threads and processes at once.

    Write-ahead logging lets people read while somebody saves; `synchronous=FULL` means that what was
    committed is on the disk, so that ending the process or the machine loses nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)
        finalize(self, self._engine.dispose)  # a store that nobody holds any longer lets go of its file
        try:
            with self._translated():
                self._prepare()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one consistent state. Raises StoreError where the file cannot be read."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that nobody else writes beside; it is on the disk when the block ends.

        An exception in the block leaves the store as it was. Raises StoreError where it cannot be written.
        """
        with self._translated(), self._engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def pragma(self, name: str) -> object:
        """The value of one of SQLite's settings, as a connection of this store has it."""
        with self.reading() as connection:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, DBAPIError) as error:
            known = _in_words(error, self.path)
            if known is None:
                raise
            raise known from error

    def _prepare(self) -> None:
        self._use_write_ahead_log()
        with self._engine.connect() as connection, connection.begin():
            health = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(1)")]
            if health != ["ok"]:
                raise damaged(self.path, health[0])
            current = self._version(connection)
        if current != _versions()[0]:
            self._migrate()

    def _use_write_ahead_log(self) -> None:
        """Switch the file to write-ahead logging; SQLite does not itself wait for others doing the same."""
        patience = time.monotonic() + BUSY_S
        while True:
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if _code(error) not in _HELD or time.monotonic() > patience:
                    raise
                time.sleep(0.02)
            else:
                return
            finally:
                raw.close()

    def _version(self, connection: Connection) -> str | None:
        tables = inspect(connection).get_table_names()
        current: str | None = None
        if _VERSION_TABLE in tables:
            current = connection.exec_driver_sql(f"SELECT version_num FROM {_VERSION_TABLE}").scalar()  # noqa: S608 - our own name
        if current is None and tables:
            raise StoreError(
                said("The file is another program's database."),
                said("Name another file or folder for the saved plans; this one was left as it is."),
                str(self.path),
            )
        if current is not None and current not in _versions():
            raise StoreError(
                said(
                    "The saved plans were written by a newer version of this product (store version {current}).",
                    current=current,
                ),
                said("Update the product; the file was left as it is."),
                str(self.path),
            )
        return current

    def _migrate(self) -> None:
        with _MIGRATING, self.writing() as connection:
            if self._version(connection) != _versions()[0]:
                from alembic import command  # noqa: PLC0415 - slow to import, and most stores are up to date

                config = _alembic()
                config.attributes["connection"] = connection
                command.upgrade(config, "head")


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_S})

    @event.listens_for(engine, "connect")
    def connected(raw: sqlite3.Connection, _record: Any) -> None:
        raw.isolation_level = None  # transactions are begun below, not guessed by the driver
        for pragma in ("foreign_keys=ON", "synchronous=FULL"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _alembic() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@lru_cache(maxsize=1)
def _versions() -> tuple[str, ...]:
    """Every version that this product knows, the newest first: the numbers of the files of its migrations."""
    numbered = (path.name[1:].partition("_")[0] for path in (_MIGRATIONS / "versions").glob("v[0-9]*.py"))
    return tuple(sorted(numbered, reverse=True))


def _code(error: Exception) -> int:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return int(getattr(cause, "sqlite_errorcode", 0)) & 0xFF


def _in_words(error: Exception, path: Path) -> StoreError | None:
    """What the user can do about an error of SQLite; None for one that is a fault of ours."""
    code = _code(error)
    if code in _HURT:
        return damaged(path, str(getattr(error, "orig", error)))
    if code in _HELD:
        return StoreError(
            said("Another program has been saving to the store for a long time."),
            said(
                "Nothing was changed. Wait and try again; close what holds the file for more than {busy_s:.0f} s.",
                busy_s=BUSY_S,
            ),
            str(path),
        )
    if code in _CLOSED:
        return StoreError(
            said("The file with the saved plans cannot be opened or written."),
            said("Nothing was changed. Check the rights on the file and its folder."),
            str(path),
        )
    if code in _BROKEN:
        return StoreError(
            said("The disk is full or failing, so the store could not be read or written."),
            said("Nothing was changed. Make room or check the disk, then try again."),
            str(path),
        )
    return None
