"""The official calendar: make-up days, years not announced yet, what was known on a day."""

from __future__ import annotations

from datetime import date

import holidays
import pytest
from msgspec.structs import replace

from duban.supervision.days import official_calendar
from duban.supervision.knowledge import knowledge

CALENDAR = official_calendar()


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 2), False),  # the holiday's second day, a Friday
        (date(2026, 1, 4), True),  # a Sunday worked for it
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 23), False),
        (date(2026, 3, 2), True),
        (date(2026, 3, 7), False),
        (date(2026, 10, 7), False),
        (date(2020, 1, 31), False),  # lengthened in the middle of the holiday
    ],
)
def test_a_day_is_worked_as_the_notice_says(day: date, working: bool) -> None:
    assert CALENDAR.is_working(day) is working


def test_a_year_not_announced_has_its_weekends_and_fixed_holidays() -> None:
    known = CALENDAR.known_on(date(2025, 6, 1))
    assert not known.is_official(date(2026, 1, 1))
    assert not known.is_working(date(2026, 1, 1))
    assert not known.is_working(date(2026, 5, 2))
    assert not known.is_working(date(2026, 1, 3))
    assert known.is_working(date(2026, 1, 2))  # nobody can know yet


@pytest.mark.parametrize(
    ("day", "last"), [(date(2025, 11, 3), 2025), (date(2025, 11, 4), 2026), (date(2018, 6, 1), 2018)]
)
def test_a_year_is_known_from_the_day_it_was_announced(day: date, last: int) -> None:
    assert CALENDAR.known_on(day).last_year == last


def test_what_was_known_does_not_change_when_a_later_year_is_added() -> None:
    day = date(2026, 6, 1)
    year = CALENDAR.last_year + 1
    later = replace(CALENDAR.with_days(rest=[date(year, 10, 4)]), last_year=year)
    assert later.known_on(day).version == CALENDAR.known_on(day).version
    assert later.version != CALENDAR.version


def test_a_city_adds_days_of_its_own() -> None:
    storm, sunday = date(2026, 8, 5), date(2026, 8, 9)
    ours = CALENDAR.with_days(rest=[storm], worked=[sunday])
    assert not ours.is_working(storm)
    assert ours.is_working(sunday)
    assert ours.version != CALENDAR.version


def test_every_year_of_the_calendar_has_the_day_of_its_announcement() -> None:
    announced = knowledge("days.yaml")["announced"]
    assert max(announced) == CALENDAR.last_year, "a new year: add its announcement to days.yaml"
    assert all(entry["day"].year == year - 1 and entry["source"] for year, entry in announced.items())


@pytest.mark.parametrize("year", range(2008, CALENDAR.last_year + 1))
def test_statutory_holidays_are_those_of_another_library(year: int) -> None:
    """What the law names as a holiday is never worked, whatever was moved round it."""
    statutory = holidays.country_holidays("CN", years=year)
    assert [day for day in statutory if CALENDAR.is_working(day)] == []
