"""Whether there is enough: the year, every month of it, February."""

from __future__ import annotations

import pytest

from duban.errors import PackError
from duban.measures.coverage import shortfalls
from duban.measures.periods import parse

RULES = {"year": 324, "month": 27, "february": 25}
FULL = {str(month): month.days for month in parse("2023").months()}


@pytest.mark.parametrize(
    ("period", "by_month", "messages"),
    [
        ("2023", FULL, []),
        ("2023", FULL | {"2023-03": 27, "2023-02": 25}, []),
        ("2023", FULL | {"2023-03": 26}, ["2023-03: 26 valid days of 27 needed"]),
        (
            "2023",
            FULL | {"2023-02": 24, "2023-07": 0},
            ["2023-02: 24 valid days of 25 needed", "2023-07: 0 valid days of 27 needed"],
        ),
        ("2023", {str(month): 26 for month in parse("2023").months()}, ["312 valid days of 324 needed"]),
        ("2023", {}, ["no records"]),
        ("2023-02", {"2023-02": 25}, []),
        ("2023-02", {"2023-02": 24}, ["24 valid days of 25 needed"]),
        ("2023-03", {"2023-03": 25}, ["25 valid days of 27 needed"]),
        ("2023-Q1", {"2023-01": 31, "2023-02": 28, "2023-03": 20}, ["2023-03: 20 valid days of 27 needed"]),
        ("2023-01-01/P2M", {"2023-01": 31, "2023-02": 25}, []),
        ("2023-03-05", {"2023-03": 1}, []),
        ("2023-03-05", {}, ["no records"]),
    ],
)
def test_what_is_missing(period: str, by_month: dict[str, int], messages: list[str]) -> None:
    assert [each.message("en") for each in shortfalls(parse(period), RULES, by_month)] == messages


def test_every_year_needs_its_rows() -> None:
    by_month = {f"{year}-12": 1 for year in (2021, 2022, 2024, 2025)}
    found = shortfalls(parse("2021-2025"), {"years": 4, "each_year": 1}, by_month)
    assert [each.message("en") for each in found] == ["2023: 0 valid rows of 1 needed"]


def test_a_rule_that_is_none_is_refused() -> None:
    with pytest.raises(PackError, match="“weeks” is no rule of coverage"):
        list(shortfalls(parse("2023"), {"weeks": 1}, {}))
