"""Webhooks: one message exactly if there is the event, signed, at least once, and nowhere that it should not go."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from duban.errors import InputError
from duban.supervision.model import Act
from duban.web.cases.models import CaseEvent
from duban.web.cases.service import RefusedError
from duban.web.organisation.models import Membership
from duban.web.organisation.service import relieve, standing_of, today
from duban.web.webhooks import addresses, service
from duban.web.webhooks.models import Attempt, Delivery, Subscription
from duban.web.webhooks.service import Delivered, Wanted, deliver_due
from tests.web.programs import program
from tests.web.test_cases import handed, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from duban.web.cases.models import Case
    from tests.web.city import City

pytestmark = pytest.mark.django_db


@dataclass
class Receiver:
    """A program on this machine that is told things."""

    url: str
    status: int = 204
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.got]


@contextmanager
def receiving() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            one.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(one.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hook?from=duban")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield one
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def inner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses of an inner network are allowed."""
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, webhook_private=True))


@pytest.fixture
def receiver(inner: None) -> Iterator[Receiver]:
    with receiving() as one:
        yield one


def subscribed(city: City, who: str, url: str, **wanted: Any) -> Subscription:
    user = city.people[who]
    return service.subscribe(Wanted(name="协同办公", url=url, **wanted), by=user, standing=standing_of(user))


@pytest.fixture
def case(city: City) -> Case:
    return handed(city)


# --- the outbox -------------------------------------------------------------------------------------------------------


def test_what_happens_is_told_signed(city: City, case: Case, receiver: Receiver) -> None:
    hook = subscribed(city, "office", receiver.url)
    take(case, Act.SIGN, city.people["liaison"], seen=3)
    assert deliver_due() == Delivered(done=1)
    headers, body = receiver.got[0]
    told = json.loads(body)
    assert told["type"] == "case.sign"
    event = CaseEvent.objects.get(act="sign")
    assert told["data"] | {"at": ""} == {
        "case": case.key,
        "title": "新增养老床位1500张",
        "work_type": "task",
        "seq": 4,
        "act": "sign",
        "at": "",
        "unit": "city/education",
        "role": "liaison",
        "stage": "under_way",
        "light": told["data"]["light"],
        "lead": "city/education",
        "due": told["data"]["due"],
        "hash": event.hash,
    }
    moment = int(headers["webhook-timestamp"])
    assert abs(moment - timezone.now().timestamp()) < 60
    assert headers["webhook-signature"] == service.signature(hook.secret, headers["webhook-id"], moment, body)
    assert headers["host"].startswith("127.0.0.1:")
    assert deliver_due() == Delivered(), "once it is delivered nothing is due"


def test_there_is_a_message_exactly_if_there_is_the_event(city: City, case: Case, receiver: Receiver) -> None:
    subscribed(city, "office", receiver.url)
    with pytest.raises(RefusedError):
        take(case, Act.CLOSE, city.people["liaison"], details={"result": "done"})
    with transaction.atomic():
        take(case, Act.SIGN, city.people["liaison"])
        assert Delivery.objects.count() == 1
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_one_is_told_of_what_one_asked_for(city: City, case: Case, receiver: Receiver) -> None:
    health, housing = city.units["health"], city.units["housing"]
    told = {
        "all": subscribed(city, "office", receiver.url),
        "signs": subscribed(city, "office", receiver.url, acts=("sign",)),
        "reports": subscribed(city, "office", receiver.url, acts=("report",)),
        "health": subscribed(city, "office", receiver.url, units=(health,)),
        "housing": subscribed(city, "office", receiver.url, units=(housing,)),
        "stopped": subscribed(city, "office", receiver.url, active=False),
    }
    take(case, Act.SIGN, city.people["liaison"])
    names = {hook.pk: name for name, hook in told.items()}
    assert {names[one.subscription_id] for one in Delivery.objects.all()} == {"all", "signs", "health"}
    assert len(set(Delivery.objects.values_list("message", flat=True))) == 1


def test_what_is_not_theirs_to_see_any_more_is_not_told(city: City, case: Case, receiver: Receiver) -> None:
    for who in ("liaison", "other_liaison", "head"):
        subscribed(city, who, receiver.url)
    take(case, Act.SIGN, city.people["liaison"])
    case.co.clear()
    relieve(Membership.objects.get(user=city.people["head"]), today())
    assert deliver_due() == Delivered(done=1, dropped=2)
    assert len(receiver.got) == 1


