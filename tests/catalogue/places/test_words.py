"""What a word of a report stands for depends on whose report it is."""

from __future__ import annotations

import pytest

from duban.catalogue import places
from duban.catalogue.places import How, Place


def own_place(name: str) -> Place:
    place = places.find(name)
    assert place is not None
    return place


RESOLVED = [
    # word, the report's own place, what it stands for, how
    ("全市", "鞍山市", "鞍山市", How.OWN),
    ("我市", "鞍山市", "鞍山市", How.OWN),
    ("本市", "鞍山市", "鞍山市", How.OWN),
    ("鞍山", "鞍山市", "鞍山市", How.OWN),
    ("鞍山市", "鞍山市", "鞍山市", How.OWN),
    ("全省", "鞍山市", "辽宁省", How.ABOVE),
    ("我省", "鞍山市", "辽宁省", How.ABOVE),
    ("辽宁", "鞍山市", "辽宁省", How.ABOVE),
    ("全国", "鞍山市", "中华人民共和国", How.ABOVE),
    ("我国", "鞍山市", "中华人民共和国", How.ABOVE),
    ("台安", "鞍山市", "台安县", How.BELOW),
    ("台安县", "鞍山市", "台安县", How.BELOW),
    ("铁西区", "鞍山市", "铁西区", How.BELOW),
    ("沈阳", "鞍山市", "沈阳市", How.BESIDE),
    ("省会", "鞍山市", "沈阳市", How.CAPITAL),
    ("首都", "鞍山市", "北京市", How.CAPITAL),
    ("苏州", "鞍山市", "苏州市", How.ELSEWHERE),
    # a county or district speaks of the city above it
    ("全市", "台安县", "鞍山市", How.ABOVE),
    ("我市", "辽宁省鞍山市铁西区", "鞍山市", How.ABOVE),
    ("全县", "台安县", "台安县", How.OWN),
    ("我县", "岫岩满族自治县", "岫岩满族自治县", How.OWN),
    ("全区", "辽宁省鞍山市铁西区", "铁西区", How.OWN),
    # a county-level city speaks of itself
    ("全市", "海城市", "海城市", How.OWN),
    # a municipality and its districts
    ("全市", "北京市", "北京市", How.OWN),
    ("全市", "北京市朝阳区", "北京市", How.ABOVE),
    ("朝阳", "北京市", "朝阳区", How.BELOW),
    ("朝阳", "辽宁省", "朝阳市", How.BELOW),
    # autonomous regions and prefectures, leagues, banners
    ("全区", "广西壮族自治区", "广西壮族自治区", How.OWN),
    ("全区", "南宁市", "广西壮族自治区", How.ABOVE),
    ("全区", "横州市", "广西壮族自治区", How.ABOVE),
    ("全区", "南宁市青秀区", "青秀区", How.OWN),
    ("首府", "南宁市", "南宁市", How.CAPITAL),
    ("全州", "恩施州", "恩施土家族苗族自治州", How.OWN),
    ("全州", "恩施市", "恩施土家族苗族自治州", How.ABOVE),
    ("全市", "恩施市", "恩施市", How.OWN),
    ("全盟", "锡林郭勒盟", "锡林郭勒盟", How.OWN),
    ("全盟", "内蒙古自治区锡林郭勒盟东乌珠穆沁旗", "锡林郭勒盟", How.ABOVE),
    ("我旗", "内蒙古自治区锡林郭勒盟东乌珠穆沁旗", "东乌珠穆沁旗", How.OWN),
    ("全地区", "喀什地区", "喀什地区", How.OWN),
    # the same short name, by who speaks
    ("海南", "青海省", "海南藏族自治州", How.BELOW),
    ("海南", "鞍山市", "海南省", How.ELSEWHERE),
    ("鼓楼区", "南京市", "鼓楼区", How.BELOW),
    ("全国", "全国", "中华人民共和国", How.OWN),
]


@pytest.mark.parametrize(("word", "own", "name", "how"), RESOLVED)
def test_a_word_is_resolved_against_the_report(word: str, own: str, name: str, how: How) -> None:
    found = places.resolve(word, own_place(own))
    assert found.place is not None
    assert (found.place.name, found.how) == (name, how)


@pytest.mark.parametrize(
    ("word", "own", "how"),
    [
        ("全省", "北京市", How.UNKNOWN),
        ("全省", "南宁市", How.UNKNOWN),
        ("全市", "辽宁省", How.UNKNOWN),
        ("全市", "恩施州", How.UNKNOWN),
        ("全县", "鞍山市", How.UNKNOWN),
        ("全区", "鞍山市", How.UNKNOWN),
        ("全州", "鞍山市", How.UNKNOWN),
        ("省会", "北京市", How.UNKNOWN),
        ("全市", None, How.UNKNOWN),
        ("经开区", "鞍山市", How.NO_CODE),
        ("高新区", "鞍山市", How.NO_CODE),
        ("雄安新区", "保定市", How.NO_CODE),
        ("全域", "鞍山市", How.UNKNOWN),
        ("规模以上工业企业", "鞍山市", How.UNKNOWN),
        ("鼓楼区", "鞍山市", How.AMBIGUOUS),
        ("鼓楼区", None, How.AMBIGUOUS),
    ],
)
def test_what_cannot_be_told_says_why(word: str, own: str | None, how: How) -> None:
    found = places.resolve(word, None if own is None else own_place(own))
    assert (found.place, found.how) == (None, how)
    assert bool(found.candidates) == (how is How.AMBIGUOUS)


def test_words_are_resolved_in_the_reports_own_year() -> None:
    suzhou = places.find("平江区", on=2010)
    assert suzhou is not None
    assert places.resolve("全市", suzhou, on=2010).place == places.get("320500", on=2010)
    shaxian = places.find("沙县", on=2020)
    assert places.resolve("全县", shaxian, on=2020).place == shaxian


def test_every_capital_is_in_its_province() -> None:
    country = own_place("全国")
    seats = {province.name: places.resolve("省会", province) for province in places.children(country)}
    with_seat = [name for name, found in seats.items() if found.place is not None]
    assert sorted(with_seat) == sorted(
        province.name
        for province in places.children(country)
        if province.name.endswith("省") and province.code != "710000"
    )
    for province in places.children(country):
        seat = places.resolve("首府" if province.name.endswith("自治区") else "省会", province).place
        assert seat is None or seat.parent == province.code
