"""What a clause does: its verb, its object and its status, by example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.documents.model import Part
from duban.reading.clauses import Clause, Sentence
from duban.reading.lexicon import knowledge
from duban.reading.statements import describe


def cut(text: str) -> Sentence:
    clauses, start = [], 0
    for piece in text.rstrip("。").split("，"):
        clauses.append(Clause(start, start + len(piece), piece))
        start += len(piece) + 1
    return Sentence(0, len(text), tuple(clauses))


def acts(text: str, part: Part) -> list[tuple[str, str | None, str | None]]:
    return [(act.status.value, act.action, act.object) for act in describe(cut(text), part)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成数字化公共服务平台", ("done", "建成", "数字化公共服务平台")),
        ("成功举办全省旅游发展大会", ("done", "举办", "全省旅游发展大会")),
        ("探索了地企合作开发新路径", ("done", "探索", "地企合作开发新路径")),
        ("智能装备产业园建成投产", ("done", "建成投产", "智能装备产业园")),
        ("代表建议全部办结", ("done", "办结", "代表建议")),
        ("我市获批国家知识产权强市建设试点城市", ("done", "获批", "国家知识产权强市建设试点城市")),
        ("136个项目纳入省重大工程", ("done", "纳入", "省重大工程")),
        ("金融机构贷款余额增长6.5%", ("done", "增长", "金融机构贷款余额")),
        ("规模以上工业增加值增长0.5%", ("done", "增长", "规模以上工业增加值")),
        ("预计地区生产总值增长2%", ("done", "增长", "地区生产总值")),
        ("与高校合作建设中试基地", ("done", "合作建设", "中试基地")),
        ("为中小微企业延期还本付息12.6亿元", ("done", "延期", "还本付息12.6亿元")),
        ("把竞争性业务推向市场", ("done", "推向", "竞争性业务")),
        ("陆港规划建设扎实推进", ("ongoing", "推进", "陆港规划建设")),
        ("秦岭隧道等重点项目加快建设", ("ongoing", "加快建设", "秦岭隧道等重点项目")),
        ("重点领域改革有序推进", ("ongoing", "推进", "重点领域改革")),
        ("保护和提高粮食综合生产能力", ("done", "保护和提高", "粮食综合生产能力")),
        ("统筹县城建设和产业布局", ("done", "统筹", "县城建设和产业布局")),
        ("高新技术企业达到2.5万家", ("done", "达到", "高新技术企业")),
        ("油气产量当量6664万吨", ("done", None, "油气产量当量")),
        ("有色金属产量增长5%", ("done", "增长", "有色金属产量")),
        ("经济总量居全国第5位", ("done", "居", "经济总量")),
        ("为群众提供全天候服务", ("done", "提供", "全天候服务")),
        ("（三）多措并举扩大有效需求", ("done", "扩大", "有效需求")),
        ("二是要认真整顿市场秩序", ("planned", "整顿", "市场秩序")),
        ("我们坚持项目为王", ("context", "坚持", "项目为王")),
        ("产业结构持续优化", ("context", "优化", "产业结构")),
        ("在市委坚强领导下", ("context", None, None)),
        ("深入贯彻党的二十大精神", ("context", "贯彻", "党的二十大精神")),
        ("我们将加快新区建设", ("planned", "加快", "新区建设")),
    ],
)
def test_review(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert acts(text, Part.REVIEW_YEAR)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争新增就业5万人", ("planned", "新增", "就业5万人")),
        ("要推动跨海大桥开工", ("planned", "推动", "跨海大桥开工")),
        ("新建高标准农田25万亩", ("planned", "新建", "高标准农田25万亩")),
        ("地区生产总值增长5%左右", ("planned", "增长", "地区生产总值")),
        ("坚持以人民为中心", ("context", "坚持以", "人民为中心")),
        ("实施农村学前教育补短板工程", ("planned", "实施", "农村学前教育补短板工程")),
        ("民生领域还有不少短板", ("context", None, None)),
        ("从发展支撑看", ("context", None, None)),
    ],
)
def test_plan(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert acts(text, Part.PLAN_YEAR)[0] == expected


def test_what_opens_a_sentence_governs_its_clauses() -> None:
    assert [act[0] for act in acts("我们将新建学校3所，改造医院2所", Part.REVIEW_YEAR)] == [
        "planned",
        "planned",
    ]
    assert [act[0] for act in acts("我们清醒看到，项目储备不足，开工建设的大项目少", Part.REVIEW_YEAR)] == [
        "context"
    ] * 3


@pytest.mark.parametrize("opening", ["成功应对严重洪涝灾害", "积极应用新技术", "有效应急处置险情"])
def test_a_word_that_only_begins_like_a_plan_governs_nothing(opening: str) -> None:
    done = [act[0] for act in acts(f"{opening}，建成防洪工程12处，推动经济加快恢复", Part.REVIEW_YEAR)]
    assert "planned" not in done
    assert done[1] == "done"


def test_a_parallel_object_shares_the_verb() -> None:
    assert acts("实现783个事项马上办，70个事项一证通办", Part.REVIEW_YEAR)[1] == (
        "done",
        "实现",
        "70个事项一证通办",
    )


def test_a_heading_is_context() -> None:
    assert [act.status.value for act in describe(cut("推进城乡融合"), Part.PLAN_YEAR, heading=True)] == [
        "context"
    ]


@pytest.mark.parametrize("name", ["verbs.yaml", "context.yaml"])
def test_no_word_stands_twice_in_a_list(name: str) -> None:
    lists = {key: words for key, words in knowledge(name).items() if isinstance(words, list)}
    assert [(key, w) for key, words in lists.items() for w in set(words) if words.count(w) > 1] == []


def test_a_verb_at_the_start_has_one_kind() -> None:
    verbs = knowledge("verbs.yaml")
    first = [verb for kind in ("act", "push", "attitude") for verb in verbs[kind]]
    assert sorted(first) == sorted(set(first))


@pytest.mark.parametrize("part", list(Part))
@given(text=st.text(alphabet="建成将要的项目增长5%，、重点提供把和是一二、 （", max_size=24))
def test_any_text_gives_one_act_a_clause(text: str, part: Part) -> None:
    sentence = cut(text)
    assert len(describe(sentence, part)) == len(sentence.clauses)
