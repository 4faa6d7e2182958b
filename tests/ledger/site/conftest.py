"""A ledger of the two sample reports and of two hostile ones, and the site of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from duban import samples
from duban.ledger.site.build import build
from duban.ledger.site.source import holdings
from duban.ledger.store.ledger import open_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from duban.ledger.site.records import Holdings

HOSTILE_PLACE = '../"><img src=x onerror=alert(1)>市'
HOSTILE = """</title><script>alert('title')</script>政府工作报告
一、{before}年工作回顾
地区生产总值增长{grown}%，"><svg onload=alert(2)>建成道路{built}公里。全市</article>新增城镇就业{jobs}万人。
二、{year}年工作安排
地区生产总值增长{aim}%左右，新增城镇就业5万人以上，建成<b onclick=alert(3)>道路</b>12公里，开工建设"'&amp;大桥。
-->]]></script><!-- \u2028 {{{{ 7 * 7 }}}} {{% raw %}}
"""
"""A report whose every part tries to become something else on a page."""


def ledger_of(path: Path, files: list[str], *more: tuple[str, str, int]) -> Path:
    """A ledger of reports, settled and audited. `more` are (file, place, year)."""
    with open_ledger(path, writable=True) as book:
        added = [each.state for each in book.add(files, jobs=1)] if files else []
        for file, place, year in more:
            added += [each.state for each in book.add([file], place=place, year=year, jobs=1)]
        assert set(added) <= {"added"}
        list(book.settle(jobs=1))
        list(book.audit())
    return path


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    hostile = []
    for year, numbers in ((2025, (5.1, 8, 6, 5)), (2026, (5.3, 10, 6.2, 4.5))):
        grown, built, jobs, aim = numbers
        file = folder / f"hostile{year}.txt"
        text = HOSTILE.format(before=year - 1, year=year, grown=grown, built=built, jobs=jobs, aim=aim)
        file.write_text(text, encoding="utf-8")
        hostile.append((str(file), HOSTILE_PLACE, year))
    return ledger_of(folder / "reports.duckdb", [str(path) for path in samples.paths()], *hostile)


@pytest.fixture(scope="session")
def held(ledger: Path) -> Holdings:
    with open_ledger(ledger) as book:
        return holdings(book)


@pytest.fixture(scope="session")
def site(held: Holdings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    build(held, folder)
    return folder
