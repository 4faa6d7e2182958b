"""`duban verify` as people type it: what is printed, written and told to the shell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console

from duban.cli import main
from duban.measures.verify import Verdict, Why, command
from duban.measures.verify.labels import labels
from duban.measures.verify.output import FORMATS
from duban.measures.verify.records import COLUMNS
from duban.measures.verify.table import print_result
from tests.measures.verify.conftest import TITLE, requests

if TYPE_CHECKING:
    from duban.measures.pack import Pack
    from tests.measures.verify.conftest import Verify

REVIEW = "受理群众诉求120件、增长25%，群众诉求办结率约91%，新建学校3所。上半年，受理群众诉求60件。\n"


@pytest.fixture
def given(calls: Pack, tmp_path: Path) -> list[str]:
    """A report with a contradiction, and its records."""
    report = tmp_path / "report.txt"
    report.write_text(TITLE + REVIEW, encoding="utf-8")
    records = requests(tmp_path / "records", y2023=100, y2024=120)
    return [str(report), "--data", str(records), "--pack", str(calls.folder)]


def duban(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["verify", *arguments])


def test_the_names_that_the_command_spells_out_are_those_of_the_library() -> None:
    assert set(command.VERDICTS) == set(Verdict)
    assert command.FORMATS == FORMATS
    assert set(labels()["verdicts"]) == set(Verdict)
    assert set(labels()["whys"]) == set(Why)
    assert set(COLUMNS) <= set(labels()["headings"])


def test_jsonl_has_the_fields_of_the_contract(given: list[str]) -> None:
    result = duban(*given, "--format", "jsonl")
    lines: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["text"], line["verdict"], line["reason"], line["computed"]) for line in lines] == [
        ("120件", "borne_out", "same", 120),
        ("25%", "contradicted", "differs", 20),
        ("约91%", "borne_out", "within", 90),
        ("60件", "borne_out", "same", 60),
    ]
    text = Path(given[0]).read_text(encoding="utf-8")
    for line in lines:
        assert text[line["start"] : line["end"]] == line["text"]
        assert line["values"][0]["measure"] == line["measure"]
    assert lines[3]["period"] == "2024-S1"


@pytest.mark.parametrize(
    ("more", "code"),
    [([], 1), (["--verdict", "borne_out"], 1), (["--place", "乙市"], 0), (["--data", "nowhere"], 2)],
)
def test_the_exit_status_says_whether_a_claim_is_contradicted(
    given: list[str], more: list[str], code: int
) -> None:
    assert duban(*given, *more).exit_code == code


def test_what_no_measure_is_of_is_listed_on_demand(given: list[str]) -> None:
    assert "3所" not in duban(*given, "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(duban(*given, "--format", "csv", "--all").stdout.lstrip("\ufeff"))))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert [row[6] for row in rows[1:]] == ["120件", "25%", "约91%", "60件", "3所"]


def test_a_workbook_has_the_claims_and_the_rows_behind_them(given: list[str], tmp_path: Path) -> None:
    file = tmp_path / "verified.xlsx"
    assert duban(*given, "-o", str(file)).exit_code == 1
    book = openpyxl.load_workbook(file)
    claims, rows = book["核验"], book["所依据的记录"]
    assert (claims.freeze_panes, rows.freeze_panes) == ("A2", "A2")
    assert [cell.value for cell in claims[2]][:2] == [1, "相符"]
    assert any("受理群众诉求120件" in str(cell.value) for cell in claims[2])
    assert sum(row[0].value == 1 for row in rows.iter_rows(min_row=2)) == 120
    assert sum(row[0].value == 2 for row in rows.iter_rows(min_row=2)) == 220


def test_explain_goes_from_the_claim_to_the_clause(given: list[str]) -> None:
    shown = duban(*given, "--explain", "--lang", "en").stdout
    assert "120件: borne out" in shown
    assert "25%: contradicted" in shown
    assert "示例规定 第三条" in shown
    assert "received" in shown


@pytest.mark.parametrize(("width", "lang"), [(80, "zh"), (80, "en"), (120, "zh")])
def test_a_terminal_is_read_as_it_stands(held: Verify, snapshot: object, width: int, lang: str) -> None:
    found = held(REVIEW)
    console = Console(file=io.StringIO(), width=width, highlight=False, force_terminal=False)
    print_result(found, found.outcomes, lang=lang, console=console)
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue()
    assert max(cell_len(line) for line in printed.splitlines()) <= width
    assert printed == snapshot


def test_a_report_cannot_steer_the_terminal(given: list[str]) -> None:
    report = Path(given[0])
    report.write_text(TITLE + "受理群众诉求\x1b[2J\u202e120件。", encoding="utf-8")
    shown = duban(*given, "--all").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_corpus_is_not_one_report(given: list[str], tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    line = json.dumps(
        {"id": "a", "level": "city", "region": "澜川市", "year": 2025, "title": "", "text": TITLE}
    )
    corpus.write_text(f"{line}\n{line}\n", encoding="utf-8")
    result = duban(str(corpus), *given[1:])
    assert result.exit_code == 2
    assert "2 reports" in result.stderr


def test_an_unknown_ending_is_told_of(given: list[str]) -> None:
    result = duban(*given, "-o", "verified.doc")
    assert result.exit_code == 2
    assert "Add --format" in result.stderr
