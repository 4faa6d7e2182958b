"""The table that people see, at the widths they have, and the lines that a pipe gets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from duban.reading.formats import Selection, table

if TYPE_CHECKING:
    from duban.reading.reading import Reading
    from tests.formats.conftest import Write


def printed(reading: Reading, width: int, lang: str = "zh", of: str = "figures") -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, force_terminal=False)
    table.print_chunk(console, table.render(reading, Selection(of=(of,), lang=lang)), lang)  # type: ignore[arg-type]
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120, 160])
@pytest.mark.parametrize("of", ["figures", "distinctions", "statements"])
def test_table_is_read_as_it_stands(reading: Reading, snapshot: object, width: int, of: str) -> None:
    assert printed(reading, width, of=of) == snapshot


def test_english_table_is_read_as_it_stands(reading: Reading, snapshot: object) -> None:
    assert printed(reading, 120, "en") == snapshot


@pytest.mark.parametrize("width", [40, 50, 60, 72, 80, 100, 120])
@pytest.mark.parametrize("of", ["figures", "distinctions", "statements"])
def test_no_line_is_wider_than_the_terminal(reading: Reading, width: int, of: str) -> None:
    assert max(cell_len(line) for line in printed(reading, width, of=of).splitlines()) <= width


def test_a_report_cannot_steer_the_terminal(reading: Reading) -> None:
    figure = replace(reading.figures[0], indicator="\x1b[2J\x1b]0;gone\x07[bold]指标\u202e")
    shown = printed(replace(reading, figures=(figure,)), 120)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]指标" in shown


def test_a_pipe_gets_lines_of_cells(reading: Reading, write: Write, snapshot: object) -> None:
    lines = write("table", reading).decode()
    assert lines == snapshot
    assert {line.count("\t") for line in lines.splitlines()} == {9}


def test_a_line_break_in_a_cell_breaks_no_line(reading: Reading, write: Write) -> None:
    figure = replace(reading.figures[0], indicator="减轻\n企业\t负担\u2028")
    lines = write("table", replace(reading, figures=(figure,))).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("减轻 企业 负担 \t5080000000\t元")


def test_nothing_found_is_said(reading: Reading) -> None:
    assert "0 数据" in printed(replace(reading, figures=()), 80)
