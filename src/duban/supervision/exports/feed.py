"""Deadlines as an iCalendar feed: a VTODO for each clock that runs (RFC 5545)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from duban.supervision.model import Stage
from duban.supervision.words import Lang, label, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from icalendar import Todo
    from icalendar.enums import STATUS

    from duban.supervision.state import ClockState, State
    from duban.supervision.work_types.load import WorkType

__all__ = ["calendar_feed"]


def calendar_feed(
    cases: Iterable[tuple[WorkType, State]],
    *,
    name: str,
    host: str = "duban",
    links: Mapping[str, str] | None = None,
    lang: Lang = "zh",
) -> bytes:
    """The deadlines of cases as an .ics file, the same bytes for the same states.

    A to-do has the same UID for as long as its clock runs, and a SEQUENCE that grows with each event, so that a calendar
    program moves it when the end is moved. A case that is closed or withdrawn ends its to-dos. `links` are the addresses
    of the cases' pages by case.
    """
    from icalendar import Calendar

    feed = Calendar.new(
        prodid="-//Duban//supervision//ZH",
        uid=uuid5(NAMESPACE_URL, f"{host}/{name}"),
        name=name,
        language="zh-CN" if lang == "zh" else "en",
    )
    for work_type, state in cases:
        for todo in _todos(work_type, state, host, (links or {}).get(state.case), lang):
            feed.add_component(todo)
    return bytes(feed.to_ical())


def _todos(work_type: WorkType, state: State, host: str, link: str | None, lang: Lang) -> Iterator[Todo]:
    from icalendar import Todo

    for clock in state.clocks:
        if clock.deadline is None:
            continue
        text = work_type.clocks[clock.name].text
        todo = Todo.new(
            uid=f"{state.case}.{clock.name}@{host}",
            stamp=state.recorded or state.as_of,
            summary=f"{getattr(text, lang)}：{state.title}" if lang == "zh" else f"{text.en}: {state.title}",
            end=clock.deadline.current_due.day,
            status=_status(state, clock),
            sequence=state.seq,
            categories=[getattr(work_type.text, lang), label("stage", state.stage, lang)],
            description="\n".join(_description(clock, lang)),
            url=link,
        )
        if clock.stopped is not None:
            todo.add("completed", clock.stopped)
        yield todo


def _status(state: State, clock: ClockState) -> STATUS:
    from icalendar.enums import STATUS

    if state.stage in (Stage.WITHDRAWN, Stage.DECLINED):
        return STATUS.CANCELLED
    if not clock.is_running:
        return STATUS.COMPLETED
    return STATUS.NEEDS_ACTION if state.stage is Stage.HANDED_OVER else STATUS.IN_PROCESS


def _description(clock: ClockState, lang: Lang) -> Iterator[str]:
    """Why it is due then."""
    for deadline in (clock.norm, clock.legal):
        for basis in deadline.due_basis if deadline is not None else ():
            yield sentence("basis", basis.code, basis.facts, lang)
    if clock.deadline is not None and clock.deadline.current_due.provisional:
        yield sentence("note", "provisional", {}, lang)
    if clock.paused:
        yield sentence("note", "paused", {}, lang)
