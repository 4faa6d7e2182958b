"""Papers as XLSX: frozen heading, filters, ready to print. Every cell of words is words, whatever it begins with."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.web.papers.facts import Circular, Line

__all__ = ["FORMULA_SIGNS", "Column", "Formats", "breakdown", "circular", "opened"]

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula where it stands first."""
_LONGEST = 32_000
"""Characters that a cell can hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    heading: str
    width: float
    key: str


@dataclass(frozen=True, kw_only=True)
class Formats:
    """How cells look."""

    title: Any
    heading: Any
    cell: Any
    quoted: Any
    """As `cell`, for words that begin like a formula: they stay words when the cell is edited or saved as CSV."""

    def write(self, sheet: Any, row: int, column: int, words: str, form: Any = None) -> None:
        """Put words into a cell, never a formula."""
        quoted = words.startswith(FORMULA_SIGNS)
        sheet.write_string(row, column, words[:_LONGEST], self.quoted if quoted else (form or self.cell))


def opened(stream: io.BytesIO) -> tuple[Any, Formats]:
    """A new workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    plain = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1}
    return book, Formats(
        title=book.add_format(
            {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"}
        ),
        heading=book.add_format({**plain, "font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"}),
        cell=book.add_format(plain),
        quoted=book.add_format({**plain, "quote_prefix": True}),
    )


def _table(
    book: Any,
    forms: Formats,
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[dict[str, str]],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.merge_range(0, 0, 0, len(columns) - 1, "", forms.title)
    forms.write(sheet, 0, 0, title, forms.title)
    sheet.set_row(0, 36)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        forms.write(sheet, 1, at, column.heading, forms.heading)
    for down, row in enumerate(rows, start=2):
        sheet.set_row(down, _height(columns, row))
        for at, column in enumerate(columns):
            forms.write(sheet, down, at, row.get(column.key, ""))
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, max(1, len(rows) + 1), len(columns) - 1)
    _to_print(sheet, columns, len(rows) + 2)


def _height(columns: Sequence[Column], row: dict[str, str]) -> float:
    """Points that the fullest cell needs: a Han character is as wide as two others."""
    lines = [
        -(-sum(1 + (char > "\u2e7f") for char in row.get(column.key, "")) // max(1, int(column.width) - 1))
        for column in columns
    ]
    return min(_TALLEST, 6 + 15 * max(1, *lines))


_TALLEST = 400
_WIDE = 150
"""Characters: what is wider is printed on A3."""


def _to_print(sheet: Any, columns: Sequence[Column], rows: int) -> None:
    """On its side, as wide as a page, the heading on each, pages numbered."""
    sheet.set_landscape()
    sheet.set_paper(8 if sum(column.width for column in columns) > _WIDE else 9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    sheet.print_area(0, 0, max(1, rows - 1), len(columns) - 1)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.set_footer("&C第 &P 页，共 &N 页")


_COLUMNS = (
    Column(heading="序号", width=6, key="number"),
    Column(heading="编号", width=13, key="key"),
    Column(heading="板块", width=24, key="section"),
    Column(heading="重点任务", width=48, key="title"),
    Column(heading="目标", width=30, key="targets"),
    Column(heading="牵头单位", width=14, key="lead"),
    Column(heading="配合单位", width=22, key="co"),
    Column(heading="责任领导", width=11, key="leader"),
    Column(heading="完成时限", width=12, key="due"),
    Column(heading="状态", width=10, key="stage"),
    Column(heading="灯", width=7, key="light"),
    Column(heading="进展", width=26, key="progress"),
    Column(heading="说明", width=40, key="reason"),
)
_UNITS = (
    Column(heading="单位", width=22, key="unit"),
    Column(heading="承担任务", width=10, key="all"),
    Column(heading="已办结", width=10, key="closed"),
    Column(heading="在办", width=10, key="open"),
    Column(heading="逾期", width=10, key="late"),
    Column(heading="未签收", width=10, key="unsigned"),
    Column(heading="本期办结", width=10, key="done"),
    Column(heading="被督促次数", width=12, key="asked"),
)


def breakdown(title: str, lines: Sequence[Line]) -> bytes:
    """重点任务分解表 as a workbook."""
    stream = io.BytesIO()
    book, forms = opened(stream)
    _table(
        book, forms, "分解表", title, _COLUMNS, [line.cells(number) for number, line in enumerate(lines, 1)]
    )
    book.close()
    return stream.getvalue()


def circular(title: str, found: Circular) -> bytes:
    """The tables of a circular as a workbook."""
    stream = io.BytesIO()
    book, forms = opened(stream)
    units = [{column.key: str(getattr(unit, column.key)) for column in _UNITS} for unit in found.units]
    _table(book, forms, "各单位情况", title, _UNITS, units)
    for name, lines in (
        ("逾期", found.late),
        ("未签收", found.unsigned),
        ("本期办结", found.done),
        ("全部任务", found.lines),
    ):
        _table(
            book,
            forms,
            name,
            f"{title}（{name}）",
            _COLUMNS,
            [line.cells(n) for n, line in enumerate(lines, 1)],
        )
    book.close()
    return stream.getvalue()
