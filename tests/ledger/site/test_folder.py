"""The folder appears whole or not at all, and nobody else's is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from duban.errors import OutputError
from duban.ledger.site.folder import MARKER, site_folder


def write(path: Path, text: str) -> None:
    with site_folder(path) as stage:
        (stage / "index.html").write_text(text, encoding="utf-8")


def test_a_site_replaces_the_one_before(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, "first")
    (site / "old.html").write_text("old", encoding="utf-8")
    write(site, "second")
    assert (site / "index.html").read_text(encoding="utf-8") == "second"
    assert sorted(path.name for path in site.iterdir()) == [MARKER, "index.html"]
    assert list(tmp_path.iterdir()) == [site]


def test_an_interrupted_build_leaves_the_site_before(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, "first")

    def interrupted() -> None:
        with site_folder(site) as stage:
            (stage / "index.html").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (site / "index.html").read_text(encoding="utf-8") == "first"
    assert list(tmp_path.iterdir()) == [site]


def test_a_swap_that_fails_puts_the_site_before_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    write(site, "first")
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.suffix == ".new":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space"):
        write(site, "second")
    assert (site / "index.html").read_text(encoding="utf-8") == "first"
    assert list(tmp_path.iterdir()) == [site]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    write(site, "first")
    assert (site / "index.html").exists()
    assert site.stat().st_mode & 0o755 == 0o755


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    mine = tmp_path / "letters"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(OutputError, match="something else than a site") as error:
        write(mine, "site")
    assert "name another folder" in str(error.value)
    assert (mine / "letter.txt").read_text(encoding="utf-8") == "dear"
    assert list(tmp_path.iterdir()) == [mine]


def test_a_folder_that_was_filled_meanwhile_is_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"

    def filled_meanwhile() -> None:
        with site_folder(site):
            site.mkdir()
            (site / "letter.txt").write_text("dear", encoding="utf-8")

    with pytest.raises(OutputError):
        filled_meanwhile()
    assert [path.name for path in site.iterdir()] == ["letter.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "site"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="it is a file"):
        write(file, "site")


def test_a_link_to_a_site_stays_a_link(tmp_path: Path) -> None:
    write(tmp_path / "v1", "first")
    (tmp_path / "site").symlink_to(tmp_path / "v1")
    write(tmp_path / "site", "second")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "v1" / "index.html").read_text(encoding="utf-8") == "second"
