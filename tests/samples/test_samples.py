"""The sample reports: long enough, whole in their constructions, right in their sums, and with honest gold."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from duban import samples

GOLD = Path(__file__).parent / "gold"
YEARS = (2025, 2026)
VERDICTS = {"met", "exceeded", "missed", "partly", "under_way", "no_answer", "not_checkable"}
QUALIFIERS = {"exact", "about", "nearly", "over", "at_least", "at_most"}
KINDS = {"level", "growth", "change", "avg_growth", "rank"}
STATUSES = {"actual", "estimate", "target", "reference"}
REASONS = {"date", "ordinal", "name", "word", "range_end", "duration", "noise"}
DISTINCTIONS = {
    "rank",
    "record_high",
    "record_low",
    "first",
    "streak",
    "since",
    "all",
    "none",
    "best",
    "above",
}


def text_of(year: int) -> str:
    return dict(zip(YEARS, samples.texts(), strict=True))[year]


def gold(year: int, what: str) -> list[dict[str, Any]]:
    lines = (GOLD / f"lanchuan_{year}.{what}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def promises() -> Any:
    return yaml.safe_load(samples.promises_path().read_text(encoding="utf-8"))


@pytest.mark.parametrize("year", YEARS)
def test_a_report_is_about_5000_characters_and_has_the_parts_of_a_real_one(year: int) -> None:
    text = text_of(year)
    assert 4800 <= len(text) <= 6000
    lines = text.splitlines()
    assert lines[0] == f"{samples.PLACE}{year}年政府工作报告"
    assert re.fullmatch(rf"——{year}年1月\d+日在{samples.PLACE}第五届人民代表大会第[四五]次会议上", lines[1])
    assert "市长" in lines[2]
    assert lines[3] == "各位代表："
    assert any(re.match(r"二、", line) for line in lines)
    assert all(f"（{n}）" in text for n in "一二三四五六七八")


def test_the_files_are_the_texts() -> None:
    assert [path.read_text(encoding="utf-8") for path in samples.paths()] == list(samples.texts())


CONSTRUCTIONS = [
    "分别增长4.6%和6.8%",
    "新签约、新落地重点项目286个、197个",
    "资金87.6亿元、增长9.5%",
    "达到1.32万人，增长16.8%",
    "318个5000万元以上项目",
    "由每千瓦时0.62元降至0.58元",
    "由58.6%提高到61.2%",
    "比上年提高0.3个百分点",
    "年均增长",
    "占地区生产总值比重",
    "高于全省0.4个百分点",
    "其中税收收入",
    "累计达到",
    "等12个文化场馆",
    "每万人口发明专利拥有量",
    "望澜区规上工业总产值突破",
    "预计固定资产投资增长5.2%，社会消费品零售总额",
    "力争突破",
    "目标是",
    "确保",
    "五年来",
    "百分之七点八",
    "一千二百亿元",
    "近三成",
    "三分之一",
    "一半",
    "翻两番",
    "六点五个百分点",
    "3.3万亿元",
    "620多万人次",
    "1.2亿美元",
    "5%—5.5%",
    "4.5%至5%",
    "30到40家",
    "约3.3亿元",
    "近5亿元",
    "超400家",
    "超过50万吨",
    "突破600亿元",
    "不低于450亿元",
    "不少于8000万元",
    "不超过8600万元",
    "控制在2%以内",
    "31微克/立方米以下",
    "6%左右",
    "1.3%上下",
    "8%以上",
    "60余场",
    "6000多人",
    "逾12万吨标准煤",
    "大约26万人次",
    "接近99%",
    "５．２％",
    "41,860元",
    "微克/立方米",
    "万标准箱",
    "亿千瓦时",
    "美元",
    "公顷",
    "平方米",
    "个工作日",
    "居全省第2位",
    "创历史新高",
    "记录以来新低",
    "首次突破",
    "零的突破",
    "十连丰",
    "1998年以来最大",
    "全覆盖",
    "全面达标",
    "无一决口",
    "优秀等次",
    "高于全省平均水平",
    "“1+3+N+10”",
    "5G",
    "PM2.5",
    "“三区三线”",
    "二十大",
    "国发〔2020〕6号",
    "一批",
    "万众一心",
    "连续三年",
    "“十四五”",
    "第五届人民代表大会",
    "二十届二中、三中全会",
]


@pytest.mark.parametrize("construction", CONSTRUCTIONS)
def test_every_construction_occurs(construction: str) -> None:
    assert construction in "\n".join(samples.texts())


LEVELS = [  # phrase of 2025, its level; phrase of 2026, its level; growth in per cent
    ("1819.8亿元", 1819.8, "1921.7亿元、增长5.6%", 1921.7, 5.6),
    ("612.5亿元", 612.5, "646.2亿元，增长5.5%", 646.2, 5.5),
    ("98.6亿元", 98.6, "103.1亿元、增长4.6%", 103.1, 4.6),
    ("41,860元", 41860, "43,869元、增长4.8%", 43869, 4.8),
    ("21,350元", 21350, "22,823元、增长6.9%", 22823, 6.9),
    ("186.3亿元", 186.3, "203.6亿元，增长9.3%", 203.6, 9.3),
    ("产值426亿元", 426, "486亿元，增长14.1%", 486, 14.1),
    ("43.7亿元", 43.7, "50亿元、增长14.4%", 50, 14.4),
    ("38.5亿元", 38.5, "46.2亿元，增长20%", 46.2, 20),
    ("42.5万标准箱", 42.5, "48.3万标准箱，增长13.6%", 48.3, 13.6),
    ("21.6亿千瓦时", 21.6, "26.4亿千瓦时、增长22.2%", 26.4, 22.2),
    ("31.5微克/立方米", 31.5, "30.2微克/立方米，下降4.1%", 30.2, -4.1),
    ("总量达到33万户", 33, "35.6万户、增长7.9%", 35.6, 7.9),
]


@pytest.mark.parametrize(("before", "low", "after", "high", "growth"), LEVELS)
def test_levels_and_growth_agree_over_the_two_years(
    before: str, low: float, after: str, high: float, growth: float
) -> None:
    assert before in text_of(2025)
    assert after in text_of(2026)
    assert (high / low - 1) * 100 == pytest.approx(growth, abs=0.12)


SUMS = [  # what is computed from numbers of the reports, the number stated, the phrase that states it
    (143.9 + 59.7, 203.6, "进出口总额203.6亿元"),
    (143.9 / 131.5 * 100 - 100, 9.4, "分别增长9.4%、8.9%"),
    (59.7 / (186.3 - 131.5) * 100 - 100, 8.9, "分别增长9.4%、8.9%"),
    (212.5 + 12.6, 225.1, "累计达到225.1万亩"),
    (412 + 56, 468, "高新技术企业468家，净增56家"),
    (318 - 2, 316, "空气优良天数316天、减少2天"),
    (2860 * 1.1, 3146, "接待游客3146万人次"),
    (243.1 * 1.12, 272.3, "旅游收入272.3亿元"),
    (41860 / 21350, 1.96, "城乡居民收入比由1.96降至1.92"),
    (43869 / 22823, 1.92, "城乡居民收入比由1.96降至1.92"),
    (69 / 98.6 * 100, 70, "占一般公共预算收入比重达到70%"),
    (43.7 / 1819.8 * 100, 2.4, "占地区生产总值比重达到2.4%"),
    (50 / 1921.7 * 100, 2.6, "占地区生产总值比重达到2.6%"),
    (11 / 12 * 100, 91.7, "12个国考断面优良比例达到91.7%"),
    (1456.5 * 1.057**5, 1921.7, "由2020年的1456.5亿元增加到1921.7亿元，年均增长5.7%"),
    (136 * 1.084**5, 203.6, "由136亿元增加到203.6亿元，年均增长8.4%"),
    (64.7 - 58.2, 6.5, "由58.2%提高到64.7%，提高六点五个百分点"),
    (63.9 + 0.8, 64.7, "提高到64.7%"),
]


@pytest.mark.parametrize(("computed", "stated", "phrase"), SUMS)
def test_parts_totals_and_shares_agree(computed: float, stated: float, phrase: str) -> None:
    assert phrase in "\n".join(samples.texts())
    assert computed == pytest.approx(stated, abs=0.06, rel=1e-3)


def test_every_promise_stands_once_in_its_text() -> None:
    first, second = samples.texts()
    for promise in promises()["promises"]:
        assert promise["verdict"] in VERDICTS
        assert first.count(promise["in_2025"]) == 1, promise
        answered = promise["verdict"] not in {"no_answer", "not_checkable"}
        assert answered == (promise["in_2026"] is not None), promise
        if answered:
            assert second.count(promise["in_2026"]) == 1, promise
    for claim in promises()["unannounced"]:
        assert second.count(claim["in_2026"]) == 1, claim


def test_there_are_promises_of_every_outcome_and_all_stand_in_the_plan() -> None:
    plan = text_of(2025).index("二、2025年工作安排")
    made = promises()["promises"]
    assert len(made) >= 25
    assert {promise["verdict"] for promise in made} == VERDICTS
    assert all(text_of(2025).index(promise["in_2025"]) > plan for promise in made)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("what", ["figures", "distinctions"])
def test_gold_stands_at_its_characters_in_order(year: int, what: str) -> None:
    text = text_of(year)
    lines = gold(year, what)
    assert all(text[line["start"] : line["end"]] == line["text"] for line in lines)
    assert all(a["start"] <= b["start"] for a, b in pairwise(lines))


@pytest.mark.parametrize("year", YEARS)
def test_gold_uses_the_words_of_the_guide(year: int) -> None:
    for line in gold(year, "figures"):
        if "not_figure" in line:
            assert line["not_figure"] in REASONS
            continue
        assert line["qualifier"] in QUALIFIERS
        assert line["kind"] in KINDS
        assert line["status"] in STATUSES
        assert line["indicator"]
        assert line["high"] is None or line["high"] > line["value"]
        assert line["period"] is None or re.fullmatch(r"\d{4}(/\d{4})?", line["period"])
    assert {line["type"] for line in gold(year, "distinctions")} <= DISTINCTIONS


def test_the_gold_shows_every_kind_status_qualifier_and_type() -> None:
    figures = [line for year in YEARS for line in gold(year, "figures") if "value" in line]
    assert {line["qualifier"] for line in figures} == QUALIFIERS
    assert {line["kind"] for line in figures} == KINDS
    assert {line["status"] for line in figures} == STATUSES
    assert {line["type"] for year in YEARS for line in gold(year, "distinctions")} == DISTINCTIONS


@pytest.mark.parametrize("year", YEARS)
def test_every_numeral_is_annotated(year: int) -> None:
    """Multipliers after a number (亿元, 万人) and 个百分点 belong to the number before them."""
    covered = {i for line in gold(year, "figures") for i in range(line["start"], line["end"])}
    text = text_of(year)
    left = [m for m in re.finditer(r"[0-9０-９]|[一二三四五六七八九十两]", text) if m.start() not in covered]
    assert not [text[m.start() - 6 : m.end() + 6] for m in left]
