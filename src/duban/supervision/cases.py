"""Rules tried on cases that an official can write: events with dates, and what is expected of them.

A city that lays its own rules over ours tests them so: a YAML list of cases, each with its work type, events and what
should come of them (docs/how-to/supervise.md).
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import yaml
from msgspec import Struct

from duban.errors import InputError
from duban.supervision.days import CHINA, day_of, official_calendar
from duban.supervision.fold import replay
from duban.supervision.ladder import prompts
from duban.supervision.lights import evaluate
from duban.supervision.model import Act, Actor, Details, Event, Evidence, Role
from duban.supervision.permission import allowed
from duban.supervision.words import act_named
from duban.supervision.work_types.load import WorkType, read_layer, work_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.supervision.state import State

__all__ = ["Case", "problems", "read_cases"]


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an official writes: `events` as mappings with at, act, by and what the event says."""

    name: str
    type: str
    events: tuple[dict[str, Any], ...]
    as_of: Any
    expect: dict[str, Any]
    layers: tuple[str, ...] = ()
    """Files of rules beside the file of cases."""
    folder: str = ""

    def work_type(self) -> WorkType:
        """The rules in force on the day of the first event."""
        first = day_of(_moment(self.events[0]["at"], self.name))
        return work_type(
            self.type, on=first, layers=[read_layer(Path(self.folder, name)) for name in self.layers]
        )

    def log(self) -> tuple[Event, ...]:
        """The events, numbered, each with its actor."""
        lead, found = "", []
        for seq, written in enumerate(self.events, start=1):
            event = _event(written, self.name, seq, lead)
            found.append(event)
            lead = event.details.lead or lead
        return tuple(found)

    def state(self) -> State:
        """What the case is as of its moment."""
        return replay(self.work_type(), self.log(), official_calendar(), as_of=_moment(self.as_of, self.name))


def read_cases(path: str | Path) -> tuple[Case, ...]:
    """The cases of a YAML file. Raises `InputError` for what is no case."""
    data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    folder = str(Path(path).parent)
    try:
        return tuple(msgspec.convert({"folder": folder, **written}, Case) for written in data)
    except (msgspec.ValidationError, TypeError) as error:
        raise InputError(str(error), where=str(path)) from error


def problems(case: Case) -> list[str]:
    """What came otherwise than expected, a line each; empty if all is as expected."""
    state, of_type = case.state(), case.work_type()
    found = dict(_found(case, state, of_type))
    return [
        f"{case.name}: {what} is {found.get(what)}, expected {wanted}"
        for what, wanted in _expected(case)
        if found.get(what, _MISSING) != wanted
    ]


_MISSING = object()


def _expected(case: Case) -> Iterator[tuple[str, Any]]:
    for what, wanted in case.expect.items():
        if isinstance(wanted, dict):
            yield from ((f"{what} {name}", _plain(value)) for name, value in wanted.items())
        else:
            yield what, _plain(wanted)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value


def _found(case: Case, state: State, of_type: WorkType) -> Iterator[tuple[str, Any]]:
    """Everything that can be expected, by the name it is expected by."""
    yield "stage", state.stage.value
    yield "lead", state.lead
    yield "result", state.result
    yield "paused", state.is_paused
    yield "late", [clock.name for clock in state.clocks if clock.is_late]
    for clock in state.clocks:
        for kind, deadline in (("due", clock.deadline), ("norm", clock.norm), ("legal", clock.legal)):
            if deadline is not None:
                yield f"{kind} {clock.name}", str(deadline.current_due.day)
        if clock.deadline is not None:
            yield f"original {clock.name}", str(clock.deadline.original_due.day)
            yield f"basis {clock.name}", [basis.code for basis in clock.deadline.due_basis]
            yield f"provisional {clock.name}", clock.deadline.current_due.provisional
        yield f"running {clock.name}", clock.is_running
    evaluation = evaluate(of_type, state, official_calendar())
    yield "light", evaluation.colour.value
    for light in evaluation.lights:
        yield f"lights {light.dimension}", light.colour.value
        yield f"reasons {light.dimension}", [reason.code for reason in light.reasons]
    due_now = prompts(of_type, state, official_calendar())
    yield "prompts", [prompt.rung for prompt in due_now]
    yield "posts", [prompt.post for prompt in due_now]
    refused = {void.seq: [refusal.code for refusal in void.refusals] for void in state.void}
    for seq in range(1, len(case.events) + 1):
        yield f"refused {seq}", refused.get(seq, [])
    yield "refused", list(refused)
    for by in case.expect.get("allowed", {}):
        acts = allowed(of_type, state, _actor(by, state.lead), official_calendar(), state.as_of)
        yield f"allowed {by}", [act.act.value for act in acts]


def _event(written: dict[str, Any], case: str, seq: int, lead: str) -> Event:
    fields = dict(written)
    where = f"{case}, event {seq}"
    at = _moment(fields.pop("at", None), where)
    recorded = fields.pop("recorded", None)
    if "really" in fields:
        fields["really"] = _moment(fields["really"], where)
    name = str(fields.pop("act", ""))
    act = act_named(name)
    if act is None:
        raise InputError(f"there is no act “{name}”", where=where)
    try:
        return Event(
            case=case,
            seq=seq,
            act=Act(act),
            at=at,
            recorded=at if recorded is None else _moment(recorded, where),
            actor=_actor(str(fields.pop("by", "")), lead),
            reason=str(fields.pop("reason", "")),
            evidence=msgspec.convert(fields.pop("evidence", ()), tuple[Evidence, ...]),
            details=msgspec.convert(fields, Details),
        )
    except msgspec.ValidationError as error:
        raise InputError(str(error), where=where) from error


def _actor(by: str, lead: str) -> Actor:
    """`office 甲`, `lead.head 乙`, `co 水务局 丙`, `applicant`: the role, the unit of a co-unit, the person."""
    who, *rest = by.split()
    of, _, role = who.partition(".")
    if of == "lead":
        unit = lead
    elif of == "co":
        unit = rest.pop(0) if rest else ""
    else:
        return Actor(role=Role(of), person=" ".join(rest))
    return Actor(role=Role(role or "liaison"), unit=unit, person=" ".join(rest))


def _moment(written: Any, where: str) -> datetime:
    """A day with an hour, or a day alone: nine in the morning."""
    try:
        at = datetime.fromisoformat(str(written))
    except ValueError as error:
        raise InputError(f"“{written}” is no time", where=where, expected="2026-03-02 09:00") from error
    at = at if at.tzinfo is None else at.replace(tzinfo=None)
    return (at.replace(hour=9) if len(str(written)) <= len("2026-03-02") else at).replace(tzinfo=CHINA)
