"""Rates over a set of cases, each with the cases it counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from duban.supervision.cases import Case, read_cases
from duban.supervision.tally import Rate, meets, rates
from duban.supervision.work_types.rules import Condition, Text
from tests.supervision.test_cases import FILES

CASES = {case.name: case for path in FILES for case in read_cases(path)}
DONE, OPEN = "一年的任务，从立项到归档", "不指定日期即年底"
LATE, CLAIMED = "逾期二十个工作日挂牌", "报结即停，审核用时不计入承办单位"


def of(*names: str) -> dict[str, Rate]:
    cases = [CASES[name] for name in names]
    found = rates(cases[0].work_type(), [case.state() for case in cases])
    return {rate.name: rate for rate in found}


def test_numerator_and_denominator_are_cases_that_can_be_looked_at() -> None:
    found = of(DONE, OPEN, LATE, CLAIMED)
    closing, on_time = found["closing"], found["on-time"]
    assert (closing.counted, set(closing.of)) == ((DONE,), {DONE, OPEN, LATE, CLAIMED})
    assert closing.value == Decimal("25.0")
    assert (on_time.counted, set(on_time.of)) == ((DONE,), {DONE, LATE})
    assert on_time.value == Decimal("50.0")
    assert closing.text == Text(zh="办结率", en="rate of closing")
    assert closing.source == "house"


def test_a_rate_of_nothing_has_no_value() -> None:
    assert of(OPEN)["on-time"].value is None


@pytest.mark.parametrize(
    ("counted", "of_", "value"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 16, "6.3"), (3, 3, "100.0")],
)
def test_a_rate_has_one_decimal_halves_up(counted: int, of_: int, value: str) -> None:
    names = tuple(map(str, range(of_)))
    rate = Rate(name="r", text=Text(zh="", en=""), source="house", counted=names[:counted], of=names)
    assert rate.value == Decimal(value)


@pytest.mark.parametrize(
    ("name", "conditions"),
    [
        (
            DONE,
            {
                "registered",
                "handed_over",
                "due",
                "signed",
                "signed_in_time",
                "closed",
                "closed_in_time",
                "closed_once",
                "solved",
            },
        ),
        (OPEN, {"registered", "handed_over"}),
        (LATE, {"registered", "handed_over", "due", "signed", "signed_in_time"}),
        ("受理与办结两个时限", {"registered"}),
        (
            "退办后时限继续计算，如同从未报结",
            {"registered", "handed_over", "due", "signed", "signed_in_time", "sent_back"},
        ),
        (
            "延期至多两次，须在现时限之前申请",
            {"registered", "handed_over", "signed", "signed_in_time", "extended"},
        ),
        (
            "回访次日，评价即止",
            {
                "registered",
                "handed_over",
                "due",
                "signed",
                "signed_in_time",
                "closed",
                "closed_in_time",
                "closed_once",
                "solved",
                "rated",
                "satisfied",
            },
        ),
    ],
)
def test_what_a_case_is_counted_by(name: str, conditions: set[str]) -> None:
    case = CASES[name]
    of_type, state = case.work_type(), case.state()
    assert {each.value for each in Condition if meets(of_type, state, each)} == conditions


def test_what_was_withdrawn_is_not_counted_against_anybody() -> None:
    case = CASES[LATE]
    fields = {field: getattr(case, field) for field in case.__struct_fields__}
    end = {"at": "2026-07-20", "act": "撤销", "by": "office 甲", "reason": "并入另一件"}
    withdrawn = Case(**fields | {"events": (*case.events, end)})
    found = rates(withdrawn.work_type(), [withdrawn.state()])
    assert {rate.denominator for rate in found} == {0}
