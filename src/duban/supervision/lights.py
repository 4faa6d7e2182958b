"""Lights: one for each dimension, the worst wins, each with its reasons; stored, and replayed to the same result."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from duban.supervision.days import day_of
from duban.supervision.fold import replay
from duban.supervision.light import Colour, Lights, Reason, worst
from duban.supervision.model import Act, Stage
from duban.supervision.progress_light import progress_light
from duban.supervision.terms import due, parse
from duban.supervision.work_types.rules import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from duban.supervision.days import WorkCalendar
    from duban.supervision.light import Light
    from duban.supervision.model import Event
    from duban.supervision.state import ClockState, State
    from duban.supervision.work_types.load import WorkType
    from duban.supervision.work_types.rules import LightRule

__all__ = ["evaluate", "replays"]


def evaluate(work_type: WorkType, state: State, calendar: WorkCalendar) -> Lights:
    """The lights of a case, as of the moment of its state.

    A task with targets is judged by values where there are any; what a unit only says of itself never makes it green at
    the end: somebody has to have looked, or the value has to come from a record.
    """
    known = calendar.known_on(day_of(state.as_of))
    makers = {
        Dimension.SIGNED: _signed,
        Dimension.PROGRESS: progress_light,
        Dimension.DUE: _due,
        Dimension.EVIDENCE: _evidence,
    }
    withdrawn = (Colour.GREY, Reason("withdrawn"))
    lights = [
        worst(dimension, [withdrawn])
        if state.stage is Stage.WITHDRAWN
        else maker(work_type, work_type.lights[dimension], state, known)
        for dimension, maker in makers.items()
        if dimension in work_type.lights
    ]
    return Lights(
        case=state.case,
        as_of=state.as_of,
        rules=state.work_type,
        calendar=known.version,
        inputs=hashlib.sha256(msgspec.json.encode(state, order="sorted")).hexdigest(),
        seq=state.seq,
        lights=tuple(lights),
    )


def replays(evaluation: Lights, work_type: WorkType, events: Iterable[Event], calendar: WorkCalendar) -> bool:
    """Whether a stored evaluation comes out the same from the events, the rules and the calendar."""
    state = replay(work_type, events, calendar, as_of=evaluation.as_of)
    return evaluate(work_type, state, calendar) == evaluation


def _signed(work_type: WorkType, rule: LightRule, state: State, calendar: WorkCalendar) -> Light:
    return worst(
        Dimension.SIGNED,
        (_signing(clock, rule, state, calendar) for clock in _of(work_type, state, Dimension.SIGNED)),
    )


def _signing(
    clock: ClockState, rule: LightRule, state: State, calendar: WorkCalendar
) -> tuple[Colour, Reason]:
    signed = state.last.get(Act.SIGN)
    if not clock.is_running and (signed is None or signed.at < clock.started):
        return Colour.GREY, Reason("returned", {"day": _day(clock.moment)})
    if not clock.is_running:
        return Colour.GREEN, Reason("signed-late" if clock.is_late else "signed", {"day": _day(clock.moment)})
    for colour, after in ((Colour.RED, rule.red_after), (Colour.YELLOW, rule.yellow_after)):
        if after is not None and state.as_of >= due(clock.started, parse(after), calendar).at:
            return colour, Reason(
                "unsigned", {"since": _day(clock.started), "term": after, "source": rule.source}
            )
    return Colour.GREEN, Reason("to-sign", {"since": _day(clock.started)})


def _due(work_type: WorkType, rule: LightRule, state: State, _calendar: WorkCalendar) -> Light:
    found = [
        pair for clock in _of(work_type, state, Dimension.DUE) for pair in _ending(work_type, clock, rule)
    ]
    return worst(Dimension.DUE, found)


def _ending(work_type: WorkType, clock: ClockState, rule: LightRule) -> Iterator[tuple[Colour, Reason]]:
    deadline = clock.deadline
    if deadline is None:
        return
    text = work_type.clocks[clock.name].text
    facts = {"clock": text.zh, "clock_en": text.en, "day": str(deadline.current_due.day)}
    if deadline.current_due.provisional:
        facts["provisional"] = "provisional"
    if clock.legal is not None and clock.legal.is_late(clock.moment):
        yield Colour.RED, Reason("law-late", facts | {"day": str(clock.legal.current_due.day)})
    elif deadline.is_late(clock.moment):
        days = (day_of(clock.moment) - deadline.current_due.day).days
        colour = Colour.YELLOW if clock.norm is not None and clock.legal is not None else Colour.RED
        yield colour, Reason("late" if clock.is_running else "ended-late", facts | {"days": str(days)})
    elif not clock.is_running:
        yield Colour.GREEN, Reason("in-time", facts)
    elif clock.paused:
        yield Colour.GREY, Reason("paused", facts)
    elif rule.yellow_left is not None and (clock.left or 0) * 100 <= rule.yellow_left:
        yield Colour.YELLOW, Reason("soon", facts | {"percent": str(rule.yellow_left), "source": rule.source})
    else:
        yield Colour.GREEN, Reason("running", facts)


def _evidence(_type: WorkType, rule: LightRule, state: State, _calendar: WorkCalendar) -> Light:
    return worst(Dimension.EVIDENCE, _proven(rule, state))


def _proven(rule: LightRule, state: State) -> Iterator[tuple[Colour, Reason]]:
    """Whether what is claimed has been shown to somebody else."""
    if state.stage not in (Stage.CLAIMED, Stage.CLOSED, Stage.ARCHIVED) or not state.timers:
        return
    looked = state.verified
    if looked is not None and any(evidence.kind in rule.independent for evidence in looked):
        yield Colour.GREEN, Reason("verified", {"kinds": ", ".join(dict.fromkeys(e.kind for e in looked))})
    elif looked is not None:
        yield Colour.YELLOW, Reason("verified-by-word", {"source": rule.source})
    elif state.stage is not Stage.CLAIMED:
        yield Colour.RED, Reason("never-verified")
    elif state.claimed:
        yield (
            Colour.YELLOW,
            Reason("to-verify", {"kinds": ", ".join(dict.fromkeys(e.kind for e in state.claimed))}),
        )
    else:
        yield Colour.YELLOW, Reason("to-verify-bare")


def _of(work_type: WorkType, state: State, dimension: Dimension) -> list[ClockState]:
    """The clocks that a light shows."""
    return [clock for clock in state.clocks if work_type.clocks[clock.name].dimension is dimension]


def _day(moment: datetime) -> str:
    return str(day_of(moment))
