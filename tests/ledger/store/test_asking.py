"""Asking a ledger: which figure fills a cell, corrections and when they lapse, search, the whole as a package."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import duban
import duban.ledger
from duban.catalogue import CatalogueError
from duban.cli import main
from duban.errors import CorrectionError, OutputError
from duban.ledger.store.database import LedgerError
from duban.ledger.store.search import hits
from tests.ledger.store.reports import add, corpus

if TYPE_CHECKING:
    from pathlib import Path

    from duban.ledger.store.ledger import Ledger

REPORTS = [
    ("云泽市", 2025, {"growth": "5.6", "target": "6", "level": "1800"}),
    (
        "云泽市",
        2026,
        {"growth": "5.2", "target": "5", "level": "1900", "extra": "2025年以来，新增公园12个。"},
    ),
    ("临川市", 2026, {"growth": "4.1", "target": "4.5", "extra": "Wi-Fi 覆盖全部公园，营商环境评价提升。"}),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of three reports, to be copied by what changes it."""
    folder = tmp_path_factory.mktemp("made")
    add(folder / "l.duckdb", corpus(folder / "c.jsonl", REPORTS))
    return folder / "l.duckdb"


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Path:
    path = tmp_path / "l.duckdb"
    path.write_bytes(made.read_bytes())
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["ledger", *words])


def cells(book: Ledger, indicator: str = "GDP", **options: Any) -> dict[tuple[str, int], str]:
    found = book.panel(indicator, **{"kind": "growth", **options}).to_pylist()
    return {(each["place"], each["year"]): each["value_text"] for each in found}


def test_a_target_stands_in_its_year_and_a_result_in_the_year_that_was_reviewed(made: Path) -> None:
    with duban.ledger.open(made) as book:
        assert cells(book, statuses=["target"]) == {
            ("临川市", 2026): "4.5",
            ("云泽市", 2025): "6",
            ("云泽市", 2026): "5",
        }
        assert cells(book) == {("临川市", 2025): "4.1", ("云泽市", 2024): "5.6", ("云泽市", 2025): "5.2"}
        assert cells(book, places=["云泽市"], years=[2025]) == {("云泽市", 2025): "5.2"}
        assert cells(book, places=["云泽"], years=[2025]) == {("云泽市", 2025): "5.2"}
        assert cells(book, "地区生产总值", kind="level", years=[2025], places=["云泽市"]) == {
            ("云泽市", 2025): "190000000000"
        }


def test_a_cell_holds_its_quotation(made: Path) -> None:
    with duban.ledger.open(made) as book:
        (cell,) = book.panel("ECO.GDP", kind="growth", statuses=["target"], places=["临川市"]).to_pylist()
        text = book.reading(cell["document"]).document.text
    assert text[cell["start"] : cell["end"]] == cell["text"] == "4.5%左右"
    assert cell["text"] in cell["quote"]
    assert cell["qualifier"] == "about"


CASES = [
    # text of the review; what fills the cell of the year reviewed
    ("地区生产总值增长5.1%。", "5.1"),
    ("上半年，地区生产总值增长9.9%。", None),
    ("地区生产总值比2020年增长29.9%。", None),
    ("市区地区生产总值增长7%。全市地区生产总值增长5%。", "5"),
    ("地区生产总值增长5%。一年来，经济增长6%。", "5"),
    ("预计地区生产总值增长5%。", "5"),
    ("预计地区生产总值增长4%。经核算，地区生产总值增长5%。", "5"),
]


@pytest.mark.parametrize(("review", "value"), CASES)
def test_which_figure_fills_a_cell(tmp_path: Path, review: str, value: str | None) -> None:
    text = f"云泽市2026年政府工作报告\n一、2025年工作回顾\n{review}\n二、2026年工作安排\n推动港区开工建设。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    add(tmp_path / "l.duckdb", tmp_path / "a.txt")
    with duban.ledger.open(tmp_path / "l.duckdb") as book:
        assert cells(book).get(("云泽市", 2025)) == value


def test_a_later_report_does_not_take_the_place_of_the_one_that_reviews_the_year(tmp_path: Path) -> None:
    later = {"extra": "2024年地区生产总值增长5.9%。"}
    add(tmp_path / "l.duckdb", corpus(tmp_path / "c.jsonl", [REPORTS[0], ("云泽市", 2026, later)]))
    with duban.ledger.open(tmp_path / "l.duckdb") as book:
        assert cells(book)["云泽市", 2024] == "5.6"


