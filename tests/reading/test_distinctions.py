"""Claims of rank, record, first, streak, completeness and comparison, by example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.reading.clauses import Clause, Sentence
from duban.reading.distinctions import find, whole


def cut(text: str) -> Sentence:
    clauses, start = [], 0
    for piece in text.rstrip("。").split("，"):
        clauses.append(Clause(start, start + len(piece), piece))
        start += len(piece) + 1
    return Sentence(0, len(text), tuple(clauses))


def claims(text: str) -> list[tuple[str, str]]:
    return [(found.type.value, text[found.start : found.end]) for found in find(cut(text))]


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
        ("肉牛屠宰量由全国第11位跃升至第5位", [("rank", "由全国第11位跃升至第5位")]),
        ("位列金牌榜第2位", [("rank", "位列金牌榜第2位")]),
        ("单产创近5年新高", [("record_high", "创近5年新高")]),
        ("棉花创造了历史最高纪录", [("record_high", "创造了历史最高纪录")]),
        ("主要河流发生13次编号洪水、为1998年以来最多", [("since", "1998年以来最多")]),
        ("这是建国以来发展最快的时期", [("since", "建国以来发展最快")]),
        ("断面水质首次达到优", [("first", "首次达到优")]),
        ("成为全国第一个质量监测全市域试点", [("first", "全国第一个")]),
        ("堤防无决口、水库无溃坝", [("none", "无决口"), ("none", "无溃坝")]),
        ("实现人员“零伤亡”", [("none", "实现人员“零伤亡”"[4:])]),
        ("行政村实现“村村通5G”", [("all", "“村村通5G")]),
        ("改革任务全部落地", [("all", "全部落地")]),
        ("所有在建工地实行绿色施工", [("all", "所有在建工地实行绿色")]),
        ("政策扩大至所有企业", [("all", "扩大至所有企业")]),
        ("投资增速快于面上投资增速", [("above", "快于面上投资增速")]),
        ("去向落实率保持全国领先", [("rank", "全国领先")]),
        ("是近年来影响最大、收获最多的一次推介", [("best", "近年来影响最大"), ("best", "收获最多")]),
        ("建成世界最大单体光伏电站", [("best", "世界最大")]),
        ("贫困村全部出列", [("all", "全部出列")]),
        ("河流水质全线达到优良", [("all", "全线达到")]),
        ("县城建设品质居全省后列", [("rank", "居全省后列")]),
        ("综合算力指数稳居全国第一方阵", [("rank", "稳居全国第一方阵")]),
        ("营商环境全国靠前", [("rank", "全国靠前")]),
        ("民企上榜中国民营企业500强", [("rank", "上榜中国民营企业500强")]),
        ("竞争力指数连续保持全省第一", [("streak", "连续保持全省第一"), ("rank", "保持全省第一")]),
        ("全省一流的市民服务中心投入使用", [("best", "全省一流")]),
        ("电源装机实现历史性突破", [("first", "历史性突破")]),
        ("投资增速保持在全国平均水平以上", [("above", "保持在全国平均水平以上")]),
        ("城镇化率低于全省、全国平均水平", [("above", "低于全省、全国平均水平")]),
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
        "这些任务不可能全部完成",
        "所有企业都要提高效益",
        "所有制结构不断优化",
        "把质量放在首位",
        "完善首批次应用政策",
        "改变千篇一律的面貌",
        "召开第十四届运动会",
        "在改革中走在前列",
        "鼓励群众敢首创",
        "落实“六个百分百”",
        "健全覆盖城乡的网络",
        "创建全国一流的营商环境",
    ],
)
def test_no_claim(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "scope", "subject", "n"),
    [
        ("营业收入增长38.5%，排名全省首位", "全省", "营业收入增长", 1),
        ("争取专项债券23.03亿元，创历史新高", "history", "争取专项债券", None),
        ("粮食总产量达到138.5万吨，喜获“八连丰”", None, "粮食总产量", 8),
        ("PM2.5平均浓度32.2微克/立方米，改善幅度全省排名第一", "全省", "PM2.5平均浓度改善幅度", 1),
        ("17个国省考断面全面达标", None, "国省考断面", None),
        ("地区生产总值增长6%，增速居全省第2位", "全省", "地区生产总值增速", 2),
        ("地区生产总值3725亿元，增长7.2%、全省第一", "全省", "地区生产总值增长", 1),
        ("集装箱吞吐量48.3万标准箱，居全国第9位", "全国", "集装箱吞吐量", 9),
        ("全市综合指数稳居全国第一方阵", "全国", "综合指数", None),
        ("我省首个零碳机场投用", "全省", "零碳机场", None),
        ("实际使用外资连续8年下降", None, "实际使用外资", 8),
        ("成功举办首届全国镁资源利用学术会议", "全国", "全国镁资源利用学术会议", None),
        ("全球首艘甲醇双燃料油轮成功交付", "全球", "甲醇双燃料油轮", None),
        ("实际使用外资1383亿美元、稳居发展中国家首位", "发展中国家", "实际使用外资", 1),
    ],
)
def test_scope_subject_and_number(text: str, scope: str | None, subject: str, n: int | None) -> None:
    found = list(find(cut(text)))
    assert [(claim.scope, claim.subject, claim.n) for claim in found] == [(scope, subject, n)]


@pytest.mark.parametrize(
    ("numeral", "expected"),
    [("4", 4), ("１６", 16), ("八", 8), ("十二", 12), ("一九五一", 1951), ("二〇一五", 2015), ("两", 2)],
)
def test_whole(numeral: str, expected: int) -> None:
    assert whole(numeral) == expected


@given(st.text(alphabet="全国首创历史最高连续三年第1位、，0%零一无所有", max_size=30))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for found in find(cut(text)):
        assert 0 <= found.start < found.end <= len(text)
