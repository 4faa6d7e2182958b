"""重点任务分解表: rows of commitments before they are handed over, and of cases as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from duban.catalogue import bodies
from duban.supervision.words import Lang, label, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from duban.supervision.breakdown import Commitment
    from duban.supervision.light import Lights
    from duban.supervision.model import Target
    from duban.supervision.state import State
    from duban.supervision.work_types.load import WorkType

__all__ = ["HEADINGS", "TaskRow", "commitment_rows", "headings", "task_rows"]


class TaskRow(Struct, frozen=True, kw_only=True):
    """A row of the table, every cell as text. Numbers and dates are as people write them."""

    number: str = ""
    section: str = ""
    title: str = ""
    targets: str = ""
    result_form: str = ""
    lead: str = ""
    co: str = ""
    leader: str = ""
    due: str = ""
    work_type: str = ""
    stage: str = ""
    light: str = ""
    progress: str = ""
    reason: str = ""
    case: str = ""


HEADINGS: tuple[str, ...] = TaskRow.__struct_fields__
"""The columns in order; `headings(lang)` gives their names."""


def headings(lang: Lang = "zh") -> tuple[str, ...]:
    """The names of the columns."""
    return tuple(label("heading", name, lang) for name in HEADINGS)


def commitment_rows(commitments: Iterable[Commitment], lang: Lang = "zh") -> Iterator[TaskRow]:
    """A row for each commitment of a report, with the unit and the term that are suggested and why."""
    from duban.supervision.work_types.load import layer_of

    for number, found in enumerate(commitments, start=1):
        text = layer_of(found.work_type).text
        lead = found.leads[0] if found.leads else None
        yield TaskRow(
            number=str(number),
            section=found.origin.section,
            title=found.text,
            targets="；".join(map(_written, found.targets)),
            lead=lead.name if lead else "",
            co="、".join(other.name for other in found.leads[1:]),
            due=str(found.due or ""),
            work_type=getattr(text, lang) if text else found.work_type,
            reason="、".join(lead.words) if lead else "",
        )


def task_rows(cases: Iterable[tuple[WorkType, State, Lights | None]], lang: Lang = "zh") -> Iterator[TaskRow]:
    """A row for each case as it stands, with its light and the reasons for it where it was evaluated."""
    for number, (work_type, state, evaluation) in enumerate(cases, start=1):
        main = state.clock(work_type.main)
        deadline = main.deadline if main is not None else None
        reasons = evaluation.reasons if evaluation is not None else ()
        yield TaskRow(
            number=str(number),
            section=state.origin.section if state.origin is not None else "",
            title=state.title,
            targets="；".join(map(_written, state.targets)),
            result_form=state.result_form,
            lead=_name(state.lead),
            co="、".join(map(_name, state.co)),
            leader=state.posts.get("leader", ""),
            due=str(deadline.current_due.day) if deadline is not None else str(state.due or ""),
            work_type=getattr(work_type.text, lang),
            stage=label("stage", state.stage, lang),
            light=label("colour", evaluation.colour, lang) if evaluation is not None else "",
            progress=_progress(state),
            reason="；".join(sentence("reason", reason.code, reason.facts, lang) for reason in reasons),
            case=state.case,
        )


def _name(unit: str) -> str:
    """A unit's name: the catalogue's for its id, else what it is called by."""
    body = bodies.get(unit)
    return body.name if body is not None else unit


_BOUNDS = {
    "at_least": "以上",
    "at_most": "以内",
    "over": "以上",
    "about": "左右",
    "nearly": "左右",
    "exact": "",
}


def _written(target: Target) -> str:
    """A target as people write it: 改造老旧小区300个, 城镇调查失业率5.5%以内."""
    up, down = _MOVES.get(target.kind, ("", ""))
    move, sign = (down, -1) if target.value < 0 and down else (up, 1)
    value, unit = _scaled(target.value * sign, target)
    high = "" if target.high is None else f"—{_scaled(target.high * sign, target)[0]}"
    return f"{target.name}{move}{value}{high}{unit}{_BOUNDS.get(target.qualifier, '')}"


_MOVES = {
    "growth": ("增长", "下降"),
    "avg_growth": ("年均增长", "年均下降"),
    "change": ("提高", "降低"),
    "rank": ("第", ""),
}


def _scaled(value: Decimal, target: Target) -> tuple[str, str]:
    """The number in 亿 or 万 where the target's is large and even."""
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if abs(target.value) >= size and value * 100 % size == 0:
            return f"{(value / size).normalize():f}", f"{name}{target.unit}"
    return f"{value.normalize():f}", target.unit


def _progress(state: State) -> str:
    """The last value of each target, else the last estimate."""
    latest = {value.target: value for report in state.reports for value in report.values}
    if latest:
        names = {target.key: target.name for target in state.targets}
        return "；".join(
            f"{names.get(key, key)}{value.value.normalize():f}（{value.day}）"
            for key, value in latest.items()
        )
    estimates = [report.percent for report in state.reports if report.percent is not None]
    return f"{estimates[-1]}%" if estimates else ""
