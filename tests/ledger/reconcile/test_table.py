"""The table for a terminal: readable at 80 columns, with room for reasons on a wide one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console

from duban.ledger.reconcile import account, reconcile
from duban.ledger.reconcile.output import Result
from duban.ledger.reconcile.table import print_result
from tests.ledger.reconcile.reports import PLACE, pair

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

PLAN = (
    "地区生产总值增长6%左右，单位地区生产总值能耗下降3.2%，城镇调查失业率5.5%左右。居民收入增长与经济增长同步。"
    "改造老旧小区120个。推动远澜新材料基地二期建成投产。提高基层应急救援能力。"
)
REVIEW = (
    "地区生产总值增长5.6%，居民人均可支配收入增长5.9%，单位地区生产总值能耗下降2.6%。改造老旧小区126个。"
    "远澜新材料基地二期建设进度达到七成。砚光科技第8.5代显示玻璃生产线投产。"
)


def printed(width: int, lang: str, *, everything: bool = False) -> str:
    earlier, later = pair(PLAN, REVIEW)
    console = Console(file=io.StringIO(), width=width, highlight=False, legacy_windows=False)
    print_result(
        Result(PLACE, 2025, 2026, *account(earlier, later)), lang=lang, everything=everything, console=console
    )
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


@pytest.mark.parametrize(
    ("width", "lang", "everything"), [(80, "zh", False), (80, "en", True), (140, "zh", False)]
)
def test_the_table(width: int, lang: str, everything: bool, snapshot: SnapshotAssertion) -> None:
    text = printed(width, lang, everything=everything)
    assert max(map(cell_len, text.splitlines())) <= width
    assert text == snapshot


def test_a_report_cannot_steer_the_terminal() -> None:
    earlier, later = pair("建成霁湖\x1b[31m国家湿地公园。", "霁湖国家湿地公园建成开放。")
    console = Console(file=io.StringIO(), width=80)
    print_result(
        Result(PLACE, 2025, 2026, reconcile(earlier, later), ()), lang="zh", everything=True, console=console
    )
    assert isinstance(console.file, io.StringIO)
    assert "\x1b" not in console.file.getvalue()


def test_claims_alone_are_shown_without_a_word_of_promises() -> None:
    claims = account(*pair(PLAN, REVIEW)).unannounced
    console = Console(file=io.StringIO(), width=80)
    print_result(Result(PLACE, 2025, 2026, (), claims), lang="zh", everything=False, console=console)
    assert isinstance(console.file, io.StringIO)
    assert claims
    assert "没有可核对的承诺" not in console.file.getvalue()
