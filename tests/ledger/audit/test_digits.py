"""What a number may have been before it was rounded, by its digits and its qualifier."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import duban
from duban.ledger.audit.digits import could_be, last_place
from duban.ledger.audit.rules import rules

if TYPE_CHECKING:
    from duban.reading.model import Figure


def figure(text: str) -> Figure:
    return duban.read(text, year=2026).figures[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("生产总值达到1921.7亿元。", "1e7"),
        ("财政收入２２４３．６亿元。", "1e7"),
        ("财政收入2.17万亿元。", "1e10"),
        ("居民人均可支配收入43,869元。", "1"),
        ("产业规模达到一千二百亿元。", "1e10"),
        ("财政收入1900亿元。", "1e10"),
        ("财政收入1930亿元。", "1e9"),
        ("进出口总额增长10%。", "1"),
        ("进出口总额下降17.5%。", "0.1"),
        ("技术合同成交额增长1.8倍。", "0.1"),
        # Counted one by one: never rounded, unless noughts stand at the end.
        ("空气优良天数316天。", "0"),
        ("高新技术企业468家。", "0"),
        ("高新技术企业3000家。", "100"),
        ("城镇新增就业3.71万人。", "100"),
    ],
)
def test_the_last_place_that_was_given(text: str, place: str) -> None:
    assert last_place(figure(text), rules()) == Decimal(place)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("财政收入103.1亿元。", "103.05e8", "103.2e8"),
        ("财政收入1900多亿元。", "1900e8", "2000e8"),
        ("财政收入突破1900亿元。", "1900e8", "2090e8"),
        ("财政收入约100亿元。", "90e8", "110e8"),
        ("接待游客近3100万人次。", "2790e4", "3100e4"),
        ("进出口总额增长5%左右。", "4", "6"),
        ("进出口总额下降17.5%。", "-17.6", "-17.45"),
        ("培训5到6万人。", "4.5e4", "7e4"),
        ("办件满意率达到95%以上。", "95", "Infinity"),
        ("失业率控制在5.5%以内。", "-Infinity", "5.5"),
    ],
)
def test_the_numbers_it_may_stand_for(text: str, low: str, high: str) -> None:
    found = could_be(figure(text), rules())
    assert found is not None
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["民生支出占三分之二。", "建设进度达到七成。", "民间投资占一半。"])
def test_a_fraction_in_words_is_no_measure(text: str) -> None:
    assert could_be(figure(text), rules()) is None
