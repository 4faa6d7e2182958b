"""`duban site` as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from duban import samples
from duban.cli import main
from duban.ledger.store.ledger import open_ledger

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["site", *arguments])
    return result.exit_code, result.output


def test_what_is_not_settled_is_settled_and_kept(tmp_path: Path) -> None:
    book = tmp_path / "reports.duckdb"
    with open_ledger(book, writable=True) as ledger:
        list(ledger.add([str(path) for path in samples.paths()], jobs=1))
    code, said = run(str(book), "-o", str(tmp_path / "site"))
    assert code == 0
    assert "index.html" in said
    with open_ledger(book) as ledger:
        assert ledger.scores()
    assert (tmp_path / "site" / "zh" / "index.html").is_file()


def test_a_ledger_with_nothing_left_to_do_is_only_read(ledger: Path, tmp_path: Path) -> None:
    before = ledger.read_bytes()
    assert run(str(ledger), "-o", str(tmp_path / "site"))[0] == 0
    assert ledger.read_bytes() == before


def test_a_folder_of_somebody_else_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    code, said = run(str(tmp_path / "none.duckdb"), "-o", str(tmp_path))
    assert code == 1
    assert "something else than a site" in said


def test_a_ledger_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(str(tmp_path / "none.duckdb"), "-o", str(tmp_path / "site"))
    assert code == 1
    assert "no such ledger" in said
    assert not (tmp_path / "site").exists()
