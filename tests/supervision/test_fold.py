"""What holds of every replay, whatever the events: order, time, pauses, corrections."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from duban.errors import InputError
from duban.supervision.cases import read_cases
from duban.supervision.days import CHINA, official_calendar
from duban.supervision.fold import replay
from duban.supervision.model import (
    Act,
    Actor,
    Details,
    Event,
    Evidence,
    EvidenceKind,
    Role,
    Satisfaction,
    Stage,
)
from duban.supervision.permission import check
from duban.supervision.state import State
from duban.supervision.work_types.load import NAMES, WorkType, work_type
from tests.supervision.test_cases import FILES

if TYPE_CHECKING:
    import random

    from duban.supervision.cases import Case

CALENDAR = official_calendar()
CASES = [case for path in FILES for case in read_cases(path)]
START = datetime(2026, 3, 2, 9, tzinfo=CHINA)

ACTORS = [
    Actor(role=Role.OFFICE, person="甲"),
    Actor(role=Role.OFFICE, person="丁"),
    Actor(role=Role.LEADER, person="己"),
    Actor(role=Role.LIAISON, person="乙", unit="数据局"),
    Actor(role=Role.HEAD, person="丙", unit="数据局"),
    Actor(role=Role.LIAISON, person="戊", unit="发改委"),
    Actor(role=Role.APPLICANT, person="张某"),
    Actor(role=Role.SYSTEM),
]


@st.composite
def details(draw: st.DrawFn, seq: int) -> Details:
    day = st.integers(0, 400).map(lambda n: date(2026, 3, 2) + timedelta(days=n))
    return Details(
        title="事项",
        text="进展",
        lead=draw(st.sampled_from(["数据局", "数据局", "发改委"])),
        co=draw(st.sampled_from([(), ("发改委",)])),
        applicant="张某",
        result_form="报告",
        due=draw(st.none() | day),
        until=draw(day),
        answers=draw(st.integers(max(1, seq - 2), seq)),
        result=draw(st.sampled_from(["done", "solved", "supported", "A", "B", "cleared"])),
        satisfaction=draw(st.sampled_from(list(Satisfaction))),
        to_post="市长",
        to_person="庚",
        part_of=draw(st.sampled_from(["", "发改委", "数据局"])),
        part_to=draw(st.sampled_from(["", "发改委", "数据局", "财政局"])),
        corrects=draw(st.none() | st.integers(1, seq)),
        strike=draw(st.booleans()),
    )


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Logs of anything that anybody could try, in order of time."""
    at, found = START, []
    acts = [Act.REGISTER, Act.ACCEPT, Act.PLAN, Act.HAND_OVER, Act.SIGN] if draw(st.booleans()) else []
    acts += draw(st.lists(st.sampled_from(list(Act)), max_size=15))
    for seq, act in enumerate(acts, start=1):
        at += timedelta(hours=draw(st.integers(0, 24 * 20)))
        found.append(
            Event(
                case="c",
                seq=seq,
                act=act,
                at=at,
                recorded=at,
                actor=ACTORS[0] if seq < 5 and len(acts) > 5 else draw(st.sampled_from(ACTORS)),
                reason=draw(st.sampled_from(["force-majeure 洪水", "情况复杂"])),
                evidence=(Evidence(kind=EvidenceKind.VISIT, ref="记录"),),
                details=draw(details(seq)),
            )
        )
    return found


TYPES = {name: work_type(name, on=START.date()) for name in NAMES}
names = st.sampled_from(NAMES)
"""Drawn by name: a whole work type is too long to be shown."""
LATER = datetime(2028, 1, 1, tzinfo=CHINA)


def state_of(of_type: WorkType | str, events: list[Event], as_of: datetime = LATER) -> State:
    found = TYPES[of_type] if isinstance(of_type, str) else of_type
    return replay(found, events, CALENDAR, as_of=as_of)


