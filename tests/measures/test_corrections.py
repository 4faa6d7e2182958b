"""Corrections: applied from the day they are known, and loud when the source has been mended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from duban.errors import CorrectionError, InputError
from duban.measures.data import open_data

if TYPE_CHECKING:
    from duban.measures.pack import Pack
    from tests.measures.conftest import Records

CORRECTION = """
- table: requests
  key: {number: "1"}
  set: {settled: 2024-03-06}
  expect: {settled: 2024-03-16}
  reason: 录入错误
  by: 热线办
  known_since: 2024-04-01
"""
ROWS = ("1,甲市,2024-03-01,2024-03-16", "2,甲市,2024-03-02,")


def settled(hotline: Pack, records: Records, correction: str, as_of: date | None = None) -> list[object]:
    with open_data(hotline, records(*ROWS, corrections=correction), as_of=as_of) as data:
        return data.table("requests").order_by("number").to_pyarrow()["settled"].to_pylist()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("change", "as_of", "expected"),
    [
        ("", None, date(2024, 3, 6)),
        ("", date(2024, 4, 1), date(2024, 3, 6)),
        ("", date(2024, 3, 31), date(2024, 3, 16)),
        ("  status: proposed\n", None, date(2024, 3, 16)),
    ],
)
def test_a_correction_holds_from_the_day_it_is_known(
    change: str, as_of: date | None, expected: date, hotline: Pack, records: Records
) -> None:
    assert settled(hotline, records, CORRECTION + change, as_of) == [expected, None]


def test_a_value_can_be_taken_back(hotline: Pack, records: Records) -> None:
    taken_back = CORRECTION.replace("set: {settled: 2024-03-06}", "set: {settled: null}")
    assert settled(hotline, records, taken_back) == [None, None]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "expect: {settled: 2024-03-16}", "expect: {settled: 2024-03-17}",
            "correction 1: the record number 1 has settled 2024-03-16; expected settled 2024-03-17. To do: the source has",
        ),
        ('{number: "1"}', '{number: "9"}', "correction 1: 0 records have the key number 9; expected one"),
    ],
)  # fmt: skip
def test_a_guard_that_no_longer_holds_is_loud(
    old: str, new: str, message: str, hotline: Pack, records: Records
) -> None:
    with pytest.raises(CorrectionError) as error:
        settled(hotline, records, CORRECTION.replace(old, new))
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("table: requests", "table: request", "“request” is no table"),
        ("set: {settled", "set: {setled", "“setled” is no column"),
        ('key: {number: "1"}', "key: {place: 甲市}", "the key is not whole; expected number"),
        (
            "expect: {settled: 2024-03-16}",
            "expect: {place: 甲市}",
            "“expect” does not say what the source has now",
        ),
        ("  by: 热线办\n", "", "“by” is missing"),
        ("  reason: 录入错误\n", "  why: 录入错误\n", "“reason” is missing"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused(
    old: str, new: str, message: str, hotline: Pack, records: Records
) -> None:
    assert old in CORRECTION
    with pytest.raises(ValueError, match=message) as error:
        settled(hotline, records, CORRECTION.replace(old, new))
    assert isinstance(error.value, InputError) or "correction 1" in str(error.value)
