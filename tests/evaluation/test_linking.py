"""What `make links` counts, and floors for it on the real reports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from evaluation.linking import drawn, linked_figures, share

if TYPE_CHECKING:
    from pathlib import Path

    from evaluation.linking import Linked

REPORT = """政府工作报告

一、2024年工作回顾

过去一年，全市地区生产总值增长6.1%，规上工业增加值增长7.2%。新建鹤山渡口3座。粮食产量达到52亿斤。

二、2025年工作安排

今年发展的主要预期目标是：地区生产总值增长6%左右；城镇新增就业3万人。实施重点项目50个。
"""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> list[Linked]:
    folder = tmp_path_factory.mktemp("corpus")
    rows = [
        {
            "id": name,
            "level": "city",
            "region": "澜川市",
            "year": 2025,
            "title": "政府工作报告",
            "text": REPORT,
        }
        for name in ("a", "b")
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "city.jsonl").write_text(text, encoding="utf-8")
    return list(linked_figures(folder))


def test_every_figure_comes_with_its_link_and_sentence(figures: list[Linked]) -> None:
    said = [(each.figure.indicator, each.link.code, each.sentence) for each in figures if each.report == "a"]
    assert said[0] == (
        "地区生产总值",
        "ECO.GDP",
        "过去一年，全市地区生产总值增长【6.1%】，规上工业增加值增长7.2%。",
    )
    assert ("新建鹤山渡口", None, "新建鹤山渡口【3座】。") in said


def test_targets_and_headline_results_are_told_by_their_sentences(figures: list[Linked]) -> None:
    mine = [each for each in figures if each.report == "a"]
    assert [each.link.code for each in mine if each.is_target] == ["ECO.GDP", "EMP.NEW_JOBS"]
    assert [each.link.code for each in mine if each.is_headline] == ["ECO.GDP", "IND.VALUE_ADDED.SIZE"]
    assert [each.link.code for each in mine if each.has_headline_words] == [
        "ECO.GDP",
        "IND.VALUE_ADDED.SIZE",
        "AGR.GRAIN",
    ]


def test_a_share_counts_what_was_linked(figures: list[Linked]) -> None:
    linked, all_, part = share(figures)
    assert (linked, all_) == (12, 14)
    assert part == pytest.approx(12 / 14)
    assert share([]) == (0, 0, 0)


def test_a_draw_takes_one_of_every_report_first_and_is_the_same_again(figures: list[Linked]) -> None:
    draw = drawn(figures, 4)
    assert [each.report for each in draw] == ["a", "b", "a", "b"]
    assert draw == drawn(list(figures), 4)
    assert len(drawn(figures, 100)) == len(figures)


@pytest.mark.slow
@pytest.mark.corpus
def test_real_reports_are_linked_as_far_as_was_asked(shared: Path) -> None:
    real = list(linked_figures(shared / "corpus"))
    assert share([each for each in real if each.is_target])[2] >= 0.95
    assert share([each for each in real if each.is_headline])[2] >= 0.94
    assert share(real)[2] >= 0.35