def test_names_that_cannot_be_told_are_refused_with_those_they_may_be(made: Path) -> None:
    with duban.ledger.open(made) as book:
        with pytest.raises(
            CatalogueError, match=r"'增加值' may be one of several indicators.*say which: .*工业增加值 IND"
        ):
            book.panel("增加值")
        with pytest.raises(CatalogueError, match="the catalogue has no indicator '宇宙射线'"):
            book.panel("宇宙射线")
        with pytest.raises(LedgerError, match="the ledger has no report of 望江市"):
            book.panel("GDP", places=["望江市"])


def test_the_panel_in_every_format(made: Path, tmp_path: Path) -> None:
    asked = ("panel", str(made), "-i", "地区生产总值", "--kind", "growth", "--status", "target")
    lines = [json.loads(line) for line in run(*asked, "--format", "jsonl").stdout.splitlines()]
    assert [(each["place"], each["year"], each["value"]) for each in lines] == [
        ("临川市", 2026, 4.5),
        ("云泽市", 2025, 6),
        ("云泽市", 2026, 5),
    ]
    long = list(csv.DictReader(run(*asked, "--format", "csv").stdout.lstrip("\ufeff").splitlines()))
    assert [each["数值"] for each in long] == ["4.5", "6", "5"]
    assert run(*asked, "-o", str(tmp_path / "p.parquet")).exit_code == 0
    assert pq.read_table(tmp_path / "p.parquet")["quote"].to_pylist()[0] == lines[0]["quote"]
    assert run(*asked, "-o", str(tmp_path / "p.xlsx")).exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    wide, cells_ = book.worksheets
    assert [cell.value for cell in wide[1]] == ["地区", "代码", "2025", "2026"]
    assert [cell.value or None for cell in wide[3]] == ["云泽市", None, 6, 5]
    assert "地区生产总值增长6%左右" in str(wide["C3"].comment)
    assert cells_.max_row == 4
    assert run(*asked, "--year", "abc").exit_code == 2


def test_sdmx_is_read_by_pysdmx(made: Path, tmp_path: Path) -> None:
    from pysdmx.io import read_sdmx

    asked = (
        "panel",
        str(made),
        "-i",
        "GDP",
        "--kind",
        "growth",
        "--format",
        "sdmx",
        "-o",
        str(tmp_path / "p.csv"),
    )
    assert run(*asked).exit_code == 0
    message: Any = read_sdmx(tmp_path / "p.csv")
    (dataset,) = message.data
    frame = dataset.data
    assert dataset.structure == "Dataflow=DUBAN:FIGURES(1.0.0)"
    assert sorted(map(str, frame["OBS_VALUE"])) == ["4.1", "5.2", "5.6"]
    assert set(frame["INDICATOR"]) == {"ECO_GDP"}


# --- corrections --------------------------------------------------------------------------------------------


def figure(path: Path, value: str = "5.2") -> str:
    with duban.ledger.open(path) as book:
        return next(
            str(each["figure"])
            for each in book.panel("GDP", kind="growth").to_pylist()
            if each["value_text"] == value
        )


def test_a_correction_shows_in_the_panel_and_leaves_the_figure_as_it_was_read(ledger: Path) -> None:
    made = run("correct", str(ledger), figure(ledger), "--value", "5.3", "--reason", "年鉴", "--by", "李某")
    assert made.exit_code == 0, made.stderr
    with duban.ledger.open(ledger) as book:
        (cell,) = book.panel("GDP", kind="growth", places=["云泽市"], years=[2025]).to_pylist()
        assert (cell["value"], cell["printed"], cell["corrected"], cell["text"]) == (5.3, "5.2", True, "5.2%")
        assert book.database.rows("SELECT value_text FROM figures WHERE id = ?", [cell["figure"]]) == [
            ("5.2",)
        ]
        (record,) = book.corrections()
    assert (record["state"], record["reason"], record["who"], record["expect"]) == (
        "in_force",
        "年鉴",
        "李某",
        "5.2",
    )
    assert "李某" in run("corrections", str(ledger), "--format", "csv").stdout


def test_any_field_may_be_put_right_and_the_figure_moves_to_its_cell(ledger: Path) -> None:
    id_ = figure(ledger)
    with duban.ledger.open(ledger, writable=True) as book:
        for field, value in (("period", "2023"), ("high", "5.9"), ("indicator", "社会消费品零售总额")):
            book.correct(id_, field=field, value=value, reason="误读", who="李某")
        assert ("云泽市", 2025) not in cells(book)
        (cell,) = book.panel("TRD.RETAIL", kind="growth").to_pylist()
    assert (cell["year"], cell["high_text"], cell["code"], len(cell["corrections"])) == (
        2023,
        "5.9",
        "TRD.RETAIL",
        3,
    )


