"""Whether the rules allow an act: the same question at the door and in a replay."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from duban.supervision.clocks import clock_states, running
from duban.supervision.days import CHINA, day_of
from duban.supervision.model import Act, Role, Stage
from duban.supervision.state import Refusal
from duban.supervision.terms import due, end_of, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from duban.supervision.days import WorkCalendar
    from duban.supervision.model import Actor, Event
    from duban.supervision.state import ClockState, State
    from duban.supervision.terms import Due
    from duban.supervision.work_types.load import WorkType
    from duban.supervision.work_types.rules import ActRule, ExtensionRule

__all__ = ["Allowed", "allowed", "check", "matches"]


class Allowed(NamedTuple):
    """An act that somebody may take now."""

    act: Act
    needs: tuple[str, ...]
    """What the event has to say: `reason`, `evidence`, fields of its details; `a|b`: one of them."""
    until: Due | None
    """The end of the window it may be taken in, None where there is none."""


def allowed(
    work_type: WorkType, state: State, actor: Actor, calendar: WorkCalendar, moment: datetime
) -> tuple[Allowed, ...]:
    """What an actor may do to a case at a moment, in the order of the work type.

    The screen offers these; `check` has the last word on what the event then says.
    """
    known = calendar.known_on(day_of(moment))
    found = []
    for act, rule in work_type.acts.items():
        refused = any(_may(work_type, state, act, actor, known, moment))
        if act is Act.ASK_EXTENSION and not refused:
            refused = all(
                any(_can_ask(work_type, state, name, known, moment)) for name in work_type.extensions
            )
        if not refused:
            found.append(Allowed(act, rule.needs, _window_end(rule, state, known)))
    return tuple(found)


def check(work_type: WorkType, state: State, event: Event, calendar: WorkCalendar) -> tuple[Refusal, ...]:
    """Why an event may not happen to a case as it stands; empty if it may.

    `state` is the case just before. The web layer stores an event only if nothing is refused; a replay gives an event
    that is refused no effect.
    """
    known = calendar.known_on(day_of(event.recorded))
    return (
        *_order(state, event),
        *_may(work_type, state, event.act, event.actor, known, event.at),
        *_needs(work_type, event),
        *_says(work_type, state, event, known),
    )


def matches(who: str, actor: Actor, lead: str, co: Sequence[str]) -> bool:
    """Whether an actor is meant by `who` in a case of these units."""
    if who == "anyone":
        return actor.role is not Role.APPLICANT
    of, _, role = who.partition(".")
    if of in ("lead", "co"):
        units = (lead,) if of == "lead" else co
        roles = (Role(role),) if role else (Role.LIAISON, Role.HEAD)
        return actor.role in roles and bool(actor.unit) and actor.unit in units
    return actor.role == of


def _order(state: State, event: Event) -> Iterator[Refusal]:
    """Events come one after the other, and only the office writes down later what happened earlier."""
    if event.seq != state.seq + 1:
        yield Refusal("sequence", {"seq": str(event.seq), "expected": str(state.seq + 1)})
    if event.at > event.recorded:
        yield Refusal("in-future", {"at": _moment(event.at)})
    if state.recorded is not None and event.recorded < state.recorded:
        yield Refusal("recorded-before", {"recorded": _moment(state.recorded)})
    if state.at is not None and event.at < state.at:
        yield Refusal("before-last", {"at": _moment(state.at)})
    if event.recorded - event.at > _AT_ONCE and event.actor.role not in _MAY_BACKDATE:
        yield Refusal("backdated", {"at": _moment(event.at)})


_AT_ONCE = timedelta(minutes=5)
"""What may pass between an act and its record."""
_MAY_BACKDATE = (Role.OFFICE, Role.SYSTEM)


def _may(
    work_type: WorkType, state: State, act: Act, actor: Actor, calendar: WorkCalendar, moment: datetime
) -> Iterator[Refusal]:
    """What speaks against the act whatever the event says."""
    rule = work_type.acts.get(act)
    if rule is None:
        yield Refusal("no-such-act", {"act": act, "type": work_type.id})
        return
    if state.stage not in rule.stages if rule.stages else state.stage is Stage.NEW:
        yield Refusal("stage", {"act": act, "stage": state.stage, "stages": ", ".join(rule.stages)})
    if not any(matches(who, actor, state.lead, state.co) for who in rule.who):
        yield Refusal("who", {"act": act, "role": actor.role, "who": ", ".join(rule.who)})
    window = _window_end(rule, state, calendar)
    if window is not None and moment >= window.at:
        yield Refusal(
            "window", {"act": act, "day": str(window.day), "term": rule.within.term if rule.within else ""}
        )
    if rule.not_same_as and not actor.person:
        yield Refusal("no-person", {"act": act})
    for other in rule.not_same_as:
        before = state.last.get(other)
        if before is not None and before.person == actor.person:
            yield Refusal("same-person", {"act": act, "other": other})
    yield from _stands(state, act)
    if act in _DECISIONS and state.request is not None:
        decided = work_type.extensions[state.request.clock]
        if not any(matches(who, actor, state.lead, state.co) for who in decided.decided_by):
            yield Refusal("not-decider", {"who": ", ".join(decided.decided_by), "source": decided.source})


_DECISIONS = (Act.GRANT_EXTENSION, Act.DENY_EXTENSION)


def _window_end(rule: ActRule, state: State, calendar: WorkCalendar) -> Due | None:
    if rule.within is None:
        return None
    begun = [state.last[act].at for act in rule.within.of if act in state.last]
    return due(max(begun), parse(rule.within.term), calendar) if begun else None


def _stands(state: State, act: Act) -> Iterator[Refusal]:
    """What has to stand open, or must not."""
    wanted = {
        Act.GRANT_REFUSAL: state.refusal is not None,
        Act.DENY_REFUSAL: state.refusal is not None,
        Act.GRANT_EXTENSION: state.request is not None,
        Act.DENY_EXTENSION: state.request is not None,
        Act.RESUME: state.is_paused,
        Act.UNBOARD: state.on_board,
        Act.TRANSFER: Act.HAND_OVER in state.last,
    }
    unwanted = {
        Act.REFUSE: state.refusal is not None,
        Act.ASK_EXTENSION: state.request is not None,
        Act.SUSPEND: state.is_paused,
        Act.BOARD: state.on_board,
    }
    if not wanted.get(act, True):
        yield Refusal("nothing-open", {"act": act})
    if unwanted.get(act, False):
        yield Refusal("already-open", {"act": act})


def _needs(work_type: WorkType, event: Event) -> Iterator[Refusal]:
    """What the work type asks the event to say."""
    rule = work_type.acts.get(event.act)
    for need in rule.needs if rule else ():
        if not any(_has(event, name) for name in need.split("|")):
            yield Refusal("needs", {"act": event.act, "field": need})


def _has(event: Event, name: str) -> bool:
    value = getattr(event, name) if name in ("reason", "evidence") else getattr(event.details, name)
    return value not in (None, "", (), {}, False)


def _says(work_type: WorkType, state: State, event: Event, calendar: WorkCalendar) -> Iterator[Refusal]:
    """Whether what the event says can be."""
    found = _CHECKS.get(event.act)
    if found is not None:
        yield from found(work_type, state, event, calendar)


def _kind(work_type: WorkType, _state: State, event: Event, _calendar: WorkCalendar) -> Iterator[Refusal]:
    if event.details.kind and event.details.kind not in work_type.kinds:
        yield Refusal("unknown-kind", {"kind": event.details.kind, "known": ", ".join(work_type.kinds)})


def _result(work_type: WorkType, _state: State, event: Event, _calendar: WorkCalendar) -> Iterator[Refusal]:
    if event.details.result and event.details.result not in work_type.results:
        yield Refusal(
            "unknown-result", {"result": event.details.result, "known": ", ".join(work_type.results)}
        )


def _same_lead(_type: WorkType, state: State, event: Event, _calendar: WorkCalendar) -> Iterator[Refusal]:
    if event.details.lead == state.lead:
        yield Refusal("same-lead", {"lead": state.lead})


def _reported(_type: WorkType, state: State, event: Event, _calendar: WorkCalendar) -> Iterator[Refusal]:
    keys, names = {target.key for target in state.targets}, {milestone.name for milestone in state.milestones}
    for value in event.details.values:
        if value.target not in keys:
            yield Refusal("unknown-target", {"target": value.target, "known": ", ".join(sorted(keys))})
        if value.day > day_of(event.recorded):
            yield Refusal("in-future", {"at": str(value.day)})
    for name in event.details.reached:
        if name not in names:
            yield Refusal("unknown-milestone", {"milestone": name, "known": ", ".join(sorted(names))})
    if event.details.percent is not None and not 0 <= event.details.percent <= 100:
        yield Refusal("percent", {"percent": str(event.details.percent)})


def _paused(work_type: WorkType, _state: State, event: Event, _calendar: WorkCalendar) -> Iterator[Refusal]:
    rule = work_type.suspension
    if rule is None or event.reason.split(" ", 1)[0] not in rule.reasons:
        known = ", ".join(rule.reasons) if rule else ""
        yield Refusal("suspension-reason", {"reason": event.reason, "known": known})


def _answers_refusal(
    _type: WorkType, state: State, event: Event, _calendar: WorkCalendar
) -> Iterator[Refusal]:
    if state.refusal is not None and event.details.answers != state.refusal:
        yield Refusal("answers", {"answers": str(event.details.answers), "open": str(state.refusal)})


def _asked(work_type: WorkType, state: State, event: Event, calendar: WorkCalendar) -> Iterator[Refusal]:
    """An extension is asked for before the end, on a clock that runs, for later, not too often."""
    name = event.details.clock or work_type.main
    refusals = list(_can_ask(work_type, state, name, calendar, event.recorded))
    yield from refusals
    rule = work_type.extensions.get(name)
    if rule is not None and not refusals:
        yield from _far(work_type, state, rule, name, event, calendar)


def _can_ask(
    work_type: WorkType, state: State, name: str, calendar: WorkCalendar, moment: datetime
) -> Iterator[Refusal]:
    """What speaks against asking at all: it counts when the office has it, not when it is dated."""
    rule, timer = work_type.extensions.get(name), running(state, name)
    if rule is None or timer is None:
        yield Refusal("no-extension", {"clock": name})
        return
    if len(timer.grants) >= rule.times:
        yield Refusal("extended-enough", {"times": str(rule.times), "source": rule.source})
    found = _clock(work_type, state, name, calendar, moment)
    if found is not None and found.is_late and found.deadline is not None:
        yield Refusal("asked-late", {"day": str(found.deadline.current_due.day), "source": rule.source})


def _granted(work_type: WorkType, state: State, event: Event, calendar: WorkCalendar) -> Iterator[Refusal]:
    """A decision answers the request that is open, and grants no more than the rule lets it."""
    request = state.request
    if request is None:
        return
    if event.details.answers != request.seq:
        yield Refusal("answers", {"answers": str(event.details.answers), "open": str(request.seq)})
    if event.act is Act.GRANT_EXTENSION:
        rule = work_type.extensions[request.clock]
        yield from _far(work_type, state, rule, request.clock, event, calendar)


def _far(
    work_type: WorkType, state: State, rule: ExtensionRule, name: str, event: Event, calendar: WorkCalendar
) -> Iterator[Refusal]:
    """How far an end may be put off: later than it is, not beyond the limit."""
    until = event.details.until
    found = _clock(work_type, state, name, calendar, event.recorded)
    if until is None or found is None or found.deadline is None:
        return
    if until <= found.deadline.current_due.day:
        yield Refusal("not-later", {"until": str(until), "day": str(found.deadline.current_due.day)})
    base = (found.legal or found.deadline).original_due.day
    limits = []
    if rule.at_most is not None:
        limits.append(due(end_of(base).at - timedelta(seconds=1), parse(rule.at_most), calendar).day)
    if found.legal is not None and not rule.beyond_legal:
        limits.append(found.legal.current_due.day)
    if limits and until > min(limits):
        yield Refusal("too-far", {"until": str(until), "day": str(min(limits)), "source": rule.source})


def _clock(
    work_type: WorkType, state: State, name: str, calendar: WorkCalendar, moment: datetime
) -> ClockState | None:
    found = clock_states(work_type, state, calendar, moment)
    return next((clock for clock in found if clock.name == name), None)


def _corrected(_type: WorkType, state: State, event: Event, _calendar: WorkCalendar) -> Iterator[Refusal]:
    at = event.details.corrects
    if at is not None and not 0 < at <= state.seq:
        yield Refusal("unknown-event", {"event": str(at)})


_CHECKS: dict[Act, Callable[[WorkType, State, Event, WorkCalendar], Iterator[Refusal]]] = {
    Act.REGISTER: _kind,
    Act.PLAN: _kind,
    Act.TRANSFER: _same_lead,
    Act.REPORT: _reported,
    Act.SUSPEND: _paused,
    Act.GRANT_REFUSAL: _answers_refusal,
    Act.DENY_REFUSAL: _answers_refusal,
    Act.ASK_EXTENSION: _asked,
    Act.GRANT_EXTENSION: _granted,
    Act.DENY_EXTENSION: _granted,
    Act.CLAIM: _result,
    Act.CLOSE: _result,
    Act.CORRECT: _corrected,
}


def _moment(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"
