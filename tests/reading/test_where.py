"""Whose figure it is: the place or body that a clause opens with, as written."""

from __future__ import annotations

import pytest

from duban.documents import from_text
from duban.reading.reader import read_document


@pytest.mark.parametrize(
    ("place", "text", "expected"),
    [
        (
            "澜川市",
            "望澜县规上工业总产值658亿元、占全市的27%，砚湖县集聚软件企业400家。",
            ["望澜县", "望澜县", "砚湖县"],
        ),
        ("澜川市", "澜川港货物、集装箱吞吐量分别增长8.7%和12.4%。", ["澜川港", "澜川港"]),
        (
            "澜川市",
            "澜川港集装箱吞吐量48.3万标准箱，增长13.6%，全市进出口增长5%。",
            ["澜川港", "澜川港", None],
        ),
        ("澜川市", "栎工集团营业收入增长5%。全市地区生产总值增长6%。", ["栎工集团", None]),
        ("澜川市", "市区新增绿地面积230万平方米。", ["市区"]),
        ("澜川市", "新增国家级开发区2个，建设港口泊位3个。", [None, None]),
        ("澜川市", "农村居民人均可支配收入增长6.8%，旅游市场接待游客100万人次。", [None, None]),
        ("辽宁省", "大连经济总量突破9000亿元，沈阳、鞍山等3个城市入选。", ["大连", None]),
        ("辽宁省", "沈阳高新区营业收入增长10%，全省高新技术企业增长8%。", ["沈阳高新区", None]),
        ("鞍山市", "台安县粮食产量50万吨，鞍山地区生产总值增长5%。", ["台安县", None]),
        ("保定市", "保定市地区生产总值增长5%。", [None]),
        ("澜川市", "市区新增绿地230公顷，取缔燃煤锅炉398台，全市造林5万亩。", ["市区", "市区", None]),
        ("辽宁省", "沈阳化工材料、盘锦精细化工2个平台获批，大连新区、旅顺2个园区入围。", [None, None]),
        ("辽宁省", "沈阳引进化工、冶金等3个项目，大连迈入万亿级城市。", ["沈阳", "大连"]),
        ("澜川市", "砚湖农谷引进企业35家，每个县（市）建成示范镇2个。", ["砚湖农谷", "每个县（市）"]),
        ("澜川市", "确保全区90%的园区达标，通用机场增加11个。", [None, None]),
    ],
)
def test_a_figure_has_the_place_its_clause_opens_with(
    place: str, text: str, expected: list[str | None]
) -> None:
    reading = read_document(from_text(text, place=place, year=2026))
    assert [figure.place for figure in reading.figures] == expected


def test_a_paragraph_that_opens_with_a_name_alone_is_about_it() -> None:
    text = "沈阳市：地区生产总值增长5%，新增企业100家。"
    reading = read_document(from_text(text, place="辽宁省", year=2026))
    assert [figure.place for figure in reading.figures] == ["沈阳市", "沈阳市"]