def test_a_correction_lapses_with_another_text_and_is_taken_back_by_a_record(
    ledger: Path, tmp_path: Path
) -> None:
    with duban.ledger.open(ledger, writable=True) as book:
        first = book.correct(figure_of(book), value="5.3", reason="年鉴", who="李某")
    assert add(ledger, corpus(tmp_path / "n.jsonl", [("云泽市", 2026, {"growth": "5.4"})])) == ["new_text"]
    with duban.ledger.open(ledger, writable=True) as book:
        assert cells(book)["云泽市", 2025] == "5.4"
        assert [each["state"] for each in book.corrections()] == ["lapsed"]
        book.withdraw(first.id[:8], reason="误改", who="王某")
        assert [each["state"] for each in book.corrections()] == ["withdrawn"]
        assert "王某: 误改" in book.corrections()[0]["withdrawn"]


def test_a_correction_lapses_on_its_day_and_where_the_reader_reads_otherwise(ledger: Path) -> None:
    from datetime import date

    with duban.ledger.open(ledger, writable=True) as book:
        id_ = figure_of(book)
        book.correct(id_, value="5.3", reason="年鉴", who="李某", until=date(2000, 1, 1))
        assert [each["state"] for each in book.corrections()] == ["expired"]
        assert cells(book)["云泽市", 2025] == "5.2"
        book.correct(id_, value="5.3", reason="年鉴", who="李某")
        assert cells(book)["云泽市", 2025] == "5.3"
        book.database.rows("UPDATE figures SET value_text = '5.25' WHERE id = ?", [id_])
        assert cells(book)["云泽市", 2025] == "5.25", "a reader that reads it rightly has the last word"


def figure_of(book: Ledger) -> str:
    return str(book.panel("GDP", kind="growth", places=["云泽市"], years=[2025])["figure"][0].as_py())


REFUSED = [
    ({"value": "five"}, "'five' is no value; expected a number without multipliers"),
    ({"value": "5.2"}, "value is 5.2 already"),
    ({"value": None}, "value cannot be nothing"),
    ({"field": "period", "value": "last year"}, "is no period; expected a year"),
    ({"field": "kind", "value": "speed"}, "is no kind; expected level, growth"),
    ({"value": "5.3", "reason": " "}, "a correction has a reason"),
    ({"value": "5.3", "who": ""}, "a correction has a name"),
    ({"figure": "ffff0000", "value": "5.3"}, "no current reading has a figure that begins with ffff0000"),
]


@pytest.mark.parametrize(("given", "told"), REFUSED)
def test_a_correction_that_cannot_be_meant_is_refused(ledger: Path, given: dict[str, Any], told: str) -> None:
    with duban.ledger.open(ledger, writable=True) as book:
        words = {"figure": figure_of(book), "reason": "年鉴", "who": "李某", **given}
        with pytest.raises(CorrectionError) as caught:
            book.correct(words.pop("figure"), **words)
        assert book.corrections() == []
    assert told in str(caught.value)


# --- search, export, reconcile and audit --------------------------------------------------------------------


def test_statements_are_found_by_all_their_words(made: Path) -> None:
    with duban.ledger.open(made) as book:
        found = book.search("营商环境").to_pylist()
        assert [(each["place"], each["year"]) for each in found][:2] == [("临川市", 2026), ("临川市", 2026)]
        assert [each["place"] for each in book.search("营商环境 评价").to_pylist()] == ["临川市"]
        assert book.search("wi-fi").num_rows == 1
        assert book.search("营商环境", places=["云泽市"], years=[2025]).num_rows == 1
        assert book.search("' OR 1=1 --").num_rows == 0
    assert run("search", str(made), " ").exit_code == 1
    assert "临川市" in run("search", str(made), "营商环境", "评价", "--format", "csv").stdout


