"""A name, the place above it and a year give one code; near names never give each other's."""

from __future__ import annotations

from datetime import date

import pytest

from duban.catalogue import places
from duban.catalogue.places import AmbiguousPlaceError, PlaceLevel

FOUND = [
    # name, parent, year, code
    ("保定市", None, None, "130600"),
    ("保定", None, None, "130600"),
    ("河北", None, None, "130000"),
    ("内蒙古", None, None, "150000"),
    ("西藏", None, None, "540000"),
    ("北京", None, None, "110000"),
    ("全国", None, None, "CN"),
    ("中国", None, None, "CN"),
    ("130600", None, None, "130600"),
    ("130600000000", None, None, "130600"),
    # the county whose short name the prefecture has too
    ("长沙", None, None, "430100"),
    ("长沙县", None, None, "430121"),
    # names of peoples
    ("恩施土家族苗族自治州", None, None, "422800"),
    ("恩施州", None, None, "422800"),
    ("恩施", None, None, "422800"),
    ("恩施市", None, None, "422801"),
    ("岫岩", None, None, "210323"),
    ("融水", None, None, "450225"),
    ("双江", None, None, "530925"),
    ("克州", None, None, "653000"),
    ("浦东", None, None, "310115"),
    # near names
    ("新安县", None, None, "410323"),
    ("新安", None, None, "410323"),
    ("安新县", None, None, "130632"),
    ("安新", None, None, "130632"),
    ("高唐县", None, None, "371526"),
    ("高唐", None, None, "371526"),
    ("唐县", None, None, "130627"),
    ("米易县", None, None, "510421"),
    ("米易", None, None, "510421"),
    ("易县", None, None, "130633"),
    # names that occur twice
    ("鼓楼区", "南京市", None, "320106"),
    ("鼓楼区", "福州", None, "350102"),
    ("鼓楼区", "河南省", None, "410204"),
    ("朝阳区", "北京市", None, "110105"),
    ("朝阳区", "吉林省", None, "220104"),
    ("通州区", "北京", None, "110112"),
    ("通州区", "南通市", None, "320612"),
    ("北京市朝阳区", None, None, "110105"),
    ("河北省保定市易县", None, None, "130633"),
    ("江苏省南京市鼓楼区", None, None, "320106"),
    # renamed under the same code
    ("襄樊市", None, 2005, "420600"),
    ("襄樊", None, 2005, "420600"),
    ("襄樊", None, 2015, "420600"),
    ("襄阳市", None, 2015, "420600"),
    # upgraded, moved or merged under another
    ("通县", None, 1990, "110223"),
    ("通县", None, 2020, "110112"),
    ("沙县", None, 2020, "350427"),
    ("沙县", None, 2025, "350405"),
    ("公主岭市", None, 2019, "220381"),
    ("公主岭市", None, 2022, "220184"),
    ("宣武区", None, 2015, "110102"),
    ("莱芜市", None, 2018, "371200"),
    ("莱芜市", None, 2025, "370100"),
    ("获鹿县", None, 2005, "130185"),
    ("获鹿县", None, 2025, "130110"),
    ("重庆市", None, 1990, "510200"),
    ("重庆", None, 2000, "500000"),
    ("江北区", "重庆市", 2025, "500105"),
    ("江北区", "重庆市", 2026, "500157"),
    # a prefecture and its seat changed names together
    ("张掖地区", None, 1995, "622200"),
    ("张掖", None, 2010, "620700"),
    ("思茅市", None, 2000, "532701"),
    ("思茅", None, 2015, "530802"),
    ("巢湖市", None, 2005, "341400"),
    ("巢湖市", None, 2020, "340181"),
    ("和康县", None, 2025, "653228"),
]


