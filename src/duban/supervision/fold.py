"""The state of a case as a fold over its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from duban.errors import InputError
from duban.supervision.clocks import clock_states, wound
from duban.supervision.days import day_of
from duban.supervision.model import Act
from duban.supervision.permission import check, matches
from duban.supervision.state import Asked, Done, Grant, Report, Request, State, Void
from duban.supervision.terms import Pause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from duban.supervision.days import WorkCalendar
    from duban.supervision.model import Event
    from duban.supervision.work_types.load import WorkType

__all__ = ["replay"]


def replay(work_type: WorkType, events: Iterable[Event], calendar: WorkCalendar, *, as_of: datetime) -> State:
    """What a case is as of a moment, from all its events in any order.

    Only what had been recorded by then counts, and only the years of the calendar that had been announced. An event that
    the rules did not allow has no effect and stands in `State.void` with its reasons. Raises `InputError` if the events
    are of several cases.

    The work type is the one in force on the day the case was registered: `work_type(name, on=…)`.
    """
    if as_of.tzinfo is None:
        raise InputError("as_of has no time zone", expected="a moment with one, such as CHINA")
    known = calendar.known_on(day_of(as_of))
    seen = sorted((event for event in events if event.recorded <= as_of), key=lambda event: event.seq)
    cases = {event.case for event in seen}
    if len(cases) > 1:
        raise InputError(f"the events are of {len(cases)} cases", expected="those of one case")
    state = State(
        case=cases.pop() if cases else "", work_type=work_type.version, calendar=known.version, as_of=as_of
    )
    for event in _corrected(work_type, seen):
        state = _step(work_type, state, event, known)
    return replace(state, clocks=clock_states(work_type, state, known, as_of))


def _step(work_type: WorkType, state: State, event: Event, calendar: WorkCalendar) -> State:
    """The state after one event."""
    refusals = check(work_type, state, event, calendar)
    seen: dict[str, Any] = {"seq": event.seq, "head": event.hash, "recorded": event.recorded}
    if refusals:
        void = Void(seq=event.seq, act=event.act, refusals=refusals)
        return replace(state, **seen, void=(*state.void, void))
    effect = _EFFECTS.get(event.act)
    after = replace(state, **effect(work_type, state, event)) if effect else state
    stage = work_type.acts[event.act].to or state.stage
    done = Done(seq=event.seq, at=event.at, person=event.actor.person, unit=event.actor.unit)
    return replace(
        after,
        **seen,
        stage=stage,
        at=event.at,
        timers=wound(work_type, after, event, stage),
        last=state.last | {event.act: done},
        counts=state.counts | {event.act: state.counts.get(event.act, 0) + 1},
        asked=_asked(work_type, state, event),
        rungs=state.rungs | ({event.details.rung: event.at} if event.details.rung else {}),
    )


def _asked(work_type: WorkType, state: State, event: Event) -> tuple[Asked, ...]:
    if work_type.asks is None or event.act not in work_type.asks.acts:
        return state.asked
    return (*state.asked, Asked(seq=event.seq, at=event.at, act=event.act, unit=state.lead))


def _corrected(work_type: WorkType, events: Sequence[Event]) -> list[Event]:
    """The events as the office's corrections have them. One that is struck becomes a note: nothing is taken out."""
    corrections: dict[int | None, Event] = {
        event.details.corrects: event
        for event in events
        if event.act is Act.CORRECT and event.details.corrects is not None and _may_correct(work_type, event)
    }
    return [_mended(event, corrections) for event in events]


def _may_correct(work_type: WorkType, event: Event) -> bool:
    rule = work_type.acts.get(Act.CORRECT)
    return (
        rule is not None
        and bool(event.reason)
        and any(matches(who, event.actor, "", ()) for who in rule.who)
        and event.details.corrects is not None
        and event.details.corrects < event.seq
    )


def _mended(event: Event, corrections: Mapping[int | None, Event]) -> Event:
    correction = corrections.get(event.seq)
    if correction is None or event.act is Act.CORRECT:
        return event
    details = correction.details
    if details.strike:
        return replace(event, act=Act.NOTE, details=replace(event.details, text=event.details.text or "—"))
    event = replace(event, details=details.instead or event.details)
    return event if details.really is None else replace(event, at=details.really, recorded=details.really)


def _register(_type: WorkType, _state: State, event: Event) -> dict[str, Any]:
    details = event.details
    kinds = list(_type.kinds)
    return {
        "title": details.title,
        "text": details.text,
        "kind": details.kind or (kinds[0] if kinds else ""),
        "origin": details.origin,
        "applicant": details.applicant,
        **_planned(_type, _state, event),
    }


def _planned(_type: WorkType, state: State, event: Event) -> dict[str, Any]:
    """Who, by when, with what to show: what the event names takes the place of what was."""
    details = event.details
    named = ("kind", "lead", "co", "result_form", "due", "targets", "milestones")
    found = {name: getattr(details, name) for name in named if getattr(details, name)}
    return found | {"posts": state.posts | details.posts}


def _transfer(type_: WorkType, state: State, event: Event) -> dict[str, Any]:
    found = _planned(type_, state, event)
    lead = found.get("lead", state.lead)
    return found | {"refusal": None, "co": _without(event.details.co or state.co, lead)}


