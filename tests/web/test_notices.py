"""Notices: whom an event concerns, told once, by mail once, and the calendar of each person alone."""

from __future__ import annotations

import smtplib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from duban.supervision.days import CHINA
from duban.supervision.model import Act
from duban.web.cases import service as cases
from duban.web.notices import service
from duban.web.notices.models import Letter, Notice, Wishes
from duban.web.notices.words import KINDS, kinds, sentence
from tests.web.test_cases import handed, paper, take

if TYPE_CHECKING:
    from django.test import Client

    from duban.web.cases.models import Case
    from tests.web.city import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city: City) -> Case:
    for user in city.people.values():
        user.email = f"{user.username}@lanchuan.example"
        user.save()
    return handed(city)


def told(city: City, kind: str) -> set[str]:
    """Who was told that, by the city's names."""
    names = {user.pk: name for name, user in city.people.items()}
    return {names[one.user_id] for one in Notice.objects.filter(kind=kind)}


def test_every_kind_has_its_words() -> None:
    assert list(KINDS) == list(kinds())


def test_handing_over_tells_the_lead_and_the_co_units(case: Case, city: City) -> None:
    assert told(city, "handed") == {"head", "liaison"}
    assert told(city, "has_part") == {"other_head", "other_liaison"}


def test_each_act_tells_those_whom_it_concerns_and_not_who_did_it(case: Case, city: City) -> None:
    people = city.people
    take(case, Act.SIGN, people["liaison"])
    take(case, Act.CHASE, people["office"], details={"text": "请抓紧办理"})
    assert told(city, "prompted") == {"head", "liaison"}
    take(case, Act.ASK_EXTENSION, people["head"], reason="汛期停工", details={"until": date(2027, 12, 20)})
    assert told(city, "to_decide") == {"office", "office_2"}
    take(case, Act.GRANT_EXTENSION, people["office"], details={"until": date(2027, 12, 20), "answers": 6})
    assert told(city, "decided") == {"head", "liaison"}
    take(case, Act.CLAIM, people["head"], details={"text": "已建成"}, files=[paper()])
    assert told(city, "to_check") == {"office", "office_2"}
    take(case, Act.SEND_BACK, people["office"], reason="材料不全")
    assert told(city, "sent_back") == {"head", "liaison"}
    take(
        case,
        Act.ESCALATE,
        people["office"],
        reason="久拖不决",
        details={"to_post": f"post/{city.posts['leader'].pk}"},
    )
    assert told(city, "escalated") == {"leader"}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@liaison 请看", {"liaison"}),
        ("请@局长head和@卫健委阅处", {"head", "other_liaison"}),
        ("@nobody @auditor", {"auditor"}),
        ("@没有这个人", set()),
        ("邮箱 a@b.c", set()),
        ("@" * 500, set()),
    ],
)
def test_who_is_named_and_may_see_it_is_told(case: Case, city: City, text: str, who: set[str]) -> None:
    take(case, Act.NOTE, city.people["office"], details={"text": text})
    assert told(city, "mentioned") == who


def test_an_event_that_is_undone_tells_nobody(case: Case, city: City) -> None:
    from django.db import transaction

    before = Notice.objects.count()
    with transaction.atomic():
        take(case, Act.CHASE, city.people["office"])
        assert Notice.objects.count() > before
        transaction.set_rollback(True)
    assert Notice.objects.count() == before


def test_due_is_said_a_week_before_and_a_day_before_each_once(case: Case, city: City) -> None:
    def on(day: str) -> int:
        return service.remind_of_due([case.pk], datetime.fromisoformat(f"{day}T08:00").replace(tzinfo=CHINA))

    assert on("2027-11-20") == 0
    assert on("2027-11-24") == 2
    assert on("2027-11-24") == 0
    assert on("2027-11-25") == 0
    assert on("2027-11-29") == 2
    assert on("2027-11-30") == 0
    assert on("2027-12-05") == 0


# --- mail -------------------------------------------------------------------------------------------------------------


def test_a_mail_goes_out_once_in_the_language_of_who_gets_it(case: Case, city: City) -> None:
    Wishes.objects.create(user=city.people["head"], language="en")
    assert service.send_waiting() == {"sent": 2}
    assert service.send_waiting() == {}
    said: dict[str, Any] = {one.to[0]: one for one in mail.outbox}
    assert set(said) == {"head@lanchuan.example", "liaison@lanchuan.example"}
    assert "交办" in said["liaison@lanchuan.example"].subject
    assert "Handed to" in said["head@lanchuan.example"].subject
    assert case.key in said["liaison@lanchuan.example"].body
    assert said["liaison@lanchuan.example"].alternatives[0][1] == "text/html"
    assert case.title in said["liaison@lanchuan.example"].alternatives[0][0]


