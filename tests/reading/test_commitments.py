"""What of a plan somebody can be held to, and which clauses are one commitment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import duban
from duban import samples
from duban.documents import from_text
from duban.reading.commitments import Commitment, CommitmentKind, commitments
from duban.reading.model import Status
from duban.reading.reader import read_document

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("commitments.yaml").read_text(encoding="utf-8")
)
PLAN = "二、2026年重点工作\n"


def planned(text: str) -> duban.Reading:
    return read_document(from_text(PLAN + text, place="澜川市", year=2026))


def share_a_word(left: str, right: str) -> bool:
    """Whether two texts have two characters in a row in common."""
    return any(left[at : at + 2] in right for at in range(len(left) - 1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("name") or case["text"])
def test_what_somebody_can_be_held_to(case: dict[str, Any]) -> None:
    reading = planned(case["text"])
    if "apart" in case:
        found = commitments(reading)
        assert [commitment.text for commitment in found] == case["apart"]
        assert sum(commitment.livelihood for commitment in found) == case.get("livelihood", 0)
    if "joined" in case:
        found = commitments(reading, together=share_a_word)
        assert [commitment.text for commitment in found] == case["joined"]


def test_a_target_says_so_and_keeps_its_figure() -> None:
    reading = planned("主要预期目标是：地区生产总值增长5%左右。\n实施提振消费专项行动，发放消费券1亿元左右。")
    target, *deeds = commitments(reading)
    assert target.kind is CommitmentKind.TARGET
    assert [reading.figures[index].text for index in target.figures] == ["5%左右"]
    assert {deed.kind for deed in deeds} == {CommitmentKind.DEED}


def test_a_review_promises_nothing() -> None:
    text = "一、2025年工作回顾\n建成智算中心1座。将继续推进道路建设。\n"
    assert commitments(read_document(from_text(text, place="澜川市", year=2026))) == ()


def test_what_guides_the_year_promises_only_its_targets() -> None:
    text = (
        "二、2026年重点工作\n今年要建设一批项目，地区生产总值增长5%。\n（一）扩大内需。\n建设项目3个。\n"
        "（二）深化改革。\n组建产业集团。\n（三）改善民生。\n建设公园2个。\n"
    )
    found = commitments(read_document(from_text(text, place="澜川市", year=2026)))
    assert [commitment.text for commitment in found] == [
        "地区生产总值增长5%", "建设项目3个", "组建产业集团", "建设公园2个"
    ]  # fmt: skip


def check(reading: duban.Reading, found: tuple[Commitment, ...]) -> None:
    """What holds of every commitment of every report."""
    text, last = reading.document.text, 0
    for commitment in found:
        assert text[commitment.start : commitment.end] == commitment.text
        assert commitment.start >= last
        last = commitment.end
        assert list(commitment.statements) == list(
            range(commitment.statements[0], commitment.statements[-1] + 1)
        )
        assert all(reading.figures[index].status is Status.TARGET for index in commitment.figures)


@pytest.mark.parametrize("together", [None, share_a_word])
def test_commitments_are_characters_of_the_text_in_order(together: Any) -> None:
    for text in samples.texts():
        reading = duban.read(text)
        found = commitments(reading, together=together)
        assert len(found) > 30
        check(reading, found)


@given(st.lists(st.sampled_from([case["text"] for case in CASES]), max_size=4))
def test_paragraphs_do_not_disturb_one_another(texts: list[str]) -> None:
    alone = [c.text for text in texts for c in commitments(planned(text))]
    reading = planned("\n".join(texts))
    found = commitments(reading)
    check(reading, found)
    assert [commitment.text for commitment in found] == alone


@pytest.mark.corpus
@pytest.mark.slow
def test_real_reports_promise_something(shared: Path) -> None:
    from duban import documents

    for document in documents.load(shared / "corpus" / "provincial_2026.jsonl"):
        reading = read_document(document)
        found = commitments(reading)
        check(reading, found)
        assert 60 < len(found) < 800, document.place
