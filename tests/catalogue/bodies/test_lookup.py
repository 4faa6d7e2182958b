"""A body by any of its names, on its day; what became of it after a reform."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from duban.catalogue import bodies
from duban.catalogue.bodies import AmbiguousBodyError, BodyLevel
from duban.catalogue.bodies.table import table

FOUND = [
    # name, level, on, id
    ("国家发展和改革委员会", None, None, "national/development-and-reform"),
    ("国家发改委", None, None, "national/development-and-reform"),
    ("教育部", None, None, "national/education"),
    ("卫健委", "city", None, "city/health"),
    ("卫生健康委员会", "province", None, "province/health"),
    ("市卫健委", None, None, "city/health"),
    ("县教育局", None, None, "city/education"),
    ("鞍山市教育局", None, None, "city/education"),
    ("保定市徐水区财政局", None, None, "city/finance"),
    ("辽宁省教育厅", None, None, "province/education"),
    ("省发展改革委", None, None, "province/development-and-reform"),
    ("市纪委监委", None, None, "city/party-discipline"),
    ("各县（市）区", None, None, "city/counties-and-districts"),
    # the reforms of the State Council
    ("国家计委", None, 1995, "national/planning-commission"),
    ("国家计委", None, 2000, "national/development-planning"),
    ("国家计委", None, 2010, "national/development-and-reform"),
    ("国家教委", None, 2000, "national/education"),
    ("化学工业部", None, 1997, "national/chemicals"),
    ("化学工业部", None, 2000, "national/petrochemicals-bureau"),
    ("信息产业部", None, 2005, "national/information-industry"),
    ("信息产业部", None, 2010, "national/industry"),
    ("劳动和社会保障部", None, 2009, "national/human-resources"),
    ("国家环境保护总局", None, 2005, "national/environment-administration"),
    ("国家环境保护总局", None, 2010, "national/environment"),
    ("环境保护部", None, 2020, "national/ecology"),
    ("建设部", None, 2020, "national/housing"),
    ("卫生部", None, 2010, "national/health-ministry"),
    ("卫生部", None, 2015, "national/health-and-family-planning"),
    ("卫生部", None, 2020, "national/health"),
    ("国家卫生计生委", None, 2020, "national/health"),
    ("国家人口和计划生育委员会", None, 2020, "national/health"),
    ("国家工商行政管理总局", None, 2020, "national/market-regulation"),
    ("国家安全生产监督管理总局", None, 2020, "national/emergency"),
    ("农业部", None, 2020, "national/agriculture"),
    ("国土资源部", None, 2020, "national/natural-resources"),
    ("银监会", None, 2010, "national/banking-regulation"),
    ("银监会", None, 2020, "national/banking-and-insurance"),
    ("银监会", None, 2024, "national/financial-regulation"),
    ("国务院扶贫办", None, 2020, "national/poverty-alleviation"),
    ("国务院扶贫办", None, 2022, "national/rural-revitalization"),
    ("国务院扶贫办", None, 2025, "national/agriculture"),
    ("国家数据局", None, 2024, "national/data"),
    ("国家数据局", None, 2023, "national/data"),
    # and of the cities
    ("卫生局", None, 2010, "city/health/卫生局"),
    ("卫生局", None, 2016, "city/health/卫生和计划生育委员会"),
    ("卫生局", None, 2020, "city/health"),
    ("市环保局", None, 2015, "city/ecology/环境保护局"),
    ("市环保局", None, 2020, "city/ecology"),
    ("工商局", None, 2020, "city/market-regulation"),
    ("扶贫办", "city", 2022, "city/agriculture/乡村振兴局"),
    ("扶贫办", "city", 2025, "city/agriculture"),
]


@pytest.mark.parametrize(("name", "level", "on", "key"), FOUND)
def test_a_name_gives_its_body(name: str, level: str | None, on: int | None, key: str) -> None:
    body = bodies.find(name, level=level, on=on)
    assert body is not None
    assert body.id == key
    assert bodies.get(key) == body


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("", None),
        ("局", None),
        ("教育", None),
        ("蓝川市教育局", None),  # no such place
        ("教育局局长", None),
        ("国家数据局", 2020),  # not yet
        ("退役军人事务部", 2015),
        ("银保监会", 2010),
    ],
)
def test_what_is_no_body_is_not_guessed(name: str, on: int | None) -> None:
    assert bodies.find(name, on=on) is None


def test_of_a_year_its_beginning_is_meant_of_a_day_the_day() -> None:
    ministry, commission = bodies.find("卫生部", on=2013), bodies.find("国家卫生计生委", on=2013)
    assert ministry is not None
    assert commission is not None
    assert (ministry.dissolved, commission.founded) == ("2013-03-14", "2013-03-14")
    assert bodies.find("卫生部", on=date(2013, 3, 13)) == ministry
    assert bodies.find("卫生部", on=date(2013, 3, 14)) == commission


def test_what_was_divided_among_several_says_among_whom() -> None:
    with pytest.raises(AmbiguousBodyError) as caught:
        bodies.find("铁道部")
    assert [body.name for body in caught.value.candidates] == ["国家铁路局", "中国国家铁路集团有限公司"]
    ministry = bodies.get("national/railways-ministry")
    assert ministry is not None
    assert [body.name for body in bodies.at(ministry, 2015)] == ["国家铁路局", "中国铁路总公司"]


def test_a_name_of_several_levels_needs_the_level() -> None:
    with pytest.raises(AmbiguousBodyError, match=r"3 bodies could be meant by 发展改革委: .*name the level"):
        bodies.find("发展改革委")


DAYS = [date(year, month, 20) for year in range(1995, 2027) for month in (1, 6)]


@pytest.mark.parametrize("level", list(BodyLevel))
def test_no_two_bodies_of_a_level_share_a_name(level: BodyLevel) -> None:
    for day in DAYS:
        names = Counter(
            name for body in bodies.bodies(level, on=day) for name in dict.fromkeys((body.name, *body.others))
        )
        assert [name for name, count in names.items() if count > 1] == [], day


def test_every_dissolved_body_ends_into_one_that_is_there() -> None:
    for body in table().bodies:
        assert (body.dissolved is None) == (not body.successors), body.id
        assert body.founded is None or body.dissolved is None or body.founded < body.dissolved, body.id
        for key in body.successors:
            after = table().by_id[key]
            assert after.founded is None or after.founded <= str(body.dissolved), f"{body.id} → {key}"
            assert after.dissolved is None or str(body.dissolved) < after.dissolved, f"{body.id} → {key}"
        if body.dissolved is not None:
            assert bodies.at(body), f"{body.id} ends nowhere"


def test_there_are_as_many_ministries_as_the_plans_say() -> None:
    """Constituent departments besides the General Office: 29 of 1998, 28 of 2003, 27 of 2008, 25 of 2013, 26 of 2018."""
    for year, count in ((1999, 29), (2004, 28), (2009, 27), (2014, 25), (2019, 26), (2024, 26)):
        constituent = [
            body for body in bodies.bodies("national", on=date(year, 6, 1)) if body.kind == "constituent"
        ]
        assert len(constituent) - 1 == count, (year, sorted(body.name for body in constituent))
