"""The two sample reports against what was settled by hand, and what holds for every settlement."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

import duban
from duban import samples
from duban.ledger.model import Verdict
from duban.ledger.reconcile import reconcile, unannounced
from duban.ledger.reconcile.knowledge import knowledge

if TYPE_CHECKING:
    from duban.ledger.model import Evidence, Settlement

AT_LEAST = 0.9
"""Of the 83 recorded promises."""


@cache
def readings() -> tuple[duban.Reading, duban.Reading]:
    earlier, later = map(duban.read, samples.paths())
    return earlier, later


@cache
def settled() -> tuple[Settlement, ...]:
    return reconcile(*readings())


@cache
def recorded() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        samples.promises_path().read_text(encoding="utf-8")
    )
    return loaded


def test_nine_of_ten_recorded_promises_get_the_recorded_verdict() -> None:
    wrong = {
        each["in_2025"]: verdict
        for each in recorded()["promises"]
        if (verdict := said_of(each)) != each["verdict"]
    }
    total = len(recorded()["promises"])
    assert total == 83
    assert 1 - len(wrong) / total >= AT_LEAST, wrong


def test_an_answer_stands_where_it_was_recorded() -> None:
    later = readings()[1].document.text
    for each in recorded()["promises"]:
        if each["in_2026"] is None:
            continue
        start = later.index(each["in_2026"])
        span = range(start, start + len(each["in_2026"]))
        for settlement in of(each):
            if settlement.outcome is not None:
                assert any(overlap(evidence, span) for evidence in settlement.outcome.evidence), each


def test_what_no_promise_announced_is_found() -> None:
    later = readings()[1].document.text
    claims = unannounced(*readings())
    found = 0
    for each in recorded()["unannounced"]:
        start = later.index(each["in_2026"])
        span = range(start, start + len(each["in_2026"]))
        found += any(overlap(evidence, span) for claim in claims for evidence in claim.outcome.evidence)
    assert found >= 7, len(recorded()["unannounced"])
    assert len(claims) <= 14


def test_every_quotation_stands_where_it_is_said_to_stand() -> None:
    texts = {each.document.sha256: each.document.text for each in readings()}
    for settlement in settled():
        outcome = settlement.outcome
        for evidence in (*settlement.promise.evidence, *(outcome.evidence if outcome else ())):
            assert texts[evidence.document][evidence.start : evidence.end] == evidence.quote


def test_ids_are_the_same_in_every_run_and_no_two_promises_share_one() -> None:
    again = reconcile(
        *(
            duban.read(text, place=samples.PLACE, year=year)
            for text, year in zip(samples.texts(), (2025, 2026), strict=True)
        )
    )
    ids = [each.promise.id for each in settled()]
    assert [each.promise.id for each in again] == ids
    assert len(set(ids)) == len(ids)


def test_every_code_can_be_told_to_people() -> None:
    labels = knowledge("labels.yaml")
    assert set(labels["verdicts"]) == {verdict.value for verdict in Verdict}
    for settlement in settled():
        assert set(settlement.reasons) <= set(labels["reasons"]), settlement.reasons


def test_an_answer_is_there_if_and_only_if_the_verdict_says_so() -> None:
    for settlement in settled():
        if settlement.verdict is Verdict.NO_ANSWER:
            assert settlement.outcome is None
        elif settlement.verdict is not Verdict.NOT_CHECKABLE:
            assert settlement.outcome is not None
        assert 0 <= settlement.score <= 1


def said_of(each: dict[str, Any]) -> str | None:
    """The verdict on a recorded promise; of one with two numbers, what they come to together."""
    verdicts = {settlement.verdict.value for settlement in of(each)}
    if len(verdicts) == 1:
        return verdicts.pop()
    if verdicts == {"met", "exceeded"}:
        return "exceeded"
    return "partly" if verdicts else None


def of(each: dict[str, Any]) -> list[Settlement]:
    """The settlements of what a recorded promise quotes."""
    start = readings()[0].document.text.index(each["in_2025"])
    span = range(start, start + len(each["in_2025"]))
    return [settlement for settlement in settled() if overlap(settlement.promise.evidence[0], span)]


def overlap(evidence: Evidence, span: range) -> bool:
    return evidence.start < span.stop and evidence.end > span.start
