"""The file itself: made, opened for reading or writing, held against a second writer, checked for its version."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from duban.errors import DubanError
from duban.ledger.store.schema import SCHEMA_VERSION, statements_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    Values = Sequence[object] | Mapping[str, object]

__all__ = ["Database", "LedgerError"]

MEMORY = "300MB"
"""What the database may hold; beside it stand the reading processes."""
_THREADS = 2
_HELD = re.compile(r"Conflicting lock is held in (?P<who>.*?)\s*(?:by user|\. See|$)")


class LedgerError(DubanError):
    """A ledger that cannot be opened or asked what it was asked. `where` names its file."""


class Database:
    """A connection to a ledger's file. `writable` ones create it where it is missing and keep others out."""

    def __init__(self, path: str | os.PathLike[str], *, writable: bool = False) -> None:
        self.path = Path(path)
        self.writable = writable
        new = not self.path.exists()
        if new and not writable:
            raise LedgerError(
                "there is no such ledger", where=str(self.path), todo="make one: duban ledger add"
            )
        self.connection = _connected(self.path, writable=writable)
        try:
            self._check(new=new)
        except BaseException:
            self.connection.close()
            raise

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()

    def rows(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """What a query gives, row by row."""
        return self.connection.execute(sql, values).fetchall()

    def table(self, sql: str, values: Values = ()) -> pa.Table:
        """What a query gives, as an Arrow table."""
        return self.connection.execute(sql, values).to_arrow_table()

    def records(self, sql: str, values: Values = ()) -> list[dict[str, Any]]:
        """What a query gives, a dictionary a row."""
        found: list[dict[str, Any]] = self.table(sql, values).to_pylist()
        return found

    def insert(self, table: str, rows: pa.Table) -> None:
        """Add rows to a table, by the names of their columns."""
        if rows.num_rows:
            self.connection.register("incoming", rows)
            self.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
            self.connection.unregister("incoming")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside, or nothing."""
        self.connection.begin()
        try:
            yield
            self.connection.commit()
        except duckdb.Error as error:
            self._rolled_back()
            raise LedgerError(
                f"the ledger could not be written ({_first_line(error)})",
                where=str(self.path),
                todo="see that the disk has room; what was added before is kept",
            ) from error
        except BaseException:
            self._rolled_back()
            raise

    def _rolled_back(self) -> None:
        try:
            self.connection.rollback()
        except duckdb.Error:  # a commit that failed has taken everything back already
            return

    def _check(self, *, new: bool) -> None:
        held = {name for (name,) in self.rows("SELECT table_name FROM duckdb_tables()")}
        if not held and self.writable:
            self._make()
            return
        if new or "meta" not in held or not {"documents", "readings"} <= held:
            raise LedgerError(
                "the database is no ledger", where=str(self.path), todo="name a file made by duban ledger add"
            )
        found = int(self.rows("SELECT value FROM meta WHERE key = 'schema'")[0][0])
        if found != SCHEMA_VERSION:
            raise _of_other_version(self.path, found)

    def _make(self) -> None:
        with self.transaction():
            for statement in statements_of():
                self.connection.execute(statement)
            made = datetime.now(UTC).isoformat(timespec="seconds")
            self.connection.executemany(
                "INSERT INTO meta VALUES (?, ?)", [("schema", str(SCHEMA_VERSION)), ("made", made)]
            )


def _of_other_version(path: Path, found: int) -> LedgerError:
    newer = found > SCHEMA_VERSION
    return LedgerError(
        f"the ledger has the schema {found}; this Duban knows {SCHEMA_VERSION}",
        where=str(path),
        todo="update Duban"
        if newer
        else "export its documents with the Duban that made it (duban ledger export), and add those to a new ledger",
    )


def _connected(path: Path, *, writable: bool) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": MEMORY, "threads": _THREADS}
    if writable:
        config["storage_compatibility_version"] = "latest"  # compresses long texts
    try:
        connection = duckdb.connect(path, read_only=not writable, config=config)
    except (duckdb.Error, OSError) as error:
        raise _unopened(path, error) from error
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _unopened(path: Path, error: Exception) -> LedgerError:
    said = " ".join(str(error).split())
    held = _HELD.search(said)
    if held or "lock" in said:
        who = f" ({held['who']})" if held else ""
        return LedgerError(
            f"another process is using the ledger{who}",
            where=str(path),
            expected="one writer, or readers only",
            todo="wait until it has finished, or work on a copy",
        )
    if "not a valid DuckDB database" in said:
        return LedgerError(
            "the file is no ledger", where=str(path), todo="name a file made by duban ledger add"
        )
    if "different configuration" in said:
        return LedgerError(
            "the ledger is open already in this program, for another purpose",
            where=str(path),
            todo="close the one before opening the other",
        )
    return LedgerError(
        f"the ledger cannot be opened ({_first_line(error)})",
        where=str(path),
        todo="check the name, its permissions, and that this Duban is not older than the one that made it",
    )


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
