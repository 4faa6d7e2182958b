"""A case's clocks and events in words, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from duban.supervision import Act, Evidence
from duban.web.accounts import service as accounts
from duban.web.cases import rules
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.supervision import Deadline, Event, State, WorkType
    from duban.web.base.language import Lang

__all__ = ["ShownClock", "ShownEvent", "shown_clocks", "shown_events"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownEnd:
    """An end of a clock: as it was, as it is, and why."""

    legal: bool
    original: date
    current: date
    provisional: bool
    basis: list[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownClock:
    name: str
    main: bool
    running: bool
    paused: bool
    late: bool
    started: datetime
    stopped: datetime | None
    left: int | None
    """The share of its time that is left, in hundredths."""
    ends: list[ShownEnd]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownEvent:
    seq: int
    act: str
    what: str
    at: datetime
    recorded: datetime
    who: str
    unit: str
    role: str
    reason: str
    text: str
    said: list[tuple[str, str]]
    """What else the event says, label and words."""
    evidence: tuple[Evidence, ...]
    void: str
    """Why it has no effect, where it has none."""
    hash: str


def shown_clocks(work: WorkType, state: State, lang: Lang) -> list[ShownClock]:
    """Every clock that has started, the main one first."""
    clocks = []
    for clock in state.clocks:
        ends = [
            _end(deadline, lang, legal=legal)
            for legal, deadline in ((False, clock.norm), (True, clock.legal))
            if deadline
        ]
        clocks.append(
            ShownClock(
                name=getattr(work.clocks[clock.name].text, lang),
                main=clock.name == work.main,
                running=clock.is_running,
                paused=clock.paused,
                late=clock.is_late,
                started=clock.started,
                stopped=clock.stopped,
                left=None if clock.left is None else round(clock.left * 100),
                ends=ends,
            )
        )
    return sorted(clocks, key=lambda clock: not clock.main)


def _end(deadline: Deadline, lang: Lang, *, legal: bool) -> ShownEnd:
    return ShownEnd(
        legal=legal,
        original=deadline.original_due.day,
        current=deadline.current_due.day,
        provisional=deadline.current_due.provisional,
        basis=[rules.sentence("basis", basis.code, basis.facts, lang) for basis in deadline.due_basis],
    )


def shown_events(events: Sequence[Event], state: State, work: WorkType, lang: Lang) -> list[ShownEvent]:
    """The events with the names of those who did them, the latest first."""
    named_people = {
        name for event in events for name in (event.actor.person, event.details.to_person) if name
    }
    people = accounts.by_usernames(named_people)
    posts = organisation.post_names({event.details.to_post for event in events})
    named = {key for event in events for key in _units_named(event)} - {""}
    units = {key: str(unit) for key, unit in organisation.by_key(named).items()}
    units |= organisation.post_names({event.details.to_post for event in events})
    void = {one.seq: rules.said(one.refusals, lang) for one in state.void}
    return [
        ShownEvent(
            seq=event.seq,
            act=event.act.value,
            what=rules.label("act", event.act, lang),
            at=event.at,
            recorded=event.recorded,
            who=people.get(event.actor.person, event.actor.person),
            unit=units.get(event.actor.unit, event.actor.unit),
            role=rules.label("role", event.actor.role, lang),
            reason=event.reason,
            text=event.details.text,
            said=_said(event, units | posts | people, state, work, lang),
            evidence=event.evidence,
            void=void.get(event.seq, ""),
            hash=event.hash,
        )
        for event in sorted(events, key=lambda event: -event.seq)
    ]


def _units_named(event: Event) -> tuple[str, ...]:
    details = event.details
    return (event.actor.unit, details.lead, details.part_of, details.part_to, *details.co)


def _said(
    event: Event, names: dict[str, str], state: State, work: WorkType, lang: Lang
) -> list[tuple[str, str]]:
    """`names`: of the units, posts and people that it names."""
    details = event.details
    said: list[tuple[str, str]] = []
    if event.act not in (Act.NOTE, Act.HAND_ON) and details.text:
        said.append(("text", details.text))
    if details.lead:
        said.append(("lead", names.get(details.lead, details.lead)))
    if details.co:
        said.append(("co", "、".join(names.get(key, key) for key in details.co)))
    targets = {target.key: target for target in state.targets}
    for value in details.values:
        target = targets.get(value.target)
        said.append(
            (target.name if target else value.target, f"{value.value}{target.unit if target else ''}")
        )
    plain = {
        "percent": None if details.percent is None else f"{details.percent} %",
        "problems": details.problems,
        "next_steps": details.next_steps,
        "result_form": details.result_form,
        "due": details.due and details.due.isoformat(),
        "until": details.until and details.until.isoformat(),
        "to_post": names.get(details.to_post, details.to_post),
        "to_person": names.get(details.to_person, details.to_person),
        "part_of": names.get(details.part_of, details.part_of),
        "part_to": names.get(details.part_to, details.part_to),
        "result": details.result and _result(details.result, work, lang),
        "satisfaction": details.satisfaction and rules.label("satisfaction", details.satisfaction, lang),
    }
    return said + [(name, value) for name, value in plain.items() if value]


def _result(name: str, work: WorkType, lang: Lang) -> str:
    rule = work.results.get(name)
    return getattr(rule.text, lang) if rule else name
