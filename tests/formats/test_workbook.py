"""The workbook, read back by two libraries that did not write it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl.utils.escape import unescape

from duban.errors import OutputError
from duban.reading.formats import Selection, workbook

if TYPE_CHECKING:
    from duban.reading.reading import Reading
    from tests.formats.conftest import Write


@pytest.fixture(scope="module")
def book(reading: Reading, write: Write) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write("xlsx", reading)))


def column(book: Any, sheet: str, heading: str) -> list[Any]:
    rows = list(book[sheet].rows)
    index = [cell.value for cell in rows[0]].index(heading)
    return [row[index] for row in rows[1:]]


def test_there_is_a_sheet_for_each_sort(book: Any) -> None:
    assert book.sheetnames == ["数据", "位次与首创", "表述"]
    assert [sheet.max_row - 1 for sheet in book] == [7, 1, 9]


def test_the_heading_stays_and_filters(book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_values_are_numbers_with_a_format(book: Any) -> None:
    cells = column(book, "数据", "数值")
    assert [cell.value for cell in cells] == [5080000000, 6.5, -17.5, 13200, 5, 35, 1300000000000]
    assert [cell.number_format for cell in cells[:3]] == ["#,##0", "#,##0.0", "#,##0.0"]
    assert [cell.value for cell in column(book, "数据", "单位")][:2] == ["元", "%"]


def test_every_figure_has_its_quotation(book: Any) -> None:
    quotes = [cell.value for cell in column(book, "数据", "所在表述")]
    assert quotes[0] == "减轻企业税费负担50.8亿元"
    assert all(quotes)


def test_columns_are_as_wide_as_what_they_hold(book: Any) -> None:
    widths = book["数据"].column_dimensions
    assert widths["E"].width >= len("1,300,000,000,000")
    assert widths["B"].width < widths["D"].width


def test_formulas_are_text(reading: Reading, write: Write) -> None:
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(write("xlsx", reading)))
    assert sheet.get_sheet_by_name("数据").to_python()[-1][3] == "=HYPERLINK全国粮食产量"
    with zipfile.ZipFile(io.BytesIO(write("xlsx", reading))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_two_runs_give_the_same_bytes(reading: Reading, write: Write) -> None:
    assert write("xlsx", reading) == write("xlsx", reading)


@settings(max_examples=40)  # each example is a workbook
@given(
    st.text(min_size=1)
    | st.sampled_from(["_x0041_", "http://a.b", "{=1}", "\r\n", "a\tb", " a ", "x" * 40_000])
)
def test_any_cell_comes_back_or_is_escaped(text: str) -> None:
    stream = io.BytesIO()
    writer = workbook.Writer(stream, Selection(of=("distinctions",)))
    writer.write({"distinctions": [[text]]})
    writer.close()
    cell = openpyxl.load_workbook(stream)["位次与首创"]["A2"]
    expected = re.sub(r"\r\n?", "\n", workbook._NO_XML.sub("\ufffd", text))
    read = re.sub(r"\r\n?", "\n", unescape(str(cell.value)))
    assert cell.data_type in "sn"
    assert read == (expected if len(text) <= 32_767 else expected[:32_766] + "…")


def test_a_full_sheet_says_what_to_use_instead(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_LAST_ROW", 3)
    writer = workbook.Writer(io.BytesIO(), Selection(of=("figures",)))
    with pytest.raises(
        OutputError, match=r"the sheet 数据 is full; expected at most 3 rows\. To do: use csv or parquet"
    ):
        writer.write(workbook.render(reading, Selection(of=("figures",))))


def test_a_number_that_would_lose_digits_is_text(reading: Reading, write: Write) -> None:
    figure = replace(reading.figures[0], value=reading.figures[0].value + 10**18 + 1)
    book = openpyxl.load_workbook(io.BytesIO(write("xlsx", replace(reading, figures=(figure,)))))
    assert column(book, "数据", "数值")[0].value == "1000000005080000001"
