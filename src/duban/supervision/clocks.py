"""The clocks of a case: what has started them, what stopped them, and when they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from duban.supervision.days import day_of
from duban.supervision.model import Act, Stage
from duban.supervision.state import Basis, ClockState, Deadline, Timer
from duban.supervision.terms import Pause, due, end_of, parse, shifted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from duban.supervision.days import WorkCalendar
    from duban.supervision.model import Event
    from duban.supervision.state import Grant, State
    from duban.supervision.terms import Due
    from duban.supervision.work_types.load import WorkType
    from duban.supervision.work_types.rules import ClockRule, LegalTerm, Norm

__all__ = ["clock_states", "running", "term_of", "wound"]


def wound(work_type: WorkType, state: State, event: Event, stage: Stage) -> tuple[Timer, ...]:
    """The runs of the clocks after an event that leads to a stage. `state` has the event's own effects already."""
    timers = list(state.timers)
    for name, clock in work_type.clocks.items():
        at = _last(timers, name)
        if event.act in clock.starts:
            if not _waits_for_nobody(clock, state):
                timers.append(Timer(clock=name, seq=event.seq, started=event.at, named=_named(event, state)))
        elif at is not None and _stops(clock, event, state, stage) and timers[at].stopped is None:
            timers[at] = replace(timers[at], stopped=event.at)
        elif at is not None and event.act in clock.runs_on:
            timers[at] = replace(timers[at], stopped=None)
    return tuple(timers)


def running(state: State, name: str) -> Timer | None:
    """The last run of a clock if it has not been stopped."""
    at = _last(state.timers, name)
    return None if at is None or state.timers[at].stopped is not None else state.timers[at]


def clock_states(
    work_type: WorkType, state: State, calendar: WorkCalendar, moment: datetime
) -> tuple[ClockState, ...]:
    """Every clock that has started, as of a moment. `calendar` is the one known then."""
    found = []
    for name in work_type.clocks:
        at = _last(state.timers, name)
        if at is not None:
            found.append(_clock_state(work_type, state, state.timers[at], calendar, moment))
    return tuple(found)


def term_of(rule: Norm | LegalTerm, kind: str) -> str | None:
    """The term for a kind of case."""
    return rule.terms.get(kind) or rule.term


def _clock_state(
    work_type: WorkType, state: State, timer: Timer, calendar: WorkCalendar, moment: datetime
) -> ClockState:
    end = timer.stopped or moment
    pauses = [
        Pause(start=pause.start, end=min(pause.end or end, end))
        for pause in state.pauses
        if pause.start < end
    ]
    norm, legal = work_type.norms.get(timer.clock), work_type.legal.get(timer.clock)
    stops = any(rule is not None and rule.pauses for rule in (norm, legal))
    extension = work_type.extensions.get(timer.clock)
    moves_law = extension is not None and extension.beyond_legal
    bare = timer if moves_law else replace(timer, grants=())
    return ClockState(
        name=timer.clock,
        started=timer.started,
        stopped=timer.stopped,
        paused=stops and timer.stopped is None and state.is_paused,
        norm=None if norm is None else _norm(norm, state.kind, timer, calendar, pauses),
        legal=None if legal is None else _by_term(legal, state.kind, bare, calendar, pauses),
        moment=end,
    )


def _norm(
    rule: Norm, kind: str, timer: Timer, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> Deadline | None:
    if not rule.named or timer.named is None:
        return _by_term(rule, kind, timer, calendar, pauses)
    pauses = pauses if rule.pauses else ()
    basis = Basis("named", {"day": str(timer.named), "event": str(timer.seq)})
    return _extended(
        end_of(timer.named), shifted(timer.named, timer.started, pauses), basis, timer.grants, pauses
    )


def _by_term(
    rule: Norm | LegalTerm, kind: str, timer: Timer, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> Deadline | None:
    text = term_of(rule, kind)
    if text is None:
        return None
    term, pauses = parse(text), pauses if rule.pauses else ()
    basis = Basis("term", {"term": text, "from": str(day_of(timer.started)), "source": rule.source})
    original, current = due(timer.started, term, calendar), due(timer.started, term, calendar, pauses)
    return _extended(original, current, basis, timer.grants, pauses)


def _extended(
    original: Due, current: Due, basis: Basis, grants: Sequence[Grant], pauses: Sequence[Pause]
) -> Deadline:
    """The end with what pauses and extensions made of it, each named."""
    reasons = [basis]
    if current != original:
        reasons.append(Basis("paused", {"from": str(original.day), "to": str(current.day)}))
    for grant in grants:
        until = shifted(grant.until, grant.at, pauses)
        if until.at > current.at:
            current = until
            reasons.append(Basis("extended", {"event": str(grant.seq), "to": str(until.day)}))
    return Deadline(original_due=original, current_due=current, due_basis=tuple(reasons))


def _stops(clock: ClockRule, event: Event, state: State, stage: Stage) -> bool:
    if stage in (Stage.WITHDRAWN, Stage.DECLINED):
        return True
    if event.act in (Act.CO_OPINION, Act.HAND_ON):
        return Act.CO_OPINION in clock.stops and set(state.co) <= set(state.opinions)
    return event.act in clock.stops


def _waits_for_nobody(clock: ClockRule, state: State) -> bool:
    """A clock of the co-units where there are none."""
    return Act.CO_OPINION in clock.stops and not state.co


def _named(event: Event, state: State) -> date | None:
    """The day that is named when a clock starts: at the hand-over, or before in the plan."""
    return event.details.due or (state.due if event.act is Act.HAND_OVER else None)


def _last(timers: Sequence[Timer], name: str) -> int | None:
    return next((at for at in range(len(timers) - 1, -1, -1) if timers[at].clock == name), None)
