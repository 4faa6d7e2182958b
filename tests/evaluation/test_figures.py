"""The scoring of figures: our numbers are those of the script that defines them."""

from __future__ import annotations

import importlib.util
import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from evaluation.annotated import load_lines
from evaluation.figures import match_figures, score_figures, wrong_fields
from evaluation.matching import phrase_f1

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def figure(start: int, end: int, text: str = "52.6", **fields: object) -> dict[str, Any]:
    return {
        "start": start,
        "end": end,
        "text": text,
        "value": 5.26e9,
        "high": None,
        "unit": "斤",
        "qualifier": "exact",
        "indicator": "粮食总产量",
        "kind": "level",
        "status": "actual",
        "period": "2024",
        **fields,
    }


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (figure(0, 4), []),
        (figure(0, 4, value=5.2605e9), []),
        (figure(0, 4, value=5.27e9), ["value"]),
        (figure(0, 4, high=5.3e9), ["value"]),
        (figure(0, 4, unit="吨"), ["unit"]),
        (figure(0, 4, period=None), ["period"]),
        (figure(0, 4, indicator="全市粮食总产量"), []),
        (figure(0, 4, indicator="油料产量"), ["indicator"]),
        (figure(0, 4, kind="growth", status="target"), ["kind", "status"]),
    ],
)
def test_fields_of_a_found_figure(said: dict[str, Any], wrong: list[str]) -> None:
    assert wrong_fields(figure(0, 4), said) == wrong


def test_small_counts_in_chinese_numerals_are_left_out_on_both_sides() -> None:
    marks = [figure(0, 1, "三"), figure(10, 14)]
    pairs, extra = match_figures(marks, [figure(0, 2, "三大"), figure(10, 15)])
    assert (len(pairs), extra) == (1, [])


def test_what_is_no_figure_counts_against_precision() -> None:
    marks = [{"start": 0, "end": 4, "text": "2024", "not_figure": "date"}, figure(10, 14)]
    result = score_figures(marks, [figure(0, 5), figure(10, 14)])
    assert (result["precision"], result["recall"]) == (0.5, 1.0)
    assert result["claim_f1"] == pytest.approx(2 / 3)


def test_phrases_are_compared_without_punctuation() -> None:
    assert phrase_f1("“两癌”筛查", "两癌筛查") == 1.0


@pytest.fixture(scope="module")
def official(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["anshan_2023", "liaoning_2026", "national_2019"])
def test_the_definitions_are_those_of_the_official_script(
    name: str, shared: Path, official: ModuleType, tmp_path: Path
) -> None:
    """Damage the annotation in every way, take it for a reading, and compare the two scores."""
    gold = shared / "gold" / f"{name}.figures.jsonl"
    marks = load_lines(gold)
    said = damaged([mark for mark in marks if "not_figure" not in mark])
    path = tmp_path / "said.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in said), encoding="utf-8")
    assert score_figures(marks, said) == pytest.approx(official.score(gold, path)[0])


def damaged(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures with a tenth missing, a tenth moved, and a field wrong in a third."""
    choose = random.Random(20250109)
    said = []
    for original in figures:
        record = dict(original)
        fate = choose.random()
        if fate < 0.1:
            continue
        if fate < 0.2:
            shift = choose.randrange(-9, 9)
            record |= {"start": record["start"] + shift, "end": record["end"] + shift}
        elif fate < 0.5:
            field = choose.choice(["value", "unit", "qualifier", "kind", "status", "period", "indicator"])
            record[field] = 1.0 if field == "value" else "粮食"
        said.append(record)
    return said
