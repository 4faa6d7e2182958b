"""Reports of invented places for a ledger's tests, and what a ledger holds whatever it was built in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duban.ledger
from duban.ledger.store.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from duban.ledger.store.ledger import Ledger

__all__ = ["add", "contents", "corpus", "report", "states"]

_TEXT = """{place}{year}年政府工作报告
一、{past}年工作回顾
过去一年，全市地区生产总值达到{level}亿元、增长{growth}%，城镇新增就业{jobs}万人，粮食产量创历史新高。
上半年，地区生产总值增长9.9%。营商环境持续优化，{extra}
二、{year}年工作安排
主要预期目标是：地区生产总值增长{target}%左右，城镇新增就业{jobs}万人以上。推动云泽港区开工建设。
"""


def report(
    place: str = "云泽市", year: int = 2025, *, growth: str = "5.6", target: str = "5", level: str = "1921.7",
    jobs: str = "1.3", extra: str = "改革开放迈出新步伐。",
) -> str:  # fmt: skip
    """The text of a report."""
    return _TEXT.format(
        place=place,
        year=year,
        past=year - 1,
        growth=growth,
        target=target,
        level=level,
        jobs=jobs,
        extra=extra,
    )


def corpus(path: Path, reports: list[tuple[str, int, dict[str, str]]]) -> Path:
    """A corpus of reports of (place, year, what stands in them)."""
    lines = (
        json.dumps(
            {"id": f"{place}-{year}", "region": place, "year": year, "text": report(place, year, **words)},
            ensure_ascii=False,
        )
        for place, year, words in reports
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def add(ledger: Path, *files: Path, **options: Any) -> list[str]:
    """Add files in this process; the state of each report."""
    with duban.ledger.open(ledger, writable=True) as book:
        return [each.state for each in book.add([str(file) for file in files], jobs=1, **options)]


def states(ledger: Path, *files: Path) -> list[dict[str, int]]:
    """The same; how many figures were added, gone and changed of each."""
    with duban.ledger.open(ledger, writable=True) as book:
        return [each.changes for each in book.add([str(file) for file in files], jobs=1)]


_LOCAL = {"documents": {"number", "added"}, "readings": {"number", "read"}}
"""What depends on when a row was written."""


def contents(book: Ledger) -> dict[str, list[str]]:
    """Every row of a ledger, readings called by their ids, less what depends on when it was written."""
    names = dict(book.database.rows("SELECT number, id FROM readings"))
    documents = dict(book.database.rows("SELECT number, id FROM documents"))
    found: dict[str, list[str]] = {}
    for table in TABLES:
        rows = book.database.records(
            f"SELECT * EXCLUDE ({', '.join(_LOCAL[table])}) FROM {table}"
            if table in _LOCAL
            else f"SELECT * FROM {table}"
        )
        for row in rows:
            if table == "lines":
                row["document"] = documents[row["document"]]
            for field in ("reading", "before", "earlier", "later"):
                if isinstance(row.get(field), int):
                    row[field] = names[row[field]]
        found[table] = sorted(map(str, rows))
    return found
