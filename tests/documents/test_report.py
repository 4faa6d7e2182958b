"""A report's blocks, furniture, sections, parts and metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from duban.documents import BlockKind, Level, Part, from_text
from tests.documents.reports import CITY, OLD

if TYPE_CHECKING:
    from duban.documents.model import Document


@pytest.fixture(scope="module")
def city() -> Document:
    return from_text(CITY)


def part_at(document: Document, phrase: str) -> Any:
    at = document.text.index(phrase)
    block = next(block for block in document.blocks if block.start <= at < block.end)
    return document.sections[block.section].part


def test_metadata_is_told_by_the_head(city: Document) -> None:
    assert city.title == "云溪市2026年政府工作报告"
    assert (city.place, city.level, city.year) == ("云溪市", Level.CITY, 2026)
    assert city.speaker == "沈知远"
    assert city.occasion == "云溪市第八届人民代表大会第五次会议"
    assert city.date == "2026-01-18"


def test_what_is_given_overrides_what_is_told() -> None:
    document = from_text(
        CITY, place="青湾县", year=2024, level="county", title="报告", id="x", source="a.txt"
    )
    assert (document.place, document.year, document.level) == ("青湾县", 2024, Level.COUNTY)
    assert (document.title, document.id, document.source) == ("报告", "x", "a.txt")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("青湾县政府工作报告\n二〇二四年二月三日在青湾县第三届人民代表大会第四次会议上\n县长 何 青", ("青湾县", 2024, "何青", "2024-02-03")),
        ("——２０１９年１月９日在东岭省第九届人民代表大会第二次会议上　　省长　周一鸣", ("东岭省", 2019, "周一鸣", "2019-01-09")),
        ("2023年3月1日代省长陆川在东岭省第九届人民代表大会第六次会议上作政府工作报告", ("东岭省", 2023, "陆川", "2023-03-01")),
        ("2025年北泽市政府工作报告", ("北泽市", 2025, None, None)),
    ],
)  # fmt: skip
def test_heads_of_many_kinds(head: str, expected: Any) -> None:
    document = from_text(head + "\n各位代表：\n现在，我向大会报告工作。\n")
    assert (document.place, document.year, document.speaker, document.date) == expected


@pytest.mark.parametrize(
    ("phrase", "part"),
    [
        ("现在，我代表", Part.OTHER),
        ("过去一年，面对", Part.REVIEW_YEAR),
        ("新开工亿元", Part.REVIEW_YEAR),
        ("年均增长5.6%", Part.REVIEW_TERM),
        ("到2030年", Part.PLAN_OUTLINE),
        ("主要预期目标", Part.PLAN_YEAR),
        ("发放消费券", Part.PLAN_YEAR),
        ("依法行政", Part.PLAN_YEAR),
        ("指2026年至2030年", Part.OTHER),
    ],
)
def test_parts_come_from_headings_and_from_how_paragraphs_begin(
    city: Document, phrase: str, part: Any
) -> None:
    assert part_at(city, phrase) is part


@pytest.mark.parametrize(
    ("phrase", "part"),
    [("平均每年增长百分之七点八", Part.REVIEW_TERM), ("百分之七左右", Part.PLAN_OUTLINE), ("四亿二千万吨", Part.PLAN_OUTLINE), ("宏伟目标", Part.OTHER)],
)  # fmt: skip
def test_a_report_of_the_1980s_has_headings_without_numbers(phrase: str, part: Any) -> None:
    assert part_at(from_text(OLD, year=1986), phrase) is part


def test_sections_are_a_tree(city: Document) -> None:
    headings = [(section.level, section.heading) for section in city.sections if section.heading]
    assert headings == [
        (1, "一、2025年和“十四五”时期工作回顾"),
        (4, "一是项目建设提速增效"),
        (4, "二是民生福祉持续增进"),
        (1, "二、“十五五”时期目标任务和2026年工作安排"),
        (2, "（一）扩大有效需求"),
        (2, "（二）办好民生实事"),
        (1, "三、加强政府自身建设"),
        (1, "名词解释"),
        (4, "1.“十五五”时期：指2026年至2030年。"),
    ]


def test_a_list_that_begins_anew_lies_in_the_section_before() -> None:
    text = "一、2025年工作回顾\n过去一年工作很好。\n二、2026年工作安排\n（一）发展农业\n一、种粮。\n二、修渠。\n（二）发展工业\n三、政府建设\n依法行政。\n"
    document = from_text(text, year=2026)
    levels = {section.heading: section.level for section in document.sections}
    assert levels["二、2026年工作安排"] == levels["三、政府建设"] == 1
    assert levels["（一）发展农业"] == levels["（二）发展工业"] == 2
    assert levels["一、种粮。"] == levels["二、修渠。"] == 3


def test_furniture_is_marked_and_the_report_is_not(city: Document) -> None:
    furniture = {
        city.text[block.start : block.end]: block.furniture for block in city.blocks if block.furniture
    }
    assert furniture == {
        "来源：云溪日报": "byline",
        "责任编辑：林一诺": "byline",
        "相关报道：": "related",
        "云溪市干部群众热议政府工作报告": "related",
    }


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("......试读结束......\n查阅全文加微信:000000 本站仅提供信息存储", "paywall"),
        (
            "本作品是中华人民共和国的\n法律\n，根据《\n中华人民共和国著作权法\n》不适用\nPublic domain",
            "footer",
        ),
        ("版权所有：云溪市人民政府 ICP备00000000号", "footer"),
        ("【打印】 【关闭】", "navigation"),
        ("- 12 -", "page_number"),
        ("第 3 页 共 20 页", "page_number"),
    ],
)
def test_what_follows_a_report(tail: str, name: str) -> None:
    body = CITY.split("责任编辑")[0]
    document = from_text(body + tail)
    marked = [block for block in document.blocks if block.furniture and block.start >= len(body)]
    assert {block.furniture for block in marked} == {name}
    assert marked[0].start == len(body)


def test_a_word_of_the_page_inside_the_report_is_the_reports() -> None:
    long = (
        "我们完善政务服务平台，实行一网通办，让群众办事像网购一样方便，全年办件量达到三百二十万件，满意度保持在百分之九十九以上。"
        * 2
    )
    document = from_text(f"各位代表：\n{long}\n登录\n{long}\n")
    assert not [block for block in document.blocks if block.furniture]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            "全市细颗粒物（PM\n2.5\n）浓度继续下降。\n空气更好了。",
            ["全市细颗粒物（PM\n2.5\n）浓度继续下降。", "空气更好了。"],
        ),
        (
            "全市完成了各项目标任务，社会大局保持稳定，经济运行稳中有进，高质量发展迈出新步伐，预计地区生产\n总值增长5%。",
            None,
        ),
        ("一、2025年工作回顾\n过去一年很好。", ["一、2025年工作回顾", "过去一年很好。"]),
        ("落实中央八项规定精神，\n持续纠治四风。\n好。", ["落实中央八项规定精神，\n持续纠治四风。", "好。"]),
        ("第一句。\r\n第二句。\r第三句。", ["第一句。", "第二句。", "第三句。"]),
        (
            "三、持续提升政府\n治理效能和服务水平\n（一）守正。好。",
            ["三、持续提升政府\n治理效能和服务水平", "（一）守正。好。"],
        ),
        ("——2026年1月26日在东岭省第十四届\n人民代表大会第五次会议上\n省长 周一鸣", None),
    ],
)
def test_breaks_of_the_layout_do_not_cut_a_block(text: str, blocks: Any) -> None:
    document = from_text(text)
    found = [text[block.start : block.end] for block in document.blocks]
    if blocks is None:
        assert "\n" in found[0]
    else:
        assert found == blocks


def test_hyperlinks_broken_onto_their_own_line_are_joined_where_blank_lines_part_paragraphs() -> None:
    document = from_text(OLD)
    paragraph = next(
        document.text[block.start : block.end]
        for block in document.blocks
        if "纲要" in document.text[block.start : block.end]
    )
    assert paragraph.startswith("一九八○年以来")
    assert paragraph.endswith("新的轨道。")


def test_paragraphs_parted_by_ideographic_spaces_on_one_line() -> None:
    sentence = "国民经济持续增长，全年国民生产总值达到一千三百八十五亿元，比上年增长百分之十一点二，农业获得丰收，工业生产稳步发展。"
    text = f"各位代表：　　{sentence * 2}　　一、一心一意进行治理整顿　　{sentence * 2}"
    document = from_text(text)
    assert [text[block.start : block.start + 4] for block in document.blocks] == [
        "各位代表",
        "国民经济",
        "一、一心",
        "国民经济",
    ]
    assert document.blocks[2].kind is BlockKind.HEADING


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("粮食产量5万吨。推开试点，全年\n\n降低税负57亿元。\n\n我们坚持扩大内需。", 2),
        ("加强就业和社会保障工作\n\n坚持把扩大就业放在突出位置。", 2),
        ("粮食产量5万吨。收费项目\n\n（二）加强就业。", 2),
        ("粮食产量5万吨。\n\n降低税负57亿元。", 2),
    ],
)
def test_a_sentence_goes_on_behind_the_blank_line_of_a_page(text: str, blocks: int) -> None:
    assert len(from_text(text).blocks) == blocks