def test_hits_do_not_overlap() -> None:
    assert hits("优化营商环境，营商", "营商环 商环境 营商") == [(2, 6), (7, 9)]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_whole_is_a_data_package(made: Path, tmp_path: Path, form: str) -> None:
    from frictionless import Package

    assert run("export", str(made), "-o", str(tmp_path / "out"), "--format", form).exit_code == 0
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    names = [each["name"] for each in described["resources"]]
    assert {"documents", "readings", "statements", "figures", "corrections", "observations"} <= set(names)
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each["hash"]) for each in described["resources"])
    if form == "csv":
        report = Package(tmp_path / "out" / "datapackage.json").validate()
        assert report.valid, report.flatten(["name", "type", "note"])[:5]
    else:
        assert pq.read_table(tmp_path / "out" / "figures.parquet").num_rows > 10
    with (
        pytest.raises(OutputError, match="there is something there already"),
        duban.ledger.open(made) as book,
    ):
        book.export(tmp_path / "out")


def test_observations_are_unique(made: Path) -> None:
    with duban.ledger.open(made) as book:
        rows = book.observations().to_pylist()
    keys = [(each["place"], each["code"], each["kind"], each["status"], each["period"]) for each in rows]
    assert len(keys) == len(set(keys))
    assert all(Decimal(each["value_text"]) == Decimal(str(each["value"])) for each in rows)


def test_a_ledger_settles_as_two_files_do(ledger: Path, tmp_path: Path) -> None:
    from duban import samples

    path = tmp_path / "s.duckdb"
    add(path, *samples.paths())
    wanted = (
        ["--format", "jsonl"],
        ["--format", "jsonl", "--only", "unannounced"],
        ["--format", "jsonl", "--verdict", "missed"],
        ["--format", "table"],
    )
    for options in wanted:
        two = CliRunner().invoke(main, ["reconcile", *map(str, samples.paths()), *options])
        kept = CliRunner().invoke(main, ["reconcile", "--ledger", str(path), *options])
        assert kept.exit_code == 0, kept.stderr
        assert kept.stdout == two.stdout != "", options
    with duban.ledger.open(path, writable=True) as book:
        assert list(book.settle(jobs=1)) == [], "settled once"
        (score,) = book.scores()
        ((_, _, account),) = book.accounts()
        assert score["promises"] == len(account.settlements)
        assert book.database.rows("SELECT count(*) FROM claims") == [(len(account.unannounced),)]
        book.remove(book.find("澜川市2026"))
        assert book.database.rows("SELECT count(*) FROM claims") == [(0,)]


def test_the_audit_uses_the_ledgers_own_series(tmp_path: Path) -> None:
    earlier = "云泽市2024年政府工作报告\n一、2023年工作回顾\n粮食产量达到21.6亿斤，居全市前列。\n二、2024年工作安排\n继续努力。\n"
    later = "云泽市2026年政府工作报告\n一、2025年工作回顾\n粮食产量达到19.8亿斤、创历史新高。\n二、2026年工作安排\n继续努力。\n"
    (tmp_path / "a.txt").write_text(earlier, encoding="utf-8")
    (tmp_path / "b.txt").write_text(later, encoding="utf-8")
    path = tmp_path / "l.duckdb"
    add(path, tmp_path / "a.txt")
    draft = CliRunner().invoke(
        main, ["audit", str(tmp_path / "b.txt"), "--ledger", str(path), "--format", "jsonl"]
    )
    assert draft.exit_code == 0, draft.stderr
    assert [json.loads(line)["check"] for line in draft.stdout.splitlines()] == ["record"]
    add(path, tmp_path / "b.txt")
    own = CliRunner().invoke(main, ["audit", "--ledger", str(path), "--format", "jsonl"])
    assert own.stdout == draft.stdout
    with duban.ledger.open(path, writable=True) as book:
        assert list(book.audit()) == [], "audited once"


@pytest.mark.slow
def test_spark_gives_what_the_processes_of_this_machine_give(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from tests.ledger.store.reports import contents

    folder = tmp_path / "reports"
    folder.mkdir()
    corpus(folder / "c.jsonl", REPORTS)
    (folder / "bad.txt").write_text("增长5%。", encoding="utf-8")
    for engine in ("spark", "processes"):
        with duban.ledger.open(tmp_path / f"{engine}.duckdb", writable=True) as book:
            states = [each.state for each in book.add([str(folder)], jobs=2, engine=engine)]
            assert sorted(states) == ["added", "added", "added", "failed"]
    with (
        duban.ledger.open(tmp_path / "spark.duckdb") as one,
        duban.ledger.open(tmp_path / "processes.duckdb") as other,
    ):
        assert contents(one) == contents(other)
        assert one.documents()["place"].to_pylist() == other.documents()["place"].to_pylist()
