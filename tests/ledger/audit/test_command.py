"""`duban audit` as people type it: what is printed, written and told to the shell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len
from rich.console import Console

import duban
from duban import samples
from duban.cli import main
from duban.ledger.audit import CHECKS, ReadingSeries, command, examine, rules
from duban.ledger.audit.labels import checks
from duban.ledger.audit.output import Result as Audited
from duban.ledger.audit.records import COLUMNS, Places
from duban.ledger.audit.sheet import Sheet
from duban.ledger.audit.table import print_result
from duban.ledger.model import Gravity

DRAFT = Path(__file__).parent.parent.parent / "fixtures" / "lanchuan_audit.txt"
BEFORE, AFTER = samples.paths()


def audit(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["audit", *map(str, arguments)])


def printed(width: int, lang: str = "zh", *, draft: Path = DRAFT) -> str:
    """What a terminal of so many columns shows of the draft."""
    report, before = duban.read(draft), duban.read(BEFORE)
    done = examine(Sheet(report, rules()), ReadingSeries([before]), rules())
    console = Console(file=io.StringIO(), width=width, highlight=False, force_terminal=False)
    result = Audited(report.document, done.findings, len(done.sums))
    print_result(result, Places([report.document, before.document]), lang=lang, console=console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_names_that_the_command_spells_out_are_those_of_the_library() -> None:
    assert [check.name for check in CHECKS] == checks()
    assert set(command.CHECKS) == {check.name for check in CHECKS}
    assert set(command.GRAVITIES) == {gravity.value for gravity in Gravity}


@pytest.mark.parametrize(("width", "lang"), [(80, "zh"), (80, "en"), (120, "zh")])
def test_a_terminal_is_read_as_it_stands(snapshot: object, width: int, lang: str) -> None:
    assert printed(width, lang) == snapshot


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(cell_len(line) for line in printed(width).splitlines()) <= width


def test_a_report_cannot_steer_the_terminal(tmp_path: Path) -> None:
    text = DRAFT.read_text(encoding="utf-8").replace(
        "（二）产业体系加快升级", "（二）产业\x1b[2J\u202e体系[bold]升级"
    )
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")
    shown = printed(80, draft=path)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]升级" in shown


def test_lines_for_a_pipe() -> None:
    result = audit(DRAFT, "--previous", BEFORE)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert {line.count("\t") for line in lines} == {len(COLUMNS) - 1}
    assert len(lines) == 26


def test_json_lines_point_at_the_characters() -> None:
    texts = {path.name: path.read_bytes().decode() for path in (DRAFT, BEFORE)}
    records = [
        json.loads(line)
        for line in audit(DRAFT, "--previous", BEFORE, "--format", "jsonl").stdout.splitlines()
    ]
    assert len(records) == 25
    for record in records:
        assert record["type"] == "finding"
        assert (record["place"], record["year"]) == ("澜川市", 2026)
        for each in record["evidence"]:
            assert texts[each["document"]][each["start"] : each["end"]] == each["quote"]
    parts = next(record for record in records if record["check"] == "parts")
    assert parts["section"] == "一、2025年工作回顾 / （三）改革开放纵深推进"


def test_a_file_for_a_spreadsheet(tmp_path: Path) -> None:
    for name in ("check.csv", "check.xlsx"):
        assert audit(DRAFT, "--previous", BEFORE, "-o", tmp_path / name).exit_code == 0
    rows = list(csv.reader((tmp_path / "check.csv").open(encoding="utf-8-sig")))
    sheet = openpyxl.load_workbook(tmp_path / "check.xlsx")["核对结果"]
    assert rows[0] == [cell.value for cell in sheet[1]]
    assert len(rows) == sheet.max_row == 26
    assert rows[2][rows[0].index("对照报告原文")] == "澜川市2025 98.6亿元"


def test_the_report_by_itself_and_what_is_asked_for() -> None:
    alone = audit(DRAFT, "--format", "jsonl").stdout.splitlines()
    assert {json.loads(line)["check"] for line in alone}.isdisjoint(
        {"level_and_growth", "restated", "streak"}
    )
    grave = audit(DRAFT, "--format", "jsonl", "--gravity", "contradiction").stdout.splitlines()
    assert {json.loads(line)["gravity"] for line in grave} == {"contradiction"}
    one = audit(DRAFT, "--format", "jsonl", "--check", "structure").stdout.splitlines()
    assert [json.loads(line)["check"] for line in one] == ["structure"]


def test_of_several_reports_each_is_held_to_the_earlier_ones(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in (BEFORE, DRAFT):
        (folder / path.name).write_bytes(path.read_bytes())
    together = audit(folder, "--format", "jsonl")
    assert together.stdout == audit(DRAFT, "--previous", BEFORE, "--format", "jsonl").stdout


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([DRAFT, "--fail-on", "contradiction"], 3),
        ([AFTER, "--previous", BEFORE, "--fail-on", "note"], 0),
        ([DRAFT, "--check", "structure", "--fail-on", "contradiction"], 3),
        ([DRAFT, "--check", "gap", "--fail-on", "note"], 0),
        ([DRAFT], 0),
        ([DRAFT.parent / "missing.txt"], 1),
        ([DRAFT, "-o", "check.docx"], 2),
        ([DRAFT, "--check", "grammar"], 2),
    ],
)
def test_what_the_shell_is_told(arguments: list[object], status: int) -> None:
    assert audit(*arguments).exit_code == status


def test_an_earlier_report_of_another_place_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        "云泽市2025年政府工作报告\n一、2024年工作回顾\n一般公共预算收入98.6亿元。\n", encoding="utf-8"
    )
    result = audit(DRAFT, "--previous", other)
    assert result.exit_code == 1
    assert "云泽市" in result.stderr
    assert "expected a report of 澜川市" in result.stderr
    assert "name an earlier report of the same place" in result.stderr


def test_an_earlier_report_that_does_not_say_whose_and_of_when_is_last_years(tmp_path: Path) -> None:
    undated = tmp_path / "before.txt"
    undated.write_text("2024年一般公共预算收入98.6亿元。\n", encoding="utf-8")
    found = audit(DRAFT, "--previous", undated, "--check", "level_and_growth", "--format", "jsonl")
    (record,) = [json.loads(line) for line in found.stdout.splitlines()]
    assert record["sum"] == "98.6亿元 × (1 + 4.6%) = 103.14亿元 ≠ 108.1亿元"
    assert [(each["place"], each["year"]) for each in record["evidence"]][-1] == ("澜川市", 2025)


def test_the_report_of_the_nation_may_stand_among_the_earlier_ones(tmp_path: Path) -> None:
    corpus = tmp_path / "nation.jsonl"
    lines = [
        {"id": "nation", "region": "全国", "year": 2026, "text": "2025年国内生产总值增长5%。"},
        {"id": "elsewhere", "region": "云泽市", "year": 2025, "text": "2024年空气优良天数318天。"},
    ]
    corpus.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    report = tmp_path / "report.txt"
    report.write_text("地区生产总值增长5.6%，高于全国1.9个百分点。\n", encoding="utf-8")
    found = audit(report, "--place", "澜川市", "--year", 2026, "--previous", corpus, "--format", "jsonl")
    assert [json.loads(line)["check"] for line in found.stdout.splitlines()] == ["gap"]


def test_reports_that_do_not_say_whose_they_are_are_not_held_to_one_another(tmp_path: Path) -> None:
    for year, days in ((2025, 318), (2026, 316)):
        text = f"{year}年政府工作报告\n{year - 1}年空气优良天数{days}天，创历史新高。\n"
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    assert audit(tmp_path, "--format", "jsonl").stdout == ""
    assert "record" in audit(tmp_path, "--place", "澜川市", "--format", "jsonl").stdout


def test_standard_input() -> None:
    text = "三次产业结构调整为8.5∶41.2∶52.3。"
    result = CliRunner().invoke(main, ["audit", "-", "--format", "jsonl"], input=text.encode())
    assert [json.loads(line)["check"] for line in result.stdout.splitlines()] == ["structure"]


def test_a_bad_line_of_a_corpus_is_told_of_and_the_rest_goes_on(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    report = {"id": "a", "region": "澜川市", "year": 2026, "text": "三次产业结构调整为8.5∶41.2∶52.3。"}
    corpus.write_text("no json\n" + json.dumps(report) + "\n", encoding="utf-8")
    result = audit(corpus, "--format", "jsonl")
    assert result.exit_code == 1
    assert "corpus.jsonl, line 1" in result.stderr
    assert json.loads(result.stdout)["check"] == "structure"


def test_rules_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "rules.yaml"
    text = (Path(command.__file__).parent / "rules.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace('version: "1"', 'version: "own"'), encoding="utf-8")
    found = audit(DRAFT, "--rules", own, "--format", "jsonl").stdout.splitlines()
    assert {json.loads(line)["version"] for line in found} == {"own"}
    own.write_text("version: [", encoding="utf-8")
    assert audit(DRAFT, "--rules", own).exit_code == 1
