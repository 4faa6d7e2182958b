"""CSV for a spreadsheet: it opens with its headings, and no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.reading.formats import csv_file

if TYPE_CHECKING:
    from duban.reading.reading import Reading
    from tests.formats.conftest import Write


@pytest.mark.parametrize("of", ["figures", "distinctions", "statements"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_csv_is_read_as_it_stands(
    reading: Reading, write: Write, snapshot: object, of: str, lang: str
) -> None:
    assert write("csv", reading, of=(of,), lang=lang).decode("utf-8") == snapshot


def test_excel_is_told_the_encoding(reading: Reading, write: Write) -> None:
    assert write("csv", reading).startswith("\ufeff文本,".encode())


@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"))
def test_no_cell_is_a_formula(start: str) -> None:
    assert csv_file.cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_any_cell_comes_back_or_is_escaped(texts: list[str]) -> None:
    line = csv_file.rows([[csv_file.cell(text) for text in texts]])
    (cells,) = csv.reader(io.StringIO(line, newline=""))
    for text, cell in zip(texts, cells, strict=True):
        assert cell.removeprefix("'") == text.replace("\0", "\ufffd").removeprefix("'")
        assert cell[0] not in "=+-@\t\r\n"
