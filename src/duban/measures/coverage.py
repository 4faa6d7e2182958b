"""Whether there is enough to count: so many valid days in the year, and in each of its months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from duban.errors import PackError
from duban.measures.periods import Frequency

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from duban.measures.periods import Period

__all__ = ["Coverage", "Reason", "needed", "shortfalls"]

RULES = ("years", "year", "half", "quarter", "month", "february", "day", "rows", "each_year")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a value is not valid: a sentence of strings.yaml and what fills it in."""

    name: str
    fields: tuple[tuple[str, str], ...] = ()

    def message(self, lang: str = "zh") -> str:
        from duban.measures.issues import say

        return say("reasons", self.name, lang, **dict(self.fields))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many rows were counted, of how many days the period has."""

    counted: int
    days: int
    """Or of how many rows, where a row is not a day but a thing of the period (`Counted.each_period`)."""
    needed: int | None
    """As the standard asks for the period as a whole; None where it asks for nothing."""


def shortfalls(period: Period, rules: Mapping[str, int], by_month: Mapping[str, int]) -> Iterator[Reason]:
    """What is missing for the period to be valid, by a coverage parameter's value.

    The keys of `rules` are the frequencies of `RULES`: at least so many counted rows in a year, a month…;
    `february` instead of `month` for February; `rows` for whatever period; `each_year` for every year that the
    period lies in. `by_month` counts the rows of each month by its name. Every whole month of a longer period
    has to be valid itself.
    """
    for key in rules:
        if key not in RULES:
            raise PackError(f"“{key}” is no rule of coverage", expected=f"one of {', '.join(RULES)}")
    months = list(period.months())
    counted = sum(by_month.get(str(month), 0) for month in months)
    least = needed(period, rules) or 1
    if counted < least:
        name = "too_few" if counted else "no_records"
        yield Reason(name, (("counted", str(counted)), ("needed", str(least))))
        return
    if period.frequency in {Frequency.DAY, Frequency.MONTH}:
        return
    yield from _years(period, rules.get("each_year", 0), by_month)
    for month in months:
        short = by_month.get(str(month), 0)
        enough = needed(month, rules) or 0
        if short < enough:
            yield Reason(
                "month_too_few", (("month", str(month)), ("counted", str(short)), ("needed", str(enough)))
            )


def _years(period: Period, least: int, by_month: Mapping[str, int]) -> Iterator[Reason]:
    """The years of the period that have fewer rows than each of them needs."""
    for year in range(period.start.year, period.end.year + 1):
        counted = sum(number for month, number in by_month.items() if month.startswith(f"{year:04}-"))
        if counted < least:
            fields = (("month", f"{year:04}"), ("counted", str(counted)), ("needed", str(least)))
            yield Reason("year_too_few", fields)


def needed(period: Period, rules: Mapping[str, int]) -> int | None:
    """How many rows a period needs as a whole; None where the rules say nothing of such a period."""
    if period.frequency is Frequency.MONTH and period.start.month == 2 and "february" in rules:
        return rules["february"]
    return rules.get(str(period.frequency), rules.get("rows"))
