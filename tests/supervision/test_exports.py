"""What leaves supervision: the calendar feed and the table of tasks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import icalendar
import pytest

from duban.supervision.cases import Case, read_cases
from duban.supervision.days import CHINA, official_calendar
from duban.supervision.exports.feed import calendar_feed
from duban.supervision.exports.rows import HEADINGS, headings, task_rows
from duban.supervision.lights import evaluate
from tests.supervision.test_cases import FILES

CASES = {case.name: case for path in FILES for case in read_cases(path)}


def feed(*names: str, **options: Any) -> bytes:
    cases = [(CASES[name].work_type(), CASES[name].state()) for name in names]
    return calendar_feed(cases, name="督办时限", **options)


def parsed(written: bytes) -> dict[str, Any]:
    """The to-dos of a feed by their UID, as the library reads them back."""
    calendar: Any = icalendar.Calendar.from_ical(written)
    return {str(todo["UID"]): todo for todo in calendar.todos}


def todos(*names: str, **options: Any) -> dict[str, Any]:
    return parsed(feed(*names, **options))


def test_each_clock_is_a_to_do_with_its_end() -> None:
    found = todos("五个工作日届满")
    name = "五个工作日届满"
    assert set(found) == {f"{name}.sign@duban", f"{name}.settle@duban"}
    settle = found[f"{name}.settle@duban"]
    assert settle.end == date(2026, 6, 30)
    assert str(settle["SUMMARY"]) == "办结：建桥"
    assert str(settle["STATUS"]) == "IN-PROCESS"
    assert settle["SEQUENCE"] == 5
    assert settle.stamp == datetime(2026, 7, 1, 8, tzinfo=CHINA)
    assert str(settle["DESCRIPTION"]) == "交办时确定为2026-06-30（事件3）"


@pytest.mark.parametrize(
    ("name", "clock", "status"),
    [
        ("交办四小时提醒签收", "settle", "NEEDS-ACTION"),
        ("一年的任务，从立项到归档", "settle", "COMPLETED"),
        ("五个工作日届满", "sign", "COMPLETED"),
    ],
)
def test_a_to_do_has_the_status_of_its_clock(name: str, clock: str, status: str) -> None:
    assert str(todos(name)[f"{name}.{clock}@duban"]["STATUS"]) == status


def test_the_same_states_give_the_same_bytes() -> None:
    names = ["五个工作日届满", "受理与办结两个时限"]
    assert feed(*names) == feed(*names)
    assert feed(*names).endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, feed(*names).split(b"\r\n"))) <= 75


def test_an_end_that_moves_keeps_its_uid_and_raises_its_sequence() -> None:
    case = CASES["延期至多两次，须在现时限之前申请"]
    fields = {field: getattr(case, field) for field in case.__struct_fields__}
    found = []
    for as_of in ("2026-06-01", "2026-07-10"):
        state = Case(**fields | {"as_of": as_of}).state()
        written = calendar_feed([(case.work_type(), state)], name="x")
        found.append(parsed(written)[f"{case.name}.settle@duban"])
    assert [todo.end for todo in found] == [date(2026, 6, 30), date(2026, 7, 31)]
    assert found[0]["SEQUENCE"] < found[1]["SEQUENCE"]


def test_a_feed_speaks_english_and_links_to_the_pages() -> None:
    name = "法定期限已过"
    todo = todos(name, lang="en", links={name: "https://duban.example/cases/1"}, host="city.example")[
        f"{name}.settle@city.example"
    ]
    assert str(todo["SUMMARY"]) == "answering: 建议"
    assert str(todo["URL"]) == "https://duban.example/cases/1"
    assert "6 months from 2026-03-02" in str(todo["DESCRIPTION"])


def test_a_row_says_how_a_case_stands_and_why() -> None:
    case = CASES["落后一成黄灯，落后四分之一红灯；自报进度再高也不算"]
    state, of_type = case.state(), case.work_type()
    (row,) = task_rows([(of_type, state, evaluate(of_type, state, official_calendar()))])
    assert row.title == "改造老旧小区"
    assert row.targets == "改造老旧小区300个"
    assert (row.lead, row.due, row.stage, row.light) == ("住建局", "2026-12-31", "办理中", "红灯")
    assert row.progress == "改造老旧小区60（2026-07-24）"
    assert row.reason == "改造老旧小区为60，完成20%，应达47%（2026-07-24）"
    (english,) = task_rows([(of_type, state, evaluate(of_type, state, official_calendar()))], "en")
    assert (english.stage, english.light, english.work_type) == ("under way", "red", "task")
    assert english.reason == "改造老旧小区 stands at 60: 20% of the way, 47% expected (2026-07-24)"


def test_units_of_the_catalogue_are_named() -> None:
    case = CASES["不指定日期即年底"]
    events = [dict(event) for event in case.events]
    events[1] |= {"lead": "city/transport", "co": ["city/finance", "某公司"]}
    fields = {field: getattr(case, field) for field in case.__struct_fields__}
    state = Case(**fields | {"events": tuple(events)}).state()
    (row,) = task_rows([(case.work_type(), state, None)])
    assert (row.lead, row.co, row.light) == ("交通运输局", "财政局、某公司", "")


def test_every_column_has_its_heading_in_both_languages() -> None:
    assert len(headings()) == len(headings("en")) == len(HEADINGS)
    assert headings()[:3] == ("序号", "章节", "工作任务")
    assert set(headings()).isdisjoint(HEADINGS)
