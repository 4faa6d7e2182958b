"""`duban measure` and `duban pack` as people type them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner, Result

from duban.cli import main
from duban.measures import cli
from duban.measures.output import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from duban.measures.pack import Pack
    from tests.measures.conftest import Records

ROWS = (
    "1,甲市,2024-03-01,2024-03-16",
    "2,甲市,2025-03-31,2025-04-05",
    "3,甲市,2025-05-01,后天",
    ",甲市,2025-05-01,",
)


def duban(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def pack(hotline: Pack) -> str:
    return str(hotline.folder)


def test_jsonl_has_the_fields_of_the_contract(pack: str, records: Records) -> None:
    result = duban(
        "measure",
        pack,
        "--data",
        str(records(*ROWS)),
        "--period",
        "2025",
        "--place",
        "甲市",
        "--format",
        "jsonl",
    )
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert {key: lines[0][key] for key in list(lines[0])[:8]} == {
        "measure": "received",
        "indicator": "hotline.requests",
        "place": "甲市",
        "period": "2025",
        "value": 2,
        "unit": "件",
        "valid": True,
        "definition_version": 1,
    }
    assert [(line["measure"], line["indicator"], line["value"]) for line in lines[1:]] == [
        ("settled_in_time", "hotline.settled_in_time", 50.0),
        ("received_growth", "hotline.requests", 100.0),
        ("settled_in_time_change", "hotline.settled_in_time", -50.0),
    ]


def test_what_was_wrong_with_the_records_goes_to_stderr(pack: str, records: Records) -> None:
    result = duban("measure", pack, "--data", str(records(*ROWS)), "--period", "2025", "--lang", "en")
    assert result.stderr.splitlines() == [
        "requests: 4 rows read, 3 used, 1 set aside",
        "error: requests.csv, row 5: “number” is missing; the rows are set aside (1×). To do: add it and read the file again",
        "warning: requests.csv, row 4: “settled” cannot be read as a date; taken as missing (1×). To do: mend these cells in the source",
    ]


def test_csv_and_workbook(pack: str, records: Records, tmp_path: Path) -> None:
    folder = str(records(*ROWS))
    for name in ("values.csv", "values.xlsx"):
        assert (
            duban("measure", pack, "--data", folder, "--period", "2025", "-o", str(tmp_path / name)).exit_code
            == 0
        )
    text = (tmp_path / "values.csv").read_text(encoding="utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["数值"] == "2"
    book = openpyxl.load_workbook(tmp_path / "values.xlsx")
    assert book.sheetnames == ["指标值", "数据问题"]
    assert [cell.value for cell in book["指标值"][2]][:5] == ["热线受理量", "甲市", "2025", 2, "件"]
    assert book["数据问题"].max_row == 3


def test_explain(pack: str, records: Records, snapshot: SnapshotAssertion) -> None:
    folder = records(*ROWS)
    result = duban(
        "measure",
        pack,
        "--data",
        str(folder),
        "--period",
        "2025",
        "--measure",
        "settled_in_time_change",
        "--explain",
    )
    assert result.stdout.replace(str(folder), "FOLDER") == snapshot


@pytest.mark.parametrize("name", ["behind.csv", "behind.parquet"])
def test_the_records_behind_are_written(name: str, pack: str, records: Records, tmp_path: Path) -> None:
    folder = str(records(*ROWS))
    assert (
        duban("measure", pack, "--data", folder, "--period", "2025", "--rows", str(tmp_path / name)).exit_code
        == 0
    )
    found = duckdb.sql(f"SELECT place, day::VARCHAR, one, in_time FROM '{tmp_path / name}'").fetchall()
    assert found == [("甲市", "2025-03-31", 1, True), ("甲市", "2025-05-01", 1, False)]
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--period", "去年"), 1, "“去年” is not a period; expected 2024"),
        (("--period", "2025", "--measure", "x"), 1, "there is no measure “x”"),
        (("--period", "2025", "-o", "x.pdf"), 2, "no format is known by this ending"),
        ((), 2, "Missing option '--period'"),
    ],
)
def test_what_is_not_understood(
    arguments: tuple[str, ...], code: int, message: str, pack: str, records: Records
) -> None:
    result = duban("measure", pack, "--data", str(records(*ROWS)), *arguments)
    assert result.exit_code == code
    assert message in result.stderr
    assert result.stdout == ""


def test_the_formats_are_those_of_the_library() -> None:
    assert set(cli.FORMATS) == set(FORMATS)


def test_list_and_show() -> None:
    assert "air\t环境空气质量\t" in duban("pack", "list").stdout
    shown = duban("pack", "show", "air", "--lang", "en").stdout
    assert "* station: the station" in shown
    assert "pm25: mean of fine particles (PM2.5) (µg/m³)" in shown
    assert "[HJ 663-2013 附录A; GB 3095-2012 6.4 表4]" in shown


def test_a_new_pack_passes_its_own_test(tmp_path: Path) -> None:
    assert duban("pack", "new", "mine", "--into", str(tmp_path)).exit_code == 0
    result = duban("pack", "test", str(tmp_path / "mine"))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "1 passed, 0 failed")


def test_a_pack_that_fails_its_test_exits_with_one(tmp_path: Path) -> None:
    duban("pack", "new", "mine", "--into", str(tmp_path))
    path = tmp_path / "mine" / "parameters" / "limits.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 10", "value: 15"), encoding="utf-8")
    result = duban("pack", "test", str(tmp_path / "mine"))
    assert result.exit_code == 1
    assert "settled_in_time: expected 33.3, found 66.7" in result.stdout
