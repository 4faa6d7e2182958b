"""The forms that values are written in: a table, JSON lines, CSV, a workbook."""

from __future__ import annotations

import csv
import io
import sys
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from duban.measures.records import COLUMNS, heading, line, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from duban.measures.evaluate import Evaluation

    Row = dict[str, Any]

__all__ = ["FORMATS", "Writer"]

FORMATS = {"table": ".txt", "jsonl": ".jsonl", "csv": ".csv", "xlsx": ".xlsx"}
_NARROW = ("name", "place", "period", "value", "unit", "valid", "coverage", "reasons")
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that two runs give the same bytes


class Writer:
    """Writes one evaluation into a binary stream."""

    def __init__(self, stream: BinaryIO, form: str, lang: str) -> None:
        self._stream = stream
        self._write: Callable[[Evaluation, str], None] = {
            "table": self._table,
            "jsonl": self._lines,
            "csv": self._csv,
            "xlsx": self._workbook,
        }[form]
        self._lang = lang

    def write(self, evaluation: Evaluation) -> None:
        self._write(evaluation, self._lang)

    def close(self) -> None:
        self._stream.flush()

    def _lines(self, evaluation: Evaluation, _lang: str) -> None:
        self._stream.writelines(line(value).encode() for value in evaluation.values)

    def _csv(self, evaluation: Evaluation, lang: str) -> None:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([heading(column, lang) for column in COLUMNS])
        writer.writerows([str(each[column]) for column in COLUMNS] for each in _rows(evaluation, lang))
        self._stream.write(f"\ufeff{text.getvalue()}".encode())

    def _workbook(self, evaluation: Evaluation, lang: str) -> None:
        import xlsxwriter

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(self._stream, options) as book:
            book.set_properties({"created": _CREATED})
            bold = book.add_format({"bold": True})
            values = book.add_worksheet("指标值" if lang == "zh" else "values")
            _fill(values, bold, [heading(c, lang) for c in COLUMNS], _cells(evaluation, lang))
            issues = book.add_worksheet("数据问题" if lang == "zh" else "issues")
            found = [[issue.severity, issue.message(lang)] for issue in evaluation.data.issues]
            _fill(issues, bold, ["级别", "问题"] if lang == "zh" else ["severity", "issue"], found)

    def _table(self, evaluation: Evaluation, lang: str) -> None:
        if self._stream is not sys.stdout.buffer or not sys.stdout.isatty():
            lines = [[heading(column, lang) for column in COLUMNS]]
            lines += [[str(each[column]) for column in COLUMNS] for each in _rows(evaluation, lang)]
            self._stream.write("".join("\t".join(cells) + "\n" for cells in lines).encode())
            return
        from rich import box
        from rich.console import Console
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
        rows = _rows(evaluation, lang)
        for column in _NARROW:
            if any(each[column] for each in rows):
                right = column in {"value", "coverage"}
                table.add_column(heading(column, lang), justify="right" if right else "left")
        for each in rows:
            shown = [str(each[column]) for column in _NARROW if any(other[column] for other in rows)]
            table.add_row(*shown, style="" if each["valid"] in {"是", "yes"} else "dim")
        Console(highlight=False, markup=False).print(table)


def _rows(evaluation: Evaluation, lang: str) -> list[Row]:
    return [row(value, evaluation.pack, lang) for value in evaluation.values]


def _cells(evaluation: Evaluation, lang: str) -> list[list[object]]:
    return [[each[column] for column in COLUMNS] for each in _rows(evaluation, lang)]


def _fill(sheet: Any, bold: Any, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    sheet.write_row(0, 0, headings, bold)
    sheet.freeze_panes(1, 0)
    for number, cells in enumerate(rows, 1):
        for index, cell in enumerate(cells):
            sheet.write(number, index, float(cell) if isinstance(cell, Decimal) else cell)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    sheet.set_column(0, len(headings) - 1, 14)
