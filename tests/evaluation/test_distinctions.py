"""The scoring of distinctions, on a page small enough to count by hand."""

from __future__ import annotations

import pytest

from evaluation.distinctions import match_distinctions, score_distinctions, wrong_fields


def distinction(start: int, end: int, kind: str = "rank", **fields: object) -> dict[str, object]:
    return {
        "start": start,
        "end": end,
        "type": kind,
        "scope": "全省",
        "subject": "粮食产量",
        "n": 1,
        **fields,
    }


GOLD = [distinction(0, 4), distinction(10, 14, "streak", n=8), distinction(20, 24, "none")]


def test_what_is_said_of_another_type_is_not_found() -> None:
    said = [distinction(1, 4), distinction(10, 13, "since", n=8)]
    result = score_distinctions(GOLD, said)
    assert (result["precision"], result["recall"]) == (1 / 2, 1 / 3)
    assert result["f1"] == pytest.approx(2 / 5)


def test_one_said_distinction_answers_for_one_annotation() -> None:
    pairs, extra = match_distinctions([distinction(0, 4), distinction(2, 6)], [distinction(0, 6)])
    assert [said is not None for _, said in pairs] == [True, False]
    assert extra == []


def test_touching_spans_do_not_overlap() -> None:
    _, extra = match_distinctions([distinction(0, 4)], [distinction(4, 8)])
    assert len(extra) == 1


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (distinction(0, 4), []),
        (distinction(0, 4, scope="全国"), ["scope"]),
        (distinction(0, 4, scope=None), ["scope"]),
        (distinction(0, 4, n=2), ["n"]),
        (distinction(0, 4, subject="油料产量"), ["subject"]),
    ],
)
def test_fields_of_a_found_distinction(said: dict[str, object], wrong: list[str]) -> None:
    assert wrong_fields(distinction(0, 4), said) == wrong


def test_another_wording_of_the_subject_is_as_right() -> None:
    gold = distinction(0, 4, alt=["粮食总产量"])
    assert wrong_fields(gold, distinction(0, 4, subject="粮食总产量")) == []


def test_nothing_said_scores_nothing() -> None:
    assert score_distinctions(GOLD, [])["f1"] == 0.0
