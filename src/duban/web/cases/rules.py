"""The seam to `duban.supervision`: events in, state, clocks, lights and allowed acts out. Nothing is decided here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import msgspec

from duban.supervision import (
    Act,
    Actor,
    Allowed,
    Condition,
    Event,
    Prompt,
    Role,
    WorkType,
    evaluate,
    label,
    official_calendar,
    permission,
    prompts,
    replay,
    sealed,
    sentence,
    tally,
    work_type,
)
from duban.web import access

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

    from duban.supervision import Lights, Refusal, State
    from duban.web.base.language import Lang

__all__ = [
    "SYSTEM",
    "Allowed",
    "Prompt",
    "actors",
    "allowed",
    "event_of",
    "label",
    "lights_of",
    "met",
    "next_prompt",
    "prompts_of",
    "record_of",
    "refusals",
    "rules_of",
    "said",
    "sealed",
    "sentence",
    "state_of",
    "system_may",
]

_ROLES = {
    access.Role.OFFICE: Role.OFFICE,
    access.Role.LEADER: Role.LEADER,
    access.Role.HEAD: Role.HEAD,
    access.Role.LIAISON: Role.LIAISON,
    access.Role.AUDITOR: Role.AUDITOR,
}
"""An administrator is nobody to a case."""


@cache
def rules_of(name: str, on: date) -> WorkType:
    """The rules in force for a case registered on that day."""
    return work_type(name, on=on)


def actors(standing: access.Standing, person: str) -> list[Actor]:
    """In what capacities somebody can act: one for each post held."""
    return [
        Actor(role=_ROLES[held.role], person=person, post=f"post/{held.post}", unit=held.unit_key)
        for held in standing.held
        if held.role in _ROLES
    ]


def state_of(rules: WorkType, events: Iterable[Event], as_of: datetime) -> State:
    """What the events make of the case as of a moment."""
    return replay(rules, events, official_calendar(), as_of=as_of)


def allowed(
    rules: WorkType, state: State, capacities: Sequence[Actor], moment: datetime
) -> dict[str, tuple[Allowed, Actor]]:
    """The acts that somebody may take now, in the order of the work type, each with the capacity to take it in."""
    found: dict[str, tuple[Allowed, Actor]] = {}
    for actor in capacities:
        for one in permission.allowed(rules, state, actor, official_calendar(), moment):
            found.setdefault(one.act.value, (one, actor))
    return {act: found[act] for act in (act.value for act in rules.acts) if act in found}


SYSTEM = Actor(role=Role.SYSTEM)


def prompts_of(rules: WorkType, state: State, asked: Iterable[datetime]) -> tuple[Prompt, ...]:
    """The rungs of the ladder that the case has come to; `asked`: when its lead unit was asked for something."""
    return prompts(rules, state, official_calendar(), asked=asked)


def next_prompt(
    rules: WorkType, state: State, asked: Iterable[datetime], seen: Collection[str]
) -> Prompt | None:
    """The first rung that may be taken today and was not seen to yet."""
    found = prompts_of(rules, state, asked)
    return next((one for one in found if not one.held and one.rung not in seen), None)


def system_may(rules: WorkType, state: State, act: Act, moment: datetime) -> bool:
    """Whether the act happens by itself, without a person who decides."""
    return act.value in allowed(rules, state, [SYSTEM], moment)


def refusals(rules: WorkType, state: State, event: Event) -> tuple[Refusal, ...]:
    """Why the event may not happen to the case as it stands; empty if it may."""
    return permission.check(rules, state, event, official_calendar())


def lights_of(rules: WorkType, state: State) -> Lights:
    """The lights of the case as of the moment of its state, with all that is needed to work them out again."""
    return evaluate(rules, state, official_calendar())


def met(rules: WorkType, state: State) -> list[Condition]:
    """The conditions that the case is counted by in rates."""
    return [condition for condition in Condition if tally.meets(rules, state, condition)]


def record_of(event: Event) -> dict[str, Any]:
    """The event as the database keeps it."""
    return cast("dict[str, Any]", msgspec.to_builtins(event))


def event_of(record: dict[str, Any]) -> Event:
    """The event that was kept."""
    return msgspec.convert(record, Event)


def said(refused: Iterable[Refusal], lang: Lang) -> str:
    """Refusals as sentences."""
    return " ".join(sentence("refusal", one.code, one.facts, lang) for one in refused)
