"""Lights are stored evaluations: the worst wins, reasons are said, any past day comes out the same."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

import duban.supervision
from duban.supervision.cases import Case, read_cases
from duban.supervision.days import CHINA, official_calendar
from duban.supervision.fold import replay
from duban.supervision.knowledge import knowledge
from duban.supervision.light import Colour, Lights, Reason
from duban.supervision.lights import evaluate, replays
from duban.supervision.words import sentence
from duban.supervision.work_types.load import work_type
from tests.supervision.test_cases import FILES

CALENDAR = official_calendar()
CASES = [case for path in FILES for case in read_cases(path)]


def evaluation(case: Case) -> Lights:
    return evaluate(case.work_type(), case.state(), CALENDAR)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_stored_evaluation_replays_to_the_same(case: Case) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(evaluation(case)), type=Lights)
    assert replays(stored, case.work_type(), case.log(), CALENDAR)


def test_a_past_day_replays_whatever_happened_since() -> None:
    case = next(case for case in CASES if case.name == "一年的任务，从立项到归档")
    events, of_type = case.log(), case.work_type()
    day = datetime(2026, 4, 1, tzinfo=CHINA)
    then = [event for event in events if event.recorded <= day]
    stored = evaluate(of_type, replay(of_type, then, CALENDAR, as_of=day), CALENDAR)
    assert replays(stored, of_type, events, CALENDAR)


def test_what_was_changed_shows() -> None:
    case = next(case for case in CASES if case.name == "超期红灯")
    stored, of_type, events = evaluation(case), case.work_type(), case.log()
    moved = [
        replace(event, at=event.at + timedelta(minutes=1), recorded=event.recorded + timedelta(minutes=1))
        for event in events
    ]
    assert not replays(stored, of_type, moved, CALENDAR)
    assert not replays(stored, work_type("task", on=of_type.on), events, CALENDAR)
    closed = CALENDAR.with_days(rest=[datetime(2026, 3, 5, tzinfo=CHINA).date()])
    assert not replays(stored, of_type, events, closed)


def test_the_worst_light_wins_and_gives_its_reasons() -> None:
    found = evaluation(next(case for case in CASES if case.name == "一个工作日未签收红灯"))
    assert found.colour is Colour.RED
    assert [reason.code for reason in found.reasons] == ["unsigned"]


def test_a_light_says_by_which_rules_and_calendar() -> None:
    case = next(case for case in CASES if case.name == "超期红灯")
    found = evaluation(case)
    assert found.rules == case.work_type().version
    assert found.calendar == CALENDAR.known_on(found.as_of.date()).version
    assert found.seq == len(case.events)


def codes(kind: str) -> set[str]:
    """The codes that the code speaks of."""
    package = Path(duban.supervision.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    found = re.findall(rf'\b{kind}\(\s*"([a-z-]+)"', source)
    found += [
        word
        for both in re.findall(rf'\b{kind}\("([a-z-]+)" if [^)]*? else "([a-z-]+)"', source)
        for word in both
    ]
    return set(found)


def test_every_reason_and_refusal_has_its_words_in_both_languages() -> None:
    lists = knowledge("words.yaml")
    assert codes("Reason") | {"milestones", "estimate"} == set(lists["reason"])
    assert codes("Refusal") == set(lists["refusal"])
    assert codes("Basis") == set(lists["basis"])
    for kind in ("reason", "refusal", "basis"):
        for code, (chinese, english) in lists[kind].items():
            facts = set(re.findall(r"\{(\w+)\}", chinese))
            assert facts == {name.removesuffix("_en") for name in re.findall(r"\{(\w+)\}", english)}, code


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_light_and_refusal_can_be_said(lang: str) -> None:
    for case in CASES:
        for light in evaluation(case).lights:
            for reason in light.reasons:
                assert sentence("reason", reason.code, reason.facts, lang)  # type: ignore[arg-type]
        state = case.state()
        for void in state.void:
            for refusal in void.refusals:
                assert sentence("refusal", refusal.code, refusal.facts, lang)  # type: ignore[arg-type]
        for clock in state.clocks:
            for basis in clock.deadline.due_basis if clock.deadline else ():
                assert sentence("basis", basis.code, basis.facts, lang)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reason", "chinese", "english"),
    [
        (
            Reason("late", {"clock": "办结", "clock_en": "settling", "day": "2026-03-17", "days": "3"}),
            "办结已超期3天（2026-03-17）",
            "settling: 3 days late (2026-03-17)",
        ),
        (
            Reason(
                "unsigned", {"since": "2026-03-02", "term": "1 working day", "source": "design-2026 签收"}
            ),
            "2026-03-02交办，1个工作日未签收（design-2026 签收）",
            "handed over on 2026-03-02, not signed for within 1 working day (design-2026 签收)",
        ),
    ],
)
def test_a_reason_is_said_in_both_languages(reason: Reason, chinese: str, english: str) -> None:
    assert sentence("reason", reason.code, reason.facts) == chinese
    assert sentence("reason", reason.code, reason.facts, "en") == english
