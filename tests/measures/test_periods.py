"""Periods: names, arithmetic that loses no day, leap days, cumulation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.errors import InputError
from duban.measures.periods import Frequency, Period, add_months, of_day, parse


@pytest.mark.parametrize(
    ("text", "start", "end", "frequency"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), Frequency.YEAR),
        ("2024年", date(2024, 1, 1), date(2024, 12, 31), Frequency.YEAR),
        ("2024-S1", date(2024, 1, 1), date(2024, 6, 30), Frequency.HALF),
        ("2024H2", date(2024, 7, 1), date(2024, 12, 31), Frequency.HALF),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), Frequency.QUARTER),
        ("2024Q4", date(2024, 10, 1), date(2024, 12, 31), Frequency.QUARTER),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Frequency.MONTH),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), Frequency.MONTH),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), Frequency.DAY),
        ("2024-01-01/P5M", date(2024, 1, 1), date(2024, 5, 31), Frequency.MONTHS),
        ("2024-01-01/P6M", date(2024, 1, 1), date(2024, 6, 30), Frequency.HALF),
        ("2023-11-01/P3M", date(2023, 11, 1), date(2024, 1, 31), Frequency.MONTHS),
    ],
)
def test_a_name_is_a_span_of_days(text: str, start: date, end: date, frequency: Frequency) -> None:
    period = parse(text)
    assert (period.start, period.end, period.frequency) == (start, end, frequency)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-Q5", "2024-S3", "2023-02-29", "2024-01-01/P0M", "２０２４", "去年"]
)
def test_what_is_no_period_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(InputError, match="is not a period; expected 2024, 2024-S1"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "before", "year_before"),
    [
        ("2024", "2023", "2023"),
        ("2024-Q1", "2023-Q4", "2023-Q1"),
        ("2024-S1", "2023-S2", "2023-S1"),
        ("2024-03", "2024-02", "2023-03"),
        ("2024-01", "2023-12", "2023-01"),
        ("2024-03-01", "2024-02-29", "2023-03-01"),
        ("2024-01-01/P5M", "2023-08-01/P5M", "2023-01-01/P5M"),
    ],
)
def test_the_period_before_and_the_one_a_year_before(text: str, before: str, year_before: str) -> None:
    assert str(parse(text).before()) == before
    assert str(parse(text).year_before()) == year_before


def test_a_leap_day_has_none_a_year_before() -> None:
    assert parse("2024-02-29").year_before() is None


@pytest.mark.parametrize(
    ("text", "cumulated"),
    [
        ("2024-05", "2024-01-01/P5M"),
        ("2024-06", "2024-S1"),
        ("2024-Q3", "2024-01-01/P9M"),
        ("2024-12", "2024"),
    ],
)
def test_cumulation_begins_in_january(text: str, cumulated: str) -> None:
    assert str(parse(text).cumulated()) == cumulated


def test_days_are_not_cumulated_by_months() -> None:
    with pytest.raises(InputError, match="a day is not cumulated"):
        parse("2024-05-03").cumulated()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 31), 2, date(2024, 3, 31)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


months = st.builds(
    Period, st.integers(1950 * 12, 2100 * 12), st.sampled_from([1, 2, 3, 5, 6, 7, 9, 11, 12, 60])
)
days = st.dates(date(1950, 1, 1), date(2100, 12, 31)).map(of_day)
periods = st.one_of(months, days)


@given(periods)
def test_a_name_names_its_period(period: Period) -> None:
    assert parse(str(period)) == period


@given(periods, st.integers(-50, 50))
def test_shifting_there_and_back(period: Period, number: int) -> None:
    assert period.shift(number).shift(-number) == period


@given(periods)
def test_no_day_is_lost_between_a_period_and_the_next(period: Period) -> None:
    """MetricFlow 1758: an offset by a month that loses the 31st."""
    assert period.end + timedelta(days=1) == period.shift(1).start
    assert period.before().end + timedelta(days=1) == period.start


@given(months)
def test_its_months_make_up_the_period(period: Period) -> None:
    found = list(period.months())
    assert sum(month.days for month in found) == period.days
    assert (found[0].start, found[-1].end) == (period.start, period.end)


@pytest.mark.parametrize(
    ("text", "name", "last", "base"),
    [
        ("2021-2025", "2021-2025", "2025", "2020"),
        ("2021—2025年", "2021-2025", "2025", "2020"),
        ("十四五", "2021-2025", "2025", "2020"),
        ("“十五五”时期", "2026-2030", "2030", "2025"),
        ("十五", "2001-2005", "2005", "2000"),
        ("六五", "1981-1985", "1985", "1980"),
        ("2024-2024", "2024", "2024", "2023"),
        ("2025-Q3", "2025-Q3", "2025", "2024"),
    ],
)
def test_years_end_in_one_and_grow_from_the_one_before(text: str, name: str, last: str, base: str) -> None:
    period = parse(text)
    assert (str(period), str(period.last_year()), str(period.base_year())) == (name, last, base)


def test_years_do_not_run_backwards() -> None:
    with pytest.raises(InputError, match="is not a period"):
        parse("2025-2021")