def test_a_unit_cannot_ask_for_anothers(city: City, inner: None) -> None:
    with pytest.raises(InputError):
        subscribed(city, "liaison", "http://127.0.0.1/", units=(city.units["health"],))
    assert subscribed(city, "liaison", "http://127.0.0.1/", units=(city.units["education"],)).pk


# --- delivering -------------------------------------------------------------------------------------------------------


def test_an_address_that_fails_is_tried_later_and_later_and_given_up(
    city: City, case: Case, receiver: Receiver
) -> None:
    subscribed(city, "office", receiver.url)
    take(case, Act.SIGN, city.people["liaison"])
    receiver.status = 500
    waits = []
    for _ in range(len(service.PAUSES) + 1):
        assert deliver_due() == Delivered(failed=1)
        one = Delivery.objects.get()
        waits.append((one.due - timezone.now()).total_seconds())
        Delivery.objects.update(due=timezone.now())
    assert Delivery.objects.get().state == Delivery.State.DEAD
    assert deliver_due() == Delivered()
    for wait, pause in zip(waits, service.PAUSES, strict=False):
        assert pause * 0.9 - 2 <= wait <= pause * 1.2 + 1
    assert Attempt.objects.filter(status=500).count() == 10
    assert set(receiver.ids()) == {Delivery.objects.get().message}, "the same id each time"
    receiver.status = 200
    service.again(Delivery.objects.get())
    assert deliver_due() == Delivered(done=1)


@pytest.mark.parametrize("status", [301, 307, 400])
def test_only_a_yes_is_one_and_nobody_follows_elsewhere(
    city: City, case: Case, receiver: Receiver, status: int
) -> None:
    subscribed(city, "office", receiver.url)
    take(case, Act.SIGN, city.people["liaison"])
    receiver.status = status
    assert deliver_due() == Delivered(failed=1)
    assert len(receiver.got) == 1


def test_an_address_that_says_it_is_gone_is_left_alone(city: City, case: Case, receiver: Receiver) -> None:
    hook = subscribed(city, "office", receiver.url)
    take(case, Act.SIGN, city.people["liaison"])
    receiver.status = 410
    deliver_due()
    hook.refresh_from_db()
    assert (hook.active, bool(hook.why_stopped)) == (False, True)
    Delivery.objects.update(due=timezone.now())
    assert deliver_due() == Delivered()


def test_one_that_fails_keeps_only_itself_waiting(city: City, case: Case, receiver: Receiver) -> None:
    dead = subscribed(city, "office", "http://127.0.0.1:1/")
    subscribed(city, "office", receiver.url)
    for text in "一二三":
        take(case, Act.NOTE, city.people["office"], details={"text": text})
    assert deliver_due() == Delivered(done=3, failed=1)
    assert [json.loads(body)["data"]["seq"] for _, body in receiver.got] == [4, 5, 6], "in their order"
    assert "ConnectionRefused" in Attempt.objects.get(delivery__subscription=dead).told


def test_a_process_that_died_in_the_middle_loses_nothing(
    city: City, case: Case, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(city, "office", receiver.url)
    take(case, Act.SIGN, city.people["liaison"])

    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(addresses, "send", die)
        with pytest.raises(KeyboardInterrupt):
            deliver_due()
    assert deliver_due() == Delivered(), "it belongs to the one that died, for a while"
    later = timezone.now() + service.LEASE + timedelta(seconds=1)
    assert deliver_due(now=later) == Delivered(done=1)
    assert len(receiver.got) == 1


@pytest.mark.slow
def test_several_deliver_at_once_and_nothing_is_sent_twice(committed: None, inner: None) -> None:
    from tests.web.city import City

    city = City.build()
    case = handed(city)
    with receiving() as receiver:
        subscribed(city, "office", receiver.url)
        for number in range(30):
            take(case, Act.NOTE, city.people["office"], details={"text": str(number)})

        def run() -> None:
            try:
                deliver_due()
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(receiver.ids()) == 30
    assert len(set(receiver.ids())) == 30
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.DONE}


