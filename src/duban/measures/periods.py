"""Periods as statistics counts them, and the arithmetic on them: whole periods move, never single dates.

A month before the month of the 31st is a whole month, so no day is lost on the way; a year before
29 February there is no day, and that is what is said. Names are those of SDMX: `2024`, `2024-S1` (half),
`2024-Q1`, `2024-03`, `2024-03-31`, and `2024-01-01/P6M` for January to June cumulated (累计); `2021-2025` for
several years, which the plan they make up also names (`十四五`).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from duban.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Frequency", "Period", "add_months", "parse"]


class Frequency(StrEnum):
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    MONTHS = "months"
    """Several months cumulated that are not one of the above."""
    YEARS = "years"
    """Several whole years, such as those of a plan (五年规划)."""


_LENGTH = {Frequency.YEAR: 12, Frequency.HALF: 6, Frequency.QUARTER: 3, Frequency.MONTH: 1}
_FORMS = (
    (re.compile(r"([0-9]{4})年?", re.ASCII), Frequency.YEAR),
    (re.compile(r"([0-9]{4})-?[SH]([12])", re.ASCII), Frequency.HALF),
    (re.compile(r"([0-9]{4})-?Q([1-4])", re.ASCII), Frequency.QUARTER),
    (re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII), Frequency.MONTH),
    (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII), Frequency.DAY),
    (re.compile(r"([0-9]{4})-([0-9]{2})-01/P([0-9]{1,3})M", re.ASCII), Frequency.MONTHS),
    (re.compile(r"([0-9]{4})[-–—~至]([0-9]{4})年?", re.ASCII), Frequency.YEARS),
)
_PLAN = re.compile(r"[“\"]?(?P<number>[六七八九]|二?十[一二三四五六七八九]?)五[”\"]?(?:时期|规划|计划)?")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}
_PLAN_YEARS = 5


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Whole months from `month` on (counted from year 0), or one day.

    >>> parse("2024-03").before()
    Period('2024-02')
    >>> parse("2024-01-01/P5M").year_before()
    Period('2023-01-01/P5M')
    """

    month: int
    """Of the first month: year * 12 + month - 1."""
    length: int
    """In months; 0 for a day."""
    day: int = 0
    """Of a day, within its month; else 0."""

    @property
    def start(self) -> date:
        return date(self.month // 12, self.month % 12 + 1, self.day or 1)

    @property
    def end(self) -> date:
        """The last day, itself part of the period."""
        if self.day:
            return self.start
        after = self.month + self.length
        return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def frequency(self) -> Frequency:
        if self.day:
            return Frequency.DAY
        for frequency, length in _LENGTH.items():
            if self.length == length and self.month % length == 0:
                return frequency
        whole = self.length % 12 == 0 and self.month % 12 == 0
        return Frequency.YEARS if whole else Frequency.MONTHS

    def shift(self, periods: int) -> Period:
        """The period so many periods of the same length later (earlier if negative)."""
        if self.day:
            return of_day(self.start + timedelta(days=periods))
        return Period(self.month + periods * self.length, self.length)

    def before(self) -> Period:
        """The period just before this one (环比)."""
        return self.shift(-1)

    def year_before(self) -> Period | None:
        """The same period of the year before (同比); None for 29 February, which has none."""
        if self.day and (self.start.month, self.day) == (2, 29):
            return None
        return Period(self.month - 12, self.length, self.day)

    def last_year(self) -> Period:
        """The year that its last day lies in: of a plan the one it ends with."""
        return Period(self.end.year * 12, 12)

    def base_year(self) -> Period:
        """The year before its first one, from which growth over several years is counted (基期)."""
        return Period((self.start.year - 1) * 12, 12)

    def cumulated(self) -> Period:
        """From January to the end of this period (累计)."""
        if self.day:
            raise InputError("a day is not cumulated by months", where=str(self), expected="a month")
        january = self.month - self.month % 12
        return Period(january, self.month + self.length - january)

    def months(self) -> Iterator[Period]:
        """Its calendar months, the month it lies in for a day."""
        return (Period(self.month + number, 1) for number in range(self.length or 1))

    def __str__(self) -> str:
        first = self.start
        match self.frequency:
            case Frequency.YEAR:
                return f"{first.year:04}"
            case Frequency.HALF:
                return f"{first.year:04}-S{self.month % 12 // 6 + 1}"
            case Frequency.QUARTER:
                return f"{first.year:04}-Q{self.month % 12 // 3 + 1}"
            case Frequency.MONTH:
                return f"{first.year:04}-{first.month:02}"
            case Frequency.DAY:
                return first.isoformat()
            case Frequency.YEARS:
                return f"{first.year:04}-{self.end.year:04}"
        return f"{first.isoformat()}/P{self.length}M"

    def __repr__(self) -> str:
        return f"Period({str(self)!r})"


def parse(text: str) -> Period:
    """The period that a text names. Raises `InputError` where it names none.

    >>> parse("2024-Q1").end
    datetime.date(2024, 3, 31)
    """
    if plan := _PLAN.fullmatch(text.strip()):
        return _of_plan(plan["number"])
    for form, frequency in _FORMS:
        if match := form.fullmatch(text.strip()):
            try:
                return _of(frequency, [int(group) for group in match.groups()])
            except ValueError:
                break
    raise InputError(
        f"“{text}” is not a period",
        expected="2024, 2024-S1, 2024-Q1, 2024-03, 2024-03-31, 2024-01-01/P6M (January to June) or 2021-2025",
    )


def _of(frequency: Frequency, numbers: list[int]) -> Period:
    year, rest = numbers[0], numbers[1:]
    if frequency is Frequency.DAY:
        return of_day(date(year, *rest))
    if frequency is Frequency.YEARS:
        return Period(date(year, 1, 1).year * 12, 12 * _positive(rest[0] - year + 1))
    if frequency is Frequency.MONTHS:
        first, length = rest
        return Period(year * 12 + date(year, first, 1).month - 1, _positive(length))
    length = _LENGTH[frequency]
    number = rest[0] - 1 if rest else 0
    if not 0 <= number < 12 // length:
        raise ValueError(numbers)
    return Period(year * 12 + number * length, length)


def _positive(length: int) -> int:
    if length < 1:
        raise ValueError(length)
    return length


def _of_plan(number: str) -> Period:
    """The five years of a plan, from the sixth (1981) on.

    >>> parse("十四五"), parse("“十五五”时期")
    (Period('2021-2025'), Period('2026-2030'))
    """
    tens, _, ones = number.rpartition("十")
    plan = _DIGITS[number] if "十" not in number else 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return Period((1951 + _PLAN_YEARS * plan) * 12, _PLAN_YEARS * 12)


def of_day(day: date) -> Period:
    """The one day."""
    return Period(day.year * 12 + day.month - 1, 0, day.day)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the month's last where the month is shorter.

    Count from the first date each time: a date that was once cut short does not grow again.

    >>> add_months(date(2024, 1, 31), 1), add_months(date(2024, 1, 31), 2)
    (datetime.date(2024, 2, 29), datetime.date(2024, 3, 31))
    """
    month = day.year * 12 + day.month - 1 + months
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day.day, calendar.monthrange(year, index + 1)[1]))
