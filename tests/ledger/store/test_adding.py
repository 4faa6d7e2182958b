"""Adding: once and again, other texts, other readers, bad files, interruptions, a second writer, any order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import duckdb
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import duban
import duban.ledger
from duban.cli import main
from duban.ledger.store import adding, rebuilding, rows, versions
from duban.ledger.store.database import Database, LedgerError
from duban.ledger.store.schema import SCHEMA_VERSION
from tests.ledger.store.reports import add, contents, corpus, report, states

if TYPE_CHECKING:
    import random
    from pathlib import Path

SIX = [
    (place, year, {"growth": f"{number}.5"})
    for number, place in enumerate(("云泽市", "临川市"), 4)
    for year in (2024, 2025, 2026)
]


def test_the_same_report_twice_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(report(), encoding="utf-8")
    ledger = tmp_path / "l.duckdb"
    assert add(ledger, file) == ["added"]
    with duban.ledger.open(ledger) as book:
        before = contents(book)
    assert add(ledger, file) == ["known"]
    assert add(ledger, corpus(tmp_path / "c.jsonl", [("云泽市", 2025, {})])) == ["known"], (
        "the same text as a corpus"
    )
    with duban.ledger.open(ledger) as book:
        assert contents(book) == before


def test_a_reading_comes_out_as_it_went_in(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(report(extra="新增𠮷字一个、增长两成。居全省第2位。"), encoding="utf-8")
    add(tmp_path / "l.duckdb", file)
    with duban.ledger.open(tmp_path / "l.duckdb") as book:
        back = book.reading(book.find("云泽市2025")[0])
    assert back == duban.read(file)


def test_another_text_stands_beside_the_first_and_says_what_changed(tmp_path: Path) -> None:
    ledger = tmp_path / "l.duckdb"
    first = corpus(tmp_path / "1.jsonl", [("云泽市", 2025, {})])
    second = corpus(tmp_path / "2.jsonl", [("云泽市", 2025, {"growth": "5.8", "extra": "新建公园12个。"})])
    assert add(ledger, first) == ["added"]
    assert states(ledger, second) == [{"changed": 1, "added": 1}]
    with duban.ledger.open(ledger) as book:
        assert book.documents().num_rows == 2
        assert book.panel("地区生产总值", kind="growth")["value"].to_pylist() == [5.8]
        told = [
            (each["change"], each["field"], each["was"], each["now"])
            for each in book.changes(book.find("云泽市2025")[1])
        ]
    assert ("changed", "value_text", "5.6", "5.8") in told
    assert ("added", None, None, None) in told
    assert add(ledger, first) == ["known"], "an old text does not come back by being added again"


def test_another_reader_adds_a_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = tmp_path / "l.duckdb"
    add(ledger, corpus(tmp_path / "c.jsonl", SIX))
    for module in (versions, rows, adding, rebuilding):
        monkeypatch.setattr(module, "reader_version", lambda: "0.2.0+00000000")
    with duban.ledger.open(ledger, writable=True) as book:
        assert book.outdated() == 6
        assert [each.state for each in book.rebuild(jobs=1)] == ["new_reading"] * 6
        assert list(book.rebuild(jobs=1)) == []
        assert set(book.documents()["readings"].to_pylist()) == {2}
        assert set(book.documents()["reader"].to_pylist()) == {"0.2.0+00000000"}
        assert book.panel("地区生产总值", kind="growth").num_rows == 6, "each cell once"


def test_another_catalogue_links_again_without_reading_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "l.duckdb"
    add(ledger, corpus(tmp_path / "c.jsonl", SIX[:2]))
    with duban.ledger.open(ledger) as book:
        before = contents(book)["figures"]
    for module in (versions, rows, rebuilding):
        monkeypatch.setattr(module, "catalogue_version", lambda: "00000000")
    with duban.ledger.open(ledger, writable=True) as book:
        assert [each.state for each in book.rebuild(jobs=1)] == ["linked"] * 2
        assert contents(book)["figures"] == before


def test_a_bad_file_is_told_of_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(report(), encoding="utf-8")
    (folder / "b.docx").write_bytes(b"no docx")
    (folder / "c.txt").write_text("增长5%。", encoding="utf-8")
    (folder / "d.txt").write_text("", encoding="utf-8")
    result = CliRunner().invoke(
        main, ["ledger", "add", str(tmp_path / "l.duckdb"), str(folder), "--jobs", "1"]
    )
    assert result.exit_code == 1
    assert "b.docx" in result.stderr
    assert "c.txt: the place of the report cannot be told from its text. To do: give --place" in result.stderr
    assert "新入库 1" in result.stderr
    assert "未能读取 3" in result.stderr


@given(st.permutations(SIX), st.integers(1, 6), st.randoms())
@settings(max_examples=8)
def test_a_ledger_is_the_same_in_whatever_order_and_batches_it_was_built(
    tmp_path_factory: pytest.TempPathFactory,
    order: list[tuple[str, int, dict[str, str]]],
    batch: int,
    chance: random.Random,
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    cut = chance.randint(0, len(order))
    files = [
        corpus(folder / f"{at}.jsonl", part) for at, part in enumerate((order[:cut], order[cut:])) if part
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "REPORTS", batch)
        for file in files:
            renamed = file.rename(folder / "c.jsonl")
            add(folder / "l.duckdb", renamed)
    whole = folder / "whole.duckdb"
    add(whole, corpus(folder / "c.jsonl", SIX))
    with duban.ledger.open(folder / "l.duckdb") as one, duban.ledger.open(whole) as other:
        assert contents(one) == contents(other)


@pytest.mark.slow
def test_killed_with_no_warning_it_is_whole_and_goes_on(tmp_path: Path) -> None:
    many = [(f"甲{number}市", 2025, {"growth": f"{number % 9}.1"}) for number in range(400)]
    file, ledger = corpus(tmp_path / "c.jsonl", many), tmp_path / "l.duckdb"
    command = [sys.executable, "-m", "duban.cli", "ledger", "add", str(ledger), str(file), "--jobs", "1"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        give_up = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.05)
            wal = ledger.with_name("l.duckdb.wal")
            if wal.exists() and wal.stat().st_size > 200_000:
                break
        os.killpg(process.pid, signal.SIGKILL)
    with duban.ledger.open(ledger) as book:
        kept = book.documents().num_rows
        assert 0 < kept < 400
        assert book.database.rows(
            "SELECT count(*) FROM readings r WHERE r.figures <> (SELECT count(*) FROM figures f WHERE f.reading = r.number)"
        ) == [(0,)]
    assert add(ledger, file).count("known") == kept
    whole = tmp_path / "whole.duckdb"
    add(whole, file)
    with duban.ledger.open(ledger) as one, duban.ledger.open(whole) as other:
        assert contents(one) == contents(other)


def test_a_second_writer_is_told_who_is_first(tmp_path: Path) -> None:
    ledger = tmp_path / "l.duckdb"
    add(ledger, corpus(tmp_path / "c.jsonl", SIX[:1]))
    script = f"import duban.ledger; book = duban.ledger.open({str(ledger)!r}, writable=True); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        assert first.stdin is not None
        first.stdout.readline()
        result = CliRunner().invoke(main, ["ledger", "add", str(ledger), str(tmp_path / "c.jsonl")])
        first.stdin.write(b"\n")
    assert result.exit_code == 1
    assert "another process is using the ledger" in result.stderr
    assert str(first.pid) in result.stderr


def test_removing_takes_everything_of_a_document(tmp_path: Path) -> None:
    ledger = tmp_path / "l.duckdb"
    add(ledger, corpus(tmp_path / "c.jsonl", SIX[:2]))
    with duban.ledger.open(ledger, writable=True) as book:
        list(book.settle(jobs=1))
        list(book.audit())
        book.remove(book.find("云泽市2025"))
        left = contents(book)
    only = tmp_path / "only.duckdb"
    add(only, corpus(tmp_path / "c.jsonl", SIX[:1]))
    with duban.ledger.open(only) as book:
        wanted = contents(book)
    assert {name: left[name] for name in left if name not in {"audited", "findings"}} == {
        name: wanted[name] for name in wanted if name not in {"audited", "findings"}
    }


@given(st.text(st.sampled_from("\n\r年\ud800 ") | st.characters(), max_size=3000))
def test_the_lines_of_a_text_are_the_text_and_never_long(text: str) -> None:
    """A long row would be written anew with every checkpoint."""
    lines = list(rows._lines(text))
    assert "".join(line["text"] for line in lines) == text
    assert all(text.startswith(line["text"], line["start"]) for line in lines)
    assert all(len(line["text"]) <= 401 for line in lines)


def test_a_text_comes_back_as_it_was(tmp_path: Path) -> None:
    text = report().replace("\n", "\r\n") + "长" * 1000 + "\n\n\n尾"
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8", newline="")
    add(tmp_path / "l.duckdb", file)
    with duban.ledger.open(tmp_path / "l.duckdb") as book:
        (document,) = book.find("云泽市2025")
        assert book.reading(document).document.text == text
        assert book.database.rows("SELECT text FROM texts") == [(text,)]


BAD = [
    (lambda path: path.write_text("no database at all" * 100), "the file is no ledger"),
    (lambda path: duckdb.connect(path).execute("CREATE TABLE t (a INT)"), "the database is no ledger"),
    (
        lambda path: _version(path, "99"),
        f"the ledger has the schema 99; this Duban knows {SCHEMA_VERSION}. To do: update Duban",
    ),
    (lambda path: _version(path, "0"), "export its documents with the Duban that made it"),
    (lambda path: path.mkdir(), "cannot be opened"),
    (lambda path: None, "there is no such ledger. To do: make one: duban ledger add"),
]


def _version(path: Path, version: str) -> None:
    Database(path, writable=True).close()
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [version])


@pytest.mark.parametrize(("make", "told"), BAD)
def test_what_is_no_ledger_is_refused(tmp_path: Path, make: object, told: str) -> None:
    path = tmp_path / "l.duckdb"
    assert callable(make)
    made = make(path)
    if hasattr(made, "close"):
        made.close()
    with pytest.raises(LedgerError) as caught:
        duban.ledger.open(path)
    assert told in str(caught.value)
