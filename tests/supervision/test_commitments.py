"""From a report to tasks: targets, terms, suggested leads and kinds of what it promises."""

from __future__ import annotations

import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import duban
from duban import samples
from duban.catalogue import bodies
from duban.documents import from_text
from duban.reading.reader import read_document
from duban.supervision.breakdown import Commitment, commitments
from duban.supervision.exports.rows import commitment_rows
from duban.supervision.model import Path as Course

PLAN = "二、2026年重点工作\n我们要真抓实干。"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "commitments-liaoning-2026.md"


def promised(text: str, place: str = "澜川市") -> list[Commitment]:
    return commitments(read_document(from_text(PLAN + text, place=place, year=2026)))


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("建设社区食堂20个。", "2026-12-31", ""),
        ("澜水河三桥上半年建成通车。", "2026-06-30", "上半年"),
        ("澜景高速力争年底前开工建设。", "2026-12-31", "年底前"),
        ("6月底前完成汛前检查整治项目。", "2026-06-30", "6月底前"),
        ("2月底前建成粮库2座。", "2026-02-28", "2月底前"),
        ("10月15日前完成老旧管网改造30公里。", "2026-10-15", "10月15日前"),
        ("三季度建成智算中心1座。", "2026-09-30", "三季度"),
        ("供暖期前改造老旧供热管网30公里。", "2026-10-31", "供暖期前"),
        ("到2028年，建成智算中心3座。", "2028-12-31", "到2028年"),
        ("到2027年6月底前建成智算中心1座。", "2027-06-30", "6月底前"),
    ],
)
def test_a_term_is_the_day_that_the_text_names_or_the_years_end(text: str, day: str, words: str) -> None:
    (found,) = promised(text)
    assert (str(found.due), found.terms[0].words) == (day, words)


def test_the_last_of_several_days_is_the_term() -> None:
    (found,) = promised("新建学校2所上半年开工、年底前建成。")
    assert [str(term.day) for term in found.terms] == ["2026-12-31", "2026-06-30"]


def test_an_outline_of_five_years_is_due_at_their_end() -> None:
    text = "二、“十五五”时期目标任务\n主要目标是：地区生产总值年均增长5%左右，常住人口城镇化率达到68%。\n"
    found = commitments(read_document(from_text(text, place="澜川市", year=2026)))
    assert {str(each.due) for each in found} == {"2030-12-31"}


def test_without_a_year_no_term_is_made_up() -> None:
    found = commitments(read_document(from_text("二、今年重点工作\n建设社区食堂20个。\n", place="澜川市")))
    assert [each.due for each in found] == [None]


@pytest.mark.parametrize(
    ("text", "name", "value", "path", "base"),
    [
        ("改造老旧小区90个。", "改造老旧小区", "90", Course.EVEN, 0),
        ("绿色矿山占比超过80%。", "绿色矿山占比", "80", Course.END, None),
        ("社会消费品零售总额增长5%以上。", "社会消费品零售总额", "5", Course.STEADY, None),
        ("单位地区生产总值能耗下降3%。", "单位地区生产总值能耗", "-3", Course.STEADY, None),
        ("技术合同成交额达到1800亿元。", "技术合同成交额", "180000000000", Course.END, None),
    ],
)
def test_a_target_knows_how_it_is_worked_off(
    text: str, name: str, value: str, path: Course, base: int | None
) -> None:
    (found,) = promised(text)
    (target,) = found.targets
    assert (target.name, target.value, target.path) == (name, Decimal(value), path)
    assert target.base == (None if base is None else Decimal(base))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("建设社区食堂20个。", "task"),
        ("抓好中央生态环境保护督察反馈问题整改。", "inspection"),
        ("继续办好10件民生实事：新增养老床位1500张。", "livelihood"),
    ],
)
def test_the_kind_of_work_is_suggested(text: str, kind: str) -> None:
    assert {each.work_type for each in promised(text)} == {kind}


def test_neighbours_of_one_hand_are_one_task_and_of_two_are_two() -> None:
    assert [each.text for each in promised("改造老旧小区90个，加装电梯600部，新建农村公路300公里。")] == [
        "改造老旧小区90个，加装电梯600部",
        "新建农村公路300公里",
    ]
    assert [each.text for each in promised("澜水河三桥上半年建成通车，澜景高速年底前开工。")] == [
        "澜水河三桥上半年建成通车",
        "澜景高速年底前开工",
    ]


def test_lead_units_are_those_of_the_reports_level_with_the_words_that_speak_for_them() -> None:
    (city,) = promised("新建农村公路300公里。")
    (province,) = promised("新建农村公路300公里。", place="辽宁省")
    assert (city.leads[0].name, province.leads[0].name) == ("交通运输局", "交通运输厅")
    assert city.leads[0].words == ("农村公路",)
    assert bodies.get(city.leads[0].unit) is not None


def test_everything_is_tied_to_the_text() -> None:
    reading = duban.read(samples.paths()[1])
    found = commitments(reading)
    assert len(found) > 50
    for each in found:
        assert reading.document.text[each.origin.start : each.origin.end] == each.origin.quote == each.text
        assert each.origin.document == reading.document.sha256
        assert each.origin.section


def test_a_commitment_becomes_what_its_events_say() -> None:
    found = promised("到2028年，建成智算中心3座。")[0]
    details = found.details()
    assert (details.due, details.lead) == (date(2028, 12, 31), found.leads[0].unit)
    assert details.targets == found.targets
    assert details.origin == found.origin


def test_the_table_of_tasks_has_a_row_for_each() -> None:
    rows = list(
        commitment_rows(
            promised("改造老旧小区90个，加装电梯600部。单位地区生产总值能耗下降3%左右。发放消费券1亿元以上。")
        )
    )
    assert [row.targets for row in rows] == [
        "改造老旧小区90个；加装电梯600部",
        "单位地区生产总值能耗下降3%左右",
        "发放消费券1亿元以上",
    ]
    assert rows[0].lead == "住房和城乡建设局"
    assert rows[0].due == "2026-12-31"
    assert [row.number for row in rows] == ["1", "2", "3"]


@pytest.mark.corpus
@pytest.mark.slow
def test_the_page_on_a_real_report_says_what_is(shared: Path) -> None:
    found = commitments(duban.read(shared / "gold" / "liaoning_2026.txt"))
    page = PAGE.read_text(encoding="utf-8")
    assert f"**{len(found)} commitments**" in page
    drawn = sorted(random.Random(2026).sample(range(len(found)), 100))
    quoted = re.findall(r"^\| \d+ \| (.+?)…? \| ", page, re.MULTILINE)
    assert quoted == [found[at].text[:30] for at in drawn]
    taken = len(re.findall(r"\| yes \|$", page, re.MULTILINE))
    assert f"would take {taken} as they are" in page
    assert taken >= 80
