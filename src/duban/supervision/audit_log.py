"""An exported log, from a file or a database, record by record."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from duban.errors import InputError
from duban.supervision.chain import Checkpoint
from duban.supervision.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["TABLE", "read_log", "write_log"]

TABLE = "audit_log"
"""The table or view of an SQLite database that holds a log: one record a row, as JSON, in the column `record`."""
_SQLITE = b"SQLite format 3\x00"


def read_log(path: str | Path) -> Iterator[Event | Checkpoint]:
    """The events and checkpoints of a log: JSON lines, or an SQLite database with a table `audit_log`.

    Raises `InputError` for a line that is no record, with its number.
    """
    path = Path(path)
    with path.open("rb") as stream:
        is_database = stream.read(len(_SQLITE)) == _SQLITE
    lines = _rows(path) if is_database else _lines(path)
    for where, line in lines:
        yield _record(line, where)


def write_log(records: Iterable[Event | Checkpoint]) -> Iterator[bytes]:
    """The records as JSON lines, each with its line end."""
    for record in records:
        yield msgspec.json.encode(record) + b"\n"


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield f"{path}, line {number}", line


def _rows(path: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        try:
            rows = database.execute(f"SELECT record FROM {TABLE}")  # noqa: S608 - a constant
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"the database holds no log: {error}",
                where=str(path),
                expected=f"a table or view {TABLE} with a column record",
                todo="export the log as JSON lines and verify that",
            ) from error
        for number, (record,) in enumerate(rows, start=1):
            yield f"{path}, row {number}", record if isinstance(record, bytes) else str(record).encode()


def _record(line: bytes, where: str) -> Event | Checkpoint:
    """An event has a case, a checkpoint a digest."""
    try:
        known = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        if "digest" in known:
            return msgspec.json.decode(line, type=Checkpoint)
        return msgspec.json.decode(line, type=Event)
    except msgspec.DecodeError as error:
        raise InputError(f"this is no record of a log: {error}", where=where) from error
