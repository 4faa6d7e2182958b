"""What other reports say: in order, once, without those of the future."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duban
from duban.ledger.audit import ReadingSeries, rules
from duban.ledger.audit.series import Joined

if TYPE_CHECKING:
    from duban.reading.reading import Reading


def report(year: int, text: str, place: str = "澜川市") -> Reading:
    return duban.read(text, place=place, year=year)


READINGS = [
    report(2026, "一般公共预算收入103.1亿元。"),
    report(2024, "一般公共预算收入94.5亿元。"),
    report(2025, "一般公共预算收入98.6亿元。"),
    report(2025, "一般公共预算收入58.6亿元。", "云阳市"),
]


def test_earlier_values_in_the_order_of_the_reports() -> None:
    series = ReadingSeries(READINGS)
    found = series.values("FIS.REVENUE", "澜川市", before=2026)
    assert [(each.report, each.year, each.figure.text) for each in found] == [
        (2024, 2023, "94.5亿元"),
        (2025, 2024, "98.6亿元"),
    ]
    assert len(series.values("FIS.REVENUE", "澜川市", before=None)) == 3
    assert series.values("FIS.REVENUE", "无名市", before=None) == []


def test_what_other_places_of_the_same_level_say() -> None:
    series = ReadingSeries(READINGS)
    level = READINGS[0].document.level
    found = series.elsewhere("FIS.REVENUE", "澜川市", level=level, year=2024)
    assert [(each.home, each.figure.text) for each in found] == [("云阳市", "58.6亿元")]


def test_a_report_without_a_year_cannot_be_put_in_order() -> None:
    undated = duban.read("一般公共预算收入103.1亿元。", place="澜川市")
    assert undated.document.year is None
    assert ReadingSeries([undated]).values("FIS.REVENUE", "澜川市", before=None) == []


def test_what_stands_in_two_series_is_given_once() -> None:
    joined = Joined([ReadingSeries(READINGS[:3]), ReadingSeries(READINGS[2:])])
    found = joined.values("FIS.REVENUE", "澜川市", before=2026)
    assert [each.figure.text for each in found] == ["94.5亿元", "98.6亿元"]


def test_streaks_of_earlier_reports() -> None:
    series = ReadingSeries([report(2025, "污染防治攻坚战成效考核连续三年获评优秀等次。")], rules=rules())
    (claim,) = [each for each in series.claims("澜川市", before=2026) if each.distinction.n == 3]
    assert claim.clause.endswith("优秀等次")
    assert series.claims("澜川市", before=2025) == []
