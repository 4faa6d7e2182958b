"""The light of progress: by values, against the path that was expected."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from duban.supervision.clocks import running
from duban.supervision.days import day_of
from duban.supervision.light import Colour, Reason, worst
from duban.supervision.model import Path, Stage, Target
from duban.supervision.progress import expected, milestones_share, progress
from duban.supervision.terms import due, end_of, parse
from duban.supervision.work_types.rules import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from duban.supervision.days import WorkCalendar
    from duban.supervision.light import Light
    from duban.supervision.model import EvidenceKind
    from duban.supervision.progress import Progress
    from duban.supervision.state import ClockState, State
    from duban.supervision.work_types.load import WorkType
    from duban.supervision.work_types.rules import LightRule

__all__ = ["progress_light"]


def progress_light(work_type: WorkType, rule: LightRule, state: State, calendar: WorkCalendar) -> Light:
    """By values where there are any, else by milestones, else by the unit's estimate; and whether it reports at all."""
    main = state.clock(work_type.main)
    if main is None:
        return worst(Dimension.PROGRESS, ())
    found = list(_by_values(work_type, rule, state, main, calendar))
    if not found:
        found = list(_by_word(rule, state, main))
    if state.stage is Stage.UNDER_WAY and running(state, work_type.main) is not None and not state.is_paused:
        found += _by_rhythm(work_type, state, main, calendar)
    return worst(Dimension.PROGRESS, found)


def _by_values(
    work_type: WorkType, rule: LightRule, state: State, main: ClockState, calendar: WorkCalendar
) -> Iterator[tuple[Colour, Reason]]:
    """By the values of the targets, where there are any."""
    seen = progress(
        state.targets,
        state.reports,
        state.milestones,
        start=day_of(main.started),
        end=_end(main),
        day=day_of(state.as_of),
        tolerance=Decimal(rule.tolerance) / 100,
        independent=_independent(work_type),
    )
    ended = _has_ended(state, main)
    for each in seen:
        stale = _is_stale(each.value.day, rule, state, calendar)
        yield _of_value(each, rule, ended=ended, looked=state.verified is not None, stale=stale)
    if seen and ended and len(seen) < len(state.targets):
        known = {each.target.key for each in seen}
        for target in state.targets:
            if target.key not in known:
                yield Colour.RED, Reason("no-value", {"target": target.name})


def _of_value(
    each: Progress, rule: LightRule, *, ended: bool, looked: bool, stale: bool
) -> tuple[Colour, Reason]:
    facts = {
        "target": each.target.name,
        "value": f"{each.value.value:f}",
        "wanted": f"{each.target.value:f}",
        "day": str(each.value.day),
    }
    if ended and not each.met:
        return Colour.RED, Reason("missed", facts)
    if ended and not (each.independent or looked):
        return Colour.YELLOW, Reason("own-word", facts)
    if stale and not ended:
        return Colour.YELLOW, Reason("stale", facts | {"term": rule.stale_after or "", "source": rule.source})
    if ended or each.met:
        return Colour.GREEN, Reason("met", facts)
    facts |= {"expected": _percent(each.expected), "achieved": _percent(each.achieved), "source": rule.source}
    return _by_gap(each.behind, rule), Reason("value-behind" if each.behind else "value-on-path", facts)


def _is_stale(day: date, rule: LightRule, state: State, calendar: WorkCalendar) -> bool:
    """Whether a value is so old that it says nothing any more."""
    if rule.stale_after is None:
        return False
    return state.as_of >= due(end_of(day).at, parse(rule.stale_after), calendar).at


def _by_word(rule: LightRule, state: State, main: ClockState) -> Iterator[tuple[Colour, Reason]]:
    """By milestones and by the unit's own estimate; at the end its word alone is not enough."""
    ended = _has_ended(state, main)
    if ended and state.targets:
        yield Colour.RED, Reason("no-values", {"targets": str(len(state.targets))})
        return
    whole = Target(key="", name="", value=Decimal(1), path=Path.MILESTONES if state.milestones else Path.EVEN)
    wanted = expected(
        whole, state.milestones, start=day_of(main.started), end=_end(main), day=day_of(main.moment)
    )
    reached = [name for report in state.reports for name in report.reached]
    estimates = [report.percent for report in state.reports if report.percent is not None]
    if state.milestones:
        share, code = milestones_share(state.milestones, reached), "milestones"
    elif estimates:
        share, code = Decimal(estimates[-1]) / 100, "estimate"
    else:
        return
    facts = {"expected": _percent(wanted), "achieved": _percent(share), "source": rule.source}
    if ended:
        done = share >= 1
        colour = Colour.RED if not done else Colour.YELLOW if state.verified is None else Colour.GREEN
        yield colour, Reason(code, facts)
    else:
        yield _by_gap(max(Decimal(0), wanted - share), rule), Reason(code, facts)


def _by_gap(behind: Decimal, rule: LightRule) -> Colour:
    """The colour for being behind by a share of the whole."""
    if rule.red_behind is not None and behind * 100 >= rule.red_behind:
        return Colour.RED
    if rule.yellow_behind is not None and behind * 100 >= rule.yellow_behind:
        return Colour.YELLOW
    return Colour.GREEN


def _by_rhythm(
    work_type: WorkType, state: State, main: ClockState, calendar: WorkCalendar
) -> Iterator[tuple[Colour, Reason]]:
    """Whether the unit reports when it has to: one report missed is yellow, two are red."""
    rule = work_type.reporting
    if rule is None:
        return
    reports = [report.at for report in state.reports if report.by_unit]
    last = max([main.started, *reports])
    missed = 0
    for end in _report_days(rule.by_day, rule.every, last, calendar):
        if end_of(end).at > state.as_of:
            break
        missed += 1
        if missed == _RED_AFTER:
            break
    facts = {"last": str(day_of(last)), "source": rule.source}
    if missed:
        yield (Colour.RED if missed >= _RED_AFTER else Colour.YELLOW), Reason("report-missed", facts)
    else:
        yield Colour.GREEN, Reason("reported", facts)


_RED_AFTER = 2


def _report_days(
    by_day: int | None, every: str | None, last: datetime, calendar: WorkCalendar
) -> Iterator[date]:
    """The days by which to report after the last report, two of them."""
    if every is not None:
        at = last
        for _ in range(_RED_AFTER):
            found = due(at, parse(every), calendar)
            at = end_of(found.day).at
            yield found.day
    if by_day is not None:
        year, month = day_of(last).year, day_of(last).month
        for _ in range(_RED_AFTER + 1):
            day = _in_month(year, month, by_day)
            if day > day_of(last):
                yield day
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _independent(work_type: WorkType) -> tuple[EvidenceKind, ...]:
    rule = work_type.lights.get(Dimension.EVIDENCE)
    return rule.independent if rule is not None else ()


def _has_ended(state: State, main: ClockState) -> bool:
    """Whether it is said to be done, or its time is over."""
    return not main.is_running or main.is_late or not state.is_open


def _end(main: ClockState) -> date:
    """The day by which all is to be reached."""
    deadline = main.deadline
    return deadline.current_due.day if deadline is not None else date.max


def _percent(share: Decimal) -> str:
    return f"{share * 100:.0f}%"