def test_the_command_delivers_and_forgets(
    city: City, case: Case, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    subscribed(city, "office", receiver.url)
    take(case, Act.SIGN, city.people["liaison"])
    call_command("webhooks")
    assert "1 delivered" in capsys.readouterr().out
    Delivery.objects.update(made=timezone.now() - timedelta(days=31))
    call_command("webhooks")
    assert not Delivery.objects.exists()


# --- where it may go --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://example.org/",
        "https://user:password@example.org/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org/\r\nX: y",
        "https://[::1",
        "https://例子.org/",
        "https://",
        "https:///path",
    ],
)
def test_what_is_no_address_to_send_to(url: str) -> None:
    with pytest.raises(InputError):
        addresses.refuse_unfit(url, private=False)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "[::1]",
        "[fd00::1]",
        "[fe80::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::1]",
        "2130706433",
        "0x7f.1",
    ],
)
def test_an_inner_network_is_not_reached(host: str) -> None:
    with pytest.raises(InputError):
        addresses.resolve(f"https://{host}/", private=False)


def test_the_connection_goes_where_was_looked(receiver: Receiver) -> None:
    """A name that resolves otherwise a moment later, or not at all, leads nowhere else."""
    pinned = replace(addresses.resolve(receiver.url, private=True), host="oa.lanchuan.example")
    assert addresses.send(pinned, b"{}", {}) == 204
    assert receiver.got[0][0]["host"].startswith("oa.lanchuan.example:")


def test_an_address_that_became_an_inner_one_is_not_sent_to(
    city: City, case: Case, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(city, "office", receiver.url)
    take(case, Act.SIGN, city.people["liaison"])
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, webhook_private=False))
    assert deliver_due() == Delivered(failed=1)
    assert receiver.got == []


# --- screens and API --------------------------------------------------------------------------------------------------


def test_a_webhook_is_made_tried_stopped_and_removed_on_its_pages(
    office: Client, city: City, receiver: Receiver
) -> None:
    made = office.post("/webhooks/", {"name": "协同办公", "url": receiver.url, "acts": ["sign"]})
    hook = Subscription.objects.get()
    assert hook.secret in made.content.decode()
    page = f"/webhooks/{hook.pk}/"
    assert hook.secret not in office.get(page).content.decode(), "it is shown once"
    office.post(f"{page}ping/")
    deliver_due()
    assert json.loads(receiver.got[0][1])["type"] == "ping"
    shown = office.get(page).content.decode()
    assert "HTTP 204" in shown
    assert "签收" in shown
    office.post(f"{page}deliveries/{Delivery.objects.get().pk}/again/")
    assert deliver_due() == Delivered(done=1)
    office.post(f"{page}active/")
    assert not Subscription.objects.get().active
    city.sign_in(office, "office_2")
    for path in ("", "ping/", "active/", "remove/"):
        method = office.post if path else office.get
        assert method(page + path).status_code == 404, "it is another's"
    city.sign_in(office, "office")
    office.post(f"{page}remove/")
    assert not Subscription.objects.exists()


def test_a_form_that_cannot_be_says_why(office: Client, city: City) -> None:
    answer = office.post("/webhooks/", {"name": "x", "url": "https://10.0.0.1/"})
    assert answer.status_code == 422
    assert "内部网络" in answer.content.decode()


def test_the_same_by_the_api(city: City, case: Case, receiver: Receiver) -> None:
    one = program(city.people["liaison"])
    wanted = {"name": "教育云", "url": receiver.url, "units": ["city/education"]}
    made = one.post("/webhooks", wanted, key="w1").json()
    assert one.post("/webhooks", wanted, key="w1").json() == made
    assert "secret" not in one.get(f"/webhooks/{made['id']}").json()
    changed = one.call("PUT", f"/webhooks/{made['id']}", {**wanted, "acts": ["sign"]}).json()
    assert changed["acts"] == ["sign"]
    one.post(f"/cases/{case.key}/acts/sign", {"seen": 3})
    deliver_due()
    (delivery,) = one.get(f"/webhooks/{made['id']}/deliveries").json()["items"]
    assert (delivery["state"], delivery["case"], delivery["attempts"][0]["status"]) == ("done", case.key, 204)
    again = one.post(f"/webhooks/{made['id']}/deliveries/{delivery['id']}/again").json()
    assert (again["state"], again["message"]) == ("waiting", delivery["message"])
    assert one.post(f"/webhooks/{made['id']}/ping").status_code == 201
    other = program(city.people["head"])
    assert other.get(f"/webhooks/{made['id']}").status_code == 404
    assert one.call("DELETE", f"/webhooks/{made['id']}").status_code == 204
    assert one.get("/webhooks").json()["items"] == []
