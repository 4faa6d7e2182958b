"""The office's board, one step with many tasks, and the leader's page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from duban.supervision.model import Act
from duban.web.board.choice import Choice, chosen
from duban.web.board.listing import chosen_of, rows
from duban.web.board.tally import Cell, cells, tally
from duban.web.cases import service
from duban.web.cases.models import Case
from duban.web.organisation import service as organisation
from duban.web.organisation.service import standing_of
from duban.web.reports import service as reporting
from tests.web import reports
from tests.web.programs import program
from tests.web.test_cases import take

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.web.city import City

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chinese")]

UNITS = ("education", "health", "housing")


@pytest.fixture
def work(city: City) -> list[Case]:
    """Nine tasks of three units: handed over long ago; some signed for, one claims, one asks for time, two are late."""
    office = city.people["office"]
    city.posts["leader"].charge.set([city.units["education"], city.units["health"]])
    report = reports.bring(office, LONG)
    made = []
    now = timezone.now()
    for number, one in enumerate(list(reporting.live(report))[:9]):
        reporting.accept(reporting.Seen(pk=one.pk, version=one.version), by=office)
        days = -4 if number < 2 else 10 + 30 * number
        given = service.HandOver(
            commitment=one.pk,
            lead=city.units[UNITS[number % 3]],
            result_form="名册",
            due=(now + timedelta(days=days)).date(),
        )
        began = now - timedelta(days=40)
        made.append(service.hand_over(given, by=office, standing=standing_of(office), now=began))
    for number in (3, 6):
        take(made[number], Act.SIGN, city.people["liaison"])
    take(made[6], Act.ASK_EXTENSION, city.people["head"], reason="雨季", details={"until": date(2029, 1, 31)})
    return [service.rebuild(case.pk) for case in made]


LONG = """云溪市2026年政府工作报告
一、2025年工作回顾
地区生产总值增长5.6%。
二、2026年重点工作
（一）着力保障改善民生。新增养老床位1500张。新增公办学位8000个。改造老旧小区90个。加装电梯600部。建设社区食堂20个。
（二）着力扩大内需。实施市级重点项目330个。建成算力规模不低于2000P的智算中心。新建充电桩4000个。建设口袋公园30个。
"""


def counted(choice: Choice) -> Any:
    leaders = organisation.leading_posts()
    charges = organisation.charges_of(post.pk for post in leaders)
    counts = tally(cells(choice.narrowed(Case.objects.all()), timezone.now()), choice, charges)
    return counts, charges


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"light": "red"},
        {"stage": "all"},
        {"stage": "under_way"},
        {"pile": "late"},
        {"pile": "asked"},
        {"pile": "to_sign", "light": "red"},
        {"unit": "education"},
        {"unit": "education", "pile": "late"},
        {"leader": "leader"},
        {"leader": "leader", "light": "yellow"},
        {"type": "task"},
        {"type": "appeal"},
        {"words": "电梯"},
        {"words": "没有的字"},
        {"until": "2026-12-31"},
        {"section": "second"},
    ],
    ids=str,
)
def test_what_is_counted_is_what_is_shown(work: list[Case], city: City, query: dict[str, str]) -> None:
    """For every choice the total is the list, and each option's number is what choosing it would show."""
    report = Case.objects.exclude(commitment=None)[0].commitment.report_id
    known: dict[str, Callable[[str], str]] = {
        "unit": lambda value: str(city.units[value].pk),
        "leader": lambda value: str(city.posts[value].pk),
        "section": lambda _value: str(
            next(one.section for one in reporting.outline(report) if "扩大内需" in one.words)
        ),
    }
    asked = {name: known[name](value) if name in known else value for name, value in query.items()}
    if "section" in asked:
        asked["report"] = str(report)
    choice = chosen(asked)
    counts, charges = counted(choice)
    found = chosen_of(Case.objects.all(), choice, charges)
    units = list(Case.objects.order_by().values_list("lead", flat=True).distinct())
    assert counts.total == found.count()
    for sort in ("light", "due", "-due", "unit", "stage", "type", "key", "-key"):
        sorted_ = chosen({**asked, "sort": sort})
        listed = [
            case.pk
            for start in range(0, counts.total, 4)
            for case in rows(found, sorted_, counts, units, start, 4)
        ]
        assert sorted(listed) == sorted(found.values_list("pk", flat=True)), sort
    for name, values in (("light", ("red", "yellow", "green")), ("pile", tuple(service.Pile))):
        for value in values:
            other = chosen({**asked, name: value})
            assert counts.by[name][value] == chosen_of(Case.objects.all(), other, charges).count()


