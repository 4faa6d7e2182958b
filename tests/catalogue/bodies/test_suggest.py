"""The unit that an official would name first, for invented commitments in official style."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from duban.catalogue import bodies
from duban.catalogue.bodies import BodyLevel
from duban.catalogue.bodies.table import neutral, table

COMMITMENTS: list[dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("commitments.yaml").read_text("utf-8")
)


def test_the_lead_is_named_first_or_among_the_first_three() -> None:
    first, among, wrong = 0, 0, []
    for commitment in COMMITMENTS:
        ids = [body.id.removeprefix("city/") for body, _, _ in bodies.suggest(commitment["text"])]
        first += ids[:1] == [commitment["lead"]]
        among += commitment["lead"] in ids[:3]
        if ids[:1] != [commitment["lead"]]:
            wrong.append((commitment["text"], ids[:3]))
    assert len(COMMITMENTS) >= 80
    assert first / len(COMMITMENTS) >= 0.95, wrong
    assert among / len(COMMITMENTS) >= 0.98, wrong


@pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda commitment: commitment["text"][:12])
def test_every_lead_is_a_unit(commitment: dict[str, str]) -> None:
    assert bodies.get(f"city/{commitment['lead']}") is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "各位代表",
        "让我们更加紧密地团结起来",
        "奋力谱写新篇章",
        "以高质量发展的新成效开创新局面",
        "坚持稳中求进、以进促稳",
        "蓝川的明天一定更加美好",
    ],
)
def test_where_nothing_speaks_for_anyone_nobody_is_suggested(text: str) -> None:
    assert bodies.suggest(text) == []


def test_a_unit_that_is_named_goes_first() -> None:
    suggestions = bodies.suggest("由市财政局牵头，推进学校建设")
    assert suggestions[0].body.name == "财政局"
    assert [(reason.word, reason.kind) for reason in suggestions[0].reasons] == [("财政局", "named")]


def test_a_suggestion_says_why() -> None:
    text = "完成96个老旧小区改造，新增停车位1000个"
    body, score, reasons = bodies.suggest(text)[0]
    assert body.name == "住房和城乡建设局"
    assert [reason.word for reason in reasons] == ["老旧小区改造", "停车位"]
    assert [text[reason.start : reason.end] for reason in reasons] == ["老旧小区改造", "停车位"]
    assert score == pytest.approx(sum(reason.score for reason in reasons), abs=0.01)


def test_the_head_of_a_phrase_and_its_first_phrase_weigh_more() -> None:
    assert bodies.suggest("为困难群众提供法律援助")[0].body.name == "司法局"
    assert bodies.suggest("强化审计、统计监督")[0].body.name == "审计局"


@pytest.mark.parametrize(
    ("level", "name"),
    [("city", "生态环境局"), ("province", "生态环境厅"), ("national", "生态环境部")],
)
def test_every_level_has_its_own_units(level: str, name: str) -> None:
    assert bodies.suggest("空气质量优良天数比例达到88%", level=level)[0].body.name == name


@given(
    st.lists(
        st.sampled_from(sorted({word for body in table().bodies for word in body.duties}))
        | st.text(max_size=5)
    )
)
def test_suggestions_are_ordered_and_their_reasons_stand_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    suggestions = bodies.suggest(text)
    assert [suggestion.score for suggestion in suggestions] == sorted(
        (suggestion.score for suggestion in suggestions), reverse=True
    )
    for _, score, reasons in suggestions:
        assert score > 0
        assert all(text[reason.start : reason.end] == reason.word for reason in reasons)
        assert len({reason.word for reason in reasons}) == len(reasons)


def test_no_word_is_given_twice_to_one_unit() -> None:
    for body in bodies.bodies(BodyLevel.CITY):
        words = [*body.duties, *body.shares]
        assert len(words) == len(set(words)), (
            body.id,
            sorted({word for word in words if words.count(word) > 1}),
        )
        assert not neutral() & set(words)


def test_every_usual_unit_answers_for_something() -> None:
    silent: list[Any] = [
        body.name for body in bodies.bodies(BodyLevel.CITY) if not body.duties and not body.shares
    ]
    assert silent == ["各县（市）区人民政府"]
