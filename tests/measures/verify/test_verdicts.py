"""A stated and a computed number: the verdict at the precision stated, and with the words round it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import duban
from duban.measures.rounding import settle
from duban.measures.verify.claims import claims
from duban.measures.verify.model import Claim, Verdict, Why
from duban.measures.verify.verdicts import judge, shown, times

HEAD = "澜川市2025年政府工作报告\n一、2024年工作回顾\n"


def claim(text: str) -> Claim:
    """The first claim of a review of 2024."""
    return claims(duban.read(f"{HEAD}{text}。", place="澜川市", year=2025))[0]


CASES: list[tuple[str, str, str]] = [
    # as many decimals as stated, rounded once
    ("PM2.5平均浓度30.2微克/立方米", "30.2024", "same"),
    ("PM2.5平均浓度30.2微克/立方米", "30.249", "same"),
    ("PM2.5平均浓度30.2微克/立方米", "30.251", "differs"),
    ("PM2.5平均浓度30.2微克/立方米", "30.149", "differs"),
    ("PM2.5平均浓度30微克/立方米", "30.46", "same"),
    ("PM2.5平均浓度31微克/立方米", "30.46", "differs"),
    ("PM2.5平均浓度30.20微克/立方米", "30.2", "same"),
    ("PM2.5平均浓度30.20微克/立方米", "30.21", "differs"),
    # a tie may be written either way, and no further
    ("PM2.5平均浓度30.2微克/立方米", "30.25", "tie"),
    ("PM2.5平均浓度30.3微克/立方米", "30.25", "tie"),
    ("PM2.5平均浓度30.4微克/立方米", "30.25", "differs"),
    ("PM2.5平均浓度30.3微克/立方米", "30.250000000000004", "tie"),
    # things counted
    ("空气优良天数329天", "329", "same"),
    ("空气优良天数329天", "328", "differs"),
    ("受理群众诉求3.3万件", "33499", "same"),
    ("受理群众诉求3.3万件", "33501", "differs"),
    ("受理群众诉求1900件", "1903", "differs"),
    ("地区生产总值达到1921.7亿元", "192170000000", "same"),
    ("地区生产总值达到1921.7亿元", "192176000000", "differs"),
    # falls are judged by their size, and have to be falls
    ("PM2.5平均浓度下降4.1%", "-4.127", "same"),
    ("PM2.5平均浓度下降4.1%", "4.127", "differs"),
    ("空气优良天数减少2天", "-2", "same"),
    ("PM2.5平均浓度下降超过4%", "-4.1", "within"),
    ("PM2.5平均浓度下降超过4%", "-3.9", "outside"),
    ("规模以上工业增加值增长百分之七点八", "7.84", "same"),
    ("规模以上工业增加值增长百分之七点八", "7.86", "differs"),
    # 约, 左右
    ("受理群众诉求约1000件", "1049", "within"),
    ("受理群众诉求约1000件", "1051", "outside"),
    ("受理群众诉求1000件左右", "951", "within"),
    ("受理群众诉求1000件左右", "949", "outside"),
    # 近, 接近
    ("受理群众诉求近1000件", "999", "within"),
    ("受理群众诉求近1000件", "1000", "within"),
    ("受理群众诉求近1000件", "1001", "outside"),
    ("受理群众诉求近1000件", "890", "outside"),
    # 超, 突破, 多
    ("受理群众诉求超1000件", "1001", "within"),
    ("受理群众诉求超1000件", "1000", "outside"),
    ("受理群众诉求突破1万件", "15000", "within"),
    ("受理群众诉求620多件", "621", "within"),
    ("受理群众诉求20多万件", "230000", "within"),
    ("受理群众诉求20多万件", "310000", "outside"),
    # 以上, 以内
    ("群众诉求办结率达到97%以上", "97.2", "within"),
    ("群众诉求办结率达到97%以上", "96.8", "within"),
    ("群众诉求办结率达到97%以上", "96.4", "outside"),
    ("群众诉求办结率控制在97%以内", "97.6", "outside"),
    ("群众诉求办结率控制在97%以内", "50", "within"),
]


@pytest.mark.parametrize(("text", "computed", "why"), CASES)
def test_a_number_is_judged_at_the_precision_stated(text: str, computed: str, why: str) -> None:
    found = judge(claim(text), Decimal(computed))
    assert found.why == why
    assert (found.verdict is Verdict.BORNE_OUT) == (why in {"same", "tie", "within"})


def test_a_fraction_in_words_has_no_last_digit() -> None:
    assert judge(claim("受理群众诉求占三分之二"), Decimal(67)).why is Why.NOT_SO_EXACT


@given(st.decimals(0, 10_000, places=6), st.sampled_from([0, 1, 2]))
def test_what_is_rounded_by_the_standard_is_borne_out(number: Decimal, digits: int) -> None:
    written = settle(number, digits)
    if written:
        found = judge(claim(f"PM2.5平均浓度{written}微克/立方米"), number)
        assert found.verdict is Verdict.BORNE_OUT
        assert shown(claim(f"PM2.5平均浓度{written}微克/立方米"), number, Why.SAME) == written


@pytest.mark.parametrize(
    ("given_in", "wanted", "factor"),
    [
        ("µg/m³", "微克/立方米", "1"),
        ("毫克/立方米", "µg/m³", "1000"),
        ("亿元", "元", "100000000"),
        ("万人次", "人次", "10000"),
        ("公顷", "亩", "15"),
        ("%", "倍", "0.01"),
        ("%", "个百分点", None),
        ("个百分点", "%", None),
        ("天", "件", None),
        ("人", "人次", None),
        ("", "", "1"),
    ],
)
def test_units_convert_where_they_measure_the_same(given_in: str, wanted: str, factor: str | None) -> None:
    assert times(given_in, wanted) == (None if factor is None else Decimal(factor))
