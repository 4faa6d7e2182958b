"""Terms and the days they end on: hours, days, working days and months, with pauses that really stop them.

One definition serves all but hours: a term ends on the last of N days that count. A working-day term counts working
days only; a paused day never counts. So a pause can only move an end later, whatever else happens.
"""

from __future__ import annotations

import calendar as months
import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from duban.errors import InputError
from duban.supervision.days import CHINA, day_of
from duban.supervision.knowledge import knowledge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.supervision.days import WorkCalendar

__all__ = ["TERM", "Due", "Pause", "Term", "Unit", "due", "end_of", "parse", "shifted"]

TERM = r"^(?:same day|year end|(?:0|[1-9][0-9]{0,3}) (?:hours?|days?|working days?|months?))$"
"""How a term is written: `15 working days`, `3 months`, `4 hours`, `same day`, `year end`."""


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    YEAR_END = "year end"


class Term(Struct, frozen=True):
    count: int
    unit: Unit

    def __str__(self) -> str:
        if self.unit is Unit.YEAR_END:
            return self.unit.value
        if self == SAME_DAY:
            return "same day"
        return f"{self.count} {self.unit.removesuffix('s') if self.count == 1 else self.unit}"


SAME_DAY = Term(0, Unit.DAYS)


@cache
def parse(text: str) -> Term:
    """A term as it is written in a work type.

    >>> parse("15 working days").count, str(parse("1 month"))
    (15, '1 month')
    """
    if not re.match(TERM, text):
        raise InputError(
            f"“{text}” is no term",
            expected="“15 working days”, “60 days”, “3 months”, “4 hours”, “same day” or “year end”",
        )
    if text == "year end":
        return Term(0, Unit.YEAR_END)
    if text == "same day":
        return SAME_DAY
    count, unit = text.split(" ", 1)
    return Term(int(count), Unit(unit if unit.endswith("s") else f"{unit}s"))


class Pause(Struct, frozen=True, kw_only=True):
    """A time in which a clock stood still; `end` is None while it does."""

    start: datetime
    end: datetime | None = None


class Due(Struct, frozen=True, kw_only=True):
    """When something is due."""

    day: date
    """The last day on which it is in time."""
    at: datetime
    """The first moment at which it is late: the end of the day, or the hour."""
    provisional: bool = False
    """Whether it rests on days of a year that had not been announced: it is worked out anew once that is done."""


def end_of(day: date, *, provisional: bool = False) -> Due:
    """Due on a day, to its end at 24:00 (民法典 第二百零三条)."""
    return Due(
        day=day,
        at=datetime.combine(day + timedelta(days=1), time(), tzinfo=CHINA),
        provisional=provisional,
    )


def due(start: datetime, term: Term, calendar: WorkCalendar, pauses: Sequence[Pause] = ()) -> Due:
    """When a term that began at `start` ends.

    Days and months count from the next day; a month ends on the same day of the month or on its last; a term in days
    or months that ends on a day of rest ends on the next working day (`knowledge/days.yaml` has the law and its dates).
    Pauses must be closed: give `end` the moment as of which the end is asked for.
    """
    if term.unit is Unit.HOURS:
        at = _after_hours(start, timedelta(hours=term.count), pauses)
        return Due(day=day_of(at), at=at)
    first = day_of(start)
    rule = _counting(first)
    if term.unit is Unit.YEAR_END:
        return shifted(date(first.year, 12, 31), start, pauses)
    days = Days(calendar, _paused(pauses), working=term.unit is Unit.WORKING_DAYS)
    count = term.count if term.unit is not Unit.MONTHS else (_months_on(first, term.count) - first).days
    if count and not rule.from_next:
        count -= 1
    end = days.after(first, count)
    if count and rule.rolls:
        end = days.rolled(end)
    return end_of(end, provisional=days.touched_unknown)


def shifted(day: date, since: datetime, pauses: Sequence[Pause]) -> Due:
    """A day that was named at `since`, moved on by the calendar days paused before it."""
    first = day_of(since)
    paused = _paused([pause for pause in pauses if pause.end is None or pause.end > since])
    if not paused:
        return end_of(day)
    count = max((day - first).days, 0)
    end = first if count else day
    while count:
        end += timedelta(days=1)
        count -= not any(start <= end < stop for start, stop in paused)
    return end_of(end)


class Days:
    """Counts the days that count, and remembers whether it had to ask about a year not announced."""

    def __init__(self, calendar: WorkCalendar, paused: Sequence[tuple[date, date]], *, working: bool) -> None:
        self.calendar = calendar
        self.paused = paused
        self.working = working
        self.touched_unknown = False

    def after(self, day: date, count: int) -> date:
        """The last of `count` days that count after a day; the day itself for none."""
        if not self.working and not self.paused:
            return day + timedelta(days=count)
        while count:
            day += timedelta(days=1)
            count -= self._counts(day)
        return day

    def rolled(self, day: date) -> date:
        """The day, or the first after it that is worked and not paused."""
        while not self._works(day) or self._is_paused(day):
            day += timedelta(days=1)
        return day

    def _counts(self, day: date) -> bool:
        return not self._is_paused(day) and (not self.working or self._works(day))

    def _works(self, day: date) -> bool:
        self.touched_unknown = self.touched_unknown or not self.calendar.is_official(day)
        return self.calendar.is_working(day)

    def _is_paused(self, day: date) -> bool:
        return any(start <= day < end for start, end in self.paused)


def _paused(pauses: Sequence[Pause]) -> list[tuple[date, date]]:
    """The days of each pause: from the day it began to the day before it ended."""
    return [(day_of(pause.start), day_of(pause.end)) for pause in pauses if pause.end is not None]


def _after_hours(start: datetime, length: timedelta, pauses: Sequence[Pause]) -> datetime:
    at = start + length
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if pause.end is not None and pause.start < at and pause.end > start:
            at += pause.end - max(pause.start, start)
    return at


def _months_on(day: date, count: int) -> date:
    """The same day of the month so many months later, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


class _Counting(NamedTuple):
    in_force: date
    from_next: bool
    rolls: bool


@cache
def _rules() -> tuple[_Counting, ...]:
    return tuple(
        _Counting(entry["in_force"], entry["from"] == "next", entry["rolls"])
        for entry in knowledge("days.yaml")["counting"]
    )


def _counting(day: date) -> _Counting:
    """How terms that begin on a day are counted."""
    found = [rule for rule in _rules() if rule.in_force <= day]
    if not found:
        raise InputError(
            f"no rule says how terms were counted on {day}", expected=f"{_rules()[0].in_force} or later"
        )
    return found[-1]
