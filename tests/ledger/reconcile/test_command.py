"""`duban reconcile` as people type it: formats, corpora, and what it says of two reports that do not belong together."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from duban import samples
from duban.cli import main

if TYPE_CHECKING:
    from pathlib import Path

EARLIER, LATER = map(str, samples.paths())
TEXT = "{place}{year}年政府工作报告\n一、{past}年工作回顾\n地区生产总值增长{growth}%。\n二、{year}年工作安排\n地区生产总值增长5%左右。\n"


def duban(*args: object) -> Result:
    return CliRunner().invoke(main, ["reconcile", *map(str, args)])


def text(place: str, year: int, growth: str = "5.1") -> str:
    return TEXT.format(place=place, year=year, past=year - 1, growth=growth)


def file(folder: Path, place: str, year: int) -> Path:
    path = folder / f"{place}{year}.txt"
    path.write_text(text(place, year), encoding="utf-8")
    return path


def corpus(path: Path, *reports: tuple[str, int, str]) -> Path:
    lines = [
        {"id": f"{place}-{year}", "level": "city", "region": place, "year": year, "title": "", "text": text(place, year, growth)}
        for place, year, growth in reports
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def records(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_line_a_promise_with_both_quotations() -> None:
    first = records(duban(EARLIER, LATER, "--format", "jsonl"))[0]
    assert {key: first[key] for key in ("place", "year", "indicator", "name", "kind", "verdict")} == {
        "place": "澜川市",
        "year": 2025,
        "indicator": "ECO.GDP",
        "name": "地区生产总值",
        "kind": "growth",
        "verdict": "missed",
    }
    target = {key: first["target"][key] for key in ("value", "high", "qualifier", "quote")}
    assert target == {"value": 6, "high": None, "qualifier": "about", "quote": "地区生产总值增长6%左右"}
    outcome = {key: first["outcome"][key] for key in ("value", "high", "qualifier", "status", "quote")}
    assert outcome == {
        "value": 5.6,
        "high": None,
        "qualifier": "exact",
        "status": "actual",
        "quote": "地区生产总值达到1921.7亿元、增长5.6%",
    }
    assert first["reasons"][0] == "beyond_margin"


def test_a_promise_without_an_answer_has_a_null_outcome() -> None:
    silent = records(duban(EARLIER, LATER, "--format", "jsonl", "--verdict", "no_answer"))
    assert silent
    assert all(each["outcome"] is None and each["target"]["quote"] for each in silent)


def test_a_promise_without_a_number_has_its_words() -> None:
    deeds = [each for each in records(duban(EARLIER, LATER, "--format", "jsonl")) if each["kind"] == "deed"]
    bridge = next(each for each in deeds if each["name"] == "澜水河三桥建成通车")
    assert (bridge["indicator"], bridge["target"]["value"], bridge["verdict"]) == (None, None, "under_way")
    assert bridge["outcome"]["quote"] == "澜水河三桥主桥合龙"


def test_what_no_promise_announced() -> None:
    claims = records(duban(EARLIER, LATER, "--format", "jsonl", "--only", "unannounced"))
    assert "砚光科技第8.5代显示玻璃生产线投产" in [each["name"] for each in claims]
    assert all("verdict" not in each for each in claims)


def test_csv_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "promises.csv"
    assert duban(EARLIER, LATER, "-o", path).exit_code == 0
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0]["结果"] == "未完成"
    assert rows[0]["承诺原文"] == "地区生产总值增长6%左右"
    assert rows[0]["依据"].startswith("差于左右、约的允许范围")


def test_a_workbook_has_a_sheet_for_what_was_not_announced(tmp_path: Path) -> None:
    path = tmp_path / "promises.xlsx"
    assert duban(EARLIER, LATER, "-o", path, "--lang", "en").exit_code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Promises", "Unannounced"]
    sheet = book["Promises"]
    assert [cell.value for cell in sheet[2]][:4] == ["澜川市", 2025, "missed", "地区生产总值"]


def test_a_pipe_gets_cells_parted_by_tabs() -> None:
    lines = duban(EARLIER, LATER).stdout.splitlines()
    heading, first = lines[0].split("\t"), lines[1].split("\t")
    assert len(heading) == len(first)
    assert dict(zip(heading, first, strict=True))["结果"] == "未完成"


def test_two_corpora_are_paired_by_place_and_year(tmp_path: Path) -> None:
    before = corpus(
        tmp_path / "2025.jsonl", ("云泽市", 2025, "5"), ("临川市", 2025, "5"), ("望江市", 2025, "5")
    )
    after = corpus(
        tmp_path / "2026.jsonl", ("望江市", 2026, "4.2"), ("云泽市", 2026, "5.2"), ("云泽市", 2027, "9")
    )
    result = duban(before, after, "--format", "jsonl")
    assert [(each["place"], each["verdict"]) for each in records(result)] == [
        ("云泽市", "met"),
        ("望江市", "missed"),
    ]
    assert "临川市-2025: no report of the next year" in result.stderr


def test_a_corpus_against_itself_settles_every_pair_of_years(tmp_path: Path) -> None:
    path = corpus(tmp_path / "years.jsonl", *(("云泽市", year, "5") for year in (2023, 2024, 2025, 2026)))
    assert [each["year"] for each in records(duban(path, path, "--format", "jsonl"))] == [2023, 2024, 2025]


REFUSED = [  # the earlier report, the later one, options; what the message says
    (("云泽市", 2025), ("临川市", 2026), (), ["云泽市 2025", "临川市 2026", "different places"]),
    (("云泽市", 2026), ("云泽市", 2025), (), ["wrong order", "name the earlier report first"]),
    (("云泽市", 2025), ("云泽市", 2025), (), ["both reports are of 2025"]),
    (("云泽市", 2023), ("云泽市", 2026), (), ["do not follow one another", "reviews 2025", "--any"]),
]


@pytest.mark.parametrize(("earlier", "later", "options", "said"), REFUSED)
def test_reports_that_do_not_belong_together(
    tmp_path: Path,
    earlier: tuple[str, int],
    later: tuple[str, int],
    options: tuple[str, ...],
    said: list[str],
) -> None:
    result = duban(file(tmp_path, *earlier), file(tmp_path, *later), *options)
    assert result.exit_code == 1
    assert result.stdout == ""
    for words in said:
        assert words in result.stderr


def test_any_years_can_be_asked_for(tmp_path: Path) -> None:
    paths = [file(tmp_path, "云泽市", year) for year in (2023, 2026)]
    found = records(duban(*paths, "--any", "--format", "jsonl"))
    assert [each["verdict"] for each in found] == ["no_answer"]


def test_years_that_the_texts_do_not_tell_can_be_given(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text(
            "一、去年工作回顾\n地区生产总值增长5.1%。\n二、今年工作安排\n地区生产总值增长5%左右。\n",
            encoding="utf-8",
        )
    untold = duban(*paths)
    assert untold.exit_code == 1
    assert "cannot be told from its text" in untold.stderr
    found = records(duban(*paths, "--place", "云泽市", "--years", "2025,2026", "--format", "jsonl"))
    assert [each["verdict"] for each in found] == ["met"]


def test_years_that_are_none() -> None:
    result = duban(EARLIER, LATER, "--years", "last,this")
    assert result.exit_code == 2
    assert "such as 2025,2026" in result.stderr


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert duban(LATER, EARLIER, "-o", path).exit_code == 1
    assert not path.exists()
