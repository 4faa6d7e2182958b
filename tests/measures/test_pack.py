"""Packs: one small broken file an error, and the message says where and what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from duban.errors import OutputError, PackError
from duban.measures.cases import cases, run
from duban.measures.pack import installed, read
from duban.measures.parameters import citation
from duban.measures.scaffold import new

if TYPE_CHECKING:
    from pathlib import Path

    from duban.measures.pack import Pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new("hotline", tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("pack.yaml", "text:", "txt:", "hotline/pack.yaml: “text” is missing"),
        ("pack.yaml", "title: {", "title {", "hotline/pack.yaml, line"),
        ("pack.yaml", "issued: 2023-12-01", "issued: 十二月", "“issued” is '十二月'; expected date"),
        ("tables.yaml", "key: [number]", "key: [nr]", "hotline/tables.yaml.requests: “nr” is no column"),
        ("tables.yaml", "key: [number]", "key: [no]", "“key” holds False, no text. To do: put it in quotes"),
        ("tables.yaml", "type: date", "type: day", "“type” is “day”; expected one of text, number"),
        ("tables.yaml", "required: true", "requird: true", "“requird” is not known here; expected one of"),
        ("measures.yaml", "over: sum", "over: total", "“over” is “total”; expected one of mean, sum"),
        (
            "measures.yaml",
            "source: 示例规定 第三条",
            "source: 某办法 第三条",
            "“某办法 第三条” cites no standard of pack.yaml",
        ),
        (
            "measures.yaml",
            "parameters: [days_to_settle]",
            "parameters: [days]",
            "there is no parameter “days”",
        ),
        (
            "measures.yaml",
            "compare: {measure: received, ",
            "compare: {measure: recieved, ",
            "there is no counted measure “recieved”",
        ),
        (
            "measures.yaml",
            "    unit: 个百分点",
            '    unit: "%"',
            "the unit of this difference is “%”; expected “个百分点”",
        ),
        (
            "measures.yaml",
            "{measure: received, by: growth",
            "{measure: settled_in_time, by: growth",
            "a share changes by percentage points, not by per cent",
        ),
        (
            "parameters/limits.yaml",
            "in_force: 2025-01-01",
            "in_force: 2023-01-01",
            "the versions do not follow one another by day",
        ),
        ("parameters/limits.yaml", "value: 15", "val: 15", "versions[0]: “value” is missing"),
    ],
)
def test_what_does_not_hold_together_is_told(
    file: str, old: str, new: str, message: str, folder: Path
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as error:
        read(str(folder))
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("measures.py", "def requests", "def request", "there is no function “requests”"),
        (
            "measures.py",
            "import ibis\n",
            "import ibiss\n",
            "the code cannot be imported (No module named 'ibiss')",
        ),
    ],
)
def test_broken_code_is_told_by_the_cases(file: str, old: str, new: str, message: str, folder: Path) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    pack = read(str(folder))
    assert message in str(run(pack, cases(pack)[0])[0])


def test_a_case_that_fails_says_what_was_expected_and_what_was_found(folder: Path) -> None:
    path = folder / "cases" / "requests.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("settled_in_time: 33.3", "settled_in_time: 66.7"),
        encoding="utf-8",
    )
    pack = read(str(folder))
    assert [str(failure) for failure in run(pack, cases(pack)[0])] == [
        "settled_in_time: expected 66.7, found 33.3"
    ]


def test_a_case_of_an_unknown_measure_is_refused(folder: Path) -> None:
    path = folder / "cases" / "requests.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("received: 3", "recieved: 3"), encoding="utf-8")
    with pytest.raises(
        PackError, match=r"hotline/cases/requests\.yaml: case 1: there is no measure “recieved”"
    ):
        cases(read(str(folder)))


def test_a_new_pack_passes_its_cases(hotline: Pack) -> None:
    assert [run(hotline, case) for case in cases(hotline)] == [()]


@pytest.mark.parametrize("name", ["Hotline", "1st", "热线", "a-b", ""])
def test_a_name_that_python_cannot_import_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be a pack's name"):
        new(name, tmp_path)


def test_a_folder_that_is_there_is_left_alone(folder: Path) -> None:
    with pytest.raises(OutputError, match="the pack cannot be made"):
        new("hotline", folder.parent)


def test_an_unknown_pack_is_told_with_those_there_are() -> None:
    with pytest.raises(PackError, match="there is no pack “soil”; expected one of air"):
        read("soil")


def test_air_is_installed() -> None:
    assert installed()["air"] == "duban.packs.air"


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2024, 1, 1), 15), (date(2024, 12, 31), 15), (date(2025, 1, 1), 10), (date(2030, 6, 1), 10)],
)
def test_the_number_in_force_on_the_day_applies(day: date, value: int, hotline: Pack) -> None:
    assert hotline.parameter("days_to_settle").on(day).value == value


def test_before_the_first_day_nothing_was_in_force(hotline: Pack) -> None:
    with pytest.raises(
        ValueError,
        match="on 2023-12-31 no value of “days_to_settle” was in force; expected 2024-01-01 or later",
    ):
        hotline.parameter("days_to_settle").on(date(2023, 12, 31))


def test_what_was_not_yet_issued_was_not_known(hotline: Pack) -> None:
    versions = {
        day: [version.value for version in hotline.known_on(day).parameter("days_to_settle").versions]
        for day in (date(2024, 11, 30), date(2024, 12, 1))
    }
    assert versions == {date(2024, 11, 30): [15], date(2024, 12, 1): [15, 10]}


def test_the_longest_number_that_fits_is_cited() -> None:
    pack = read("air")
    assert citation("GB 3095-2012 修改单", pack.standards, "").standard == "GB 3095-2012 修改单"
    assert str(citation("HJ 633-2012 表1", pack.standards, "")) == "HJ 633-2012 表1"
