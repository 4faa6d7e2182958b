"""The work types on cases that an official could write: events with dates, and what comes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from duban.errors import InputError
from duban.supervision.cases import Case, problems, read_cases
from duban.supervision.work_types.load import NAMES

FILES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))
CASES = [case for path in FILES for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_comes_out_as_expected(case: Case) -> None:
    assert problems(case) == []


def test_every_work_type_has_cases() -> None:
    assert {case.type for case in CASES} >= set(NAMES) - {"livelihood"}


def test_what_comes_otherwise_is_said() -> None:
    first = next(case for case in CASES if case.type == "petition")
    wrong = Case(
        **{name: getattr(first, name) for name in first.__struct_fields__} | {"expect": {"stage": "closed"}}
    )
    assert problems(wrong) == [f"{first.name}: stage is accepted, expected closed"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "- {name: 甲, type: task, events: [], as_of: 2026-01-01, expect: {}, foo: 1}",
            "unknown field `foo`",
        ),
        ("- 1", "not a mapping"),
    ],
)
def test_what_is_no_case_is_refused(written: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_cases(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ({"at": "2026-03-02", "act": "飞"}, "甲, event 1: there is no act “飞”"),
        ({"at": "昨天", "act": "立项"}, "“昨天” is no time; expected 2026-03-02 09:00"),
        ({"at": "2026-03-02", "act": "立项", "by": "office", "titel": "x"}, "unknown field `titel`"),
    ],
)
def test_an_event_that_cannot_be_meant_is_refused(event: dict[str, str], message: str) -> None:
    case = Case(name="甲", type="task", events=(event,), as_of="2026-03-03", expect={"stage": "new"})
    with pytest.raises(InputError, match=message):
        problems(case)
