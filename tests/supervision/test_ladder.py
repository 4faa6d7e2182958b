"""How often a unit is asked, and what is held back for it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from duban.supervision.cases import Case, read_cases
from duban.supervision.days import CHINA, official_calendar
from duban.supervision.fold import replay
from duban.supervision.ladder import frequency, prompts
from tests.supervision.test_cases import FILES

CALENDAR = official_calendar()
CASES = {case.name: case for path in FILES for case in read_cases(path)}


def asked(case: Case, days: list[float]) -> list[tuple[str, bool]]:
    """The prompts of a case whose unit was asked so many days before."""
    state = case.state()
    moments = [state.as_of - timedelta(days=each) for each in days]
    found = prompts(case.work_type(), state, CALENDAR, asked=moments)
    return [(prompt.rung, prompt.held) for prompt in found]


@pytest.mark.parametrize(
    ("days", "held"),
    [([], False), ([1], False), ([1, 2], True), ([1, 20], False), ([6.9, 7.5], True), ([8.5, 9], False)],
)
def test_a_unit_that_was_asked_twice_in_a_week_is_left_in_peace(days: list[float], held: bool) -> None:
    assert asked(CASES["交办四小时提醒签收"], days) == [("sign-remind", held)]


def test_what_is_late_is_chased_in_any_case() -> None:
    assert asked(CASES["一个工作日未签收催办，再一个工作日改派"], [1, 1, 1]) == [("sign-chase", False)]


def test_how_often_each_unit_was_asked_is_counted() -> None:
    names = [
        "逾期催办，五个工作日不答复升级，二十个工作日挂牌",
        "热线：一次催办后五个工作日不说明，书面批评",
        "已提醒的不再提醒",
    ]
    states = [CASES[name].state() for name in names]
    year = {"since": datetime(2026, 1, 1, tzinfo=CHINA), "until": datetime(2027, 1, 1, tzinfo=CHINA)}
    assert frequency(states, **year) == {"交通局": 2, "发改委": 1}
    assert frequency(states, since=datetime(2026, 7, 1, tzinfo=CHINA), until=year["until"]) == {"交通局": 1}


def test_the_unit_that_led_then_is_the_one_that_was_asked() -> None:
    case = CASES["退回、改派，办结时限不变，签收重新计时"]
    events = list(case.log())
    chase = CASES["逾期催办，五个工作日不答复升级，二十个工作日挂牌"].log()[4]
    from msgspec.structs import replace

    first = replace(chase, case=case.name, seq=4, at=events[2].at, recorded=events[2].at)
    moved = [*events[:3], first, *[replace(event, seq=event.seq + 1) for event in events[3:]]]
    moved[5] = replace(moved[5], details=replace(moved[5].details, answers=5))
    state = replay(case.work_type(), moved, CALENDAR, as_of=datetime(2026, 3, 5, tzinfo=CHINA))
    assert [(each.unit, each.act) for each in state.asked] == [("数据局", "chase")]
    assert state.lead == "工信局"


def test_a_prompt_is_taken_by_an_event_with_its_details() -> None:
    case = CASES["五个工作日届满"]
    (prompt,) = prompts(case.work_type(), case.state(), CALENDAR)
    assert (prompt.act, prompt.to, prompt.unit) == ("escalate", "leader", "交通局")
    assert (prompt.details().rung, prompt.details().to_post) == ("due-escalate", "副市长")
    assert prompt.reason.facts["term"] == "5 working days"


def test_a_closed_case_asks_for_nothing() -> None:
    case = CASES["一年的任务，从立项到归档"]
    assert prompts(case.work_type(), case.state(), CALENDAR) == ()
