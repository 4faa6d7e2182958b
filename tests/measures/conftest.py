"""A small pack to test the engine with, and folders of records for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from duban.measures.pack import Pack, read
from duban.measures.scaffold import new

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Records = Callable[..., Path]

HEADINGS = "number,place,received,settled"


@pytest.fixture(scope="session")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The pack that `duban pack new` makes: requests, and the share settled within a dated limit."""
    return read(str(new("hotline", tmp_path_factory.mktemp("packs"))))


@pytest.fixture
def records(tmp_path: Path) -> Records:
    """Makes a folder with `requests.csv` of the rows given, and with other files by name."""

    def make(*rows: str, headings: str = HEADINGS, encoding: str = "utf-8", **files: str) -> Path:
        (tmp_path / "requests.csv").write_text("\n".join((headings, *rows)) + "\n", encoding=encoding)
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return make
