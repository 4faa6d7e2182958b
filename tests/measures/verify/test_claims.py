"""From a report's figures to claims: which are claims at all, of which months, how exact, and what stands in the way."""

from __future__ import annotations

import pytest

import duban
from duban.measures.definition import With
from duban.measures.verify.claims import claims
from duban.measures.verify.words import part_of_year

REPORT = """澜川市2025年政府工作报告
——2025年1月9日在澜川市人民代表大会上
一、2024年工作回顾
{review}
二、2025年工作安排
受理群众诉求200件，空气优良天数达到320天以上。
"""
CASES: list[tuple[str, tuple[str, str | None, str | None]]] = [
    # what stands in the report → (its kind, its period, what stands in the way)
    ("受理群众诉求120件。", ("level", "2024", None)),
    ("受理群众诉求增长20%。", ("growth", "2024", None)),
    ("上半年，受理群众诉求120件。", ("level", "2024-S1", None)),
    ("前三季度，受理群众诉求120件。", ("level", "2024-01-01/P9M", None)),
    ("1—11月，受理群众诉求120件。", ("level", "2024-01-01/P11M", None)),
    ("春节期间，受理群众诉求120件。", ("level", None, "other_period")),
    ("日均受理群众诉求120件。", ("level", "2024", "other_scope")),
    ("受理群众诉求比2019年增长20%。", ("growth", "2024", "other_base")),
    ("同口径受理群众诉求增长20%。", ("growth", "2024", "other_scope")),
]


@pytest.mark.parametrize(("review", "expected"), CASES)
def test_a_figure_of_what_was_is_a_claim(review: str, expected: tuple[str, str | None, str | None]) -> None:
    found = [each for each in claims(duban.read(REPORT.format(review=review))) if each.section < 2]
    assert len(found) == 1
    claim = found[0]
    assert (claim.kind, str(claim.period) if claim.period else None, claim.obstacle) == expected
    assert claim.place == "澜川市"


def test_targets_are_no_claims() -> None:
    found = claims(duban.read(REPORT.format(review="受理群众诉求120件。")))
    assert [claim.quote for claim in found] == ["120件"]


def test_several_years_are_one_period() -> None:
    text = REPORT.replace("2025", "2026").replace("一、2024年", "一、2025年和“十四五”时期")
    found = claims(duban.read(text.format(review="五年来，受理群众诉求年均增长5%。")))
    assert [(claim.kind, claim.spans_years) for claim in found] == [("avg_growth", True)]
    assert found[0].period is not None
    assert (found[0].period.start.year, found[0].period.end.year) == (2021, 2025)


def test_growth_over_the_period_before_is_told_from_that_over_the_year_before() -> None:
    one, other = (
        claims(duban.read(REPORT.format(review=f"受理群众诉求{word}增长5%。")))[0]
        for word in ("环比", "同比")
    )
    assert (one.to, other.to) == (With.PERIOD_BEFORE, With.YEAR_BEFORE)


def test_every_claim_is_its_quotation() -> None:
    reading = duban.read(
        REPORT.format(review="PM2.5平均浓度30.2微克/立方米，创历史新低，受理群众诉求120件。")
    )
    found = claims(reading)
    assert [claim.kind for claim in found] == ["level", "record_low", "level"]
    for claim in found:
        assert reading.document.text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("一季度，", (1, 3)),
        ("第四季度", (10, 12)),
        ("上半年", (1, 6)),
        ("1至10月份", (1, 10)),
        ("前11个月", (1, 11)),
        ("12月份，", (12, 12)),
        ("2024年5月", (5, 5)),
        ("5月1日", None),
        ("截至11月底", None),
        ("", None),
    ],
)
def test_a_part_of_a_year_has_its_months(text: str, months: tuple[int, int] | None) -> None:
    assert part_of_year(text) == months