def test_worst_lights_come_first_and_then_what_is_due(work: list[Case]) -> None:
    choice = Choice()
    counts, charges = counted(choice)
    listed = rows(chosen_of(Case.objects.all(), choice, charges), choice, counts, [], 0, 50)
    order = ["red", "yellow", "green", "grey"]
    assert [case.light for case in listed] == sorted((case.light for case in listed), key=order.index)
    red = [case.due for case in listed if case.light == "red" and case.due]
    assert red == sorted(red)


def test_a_cell_lies_on_its_piles() -> None:
    cell = Cell("handed_over", "task", "red", 1, asked=True, when="late", size=3)
    assert cell.piles == ("to_sign", "late", "asked")
    assert Cell("closed", "task", "green", 1, asked=False, when="", size=1).piles == ()


@pytest.mark.parametrize(
    "asked",
    [
        {"light": "purple", "stage": "x", "unit": "1e9", "since": "2026-13-01", "sort": "title"},
        {"unit": "９", "report": "-1", "section": "99999999999999999999"},
        {"words": "\0"},
    ],
)
def test_what_makes_no_sense_in_an_address_is_passed_over(asked: dict[str, str]) -> None:
    assert chosen(asked) == Choice()


def test_the_address_says_all_that_is_chosen() -> None:
    choice = Choice(
        light="red", stage="all", unit=3, since=date(2026, 1, 2), words="电梯 & 床位", sort="-due"
    )
    from django.http import QueryDict

    assert chosen(QueryDict(choice.address()).dict()) == choice


def test_the_board_page(office: Client, work: list[Case], city: City) -> None:
    page = office.get("/board/")
    assert page.context["counts"].total == 9
    text = page.content.decode()
    assert "教育局" in text
    assert "超期" in text  # why something is red stands beside it
    red = office.get("/board/?light=red")
    assert {case.light for case in red.context["rows"]} == {"red"}
    unit = city.units["housing"].pk
    assert {case.lead_id for case in office.get(f"/board/?unit={unit}").context["rows"]} == {unit}
    assert office.get("/board/?words=电梯").context["counts"].total == 1
    assert office.get("/board/?page=99").status_code == 200
    assert office.get("/board/?unit=99999&leader=99999&report=99999&section=3").status_code == 200


def test_the_board_asks_the_database_the_same_however_much_there_is(office: Client, work: list[Case]) -> None:
    office.get("/board/")
    with CaptureQueriesContext(
        connection,
    ) as nine:
        office.get("/board/?stage=all")
    Case.objects.filter(pk__in=[case.pk for case in work[:7]]).update(stage="closed")
    with CaptureQueriesContext(connection) as two:
        office.get("/board/")
    assert len(nine) <= 24
    assert len(two) <= 24


# --- one step with many -----------------------------------------------------------------------------------------------


def picks(*cases: Case) -> list[str]:
    return [f"{case.key}:{case.seq}" for case in cases]


def test_reminding_many_is_an_event_in_each_and_a_refusal_keeps_nothing_back(
    office: Client, work: list[Case], city: City
) -> None:
    closed = work[3]
    take(closed, Act.WITHDRAW, city.people["office"], reason="并入他项")
    closed.refresh_from_db()
    answer = office.post(
        "/board/act/", {"pick": picks(work[0], work[1], closed), "act": "remind", "text": "请尽快签收"}
    )
    assert answer.status_code == 200
    assert [one.case.pk for one in answer.context["done"]] == [work[0].pk, work[1].pk]
    (refused,) = answer.context["refused"]
    assert refused.case.pk == closed.pk
    assert "已撤销" in refused.refused
    for case in work[:2]:
        last = service.events_of(case)[-1]
        assert (last.act, last.details.text, last.actor.person) == (Act.REMIND, "请尽快签收", "office")


def test_putting_many_on_the_board_says_the_text_as_the_reason(office: Client, work: list[Case]) -> None:
    office.post("/board/act/", {"pick": picks(work[0]), "act": "board", "text": "超期未办"})
    last = service.events_of(work[0])[-1]
    assert (last.act, last.reason) == (Act.BOARD, "超期未办")


