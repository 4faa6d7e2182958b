"""Working days: the official calendar with its make-up days, as far as it had been announced on a day."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.supervision.knowledge import knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CHINA", "WorkCalendar", "day_of", "official_calendar"]

CHINA = timezone(timedelta(hours=8), "CST")
"""The time that all days of supervision are days of: one zone, and no summer time since 1992."""


def day_of(moment: datetime) -> date:
    """The day in China that a moment falls on."""
    return moment.astimezone(CHINA).date()


class WorkCalendar(Struct, frozen=True, kw_only=True):
    """Which days are worked. `official_calendar()` gives the usual one; a city can add days of its own.

    >>> calendar = official_calendar()
    >>> calendar.is_working(date(2026, 2, 14)), calendar.is_working(date(2026, 2, 17))
    (True, False)
    """

    rest: frozenset[date]
    """Weekdays that are not worked."""
    worked: frozenset[date]
    """Saturdays and Sundays that are worked (调休上班)."""
    last_year: int
    """The last year that has been announced."""

    def is_working(self, day: date) -> bool:
        """Whether a day is worked; of a year not announced yet, as far as can be said."""
        if day.weekday() >= _SATURDAY:
            return day in self.worked
        return day not in self.rest and (day.year <= self.last_year or not _is_fixed_holiday(day))

    def is_official(self, day: date) -> bool:
        """Whether the day's year has been announced."""
        return day.year <= self.last_year

    def known_on(self, day: date) -> WorkCalendar:
        """The calendar as it was known on a day: without the years announced later.

        What was changed in the middle of a year (2019, 2020) counts as known from the year's announcement.
        """
        last = day.year
        while last < self.last_year and _announced(last + 1) <= day:
            last += 1
        if last >= self.last_year:
            return self
        return WorkCalendar(
            rest=frozenset(known for known in self.rest if known.year <= last),
            worked=frozenset(known for known in self.worked if known.year <= last),
            last_year=last,
        )

    def with_days(self, *, rest: Iterable[date] = (), worked: Iterable[date] = ()) -> WorkCalendar:
        """The calendar with days that a city closed or worked by a notice of its own (台风停工)."""
        closed, opened = frozenset(rest), frozenset(worked)
        return WorkCalendar(
            rest=(self.rest - opened) | {day for day in closed if day.weekday() < _SATURDAY},
            worked=(self.worked - closed) | {day for day in opened if day.weekday() >= _SATURDAY},
            last_year=self.last_year,
        )

    @property
    def version(self) -> str:
        """The last year known and a hash of the days: the same days have the same version.

        >>> official_calendar().known_on(date(2025, 12, 31)).version.startswith("cn-2026-")
        True
        """
        return _version(self.rest, self.worked, self.last_year)


_SATURDAY = 5


@cache
def official_calendar() -> WorkCalendar:
    """The days of the State Council's yearly notices from 2004 on, as the library `chinesecalendar` has them."""
    from chinese_calendar import constants

    return WorkCalendar(
        rest=frozenset(day for day in constants.holidays if day.weekday() < _SATURDAY),
        worked=frozenset(day for day in constants.workdays if day.weekday() >= _SATURDAY),
        last_year=max(day.year for day in constants.holidays),
    )


@lru_cache(maxsize=32)
def _version(rest: frozenset[date], worked: frozenset[date], last_year: int) -> str:
    days = [*(f"-{day}" for day in sorted(rest)), *(f"+{day}" for day in sorted(worked))]
    return f"cn-{last_year}-{hashlib.sha256(' '.join(days).encode()).hexdigest()[:8]}"


def _announced(year: int) -> date:
    """When the days of a year were announced; where that is not recorded, at the end of the year before."""
    entry = knowledge("days.yaml")["announced"].get(year)
    found: date = entry["day"] if entry else date(year - 1, 12, 31)
    return found


@cache
def _fixed_holidays() -> tuple[tuple[date, frozenset[str]], ...]:
    entries = knowledge("days.yaml")["fixed_holidays"]
    return tuple((entry["in_force"], frozenset(entry["days"])) for entry in entries)


def _is_fixed_holiday(day: date) -> bool:
    """Whether a day is a statutory holiday whose day of the year is fixed, by the law in force on it."""
    return any(f"{day:%m-%d}" in days for in_force, days in reversed(_fixed_holidays()) if in_force <= day)
