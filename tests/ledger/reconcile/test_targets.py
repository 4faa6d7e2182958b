"""Which figures of a plan are promises, and what is asked for by each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from duban.ledger.reconcile.report import Report
from duban.ledger.reconcile.rules import default_rules
from duban.ledger.reconcile.targets import goals
from duban.ledger.reconcile.verdicts import Better
from tests.ledger.reconcile.reports import report

MORE, LESS, NEITHER = Better.MORE, Better.LESS, Better.NEITHER

TARGETS = [  # sentence of the plan; for each promise: code or None, value, better side, work, base, stretch
    ("地区生产总值增长5%左右。", [("ECO.GDP", "5", MORE, False, None, None)]),
    ("经济增长6%左右。", [("ECO.GDP", "6", MORE, False, None, None)]),
    ("城镇调查失业率控制在5.5%以内。", [("EMP.UNEMPLOYMENT.SURVEYED", "5.5", LESS, False, None, None)]),
    ("居民消费价格涨幅2%左右。", [("INC.CPI", "2", NEITHER, False, None, None)]),
    ("新建高标准农田20万亩。", [("AGR.FARMLAND.HIGH_STANDARD.NEW", "200000", MORE, True, None, None)]),
    ("单位地区生产总值能耗下降3.2%。", [("NRG.INTENSITY", "-3.2", LESS, False, None, None)]),
    ("工程建设项目审批时间压缩至38个工作日。", [("GOV.PROJECT_APPROVAL_TIME", "38", LESS, False, None, None)]),
    ("市属国有企业由14家整合至8家。", [(None, "8", LESS, False, "14", None)]),
    ("地区生产总值增长7%以上、力争达到8%。", [("ECO.GDP", "7", MORE, False, None, "8")]),
    ("推进“六链五群”融通创新。", []),
    ("到2030年，新材料产业产值达到900亿元。", []),
    ("抓好源头治理、排查调处、集体会商三个环节。", []),
    ("办好12类45件民生实事。", [("GOV.LIVELIHOOD_PROJECTS", "45", MORE, True, None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), TARGETS)
def test_what_is_promised(
    sentence: str, expected: list[tuple[str | None, str, Better, bool, str | None, str | None]]
) -> None:
    side = Report(report(2025, plan=sentence))
    found = goals(side, reviewed=2025, rules=default_rules())
    said = [
        (each.promise.code, each.sought.number.value, each.sought.better, each.sought.work, each.sought.base, each.sought.stretch)
        for each in found
    ]  # fmt: skip
    assert said == [
        (code, Decimal(value), better, work, base and Decimal(base), stretch and Decimal(stretch))
        for code, value, better, work, base, stretch in expected
    ]


def test_until_2024_a_target_for_prices_was_a_ceiling() -> None:
    for year, better in ((2024, LESS), (2025, NEITHER)):
        side = Report(report(year, plan="居民消费价格涨幅3%左右。"))
        found = goals(side, reviewed=year, rules=default_rules())
        assert [each.sought.better for each in found] == [better]


def test_a_target_of_a_plan_period_is_due_in_its_last_year() -> None:
    text = "二、“十四五”时期主要目标\n到2025年，常住人口城镇化率达到65%。\n"
    reading = report(2021, plan=f"加快发展。\n{text}")
    side = Report(reading)
    assert goals(side, reviewed=2021, rules=default_rules()) == []
    assert [each.promise.code for each in goals(side, reviewed=2025, rules=default_rules())] == [
        "POP.URBANISATION"
    ]
