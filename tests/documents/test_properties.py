"""What holds for any text whatever."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from duban.documents import from_text
from duban.documents.blocks import BLANKS
from tests.documents.reports import CITY, OLD

if TYPE_CHECKING:
    from pathlib import Path

    from duban.documents.model import Document

PIECES = st.sampled_from(
    ["一、", "（一）", "1.", "一是", "第一，", "\n", "\n\n", "\r\n", "　　", "各位代表：", "2025年工作回顾", "今年，", "五年来，", "。", "，", "》",
     "来源：", "相关报道：", "下载", "名词解释", "附件1", "试读结束", "增长5%", "十", "\ufeff", "\x00", "\ud800", "——2026年1月1日在云溪市第一届人民代表大会第一次会议上"]
)  # fmt: skip
TEXTS = st.one_of(st.text(alphabet=st.characters(), max_size=300), st.lists(PIECES, max_size=60).map("".join))


def check(document: Document) -> None:
    text = document.text
    assert document.sha256 == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    for before, block in pairwise(document.blocks):
        assert before.end <= block.start
    for block in document.blocks:
        assert 0 <= block.start < block.end <= len(text)
        piece = text[block.start : block.end]
        assert piece == piece.strip(BLANKS)
        section = document.sections[block.section]
        assert section.start <= block.start
        assert block.end <= section.end
    check_sections(document)


def check_sections(document: Document) -> None:
    root, *rest = document.sections
    assert (root.start, root.end, root.level, root.parent) == (0, len(document.text), 0, None)
    for index, section in enumerate(rest, start=1):
        assert section.parent is not None
        assert section.parent < index
        parent = document.sections[section.parent]
        assert parent.level < section.level
        assert parent.start <= section.start < section.end <= parent.end
    siblings: dict[Any, Any] = {}
    for section in rest:
        assert siblings.get(section.parent, 0) <= section.start
        siblings[section.parent] = section.end


@settings(max_examples=400)
@given(TEXTS)
@example("")
@example("\ud800")
@example("一、\n二、")
@example(CITY)
@example(OLD)
def test_any_text_is_read_the_same_twice_with_blocks_and_sections_in_order(text: str) -> None:
    document = from_text(text)
    check(document)
    assert from_text(text) == document


def test_nothing_of_a_text_but_blanks_lies_outside_its_blocks() -> None:
    for text in (CITY, OLD):
        inside = "".join(text[block.start : block.end] for block in from_text(text).blocks)
        assert "".join(inside.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit",
    [
        "增长5%。",
        "一、",
        "　　",
        "\n",
        "（一）好。\n",
        "相关报道：\n",
        "本作品\n",
        "《\n》",
        "来源：\n>\n",
        "一、好\n",
        "一、好\n二、好\n一、好\n",
        "一、好\n（一）好\n1.好\n一是好。\n第一，好。\n附件\n关于工作\n",
        "一\n",
        "a",
        "《",
        "第一，好。\n一、好\n",
        "附件\n1.好\n",
    ],
)
def test_reading_is_linear(unit: str) -> None:
    from time import process_time

    def seconds(times: int) -> float:
        """Of the processor, the least of three runs: what else the machine does must not count."""
        text = unit * times
        runs = []
        for _ in range(3):
            begin = process_time()
            from_text(text)
            runs.append(process_time() - begin)
        return min(runs)

    assert seconds(10000) < max(seconds(1000), 0.002) * 40


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["national", "provincial_2025", "provincial_2026", "city"])
def test_invariants_over_real_reports(shared: Path, name: str) -> None:
    from duban.documents import Part, load

    for document in load(shared / "corpus" / f"{name}.jsonl"):
        check(document)
        furniture = sum(block.end - block.start for block in document.blocks if block.furniture)
        assert furniture <= max(330, 0.02 * len(document.text)), document.id
        if document.year is not None and document.year >= 1978:
            parts = {section.part for section in document.sections}
            assert parts & {Part.REVIEW_YEAR, Part.REVIEW_TERM}, document.id
            assert parts & {Part.PLAN_YEAR, Part.PLAN_OUTLINE}, document.id
