"""The constructions of figures, and what must hold of the figures of any text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from duban import samples
from duban.documents import from_text
from duban.documents.model import Part
from duban.reading.reader import read_document

if TYPE_CHECKING:
    from duban.reading.model import Distinction, Figure, Statement

CONSTRUCTIONS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("constructions.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CONSTRUCTIONS, ids=lambda case: str(case["text"])[:16])
def test_a_construction_is_read(case: dict[str, Any]) -> None:
    document = from_text(case["text"], year=case.get("year", 2026))
    part = Part(case.get("part", "review_year"))
    sections = tuple(replace(section, part=part) for section in document.sections)
    reading = read_document(replace(document, sections=sections))
    said = [[f.text, f.indicator, f.kind, f.status, f.period] for f in reading.figures]
    assert said == case["figures"]


def test_a_heading_names_the_year_of_a_plan() -> None:
    text = "一、2025年工作回顾\n粮食产量5万吨。\n二、2027年计划的主要指标\n粮食产量6万吨。\n三、2026年工作安排\n粮食产量7万吨。\n"
    reading = read_document(from_text(text, year=2026))
    assert [f.period for f in reading.figures] == ["2025", "2027", "2026"]


@pytest.mark.parametrize("year", [2025, 2026])
def test_what_a_reading_points_to_is_there(year: int) -> None:
    document = from_text(samples.texts()[year - 2025])
    reading = read_document(document)
    assert len(reading.figures) > 150
    for figure in reading.figures:
        assert document.text[figure.start : figure.end] == figure.text
        statement = reading.statements[figure.statement]
        assert statement.start <= figure.start or figure.start < statement.end
        assert reading.figures.index(figure) in statement.figures
    for distinction in reading.distinctions:
        assert document.text[distinction.start : distinction.end] == distinction.text
    for statement in reading.statements:
        assert document.text[statement.start : statement.end] == statement.text


WORDS = st.sampled_from(
    [
        "地区生产总值",
        "增长",
        "下降",
        "5%",
        "3.5个百分点",
        "分别",
        "和",
        "、",
        "，",
        "。",
        "；",
        "达到",
        "由",
        "至",
        "提高到",
        "100个",
        "5000万元以上",
        "项目",
        "建成",
        "等",
        "第4位",
        "居全国",
        "占",
        "比重",
        "2025年",
        "五年来",
        "“十四五”时期",
        "比上年",
        "预计",
        "力争",
        "其中",
        "：",
        "\n",
        "（",
        "）",
        "“",
        "”",
        "年均",
        "人",
        "近千",
        "一半",
        "的",
        "连续三年",
        "万",
        "城乡",
        "同比",
    ]
)


@settings(max_examples=300)
@given(
    st.lists(WORDS | st.characters(codec=None), max_size=30).map("".join)
    | st.text(st.characters(codec=None), max_size=60)
)
def test_reading_never_raises_and_spans_hold(text: str) -> None:
    document = from_text(text, year=2026)
    reading = read_document(document)
    assert reading == read_document(document)
    found: list[Figure | Distinction | Statement] = [
        *reading.figures,
        *reading.distinctions,
        *reading.statements,
    ]
    for item in found:
        assert document.text[item.start : item.end] == item.text
        assert item.start < item.end


def test_a_report_given_late_in_the_year_reviews_it() -> None:
    text = (
        "一、一年来工作回顾\n今年工业总产值将比去年增长4%，油料产量增长17%。今年前三季度出口8亿元。预计全年粮食产量5万吨。\n"
        "二、明年的工作\n明年粮食产量达到6万吨，后年再增加。明年新建学校3所。今后三年改造企业90个。\n"
    )
    reading = read_document(from_text(text, year=1991))
    said = [(f.text, f.status, f.period) for f in reading.figures]
    assert said == [
        ("4%", "estimate", "1991"),
        ("17%", "actual", "1991"),
        ("8亿元", "actual", "1991"),
        ("5万吨", "estimate", "1991"),
        ("6万吨", "target", "1992"),
        ("3所", "target", "1992"),
        ("90个", "target", "1992/1994"),
    ]


def test_a_glossary_explains_words() -> None:
    text = (
        "一、2025年工作回顾\n粮食产量5万吨。\n二、2026年工作安排\n实施“5个1000”行动。\n名词解释\n"
        "1.“5个1000”行动：“十五五”期间，每年入库1000个项目。\n2.“三类”示范区：指省、市、县3类示范区，现有7个示范区。\n"
    )
    reading = read_document(from_text(text, year=2026))
    said = [(f.text, f.status, f.period) for f in reading.figures]
    assert said[0] == ("5万吨", "actual", "2025")
    assert said[-3:] == [
        ("1000个", "target", "2026/2030"),
        ("3类", "reference", None),
        ("7个", "actual", "2025"),
    ]
