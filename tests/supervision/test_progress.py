"""How far a target is, against how far it should be."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.supervision.days import CHINA
from duban.supervision.model import Course, EvidenceKind, Milestone, Path, Standing, Target
from duban.supervision.progress import achieved, expected, is_met, latest, milestones_share
from duban.supervision.state import Report

START, END = date(2026, 1, 1), date(2026, 12, 31)
TOLERANCE = Decimal("0.05")


def target(value: str, **rest: Any) -> Target:
    return Target(key="t", name="目标", value=Decimal(value), **rest)


def course(*reached: int) -> Course:
    return Course(reached=tuple(map(Decimal, reached)))


MILESTONES = (
    Milestone(day=date(2026, 4, 30), name="桩基", share=Decimal("0.5")),
    Milestone(day=date(2026, 8, 31), name="合龙"),
    Milestone(day=END, name="通车"),
)
# Last year: little until April, then all at once (planting trees).
SPRING = course(0, 0, 20, 80, 100, 100, 100, 100, 100, 100, 100, 100)


@pytest.mark.parametrize(
    ("path", "day", "share"),
    [
        (Path.EVEN, START, "0"),
        (Path.EVEN, date(2026, 7, 2), "0.5"),
        (Path.EVEN, END, "1"),
        (Path.EVEN, date(2027, 3, 1), "1"),
        (Path.MILESTONES, date(2026, 4, 30), "0"),  # its own day is still in time
        (Path.MILESTONES, date(2026, 5, 1), "0.5"),
        (Path.MILESTONES, date(2026, 9, 1), "0.75"),
        (Path.MILESTONES, END, "1"),
        (Path.COURSE, date(2026, 2, 28), "0"),
        (Path.COURSE, date(2026, 3, 31), "0.2"),
        (Path.COURSE, date(2026, 4, 15), "0.5"),
        (Path.COURSE, date(2026, 6, 30), "1"),
        (Path.STEADY, START, "1"),
        (Path.END, date(2026, 12, 30), "0"),
        (Path.END, END, "1"),
    ],
)
def test_what_is_to_be_reached_by_a_day(path: Path, day: date, share: str) -> None:
    wanted = target("100", path=path, course=SPRING)
    found = expected(wanted, MILESTONES, start=START, end=END, day=day)
    assert found.quantize(Decimal("0.01")) == Decimal(share).quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("wanted", "value", "share"),
    [
        (target("300", base=Decimal(0)), "150", "0.5"),
        (target("95", base=Decimal(90)), "92", "0.4"),
        (target("30", base=Decimal(40)), "35", "0.5"),  # a way down
        (target("30", base=Decimal(40)), "45", "0"),  # the wrong way
        (target("300", base=Decimal(0)), "330", "1.1"),
        (target("0", qualifier="at_most"), "0", "1"),  # a target of nothing, reached
        (target("0", qualifier="at_most"), "2", "0"),
        (target("5", path=Path.STEADY), "5.2", "1"),
        (target("5", path=Path.STEADY), "4.9", "0"),
        (target("95", base=Decimal(95)), "95", "1"),  # to keep what there is
    ],
)
def test_how_far_a_value_is(wanted: Target, value: str, share: str) -> None:
    assert achieved(wanted, Decimal(value), TOLERANCE) == Decimal(share)


@pytest.mark.parametrize(
    ("wanted", "value", "met"),
    [
        (target("5", qualifier="at_least"), "5", True),
        (target("5", qualifier="at_least"), "4.99", False),
        (target("5", qualifier="about"), "4.75", True),  # 左右: within a twentieth
        (target("5", qualifier="about"), "4.74", False),
        (target("5.5", qualifier="at_most"), "5.5", True),
        (target("5.5", qualifier="at_most"), "5.6", False),
        (target("-3", qualifier="about"), "-3.2", True),  # 下降3%左右
        (target("-3", qualifier="about"), "-2.8", False),
        (target("-3"), "-3", True),
        (target("30", base=Decimal(40)), "29", True),
        (target("5", high=Decimal("5.5")), "5.2", True),
        (target("2", qualifier="at_most", high=Decimal(3)), "2.5", True),
    ],
)
def test_whether_a_value_does(wanted: Target, value: str, met: bool) -> None:
    assert is_met(wanted, Decimal(value), TOLERANCE) is met


def test_milestones_without_a_share_share_what_is_left() -> None:
    assert milestones_share(MILESTONES, ["合龙"]) == Decimal("0.25")
    assert milestones_share(MILESTONES, [each.name for each in MILESTONES]) == 1
    assert milestones_share(MILESTONES, ["桩基", "桩基"]) == Decimal("0.5")
    assert milestones_share((), ["桩基"]) == 0


def report(seq: int, *values: Standing) -> Report:
    return Report(seq=seq, at=datetime(2026, 7, seq, tzinfo=CHINA), by_unit=True, values=values)


def value(number: int, day: int, source: EvidenceKind = EvidenceKind.SELF_REPORT) -> Standing:
    return Standing(target="t", value=Decimal(number), day=date(2026, 6, day), source=source)


def test_the_latest_value_counts_and_of_one_day_what_is_not_the_units_own() -> None:
    independent = (EvidenceKind.RECORD,)
    record = value(3, 30, EvidenceKind.RECORD)
    reports = [report(1, value(1, 10)), report(2, record), report(3, value(9, 30)), report(4, value(2, 20))]
    wanted = target("10")
    assert latest(wanted, reports, date(2026, 7, 1), independent) == record
    assert latest(wanted, reports, date(2026, 6, 25), independent) == value(2, 20)
    assert latest(wanted, reports, date(2026, 6, 1), independent) is None


@given(
    st.sampled_from([Path.EVEN, Path.MILESTONES, Path.COURSE, Path.END]),
    st.integers(0, 400),
    st.integers(0, 400),
)
def test_what_is_expected_only_grows_and_is_a_share(path: Path, one: int, other: int) -> None:
    wanted = target("100", path=path, course=SPRING)
    first, second = sorted([one, other])
    shares = [
        expected(wanted, MILESTONES, start=START, end=END, day=date.fromordinal(START.toordinal() + n))
        for n in (first, second)
    ]
    assert 0 <= shares[0] <= shares[1] <= 1


@given(
    st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2)
)
def test_no_target_divides_by_nothing(base: Decimal, wanted: Decimal, now: Decimal) -> None:
    assert achieved(Target(key="t", name="", value=wanted, base=base), now, TOLERANCE) >= 0