@given(names, logs(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_given_does_not_matter(
    name: str, events: list[Event], chance: random.Random
) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert state_of(name, shuffled) == state_of(name, events)


@given(names, logs())
def test_a_replay_gives_the_same_and_survives_being_stored(name: str, events: list[Event]) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(events), type=list[Event])
    state = state_of(name, stored)
    assert state == state_of(name, events)
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state


@given(names, logs(), st.integers(0, 400))
def test_a_past_day_knows_nothing_of_what_came_after(name: str, events: list[Event], days: int) -> None:
    day = START + timedelta(days=days)
    before = [event for event in events if event.recorded <= day]
    assert state_of(name, events, day) == state_of(name, before, day)


@given(names, logs())
def test_no_clock_runs_backwards(name: str, events: list[Event]) -> None:
    state = state_of(name, events)
    for timer in state.timers:
        assert timer.stopped is None or timer.stopped >= timer.started
    for clock in state.clocks:
        for deadline in (clock.norm, clock.legal):
            if deadline is not None:
                assert deadline.current_due.at >= deadline.original_due.at
                assert deadline.due_basis
    for pause in state.pauses:
        assert pause.end is None or pause.end >= pause.start


@given(names, logs())
def test_an_event_without_effect_is_the_one_the_door_refuses(name: str, events: list[Event]) -> None:
    void = {each.seq: each.refusals for each in state_of(name, events).void}
    corrections = any(event.act is Act.CORRECT for event in events)
    for at, event in enumerate(events):
        before = state_of(name, events[:at], event.recorded)
        if not corrections:
            assert check(TYPES[name], before, event, CALENDAR) == void.get(event.seq, ())


@given(names, logs())
def test_without_its_void_events_a_case_is_the_same(name: str, events: list[Event]) -> None:
    if any(event.act is Act.CORRECT for event in events):
        return
    state = state_of(name, events)
    void = {each.seq for each in state.void}
    kept = [event for event in events if event.seq not in void]
    numbered = {event.seq: at for at, event in enumerate(kept, start=1)}
    again = state_of(
        name,
        [
            replace(
                event,
                seq=numbered[event.seq],
                details=replace(event.details, answers=numbered.get(event.details.answers or 0, 0)),
            )
            for event in kept
        ],
    )
    assert (again.stage, again.lead, again.result, again.void) == (state.stage, state.lead, state.result, ())
    assert [(c.name, c.deadline and c.deadline.current_due) for c in again.clocks] == [
        (c.name, c.deadline and c.deadline.current_due) for c in state.clocks
    ]


@pytest.mark.parametrize("case", [case for case in CASES if "中止" in case.name], ids=lambda case: case.name)
def test_a_suspension_never_shortens(case: Case) -> None:
    of_type, events = case.work_type(), list(case.log())
    bare = [event for event in events if event.act not in (Act.SUSPEND, Act.RESUME)]
    bare = [replace(event, seq=seq) for seq, event in enumerate(bare, start=1)]
    for with_it, without in zip(
        state_of(of_type, events).clocks, state_of(of_type, bare).clocks, strict=True
    ):
        assert with_it.deadline is not None
        assert without.deadline is not None
        assert with_it.deadline.current_due.at >= without.deadline.current_due.at


@settings(max_examples=50)
@given(st.integers(1, 300), st.integers(1, 300))
def test_an_extension_asked_for_late_changes_nothing(asked: int, until: int) -> None:
    of_type = work_type("instruction", on=START.date())
    office, liaison = ACTORS[0], ACTORS[3]

    def event(seq: int, act: Act, hours: int, actor: Actor, **said: object) -> Event:
        at = START + timedelta(hours=hours)
        spoken = msgspec.convert(said, Details)
        return Event(
            case="c", seq=seq, act=act, at=at, recorded=at, actor=actor, reason="情况复杂", details=spoken
        )

    events = [
        event(1, Act.REGISTER, 0, office, title="批示"),
        event(2, Act.PLAN, 1, office, lead="数据局"),
        event(3, Act.HAND_OVER, 2, office),
        event(4, Act.SIGN, 3, liaison),
    ]
    asking = START.date() + timedelta(days=until)
    events += [
        event(5, Act.ASK_EXTENSION, asked * 6, liaison, until=asking),
        event(6, Act.GRANT_EXTENSION, asked * 6 + 1, office, until=asking, answers=5),
    ]
    before = state_of(of_type, events[:4]).clock("settle")
    after = state_of(of_type, events).clock("settle")
    assert before and before.deadline and after and after.deadline
    end = before.deadline.current_due
    if events[4].recorded >= end.at or asking <= end.day:
        assert after.deadline == before.deadline
    else:
        assert after.deadline.current_due.day == asking
        assert after.deadline.original_due == end


def test_events_of_two_cases_are_refused() -> None:
    one = next(case for case in CASES if case.type == "task").log()[0]
    with pytest.raises(InputError, match="the events are of 2 cases"):
        state_of(work_type("task", on=START.date()), [one, replace(one, case="另一件", seq=2)])


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(InputError, match="as_of has no time zone"):
        state_of("task", [], datetime(2026, 3, 2))  # noqa: DTZ001
    event = CASES[0].log()[0]
    naive = msgspec.json.encode(event).replace(b"+08:00", b"")
    with pytest.raises(msgspec.ValidationError, match="timezone"):
        msgspec.json.decode(naive, type=Event)


def test_nothing_is_a_new_case() -> None:
    assert state_of(work_type("task", on=START.date()), []).stage is Stage.NEW
