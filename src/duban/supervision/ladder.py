"""The ladder: remind, chase, escalate to a named post, put on the board; and how often each unit is asked."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.supervision.clocks import running
from duban.supervision.days import day_of
from duban.supervision.light import Reason
from duban.supervision.model import Act, Details
from duban.supervision.terms import due, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from duban.supervision.days import WorkCalendar
    from duban.supervision.state import ClockState, State
    from duban.supervision.work_types.load import WorkType
    from duban.supervision.work_types.rules import Rung

__all__ = ["Prompt", "frequency", "prompts"]


class Prompt(Struct, frozen=True, kw_only=True):
    """Something to be done about a case now. It is taken by an event with these details."""

    case: str
    rung: str
    act: Act
    to: str
    """Whom: `lead.liaison`, `lead.head`, `leader`, `office`."""
    unit: str
    """The lead unit that is asked."""
    post: str
    """The post that the case names for it, "" where it names none."""
    reason: Reason
    held: bool
    """Whether the unit has been asked often enough already: to be left for another day."""

    def details(self) -> Details:
        """What the event that takes this rung says."""
        return Details(rung=self.rung, to_post=self.post)


def prompts(
    work_type: WorkType, state: State, calendar: WorkCalendar, *, asked: Iterable[datetime] = ()
) -> tuple[Prompt, ...]:
    """The rungs of the ladder that a case has come to and that have not been taken, in order.

    `asked` are the moments at which its lead unit was asked for something, over all its cases (`State.asked`): past the
    limit a prompt is `held`, unless its rung is one that has to be (what is late is chased in any case).
    """
    if not state.is_open:
        return ()
    known = calendar.known_on(day_of(state.as_of))
    enough = _asked_enough(work_type, asked, state, known)
    found = []
    for name, rung in work_type.ladder.items():
        reason = _reached(work_type, rung, state, known)
        if reason is not None and not _taken(work_type, name, rung, state):
            found.append(
                Prompt(
                    case=state.case,
                    rung=name,
                    act=rung.act,
                    to=rung.to,
                    unit=state.lead,
                    post=state.posts.get(rung.to.removeprefix("lead."), ""),
                    reason=reason,
                    held=enough and rung.held,
                )
            )
    return tuple(found)


def frequency(states: Iterable[State], *, since: datetime, until: datetime) -> dict[str, int]:
    """How often each unit was asked for something from `since` to before `until`, the most asked first."""
    counts = Counter(
        asked.unit for state in states for asked in state.asked if since <= asked.at < until and asked.unit
    )
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _reached(work_type: WorkType, rung: Rung, state: State, calendar: WorkCalendar) -> Reason | None:
    """Why it is time for a rung, None if it is not."""
    name = rung.clock or work_type.main
    clock = state.clock(name)
    if clock is None or not clock.is_running or clock.paused:
        return None
    text = work_type.clocks[name].text
    facts = {"clock": text.zh, "clock_en": text.en, "source": rung.source}
    return next(_conditions(rung, clock, state, calendar, facts), None)


def _conditions(
    rung: Rung, clock: ClockState, state: State, calendar: WorkCalendar, facts: dict[str, str]
) -> Iterator[Reason]:
    now = state.as_of
    if (
        rung.after is not None
        and now >= due(clock.started, parse(rung.after), calendar).at
        and not clock.is_late
    ):
        yield Reason("rung-after", facts | {"since": str(day_of(clock.started)), "term": rung.after})
    if clock.deadline is None:
        return
    end = clock.deadline.current_due
    facts = facts | {"day": str(end.day)}
    if rung.left is not None and not clock.is_late and (clock.left or 0) * 100 <= rung.left:
        yield Reason("rung-left", facts | {"percent": str(rung.left)})
    if rung.overdue is not None and clock.is_late:
        last_moment = end.at - timedelta(seconds=1)
        if now >= due(last_moment, parse(rung.overdue), calendar).at:
            yield Reason("rung-overdue", facts | {"term": rung.overdue})
    if rung.unanswered is not None and rung.for_ is not None and clock.is_late:
        asked = state.last.get(rung.unanswered)
        if (
            asked is not None
            and not _answered(state, asked.at)
            and now >= due(asked.at, parse(rung.for_), calendar).at
        ):
            yield Reason(
                "rung-unanswered",
                facts | {"act": rung.unanswered, "term": rung.for_, "since": str(day_of(asked.at))},
            )


_ANSWERS = (Act.SIGN, Act.REPORT, Act.ASK_EXTENSION, Act.REFUSE, Act.CLAIM)


def _answered(state: State, since: datetime) -> bool:
    """Whether the lead unit has said anything since."""
    done = (state.last.get(act) for act in _ANSWERS)
    return any(each is not None and each.unit == state.lead and each.at > since for each in done)


def _taken(work_type: WorkType, name: str, rung: Rung, state: State) -> bool:
    """Whether a rung was taken in this run of its clock, and the end has not been moved since."""
    taken, timer = state.rungs.get(name), running(state, rung.clock or work_type.main)
    if taken is None or timer is None:
        return False
    asked = state.last.get(rung.unanswered) if rung.unanswered is not None else None
    begun = [timer.started, *(grant.at for grant in timer.grants), *([asked.at] if asked else [])]
    return taken >= max(begun)


def _asked_enough(
    work_type: WorkType, asked: Iterable[datetime], state: State, calendar: WorkCalendar
) -> bool:
    rule = work_type.asks
    if rule is None:
        return False
    term = parse(rule.per)
    lately = [at for at in asked if at <= state.as_of < due(at, term, calendar).at]
    return len(lately) >= rule.at_most
