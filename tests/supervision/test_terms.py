"""Terms and the days they end on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.errors import InputError
from duban.supervision.days import CHINA, official_calendar
from duban.supervision.terms import Due, Pause, Term, Unit, due, end_of, parse, shifted

CALENDAR = official_calendar()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def pause(start: str, end: str) -> Pause:
    return Pause(start=moment(start), end=moment(end))


@pytest.mark.parametrize(
    ("start", "term", "last"),
    [
        # Days count from the next day.
        ("2026-03-02 09:00", "15 days", "2026-03-17"),
        ("2026-03-02 23:59", "15 days", "2026-03-17"),
        ("2026-03-02 09:00", "same day", "2026-03-02"),
        # A last day of rest gives way to the next working day.
        ("2026-03-06 09:00", "15 days", "2026-03-23"),  # 21 March is a Saturday
        ("2026-09-20 09:00", "15 days", "2026-10-08"),  # 5 October is in the holiday, which ends on the 7th
        ("2026-01-30 09:00", "15 days", "2026-02-14"),  # a Saturday, but worked
        # Working days leave out rest and count make-up days.
        ("2026-03-02 09:00", "5 working days", "2026-03-09"),
        ("2026-02-13 17:00", "3 working days", "2026-02-25"),  # 14th is worked, 15th to 23rd is not
        ("2026-09-30 09:00", "1 working day", "2026-10-08"),
        ("2025-12-31 09:00", "2 working days", "2026-01-05"),  # Sunday 4 January is worked
        # A month ends on the same day of the month, or on the month's last.
        ("2026-01-31 09:00", "1 month", "2026-02-28"),  # a Saturday, worked for the Spring Festival
        ("2024-01-31 09:00", "1 month", "2024-02-29"),
        ("2026-03-10 09:00", "3 months", "2026-06-10"),
        ("2025-11-30 09:00", "3 months", "2026-02-28"),
        ("2026-08-31 09:00", "1 month", "2026-09-30"),
        ("2026-04-05 09:00", "12 months", "2027-04-05"),
        ("2026-05-20 09:00", "year end", "2026-12-31"),
    ],
)
def test_a_term_ends_on(start: str, term: str, last: str) -> None:
    found = due(moment(start), parse(term), CALENDAR)
    assert str(found.day) == last
    assert found.at == moment(f"{found.day + timedelta(days=1)} 00:00")


@pytest.mark.parametrize(
    ("start", "term", "at"),
    [
        ("2026-03-02 09:00", "4 hours", "2026-03-02 13:00"),
        ("2026-03-02 18:00", "8 hours", "2026-03-03 02:00"),
    ],
)
def test_hours_run_from_the_hour(start: str, term: str, at: str) -> None:
    assert due(moment(start), parse(term), CALENDAR).at == moment(at)


@pytest.mark.parametrize(
    ("term", "pauses", "last"),
    [
        ("60 days", [], "2026-05-06"),  # 1 to 5 May is the holiday
        ("60 days", [("2026-03-10 10:00", "2026-03-20 10:00")], "2026-05-11"),
        ("60 days", [("2026-03-10 10:00", "2026-03-10 18:00")], "2026-05-06"),  # the same day: nothing paused
        ("5 working days", [("2026-03-04 10:00", "2026-03-06 10:00")], "2026-03-11"),
        ("5 working days", [("2026-03-07 10:00", "2026-03-08 10:00")], "2026-03-09"),  # a Saturday paused
        ("1 month", [("2026-03-10 10:00", "2026-03-15 10:00")], "2026-04-07"),  # 4 to 6 April: 清明
        ("year end", [("2026-03-10 10:00", "2026-03-20 10:00")], "2027-01-10"),
        ("8 hours", [("2026-03-02 12:00", "2026-03-02 14:00")], "2026-03-02"),
    ],
)
def test_a_pause_moves_the_end_by_what_it_took(term: str, pauses: list[tuple[str, str]], last: str) -> None:
    found = due(moment("2026-03-02 09:00"), parse(term), CALENDAR, [pause(*each) for each in pauses])
    assert str(found.day) == last


def test_a_date_in_a_year_not_announced_is_provisional_and_worked_out_anew() -> None:
    start, term = moment("2025-09-20 09:00"), parse("70 working days")
    before = due(start, term, CALENDAR.known_on(date(2025, 9, 20)))
    after = due(start, term, CALENDAR)
    assert before.provisional
    assert not after.provisional
    assert before.day != after.day


def test_a_named_day_is_never_provisional_and_moves_with_pauses() -> None:
    named = shifted(
        date(2030, 12, 31), moment("2026-03-02 09:00"), [pause("2026-03-10 00:00", "2026-03-12 00:00")]
    )
    assert named == end_of(date(2031, 1, 2))


@pytest.mark.parametrize(
    "text", ["15", "15 weeks", "-1 days", "01 days", "days", "1.5 days", "15 Working days"]
)
def test_what_is_no_term_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InputError, match="is no term; expected “15 working days”"):
        parse(text)


@pytest.mark.parametrize(
    "text", ["15 working days", "1 working day", "3 months", "4 hours", "same day", "year end"]
)
def test_a_term_is_written_as_it_was_read(text: str) -> None:
    assert str(parse(text)) == text


def test_terms_before_the_law_are_refused() -> None:
    with pytest.raises(InputError, match="1987-01-01 or later"):
        due(moment("1986-03-02 09:00"), parse("15 days"), CALENDAR)


moments = st.integers(0, 900 * 24 * 60).map(lambda n: moment("2024-01-01 00:00") + timedelta(minutes=n))
terms = st.builds(
    Term, st.integers(0, 90), st.sampled_from([unit for unit in Unit if unit is not Unit.YEAR_END])
)


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    """Pauses one after the other."""
    edges = sorted(draw(st.lists(moments, max_size=6)))
    return [Pause(start=start, end=end) for start, end in zip(edges[::2], edges[1::2], strict=False)]


def later(left: Due, right: Due) -> bool:
    return left.at >= right.at


@given(moments, terms, pauses())
def test_no_term_ends_before_it_begins(start: datetime, term: Term, paused: list[Pause]) -> None:
    assert due(start, term, CALENDAR, paused).at >= start


@given(moments, terms, pauses(), st.integers(0, 5))
def test_a_pause_never_shortens(start: datetime, term: Term, paused: list[Pause], kept: int) -> None:
    assert later(due(start, term, CALENDAR, paused), due(start, term, CALENDAR, paused[:kept]))


@given(moments, terms, pauses())
def test_a_longer_term_never_ends_earlier(start: datetime, term: Term, paused: list[Pause]) -> None:
    longer = Term(term.count + 1, term.unit)
    assert later(due(start, longer, CALENDAR, paused), due(start, term, CALENDAR, paused))


@given(moments, moments, terms)
def test_who_starts_later_ends_no_earlier(one: datetime, other: datetime, term: Term) -> None:
    first, second = sorted([one, other])
    assert later(due(second, term, CALENDAR), due(first, term, CALENDAR))


@given(moments, st.integers(1, 90))
def test_working_days_end_on_working_days_and_count_right(start: datetime, count: int) -> None:
    last = due(start, Term(count, Unit.WORKING_DAYS), CALENDAR).day
    between = [start.date() + timedelta(days=n) for n in range(1, (last - start.date()).days + 1)]
    assert CALENDAR.is_working(last)
    assert sum(map(CALENDAR.is_working, between)) == count


@given(moments, st.integers(0, 400), pauses())
def test_a_named_day_moves_by_the_days_paused_before_it(
    start: datetime, ahead: int, paused: list[Pause]
) -> None:
    day = start.date() + timedelta(days=ahead)
    found = shifted(day, start, paused).day
    stood = sum(
        any(p.start.date() <= each < p.end.date() for p in paused if p.end and p.end > start)
        for each in (start.date() + timedelta(days=n) for n in range(1, (found - start.date()).days + 1))
    )
    assert found == day + timedelta(days=stood)