def _hand_on(_type: WorkType, state: State, event: Event) -> dict[str, Any]:
    """A co-unit's part passes to another, with the opinion that it gave; a change of holders changes nothing."""
    old, new = event.details.part_of, event.details.part_to
    if old not in state.co:
        return {}
    joined = tuple(dict.fromkeys(new if unit == old else unit for unit in state.co))
    given = {new: state.opinions[old]} if new and old in state.opinions else {}
    return {"co": _without(_without(joined, ""), state.lead), "opinions": given | state.opinions}


def _without(units: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(unit for unit in units if unit != one)


def _refuse(_type: WorkType, _state: State, event: Event) -> dict[str, Any]:
    return {"refusal": event.seq}


def _refusal_decided(_type: WorkType, _state: State, _event: Event) -> dict[str, Any]:
    return {"refusal": None}


def _report(_type: WorkType, state: State, event: Event) -> dict[str, Any]:
    details = event.details
    report = Report(
        seq=event.seq,
        at=event.at,
        by_unit=event.actor.unit == state.lead,
        percent=details.percent,
        values=details.values,
        reached=details.reached,
        evidence=event.evidence,
    )
    return {"reports": (*state.reports, report)}


def _opinion(_type: WorkType, state: State, event: Event) -> dict[str, Any]:
    return {"opinions": {event.actor.unit: event.at} | state.opinions}


def _ask_extension(type_: WorkType, _state: State, event: Event) -> dict[str, Any]:
    until = event.details.until
    clock = event.details.clock or type_.main
    return {} if until is None else {"request": Request(seq=event.seq, clock=clock, until=until)}


def _grant_extension(_type: WorkType, state: State, event: Event) -> dict[str, Any]:
    request, until = state.request, event.details.until
    if request is None or until is None:
        return {}
    last = max(at for at, timer in enumerate(state.timers) if timer.clock == request.clock)
    run = state.timers[last]
    grant = Grant(seq=event.seq, at=event.at, until=until)
    extended = replace(run, grants=(*run.grants, grant))
    return {"request": None, "timers": (*state.timers[:last], extended, *state.timers[last + 1 :])}


def _extension_denied(_type: WorkType, _state: State, _event: Event) -> dict[str, Any]:
    return {"request": None}


def _suspend(_type: WorkType, state: State, event: Event) -> dict[str, Any]:
    return {"pauses": (*state.pauses, Pause(start=event.at))}


def _resume(_type: WorkType, state: State, event: Event) -> dict[str, Any]:
    return {"pauses": (*state.pauses[:-1], replace(state.pauses[-1], end=event.at))}


def _claim(_type: WorkType, state: State, event: Event) -> dict[str, Any]:
    return {"claimed": event.evidence, "verified": None, "result": event.details.result or state.result}


def _send_back(_type: WorkType, _state: State, _event: Event) -> dict[str, Any]:
    return {"claimed": (), "verified": None}


def _verify(_type: WorkType, state: State, event: Event) -> dict[str, Any]:
    return {"verified": (*(state.verified or ()), *event.evidence)}


def _close(type_: WorkType, _state: State, event: Event) -> dict[str, Any]:
    rule = type_.results[event.details.result]
    return {"result": event.details.result, "solved": rule.solved, "following": rule.follow_up}


def _rate(_type: WorkType, _state: State, event: Event) -> dict[str, Any]:
    return {"satisfaction": event.details.satisfaction}


def _reopen(_type: WorkType, _state: State, _event: Event) -> dict[str, Any]:
    return {"claimed": (), "verified": None, "solved": False, "following": False, "satisfaction": None}


def _follow_up(type_: WorkType, _state: State, event: Event) -> dict[str, Any]:
    """What was promised is followed until it counts as solved."""
    rule = type_.results.get(event.details.result)
    if rule is None:
        return {}
    return {"result": event.details.result, "solved": rule.solved, "following": rule.follow_up}


def _withdraw(_type: WorkType, _state: State, event: Event) -> dict[str, Any]:
    return {"into": event.details.into, "request": None, "refusal": None}


def _board(_type: WorkType, _state: State, _event: Event) -> dict[str, Any]:
    return {"on_board": True}


def _unboard(_type: WorkType, _state: State, _event: Event) -> dict[str, Any]:
    return {"on_board": False}


_EFFECTS: dict[Act, Callable[[WorkType, State, Event], dict[str, Any]]] = {
    Act.REGISTER: _register,
    Act.PLAN: _planned,
    Act.HAND_OVER: _planned,
    Act.REFUSE: _refuse,
    Act.GRANT_REFUSAL: _refusal_decided,
    Act.DENY_REFUSAL: _refusal_decided,
    Act.TRANSFER: _transfer,
    Act.REPORT: _report,
    Act.CO_OPINION: _opinion,
    Act.ASK_EXTENSION: _ask_extension,
    Act.GRANT_EXTENSION: _grant_extension,
    Act.DENY_EXTENSION: _extension_denied,
    Act.SUSPEND: _suspend,
    Act.RESUME: _resume,
    Act.CLAIM: _claim,
    Act.SEND_BACK: _send_back,
    Act.VERIFY: _verify,
    Act.CLOSE: _close,
    Act.RATE: _rate,
    Act.REOPEN: _reopen,
    Act.FOLLOW_UP: _follow_up,
    Act.WITHDRAW: _withdraw,
    Act.BOARD: _board,
    Act.UNBOARD: _unboard,
    Act.HAND_ON: _hand_on,
}
