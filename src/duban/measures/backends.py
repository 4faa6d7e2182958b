"""The engines that evaluate: DuckDB here; another one needs the same few methods and nothing else changes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from duban.errors import InputError

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis.expr.types.relations import CachedTable

    from duban.measures.sources import File, Source

__all__ = ["Backend", "DuckDB", "as_text"]


class Backend(Protocol):
    """Reads sources into Ibis tables. Values of text files stay text: reading them is the tables' business."""

    connection: ibis.BaseBackend

    def read(self, source: Source, *, numbered: bool = False) -> ir.Table:
        """The source's rows as they stand in it; `numbered` adds `_file` and `_row` (lines of a text)."""

    def keep(self, rows: ir.Table) -> ir.Table:
        """The rows, worked out once and kept until the engine is closed."""

    def empty(self, schema: ibis.Schema) -> ir.Table:
        """A table without rows, kept until the engine is closed."""

    def close(self) -> None:
        """Let go of what was opened and kept."""


class DuckDB:
    """DuckDB in this process. What does not fit into memory goes into a temporary folder."""

    def __init__(self) -> None:
        import ibis

        self._aside = tempfile.TemporaryDirectory(prefix="duban-")
        self._kept: list[CachedTable] = []
        self.connection: ibis.BaseBackend = ibis.duckdb.connect()
        self.connection.raw_sql(f"SET temp_directory = {_quoted(self._aside.name)}")

    def read(self, source: Source, *, numbered: bool = False) -> ir.Table:
        if source.form == "database":
            return self._database(source, numbered=numbered)
        paths = [self._readable(file, source.form) for file in source.files]
        listed = f"[{', '.join(_quoted(str(path)) for path in paths)}]"
        if source.form == "csv":
            options = "all_varchar = true, union_by_name = true, header = true, null_padding = false"
            scan = f"read_csv({listed}, {options}{', filename = true' if numbered else ''})"
            count = 'row_number() OVER (PARTITION BY "filename") + 1'
        else:
            options = "filename = true, file_row_number = true" if numbered else "union_by_name = true"
            scan = f"read_parquet({listed}, {options})"
            count = "file_row_number + " + ("2" if source.form == "sheet" else "1")
        names = '"filename" AS "_file", ' + f'{count} AS "_row"'
        return self._sql(f"SELECT *{', ' + names if numbered else ''} FROM {scan}", source)  # noqa: S608

    def _database(self, source: Source, *, numbered: bool) -> ir.Table:
        path = source.files[0].path
        self.connection.raw_sql(f"ATTACH IF NOT EXISTS {_quoted(str(path))} AS records (READ_ONLY)")
        extra = f", {_quoted(str(path))} AS _file, rowid + 1 AS _row" if numbered else ""
        return self._sql(f'SELECT *{extra} FROM records."{source.table}"', source)  # noqa: S608

    def _sql(self, query: str, source: Source) -> ir.Table:
        import duckdb

        try:
            return self.connection.sql(query)
        except duckdb.Error as error:
            raise InputError(
                f"the table “{source.table}” cannot be read ({str(error).splitlines()[0]})",
                where=", ".join(str(file.path) for file in source.files[:3]),
            ) from error

    def keep(self, rows: ir.Table) -> ir.Table:
        kept = rows.cache()
        self._kept.append(kept)
        return kept

    def empty(self, schema: ibis.Schema) -> ir.Table:
        return self.connection.create_table(f"none_{uuid4().hex}", schema=schema, temp=True)

    def _readable(self, file: File, form: str) -> Path:
        """The file itself, or a copy of it that DuckDB can read: of a workbook, of GB 18030 text."""
        if form == "sheet":
            copy = self._copy(file, ".parquet")
            if not copy.exists():
                import pyarrow.parquet as pq

                pq.write_table(_sheet(file.path), copy)
            return copy
        if form == "csv" and not file.utf8:
            copy = self._copy(file, ".csv")
            if not copy.exists():
                _recode(file.path, copy)
            return copy
        return file.path

    def _copy(self, file: File, suffix: str) -> Path:
        return Path(self._aside.name) / f"{file.path.stem}-{file.sha256[:16]}{suffix}"

    def close(self) -> None:
        while self._kept:
            self._kept.pop().release()
        self.connection.disconnect()
        self._aside.cleanup()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _recode(path: Path, copy: Path) -> None:
    """Write a UTF-8 copy of a text in GB 18030, the only other encoding that offices' exports have."""
    try:
        with (
            path.open(encoding="gb18030", newline="") as given,
            copy.open("w", encoding="utf-8", newline="") as made,
        ):
            while piece := given.read(1 << 20):
                made.write(piece)
    except UnicodeDecodeError:
        copy.unlink()
        raise InputError(
            "the text is neither UTF-8 nor GB 18030", where=str(path), todo="save it as UTF-8"
        ) from None


def _sheet(path: Path) -> pa.Table:
    """The first sheet of a workbook as a table of texts; the first row holds the headings."""
    import pyarrow as pa
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise InputError(f"the workbook cannot be read ({error})", where=str(path)) from error
    if not rows:
        raise InputError("the first sheet is empty", where=str(path))
    headings = [as_text(cell) or f"column {number}" for number, cell in enumerate(rows[0], 1)]
    columns = [[as_text(row[index]) for row in rows[1:]] for index in range(len(headings))]
    return pa.table([pa.array(column, pa.string()) for column in columns], names=headings)


def as_text(cell: object) -> str | None:
    """A cell as text: whole numbers without a decimal point, times in ISO form, None where it is empty.

    >>> as_text(1001.0), as_text(2.5), as_text(" ")
    ('1001', '2.5', None)
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip() if cell is not None else ""
    return text or None
