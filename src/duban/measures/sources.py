"""The files that records come in: one a table and named after it, or a folder of them, or a database.

`hourly.parquet`, `hourly.csv`, `hourly.xlsx`, `hourly/*.csv`, or a table `hourly` of a `.duckdb` file. What a
source says of itself (units, how hours are labelled, headings) stands beside it in `hourly.yaml`.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from duban.errors import InputError
from duban.measures.node import Node, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duban.measures.tables import Table

__all__ = ["Declared", "File", "Source", "find"]

FORMS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".gz": "csv",
    ".xlsx": "sheet",
    ".xls": "sheet",
    ".ods": "sheet",
}
DATABASES = (".duckdb", ".ddb")
_PIECE = 1 << 22


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """What a source declares of itself; what it does not say is as the table has it."""

    units: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    """The file's heading → our column."""
    properties: dict[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """One file with the fingerprint of its bytes."""

    path: Path
    sha256: str
    utf8: bool
    """Its bytes are UTF-8 text; of no meaning for other files than CSV."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a table's records come from."""

    table: str
    form: str
    """`parquet`, `csv`, `sheet` or `database`."""
    files: tuple[File, ...]
    declared: Declared


def find(place: Path, table: Table, *, needed: bool = True) -> Source | None:
    """The source of a table in a folder or a database file; None if there is none and none is needed.

    Raises `InputError` where there is none or more than one, or where it cannot be read.
    """
    if place.suffix.lower() in DATABASES:
        files, form, beside = [place], "database", place.parent
    else:
        files, form = _files(place, table.name)
        beside = place
    if not files:
        if needed:
            raise InputError(
                f"there is no file for the table “{table.name}” ({table.title.zh})",
                where=str(place),
                expected=f"{table.name}.csv, .xlsx or .parquet, or a folder {table.name}/ of such files",
            )
        return None
    return Source(
        table=table.name,
        form=form,
        files=tuple(_fingerprint(path, text=form == "csv") for path in files),
        declared=_declared(beside / f"{table.name}.yaml", table),
    )


def _files(folder: Path, name: str) -> tuple[list[Path], str]:
    if not folder.is_dir():
        raise InputError("the folder of records does not exist", where=str(folder), todo="check --data")
    single = [path for path in folder.iterdir() if path.name.split(".")[0] == name and _form(path)]
    below = [path for path in (folder / name).iterdir() if _form(path)] if (folder / name).is_dir() else []
    if len(single) + bool(below) > 1:
        raise InputError(
            f"the table “{name}” has more than one source: "
            f"{', '.join(sorted(path.name for path in [*single, *([folder / name] if below else [])]))}",
            where=str(folder),
            todo="leave one",
        )
    files = sorted(single or below)
    forms = {_form(path) for path in files}
    if len(forms) > 1:
        raise InputError(f"the files of {name}/ are of different formats", where=str(folder))
    return files, forms.pop() if forms else ""


def _form(path: Path) -> str:
    return (
        FORMS.get(path.suffix.lower(), "") if path.is_file() and not path.name.startswith(("~", ".")) else ""
    )


def _fingerprint(path: Path, *, text: bool) -> File:
    """The file with its sha256; of a text also whether it is UTF-8, in the same pass over the bytes."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")() if text and path.suffix != ".gz" else None
    utf8 = True
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                utf8 = utf8 and (decoder is None or _decodes(decoder, piece))
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", where=str(path)) from error
    return File(path=path, sha256=digest.hexdigest(), utf8=utf8)


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _declared(path: Path, table: Table) -> Declared:
    if not path.is_file():
        return Declared()
    node = Node(load(path, str(path)) or {}, str(path))
    made = Declared(
        units=node.mapping("units"),
        headings=node.mapping("columns"),
        properties={name: node.word(name) for name in table.properties if name in node},
        text=node.word("source", ""),
    )
    node.done()
    _check(made, table, str(path))
    return made


def _check(declared: Declared, table: Table, where: str) -> None:
    for name in _unknown((*declared.units, *declared.headings.values()), table.columns):
        raise InputError(f"“{name}” is no column", where=where, expected=f"one of {', '.join(table.columns)}")
    for name, value in declared.properties.items():
        if value not in table.properties[name].allowed:
            raise InputError(
                f"“{name}” is “{value}”",
                where=where,
                expected=f"one of {', '.join(table.properties[name].allowed)}",
            )


def _unknown(names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name not in set(known))