def test_a_server_that_refuses_is_tried_again_later_and_given_up_at_last(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> int:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    now = timezone.now()
    assert service.send_waiting(now=now) == {"waiting": 2}
    assert service.send_waiting(now=now) == {}
    for hour in range(1, 12):
        service.send_waiting(now=now + timedelta(hours=hour))
    assert set(Letter.objects.values_list("state", "attempts")) == {("failed", service.ATTEMPTS)}
    assert "gone" in Letter.objects.first().error


def test_a_mail_whose_sender_died_is_not_sent_twice(case: Case) -> None:
    Letter.objects.update(state="sending", claimed=timezone.now() - timedelta(hours=1))
    assert service.send_waiting() == {}
    assert set(Letter.objects.values_list("state", flat=True)) == {"unsure"}
    assert mail.outbox == []


def test_who_wishes_none_is_told_nothing_and_who_wishes_a_digest_gets_one(city: City) -> None:
    for name in ("head", "liaison"):
        city.people[name].email = f"{name}@lanchuan.example"
        city.people[name].save()
    Wishes.objects.create(user=city.people["head"], ways={"handed": "none"})
    Wishes.objects.create(user=city.people["liaison"], digest=True)
    case = handed(city)
    take(case, Act.REMIND, city.people["office"])
    assert told(city, "handed") == {"liaison"}
    assert set(Letter.objects.values_list("user", flat=True)) == {city.people["head"].pk}  # of being reminded
    assert service.digest() == 1
    assert service.digest() == 0
    Letter.objects.exclude(user=city.people["liaison"]).delete()
    service.send_waiting()
    assert len(mail.outbox) == 1
    assert mail.outbox[0].body.count(case.key) == 2


def test_words_of_a_task_cannot_become_headers_or_markup(case: Case) -> None:
    from duban.web.cases.models import Case as Model

    Model.objects.update(title="新增<b>床位</b>\r\nBcc: x@y.example")
    service.send_waiting()
    sent: list[Any] = list(mail.outbox)
    for message in sent:
        assert "\n" not in message.subject
        assert "<b>床位" not in message.alternatives[0][0]
        assert message.bcc == []


# --- on the screen ----------------------------------------------------------------------------------------------------


def test_the_bell_the_list_and_reading(client: Client, case: Case, city: City, chinese: None) -> None:
    city.sign_in(client, "liaison")
    page = client.get("/notices/").content.decode()
    assert "交办" in page
    assert case.title in page
    notice = Notice.objects.get(user=city.people["liaison"])
    assert "交办" in sentence(notice)
    assert client.get(f"/notices/{notice.pk}/")["Location"] == f"/tasks/{case.key}/"
    assert service.count_unread(city.people["liaison"]) == 0
    city.sign_in(client, "other_liaison")
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    client.post("/notices/read/", {"notice": [notice.pk, "x"]})
    client.post("/notices/read/")
    assert service.count_unread(city.people["other_liaison"]) == 0


def test_the_settings_are_kept(client: Client, city: City) -> None:
    city.sign_in(client, "liaison")
    wanted = dict.fromkeys(kinds(), "none") | {"language": "en", "digest": "on"}
    assert client.post("/notices/settings/", wanted).status_code == 302
    kept = Wishes.objects.get()
    assert (kept.language, kept.digest, set(kept.ways.values())) == ("en", True, {"none"})
    assert client.post("/notices/settings/", {**wanted, "handed": "shout"}).status_code == 422


# --- the calendar -----------------------------------------------------------------------------------------------------


def feed_of(client: Client, city: City, who: str) -> str:
    """The path of a new feed."""
    city.sign_in(client, who)
    address = client.post("/notices/feed/new/").context["address"]
    client.logout()
    return str(address).partition("testserver")[2]


def summaries(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    return [str(todo["SUMMARY"]) for todo in calendar.walk("VTODO")]


def test_the_calendar_has_what_one_answers_for_and_nothing_of_others(
    client: Client, case: Case, city: City
) -> None:
    path = feed_of(client, city, "liaison")
    found = summaries(client, path)
    assert any(case.title in one for one in found)
    todo = Calendar.from_ical(client.get(path).content).walk("VTODO")[0]
    assert str(todo["URL"]).endswith(f"/tasks/{case.key}/")
    for other in ("other_head", "auditor", "nobody", "leader", "office"):
        assert summaries(client, feed_of(client, city, other)) == [], other
    city.posts["leader"].charge.add(city.units["education"])
    assert summaries(client, feed_of(client, city, "leader")) == found


def test_an_address_that_was_taken_back_leads_nowhere(client: Client, case: Case, city: City) -> None:
    old = feed_of(client, city, "liaison")
    new = feed_of(client, city, "liaison")
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    city.sign_in(client, "liaison")
    client.post("/notices/feed/revoke/")
    client.logout()
    assert client.get(new).status_code == 404
    assert client.get("/feed/.ics").status_code in {302, 404}
    assert client.get("/feed/x.ics").status_code == 404


def test_a_post_that_has_ended_empties_the_calendar(client: Client, case: Case, city: City) -> None:
    from duban.web.organisation.models import Membership
    from duban.web.organisation.service import relieve, today

    path = feed_of(client, city, "liaison")
    relieve(Membership.objects.get(user=city.people["liaison"]), today())
    assert summaries(client, path) == []


def test_the_ladder_reminds_chases_and_escalates_each_once(case: Case, city: City) -> None:
    """A month of nights after the end of a task that nobody signed for or reported on."""
    city.posts["leader"].charge.add(city.units["education"])
    begin = datetime(2027, 12, 1, 9, tzinfo=CHINA)
    taken = []
    for day in range(30):
        climbed = cases.climb(case.pk, begin + timedelta(days=day))
        assert cases.climb(case.pk, begin + timedelta(days=day)).taken == []
        taken += [event.details.rung for event in climbed.taken]
        for prompt in climbed.advised:
            service.advise(case, prompt, begin)
    assert len(taken) == len(set(taken)), taken
    assert {"sign-chase", "due-chase", "due-escalate"} <= set(taken)
    assert told(city, "escalated") == {"leader"}
    assert {one.facts["act"] for one in Notice.objects.filter(kind="advised")} == {"transfer", "board"}
    assert Notice.objects.filter(kind="advised", user=city.people["office"]).count() == 2
    assert Letter.objects.values("user", "key").distinct().count() == Letter.objects.count()
