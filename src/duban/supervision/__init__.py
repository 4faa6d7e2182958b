"""The year's work under supervision as pure rules: what a case's events make of it. No database, no Django.

An application stores events and shows what comes of them:

>>> from datetime import datetime
>>> from duban.supervision import CHINA, Act, Actor, Details, Event, Role
>>> from duban.supervision import check, evaluate, official_calendar, replay, sealed, work_type
>>> now = datetime(2026, 3, 2, 9, tzinfo=CHINA)
>>> rules, calendar = work_type("task", on=now.date()), official_calendar()
>>> event = Event(
...     case="2026-001", seq=1, act=Act.REGISTER, at=now, recorded=now,
...     actor=Actor(role=Role.OFFICE, person="甲"), details=Details(title="建成智算中心"),
... )
>>> state = replay(rules, [], calendar, as_of=now)
>>> check(rules, state, event, calendar)  # nothing speaks against it: seal it and keep it
()
>>> state = replay(rules, [sealed(event, None)], calendar, as_of=now)
>>> state.stage.value, evaluate(rules, state, calendar).colour.value
('registered', 'grey')

What is not named here may change tomorrow. The names are imported from their modules when they are used, so that asking
for one loads no more than it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duban.supervision.audit_log import write_log
    from duban.supervision.breakdown import Commitment, commitments
    from duban.supervision.chain import Break, Checkpoint, checkpoint, sealed, verify_chain
    from duban.supervision.days import CHINA, WorkCalendar, day_of, official_calendar
    from duban.supervision.exports import TaskRow, calendar_feed, commitment_rows, headings, task_rows
    from duban.supervision.fold import replay
    from duban.supervision.ladder import Prompt, frequency, prompts
    from duban.supervision.light import Colour, Light, Lights, Reason
    from duban.supervision.lights import evaluate, replays
    from duban.supervision.model import (
        Act,
        Actor,
        Details,
        Event,
        Evidence,
        EvidenceKind,
        Milestone,
        Origin,
        Role,
        Satisfaction,
        Stage,
        Standing,
        Target,
    )
    from duban.supervision.permission import Allowed, allowed, check
    from duban.supervision.posts import Handover, Membership, Post, handover, holder
    from duban.supervision.state import ClockState, Deadline, Refusal, State
    from duban.supervision.tally import Rate, per_cent, rates
    from duban.supervision.words import label, sentence
    from duban.supervision.work_types.load import NAMES as WORK_TYPES
    from duban.supervision.work_types.load import WorkType, read_layer, work_type
    from duban.supervision.work_types.rules import Condition

__all__ = [
    "CHINA",
    "WORK_TYPES",
    "Act",
    "Actor",
    "Allowed",
    "Break",
    "Checkpoint",
    "ClockState",
    "Colour",
    "Commitment",
    "Condition",
    "Deadline",
    "Details",
    "Event",
    "Evidence",
    "EvidenceKind",
    "Handover",
    "Light",
    "Lights",
    "Membership",
    "Milestone",
    "Origin",
    "Post",
    "Prompt",
    "Rate",
    "Reason",
    "Refusal",
    "Role",
    "Satisfaction",
    "Stage",
    "Standing",
    "State",
    "Target",
    "TaskRow",
    "WorkCalendar",
    "WorkType",
    "allowed",
    "calendar_feed",
    "check",
    "checkpoint",
    "commitment_rows",
    "commitments",
    "day_of",
    "evaluate",
    "frequency",
    "handover",
    "headings",
    "holder",
    "label",
    "official_calendar",
    "per_cent",
    "prompts",
    "rates",
    "read_layer",
    "replay",
    "replays",
    "sealed",
    "sentence",
    "task_rows",
    "verify_chain",
    "work_type",
    "write_log",
]

_HOMES = {
    "audit_log": ("write_log",),
    "breakdown": ("Commitment", "commitments"),
    "chain": ("Break", "Checkpoint", "checkpoint", "sealed", "verify_chain"),
    "days": ("CHINA", "WorkCalendar", "day_of", "official_calendar"),
    "exports": ("TaskRow", "calendar_feed", "commitment_rows", "headings", "task_rows"),
    "fold": ("replay",),
    "ladder": ("Prompt", "frequency", "prompts"),
    "light": ("Colour", "Lights", "Light", "Reason"),
    "lights": ("evaluate", "replays"),
    "model": (
        *("Act", "Actor", "Details", "Event", "Evidence", "EvidenceKind", "Milestone", "Origin", "Role"),
        *("Satisfaction", "Stage", "Target", "Standing"),
    ),
    "permission": ("Allowed", "allowed", "check"),
    "posts": ("Handover", "Membership", "Post", "handover", "holder"),
    "state": ("ClockState", "Deadline", "Refusal", "State"),
    "tally": ("Rate", "per_cent", "rates"),
    "words": ("label", "sentence"),
    "work_types.load": ("WorkType", "read_layer", "work_type"),
    "work_types.rules": ("Condition",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "WORK_TYPES":
        return import_module(f"{__name__}.work_types.load").NAMES
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