def test_what_happened_meanwhile_is_not_passed_over(office: Client, work: list[Case], city: City) -> None:
    take(work[0], Act.SIGN, city.people["liaison"])
    answer = office.post("/board/act/", {"pick": picks(work[0]), "act": "chase", "text": "请签收"})
    assert answer.status_code == 422
    assert "签收" in answer.context["refused"][0].refused


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"act": "remind", "text": "x"}, 422),
        ({"pick": ["nonsense", ":3", "a:b"], "act": "remind", "text": "x"}, 422),
        ({"pick": ["2026-99999:3"], "act": "remind", "text": "x"}, 404),
        ({"pick": ["2026-99999:3"], "act": "close", "text": "x"}, 422),
        ({"pick": ["2026-99999:3"], "act": "bogus", "text": "x"}, 422),
        ({"pick": ["2026-99999:3"], "act": "remind", "text": " "}, 422),
        ({"pick": [f"2026-{number}:1" for number in range(201)], "act": "remind", "text": "x"}, 422),
    ],
)
def test_what_is_sent_wrongly_does_nothing(
    office: Client, work: list[Case], sent: dict[str, Any], status: int
) -> None:
    assert office.post("/board/act/", sent).status_code == status


def test_a_leader_acts_in_the_own_charge_alone(client: Client, work: list[Case], city: City) -> None:
    """Education and health are in the leader's charge, housing is not."""
    city.sign_in(client, "leader")
    answer = client.post("/board/act/", {"pick": picks(work[0], work[2]), "act": "board", "text": "限期办结"})
    assert [one.case.pk for one in answer.context["done"]] == [work[0].pk]
    assert [one.case.pk for one in answer.context["refused"]] == [work[2].pk]
    refused = client.post("/board/act/", {"pick": picks(work[1]), "act": "remind", "text": "x"})
    assert refused.status_code == 422
    assert client.get(f"/tasks/{work[0].key}/").content.decode().count("挂牌督办") >= 1


# --- the leader's page ------------------------------------------------------------------------------------------------


def test_a_leader_sees_what_is_red_in_the_own_charge_and_why(
    client: Client, work: list[Case], city: City
) -> None:
    take(work[0], Act.CHASE, city.people["office"], details={"text": "三日内反馈"})
    city.sign_in(client, "leader")
    page = client.get("/leader/")
    units = {one.unit.pk for one in page.context["seen"].units}
    assert units == {city.units["education"].pk, city.units["health"].pk}
    text = page.content.decode()
    assert "三日内反馈" in text
    assert "超期" in text
    assert "副市长" in text
    everything = client.get("/leader/?leader=all")
    assert city.units["housing"].pk in {one.unit.pk for one in everything.context["seen"].units}


def test_an_instruction_goes_into_the_task_and_back_to_the_page(
    client: Client, work: list[Case], city: City
) -> None:
    city.sign_in(client, "leader")
    answer = client.post(f"/tasks/{work[0].key}/note/", {"text": "本周内到现场解决", "next": "/leader/"})
    assert answer["Location"] == "/leader/"
    note = service.events_of(work[0])[-1]
    assert (note.act, note.details.text, note.actor.role.value) == (Act.NOTE, "本周内到现场解决", "leader")
    assert "本周内到现场解决" in client.get("/leader/").content.decode()
    away = client.post(f"/tasks/{work[0].key}/note/", {"text": "好", "next": "https://elsewhere.example/"})
    assert away["Location"].startswith("/tasks/")


def test_a_program_sees_what_is_red_and_why(work: list[Case], city: City) -> None:
    take(work[0], Act.CHASE, city.people["office"], details={"text": "三日内反馈"})
    leader, office = program(city.people["leader"]), program(city.people["office"])
    own = leader.get("/leader").json()
    assert (own["post"], own["holding"]) == (city.posts["leader"].pk, city.people["leader"].name)
    assert {one["unit"] for one in own["units"]} == {"city/education", "city/health"}
    (education,) = (one for one in own["units"] if one["unit"] == "city/education")
    first = education["red"][0]
    assert (first["case"]["key"], first["done"][0]["act"]) == (work[0].key, "chase")
    assert first["done"][0]["text"] == "三日内反馈"
    assert any("超期" in why for why in first["why"])
    assert own["lights"]["red"] == sum(one["lights"]["red"] for one in own["units"])
    whole = office.get("/leader").json()
    assert whole["post"] is None
    assert {one["unit"] for one in whole["units"]} >= {"city/housing"}
    assert leader.get("/leader?whole=true").json()["units"] == whole["units"]
    assert office.get(f"/leader?post={own['post']}").json()["units"] == own["units"]
    assert program(city.people["liaison"]).get("/leader").status_code == 403


def test_nothing_red_is_said(client: Client, city: City) -> None:
    city.sign_in(client, "leader")
    assert "没有亮红灯" in client.get("/leader/").content.decode()
