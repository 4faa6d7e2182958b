"""Claims of rank, record, first, streak, completeness and comparison, by example."""

from __future__ import annotations

import pytest

from duban.documents.model import Part
from duban.reading.clauses import Clause, Sentence
from duban.reading.distinctions import find, whole


def cut(text: str) -> Sentence:
    clauses, start = [], 0
    for piece in text.rstrip("。").split("，"):
        clauses.append(Clause(start, start + len(piece), piece))
        start += len(piece) + 1
    return Sentence(0, len(text), 0, tuple(clauses))


def claims(text: str, part: Part = Part.REVIEW_YEAR) -> list[tuple[str, str]]:
    return [(found.type.value, text[found.start : found.end]) for found in find(cut(text), part)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("外贸出口总额居全国第4位", [("rank", "居全国第4位")]),
        ("服务业投资增速位居全省前列", [("rank", "位居全省前列")]),
        ("森林覆盖率排名首位", [("rank", "排名首位")]),
        ("综合实力跻身全国百强县前十", [("rank", "跻身全国百强县前十")]),
        ("利用外资稳居发展中国家首位", [("rank", "稳居发展中国家首位")]),
        ("空气质量改善幅度全省第一", [("rank", "全省第一")]),
        ("港口吞吐量连续三年居世界第一", [("streak", "连续三年居世界第一"), ("rank", "居世界第一")]),
        ("营商环境国际排名大幅上升", [("rank", "国际排名大幅上升")]),
        ("夏粮产量创历史新高", [("record_high", "创历史新高")]),
        ("旅游收入再创新高", [("record_high", "再创新高")]),
        ("刷新全省项目审批纪录", [("record_high", "刷新全省项目审批纪录")]),
        ("森林火灾次数创历史新低", [("record_low", "创历史新低")]),
        ("高考成绩创历史最好水平", [("best", "创历史最好水平")]),
        ("粮食生产实现十二连丰", [("streak", "十二连丰")]),
        ("信访总量连年下降", [("streak", "连年下降")]),
        ("战胜了1951年以来最大洪水", [("since", "1951年以来最大")]),
        ("面对三年来最为严峻的形势", [("since", "三年来最为严峻")]),
        ("建成全国首个零碳机场", [("first", "全国首个")]),
        ("在全省率先实行一照多址", [("first", "在全省率先")]),
        ("实现高铁零的突破", [("first", "零的突破")]),
        ("水库无一垮坝", [("none", "无一垮坝")]),
        ("零就业家庭动态清零", [("none", "动态清零")]),
        ("未发生重大安全事故", [("none", "未发生重大安全事故")]),
        ("代表建议全部办结", [("all", "全部办结")]),
        ("河湖断面全面达标", [("all", "全面达标")]),
        ("村卫生室实现全覆盖", [("all", "全覆盖")]),
        ("困难群众应保尽保", [("all", "应保尽保")]),
        ("历史性实现县县通高速", [("all", "县县通高速")]),
        ("建议办理满意率达到100%", [("all", "达到100%")]),
        ("居民收入增速高于全国平均水平", [("above", "高于全国平均水平")]),
        ("超额完成年度减排任务", [("above", "超额完成")]),
        ("建成世界最大单体光伏电站", [("best", "世界最大")]),
    ],
)
def test_claims(text: str, expected: list[tuple[str, str]]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全面贯彻新发展理念",
        "全面加强生态保护和修复",
        "决胜全面建成小康社会",
        "最大限度减少对企业的干扰",
        "发展首发经济和银发经济",
        "完善首台（套）政策",
        "混合所有制改革深入推进",
        "向所有关心支持我省发展的朋友表示感谢",
        "社会消费品零售总额增长3%",
        "保持政策连续性稳定性",
        "产值增长100%",
        "能耗不高于5%",
    ],
)
def test_no_claim(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    "text",
    ["率先实现农业农村现代化", "坚决守住不发生系统性风险底线", "全面实施零基预算"],
)
def test_an_aim_of_a_plan_is_no_claim(text: str) -> None:
    assert claims(text, Part.PLAN_YEAR) == []


@pytest.mark.parametrize(
    ("text", "scope", "subject", "n"),
    [
        ("营业收入增长38.5%，排名全省首位", "全省", "营业收入增长", 1),
        ("争取专项债券23.03亿元，创历史新高", "history", "争取专项债券", None),
        ("粮食总产量达到138.5万吨，喜获“八连丰”", None, "粮食总产量", 8),
        ("PM2.5平均浓度32.2微克/立方米，改善幅度全省排名第一", "全省", "PM2.5平均浓度改善幅度", 1),
        ("17个国省考断面全面达标", None, "国省考断面", None),
        ("成功举办首届全国镁资源利用学术会议", "全国", "全国镁资源利用学术会议", None),
        ("全球首艘甲醇双燃料油轮成功交付", "全球", "甲醇双燃料油轮", None),
        ("实际使用外资1383亿美元、稳居发展中国家首位", "发展中国家", "实际使用外资", 1),
    ],
)
def test_scope_subject_and_number(text: str, scope: str | None, subject: str, n: int | None) -> None:
    found = list(find(cut(text), Part.REVIEW_YEAR))
    assert [(claim.scope, claim.subject, claim.n) for claim in found] == [(scope, subject, n)]


@pytest.mark.parametrize(
    ("numeral", "expected"),
    [("4", 4), ("１６", 16), ("八", 8), ("十二", 12), ("一九五一", 1951), ("二〇一五", 2015), ("两", 2)],
)
def test_whole(numeral: str, expected: int) -> None:
    assert whole(numeral) == expected
