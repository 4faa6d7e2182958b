"""`duban read` as people type it: formats, filters, batches, bad input, and what the shell is told."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from duban.cli import main

TEXT = """{place}{year}年政府工作报告

一、{past}年工作回顾
{past}年，全市地区生产总值增长6.5%，城镇新增就业1.32万人，粮食产量创历史新高。

二、{year}年工作安排
地区生产总值增长5%左右，城镇新增就业1.2万人以上，推动云泽港区开工建设。
"""


def report(place: str = "云泽市", year: int = 2023) -> str:
    return TEXT.format(place=place, year=year, past=year - 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports, and what is none of our business, in a folder and one below it."""
    reports = tmp_path / "reports"
    (reports / "older").mkdir(parents=True)
    (reports / "a.txt").write_text(report(), encoding="utf-8")
    (reports / "b.txt").write_text(report("临川市", 2024), encoding="gb18030")
    (reports / "older" / "c.txt").write_text(report("望江市", 2021), encoding="utf-16")
    (reports / "picture.png").write_bytes(b"\x89PNG")
    (reports / ".hidden.txt").write_text("x", encoding="utf-8")
    return reports


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two reports and a line that is none between them."""
    rows = [
        {
            "id": "y-2023",
            "level": "city",
            "region": "云泽市",
            "year": 2023,
            "title": "报告",
            "text": report(),
        },
        {
            "id": "l-2024",
            "level": "city",
            "region": "临川市",
            "year": 2024,
            "title": "报告",
            "text": report("临川市", 2024),
        },
    ]
    path = tmp_path / "corpus.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([lines[0], "{broken", lines[1], ""]), encoding="utf-8")
    return path


def duban(*arguments: object, text: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, arguments)], input=text)


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def started(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "duban.cli", "read", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_pipe_gets_a_table_without_colours(folder: Path) -> None:
    result = duban(folder / "a.txt")
    assert result.exit_code == 0
    heading, *lines = result.stdout.splitlines()
    assert heading.split("\t")[:8] == ["指标", "数值", "单位", "类型", "状态", "时期", "对象地区", "章节"]
    assert "13200\t人" in result.stdout
    assert "\x1b" not in result.stdout
    assert len(lines) == 4


def test_only_and_filters(folder: Path) -> None:
    found = records(duban(folder / "a.txt", "--format", "jsonl", "--only", "figures", "--status", "target"))
    assert {record["type"] for record in found} == {"figure"}
    assert {record["status"] for record in found} == {"target"}
    assert [record["value"] for record in found] == [5, 12000]
    assert [
        record["value"]
        for record in records(duban(folder / "a.txt", "--format", "jsonl", "--kind", "growth"))
    ] == [6.5, 5]


def test_all_sorts_are_in_jsonl(folder: Path) -> None:
    types = [record["type"] for record in records(duban(folder / "a.txt", "--format", "jsonl"))]
    assert set(types) == {"figure", "distinction", "statement"}


def test_place_and_year_stand_in_for_what_the_text_tells(folder: Path) -> None:
    found = records(duban(folder / "a.txt", "--format", "jsonl", "--place", "青石市", "--year", 2020))
    assert {(record["region"], record["year"]) for record in found} == {("青石市", 2020)}


def test_place_and_year_choose_from_a_corpus(corpus: Path) -> None:
    assert {r["document"] for r in records(duban(corpus, "--format", "jsonl", "--year", 2024))} == {"l-2024"}
    assert {r["document"] for r in records(duban(corpus, "--format", "jsonl", "--place", "云泽"))} == {
        "y-2023"
    }


def test_a_bad_line_of_a_corpus_is_told_of_and_the_rest_is_read(corpus: Path) -> None:
    result = duban(corpus, "--format", "jsonl", "--jobs", 1)
    assert [*dict.fromkeys(record["document"] for record in records(result))] == ["y-2023", "l-2024"]
    assert "corpus.jsonl, line 2: the line is no JSON" in result.stderr
    assert "1 of 3 could not be read" in result.stderr
    assert result.exit_code == 1


def test_a_folder_is_read_in_order_of_names(folder: Path) -> None:
    result = duban(folder, "--format", "jsonl")
    assert result.exit_code == 0, result.stderr
    assert [*dict.fromkeys(record["region"] for record in records(result))] == ["云泽市", "临川市", "望江市"]


def test_standard_input_is_read(folder: Path) -> None:
    result = duban("-", "--format", "jsonl", text=(folder / "b.txt").read_bytes())
    assert {(record["document"], record["region"]) for record in records(result)} == {("-", "临川市")}


def test_files_are_written_in_the_format_of_their_name(folder: Path, tmp_path: Path) -> None:
    for name in ("out.jsonl", "out.csv", "out.xlsx", "out.parquet", "out.txt"):
        result = duban(folder, "-o", tmp_path / name)
        assert (result.exit_code, result.output) == (0, "")
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) - 1 == pq.read_table(tmp_path / "out.parquet").num_rows == 12
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["数据"].max_row == 13


def test_one_report_makes_one_page(folder: Path, tmp_path: Path) -> None:
    assert duban(folder / "a.txt", "-o", tmp_path / "page.html").exit_code == 0
    assert duban(folder / "a.txt", "--format", "html").stdout == (tmp_path / "page.html").read_text(
        encoding="utf-8"
    )
    assert 'lang="en"' in duban(folder / "a.txt", "--format", "html", "--lang", "en").stdout


def test_several_reports_make_a_folder_of_pages(folder: Path, tmp_path: Path) -> None:
    (folder / "older" / "a.txt").write_text(report("临江市"), encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "keep.css").touch()
    assert duban(folder, "--format", "html", "-o", tmp_path / "pages").exit_code == 0
    names = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert names == ["a.txt-2.html", "a.txt.html", "b.txt.html", "c.txt.html", "keep.css"]


def test_a_folder_of_pages_appears_whole_or_not_at_all(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from duban.reading.formats import pages

    real = pages.Writer.write

    def full(writer: pages.Writer, chunk: str) -> None:
        if "望江市" in chunk:
            raise OSError(28, "No space left on device")
        real(writer, chunk)

    monkeypatch.setattr(pages.Writer, "write", full)
    result = duban(folder, "--format", "html", "-o", tmp_path / "pages", "--jobs", 1)
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize("form", ["jsonl", "csv", "table", "xlsx", "parquet"])
def test_two_processes_give_what_one_gives(folder: Path, corpus: Path, tmp_path: Path, form: str) -> None:
    for jobs in (1, 2):
        duban(folder, corpus, "--format", form, "-o", tmp_path / f"{jobs}", "--jobs", jobs)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_bad_files_are_told_of_and_the_rest_is_read(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "rubbish.docx").write_bytes(bytes(range(256)) * 9)
    result = duban(folder, folder / "missing.txt", "-o", tmp_path / "out.jsonl", "--jobs", 2)
    assert result.exit_code == 1
    assert "empty.txt: the file is empty" in result.stderr
    assert "rubbish.docx: " in result.stderr
    assert "missing.txt: no such file" in result.stderr
    assert "3 of 6 could not be read" in result.stderr
    assert len({json.loads(line)["region"] for line in (tmp_path / "out.jsonl").open(encoding="utf-8")}) == 3


def test_a_text_that_is_no_report_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "poem.txt").write_text("床前明月光，疑是地上霜。", encoding="utf-8")
    result = duban(tmp_path / "poem.txt")
    assert result.exit_code == 0
    assert "Warning: poem.txt: no figure found. To do: check that it is a work report" in result.stderr


def test_many_warnings_are_counted(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"poem{number:02}.txt").write_text("床前明月光，疑是地上霜。", encoding="utf-8")
    told = duban(tmp_path).stderr.splitlines()
    assert len(told) == 11
    assert told[-1].startswith("Warning: 12 of 12 seem to be no reports.")


def test_if_nothing_could_be_read_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    for name in ("out.jsonl", "out.xlsx", "out.csv"):
        assert duban(tmp_path / "empty.txt", "-o", tmp_path / name).exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["empty.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "-o", "nowhere/out.csv"], "nowhere/out.csv: the output cannot be written"),
        (["a.txt", "-o", ".", "--format", "csv"], "it is a folder"),
        (["a.txt", "-o", "a.txt"], "would overwrite a report"),
        (["a.txt", "-o", "out.odt"], "no format is known by this ending"),
        (["a.txt", "b.txt", "--format", "html"], "Add -o FOLDER"),
        (["a.txt", "b.txt", "-o", "page.html"], "Name a folder"),
        (["a.txt", "--format", "pdf"], "is not one of"),
        (["a.txt", "--jobs", "0"], "not in the range"),
        (["."], "there is no report in the folder"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_refused_before_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    before = sorted(folder.rglob("*"))
    monkeypatch.chdir(folder if arguments != ["."] else folder.parent / "reports" / "older")
    if arguments == ["."]:
        (folder / "older" / "c.txt").unlink()
        before = sorted(folder.rglob("*"))
    result = duban(*arguments)
    assert result.exit_code in (1, 2)
    assert message in result.stderr
    assert result.stdout == ""
    assert sorted(folder.rglob("*")) == before


def test_an_older_output_stays_if_the_batch_fails(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from duban.reading.formats import jsonl

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(jsonl.Writer, "write", full)
    (tmp_path / "out.jsonl").write_text("older", encoding="utf-8")
    result = duban(folder / "a.txt", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "reports"]


def test_a_defect_in_one_report_does_not_lose_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from duban.reading.reader import read_document as real

    def odd(document: object) -> object:
        if "临川市" in document.text:  # type: ignore[attr-defined]
            raise RuntimeError("oh")
        return real(document)  # type: ignore[arg-type]

    monkeypatch.setattr("duban.reading.batch.read_document", odd)
    result = duban(folder, "--format", "jsonl", "--jobs", 1)
    assert result.exit_code == 1
    assert "b.txt: Duban failed on this text (RuntimeError: oh). Please report it" in result.stderr
    assert {record["region"] for record in records(result)} == {"云泽市", "望江市"}


def big_corpus(path: Path) -> Path:
    row = {"id": "x", "level": "city", "region": "云泽市", "year": 2023, "text": report() * 40}
    with path.open("w", encoding="utf-8") as lines:
        for number in range(400):
            lines.write(json.dumps({**row, "id": f"x{number}"}) + "\n")
    return path


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_batch_leaves_nothing(tmp_path: Path, jobs: int, sent: int, code: int) -> None:
    work = tmp_path / "work"
    work.mkdir()
    process = started(big_corpus(tmp_path / "c.jsonl"), "-o", work / "out.jsonl", "--jobs", jobs)
    for _ in range(200):
        if any(path.stat().st_size for path in work.iterdir()):
            break
        time.sleep(0.05)
    process.send_signal(sent)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == code
    assert list(work.iterdir()) == []
    assert b"Traceback" not in stderr


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_a_killed_batch_leaves_no_process_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARTED_FOR", str(tmp_path))
    corpus = big_corpus(tmp_path / "c.jsonl")
    process = started(corpus, "-o", tmp_path / "out.jsonl", "--jobs", 2)

    def family() -> list[Path]:
        mark = f"STARTED_FOR={tmp_path}".encode()
        return [at for at in Path("/proc").glob("[0-9]*/environ") if mark in contents(at)]

    for _ in range(400):
        if len(family()) >= 4:  # itself, what forks, and two that read
            break
        time.sleep(0.05)
    process.kill()
    process.wait(timeout=30)
    for _ in range(200):
        left = family()
        if not left:
            break
        time.sleep(0.1)
    assert not left


def contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has just ended, or is somebody else's
        return b""


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    process = started(big_corpus(tmp_path / "c.jsonl"), "--format", "jsonl", "--jobs", 1)
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait(timeout=30) == 0


def test_an_output_has_the_rights_of_any_new_file(folder: Path, tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        duban(folder / "a.txt", "-o", tmp_path / "out.csv")
    finally:
        os.umask(old)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_not_replaced(folder: Path) -> None:
    assert duban(folder / "a.txt", "--format", "csv", "-o", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()


def test_version_and_help() -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["--version"]).output.startswith("duban 0.")
    shown = runner.invoke(main, ["read", "--help"]).output
    assert "duban read report.docx" in shown
    assert "读报告" in shown