@pytest.mark.parametrize(("name", "parent", "year", "code"), FOUND)
def test_a_name_gives_its_code(name: str, parent: str | None, year: int | None, code: str) -> None:
    place = places.find(name, parent=parent, on=year)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(
    ("name", "parent", "year"),
    [
        ("襄阳市", None, 2005),  # not yet so called
        ("海南省", None, 1985),
        ("沙县区", None, 2020),
        ("和康县", None, 2020),
        ("安新", "河南省", None),
        ("新安", "保定市", None),
        ("唐县", "聊城市", None),
        ("易县", "攀枝花市", None),
        ("县", None, None),
        ("", None, None),
        ("雄安新区", None, None),  # no code
        ("经开区", None, None),
        ("城郊", None, None),
        ("新区", None, None),  # once a district of Tangshan, but who would mean that
        ("保定市人民政府", None, None),
        ("蓝川市", None, None),
        ("999999", None, None),
        ("鼓楼区", "蓝川市", None),
    ],
)
def test_what_is_no_place_is_not_guessed(name: str, parent: str | None, year: int | None) -> None:
    assert places.find(name, parent=parent, on=year) is None


def test_an_ambiguous_name_says_who_has_it() -> None:
    with pytest.raises(AmbiguousPlaceError) as caught:
        places.find("通州区")
    assert [place.code for place in caught.value.candidates] == ["110112", "320612"]
    assert str(caught.value) == (
        "2 places are called 通州区: 北京市通州区 110112, 江苏省南通市通州区 320612. To do: name the place above it (parent=…)"
    )


@pytest.mark.parametrize("name", ["鼓楼区", "朝阳区", "新华区", "桥西区", "城区", "鼓楼"])
def test_names_that_occur_twice_need_the_place_above(name: str) -> None:
    with pytest.raises(AmbiguousPlaceError, match=name):
        places.find(name)


def test_of_a_year_its_first_day_is_meant_then_the_rest_of_it() -> None:
    before, after = places.find("襄樊市", on=2010), places.find("襄阳市", on=2010)
    assert before is not None
    assert after is not None
    assert (before.valid_to, after.valid_from) == (date(2010, 12, 31), date(2010, 12, 31))
    assert places.get("420600", on=2010) == before
    assert places.get("420600", on=2011) == after
    assert places.get("420600", on=date(2010, 12, 30)) == before
    assert places.get("420600", on=date(2010, 12, 31)) == after


def test_ancestors_and_children() -> None:
    county = places.find("易县")
    assert county is not None
    assert [place.name for place in places.ancestors(county)] == ["保定市", "河北省", "中华人民共和国"]
    assert places.path(county) == "河北省保定市易县"
    city = places.find("保定市")
    assert city is not None
    assert county in places.children(city)
    assert [place.name for place in places.children(city, on=2014) if place.name.endswith("区")] == [
        "新市区",
        "北市区",
        "南市区",
    ]
    country = places.find("全国")
    assert country is not None
    assert len(places.children(country)) == 34
    assert len(places.children(country, on=1985)) == 30, "without 海南, 重庆, 香港 and 澳门"


def test_a_municipality_has_its_districts_directly_below() -> None:
    district = places.find("朝阳区", parent="北京市")
    assert district is not None
    assert (district.level, district.parent) == (PlaceLevel.COUNTY, "110000")


def test_a_county_level_city_under_its_province() -> None:
    city = places.find("济源市")
    assert city is not None
    assert (city.level, city.parent) == (PlaceLevel.COUNTY, "410000")


@pytest.mark.parametrize(
    ("name", "then", "later", "names"),
    [
        ("通县", 1990, 2020, ["通州区"]),
        ("无锡县", 1990, 1998, ["锡山市"]),
        ("无锡县", 1990, 2020, ["锡山区"]),
        ("巢湖市", 2005, 2020, ["合肥市", "芜湖市", "马鞍山市"]),
        ("江干区", 2020, 2024, ["上城区", "钱塘区"]),
    ],
)
def test_what_became_of_a_place(name: str, then: int, later: int, names: list[str]) -> None:
    place = places.find(name, on=then)
    assert place is not None
    assert [each.name for each in places.at(place, later)] == names


def test_what_a_place_came_from() -> None:
    place = places.find("锡山区")
    assert place is not None
    assert [each.name for each in places.at(place, 1990)] == ["无锡县"]
