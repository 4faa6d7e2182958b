"""Posts, not persons, answer: who holds one, and what passes on when the holder changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from duban.errors import InputError
from duban.supervision.cases import Case, read_cases
from duban.supervision.days import CHINA
from duban.supervision.model import Act
from duban.supervision.posts import Membership, handover, holder, overlaps
from tests.supervision.test_cases import FILES

if TYPE_CHECKING:
    from duban.supervision.state import State

CASES = {case.name: case for path in FILES for case in read_cases(path)}
HEAD = "post/traffic-head"


def member(person: str, start: str | None, end: str | None, post: str = HEAD) -> Membership:
    def day(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return Membership(person_id=person, post_id=post, start_date=day(start), end_date=day(end))


HOLDERS = [
    member("李某", None, "2026-06-30"),
    member("王某", "2026-07-01", None),
    member("赵某", None, None, "post/other"),
]


@pytest.mark.parametrize(
    ("day", "person"), [("2026-06-30", "李某"), ("2026-07-01", "王某"), ("2030-01-01", "王某")]
)
def test_a_post_is_held_on_a_day(day: str, person: str) -> None:
    assert holder(HEAD, HOLDERS, date.fromisoformat(day)) == person


def test_a_post_can_be_vacant() -> None:
    gap = [member("李某", None, "2026-06-30"), member("王某", "2026-08-01", None)]
    assert holder(HEAD, gap, date(2026, 7, 15)) is None
    assert holder("post/none", gap, date(2026, 7, 15)) is None


def test_two_holders_at_once_are_refused_and_found_beforehand() -> None:
    both = [member("李某", None, "2026-07-15"), member("王某", "2026-07-01", None)]
    assert list(overlaps(both)) == [(both[0], both[1])]
    assert list(overlaps(HOLDERS)) == []
    with pytest.raises(InputError, match="李某 and 王某 hold the post at once"):
        holder(HEAD, both, date(2026, 7, 10))


def state(name: str, as_of: str, **posts: str) -> State:
    case = CASES[name]
    events = [dict(event) for event in case.events]
    for event in events:
        if event["act"] == "拟办":
            event["posts"] = posts
    fields = {field: getattr(case, field) for field in case.__struct_fields__}
    return Case(**fields | {"events": tuple(events), "as_of": as_of}).state()


def test_the_open_work_passes_on_with_a_list() -> None:
    states = [
        state("不指定日期即年底", "2026-07-01", head=HEAD),
        state(
            "逾期催办，五个工作日不答复升级，二十个工作日挂牌", "2026-07-01", head=HEAD, leader="post/mayor"
        ),
        state("一年的任务，从立项到归档", "2026-12-31 10:00", head=HEAD),
        state("超期红灯", "2026-07-01", head="post/other"),
    ]
    found = handover(HEAD, HOLDERS, states, on=date(2026, 7, 1))
    assert (found.from_person, found.to_person) == ("李某", "王某")
    assert [(item.case, item.late, item.waits) for item in found.items] == [
        ("不指定日期即年底", True, ("sign",)),  # the signature has been due since February
        ("逾期催办，五个工作日不答复升级，二十个工作日挂牌", True, ()),
    ]
    assert found.details().to_person == "王某"
    assert found.id == handover(HEAD, HOLDERS, states, on=date(2026, 7, 1)).id
    assert found.id != handover(HEAD, HOLDERS, states[:1], on=date(2026, 7, 1)).id


def test_what_is_still_followed_passes_on_too() -> None:
    case = CASES["B类答复要跟踪办理，不满意再办一个月"]
    fields = {field: getattr(case, field) for field in case.__struct_fields__}
    closed = Case(**fields | {"events": case.events[:7], "as_of": "2026-05-23"})
    events = [dict(event) for event in closed.events]
    events[1]["posts"] = {"head": HEAD}
    followed = Case(**fields | {"events": tuple(events), "as_of": "2026-05-23"}).state()
    (item,) = handover(HEAD, HOLDERS, [followed], on=date(2026, 7, 1)).items
    assert (item.stage, item.waits, item.part) == ("closed", ("follow-up",), "head")


def test_a_change_of_holder_changes_nothing_in_a_case_but_that_it_is_recorded() -> None:
    case = CASES["不指定日期即年底"]
    fields = {field: getattr(case, field) for field in case.__struct_fields__}
    change = {
        "at": "2026-07-01 09:00",
        "act": "移交",
        "by": "office 甲",
        "to_post": HEAD,
        "to_person": "王某",
    }
    before = Case(**fields | {"as_of": "2026-07-02"}).state()
    after = Case(**fields | {"events": (*case.events, change), "as_of": "2026-07-02"}).state()
    assert after.last[Act.HAND_ON].at == datetime(2026, 7, 1, 9, tzinfo=CHINA)
    assert (after.stage, after.lead, after.clocks, after.void) == (
        before.stage,
        before.lead,
        before.clocks,
        (),
    )
