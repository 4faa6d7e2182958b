"""Signing in: passwords, the second factor, limits, sessions, and the record of all of it."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from duban.web.accounts import service
from duban.web.accounts.models import Outcome, SignIn
from tests.web.city import PASSWORD, City

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def enter(client: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/sign-in/", {"username": username, "password": password}, **extra)


def test_the_right_password_lets_in(client: Client, city: City) -> None:
    answer = enter(client, "office")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    assert SignIn.objects.get().outcome == Outcome.IN


def test_passwords_are_kept_as_argon2(settings: Any, city: City) -> None:
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]  # without the fast one of the tests
    service.set_password(city.people["office"], "一个很长的新密码 2026")
    assert city.people["office"].password.startswith("argon2$argon2id$")


@pytest.mark.parametrize(
    ("username", "password"), [("office", "wrong"), ("no-such", PASSWORD), ("office", "")]
)
def test_anything_else_does_not_and_does_not_say_what_was_wrong(
    client: Client, city: City, username: str, password: str
) -> None:
    answer = enter(client, username, password)
    assert answer.status_code == 422
    if password:
        assert "用户名或密码不正确" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_an_ended_account_is_let_in_no_more(client: Client, city: City) -> None:
    city.sign_in(client, "head")
    service.set_active(city.people["head"], active=False)
    assert client.get("/").status_code == 302
    assert enter(client, "head").status_code == 422


def test_after_five_wrong_passwords_a_name_waits_even_with_the_right_one(client: Client, city: City) -> None:
    for _ in range(settings.ENVIRONMENT.sign_in_failures):
        assert enter(client, "head", "wrong").status_code == 422
    answer = enter(client, "head")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60 + 1
    assert enter(client, "liaison").status_code == 302
    SignIn.objects.update(at=timezone.now() - timedelta(minutes=16))
    client.post("/sign-out/")
    assert enter(client, "head").status_code == 302


def test_a_name_without_an_account_waits_like_any_other(client: Client, city: City) -> None:
    for _ in range(settings.ENVIRONMENT.sign_in_failures):
        enter(client, "no-such", "wrong")
    assert enter(client, "no-such").status_code == 429


def test_an_address_that_tries_many_names_waits(client: Client, city: City) -> None:
    for number in range(settings.ENVIRONMENT.sign_in_failures * service.ADDRESS_FACTOR):
        enter(client, f"name-{number}", "wrong")
    assert enter(client, "office").status_code == 429
    assert enter(client, "office", REMOTE_ADDR="10.0.0.9").status_code == 302


def test_an_address_that_a_client_writes_itself_is_not_believed(client: Client, city: City) -> None:
    enter(client, "office", "wrong", HTTP_X_FORWARDED_FOR="6.6.6.6")
    assert SignIn.objects.get().address == "127.0.0.1"


def test_a_session_is_over_after_its_hours(client: Client, city: City) -> None:
    city.sign_in(client, "office")
    session = client.session
    session["began"] -= settings.ENVIRONMENT.session_seconds + 1
    session.save()
    assert client.get("/units/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_session_that_is_used_goes_on_and_is_written_once_a_minute(client: Client, city: City) -> None:
    city.sign_in(client, "office")
    client.get("/units/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/units/")
    assert not [one for one in queries if one["sql"].startswith("UPDATE")]
    session = client.session
    session["seen"] -= 61
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    client.get("/units/")
    left = Session.objects.get().expire_date - timezone.now()
    assert left > timedelta(seconds=settings.ENVIRONMENT.idle_seconds - 30)


def test_a_session_that_was_left_alone_is_over(client: Client, city: City) -> None:
    city.sign_in(client, "office")
    client.get("/units/")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/units/").status_code == 302


def test_a_session_has_another_key_after_signing_in(client: Client, city: City) -> None:
    client.get("/sign-in/")
    client.session["x"] = 1
    before = client.session.session_key
    enter(client, "office")
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/units/", "/units/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_one_is_sent_on_only_to_ourselves(client: Client, city: City, wanted: str, reached: str) -> None:
    answer = client.post("/sign-in/", {"username": "office", "password": PASSWORD, "next": wanted})
    assert answer["Location"] == reached


def test_a_password_given_by_somebody_else_has_to_be_changed_first(client: Client, city: City) -> None:
    new = service.create(username="new", name="新人")
    assert enter(client, "new", new.password).status_code == 302
    assert client.get("/units/")["Location"] == "/account/password/"
    fields = {"present": new.password, "new": "三月二十一日去看水库", "again": "三月二十一日去看水库"}
    assert client.post("/account/password/", fields).status_code == 302
    assert client.get("/account/").status_code == 200
    assert not service.by_username("new").must_change_password


@pytest.mark.parametrize("weak", ["short", "1234567890", "password123", "liaison@lanchuan"])
def test_a_weak_password_is_refused(client: Client, city: City, weak: str) -> None:
    city.people["liaison"].email = "liaison@lanchuan.example"
    city.people["liaison"].save()
    city.sign_in(client, "liaison")
    answer = client.post("/account/password/", {"present": PASSWORD, "new": weak, "again": weak})
    assert answer.status_code == 422


def test_changing_the_password_ends_the_other_sessions(client: Client, city: City) -> None:
    from django.test import Client as Browser

    other = Browser()
    city.sign_in(client, "head")
    city.sign_in(other, "head")
    fields = {"present": PASSWORD, "new": "三月二十一日去看水库", "again": "三月二十一日去看水库"}
    client.post("/account/password/", fields)
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


# --- the second factor ------------------------------------------------------------------------------------------------


_SOON = 3


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    """The code of a step from now; not of the last seconds of a step, which is over when the code arrives."""
    left = device.step - time.time() % device.step
    if left < _SOON:
        time.sleep(left)
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, drift=steps):06d}"


@pytest.fixture
def recovery(client: Client, city: City) -> list[str]:
    """The office has set up a second factor in its browser: the recovery codes."""
    city.sign_in(client, "office")
    assert "<svg" in client.get("/account/totp/").content.decode()
    device = TOTPDevice.objects.get(user=city.people["office"])
    answer = client.post("/account/totp/", {"code": code_of(device, -1)})
    codes: list[str] = answer.context["codes"]
    client.post("/sign-out/")
    return codes


def test_a_second_factor_is_asked_for_once_it_is_set_up(
    client: Client, city: City, recovery: list[str]
) -> None:
    device = TOTPDevice.objects.get(user=city.people["office"])
    assert enter(client, "office")["Location"] == "/sign-in/code/"
    assert client.get("/units/").status_code == 302
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    good = code_of(device)
    assert client.post("/sign-in/code/", {"code": good})["Location"] == "/"
    assert client.get("/units/").status_code == 200
    client.post("/sign-out/")
    enter(client, "office")
    assert client.post("/sign-in/code/", {"code": good}).status_code == 422, "a code counts once"


def test_a_recovery_code_lets_in_once(client: Client, city: City, recovery: list[str]) -> None:
    assert len(set(recovery)) == 10
    for expected in (302, 422):
        enter(client, "office")
        assert client.post("/sign-in/code/", {"code": recovery[0]}).status_code == expected
        client.post("/sign-out/")


def test_half_signed_in_does_not_last(client: Client, city: City, recovery: list[str]) -> None:
    enter(client, "office")
    session = client.session
    session["half"] = {**session["half"], "at": session["half"]["at"] - 301}
    session.save()
    assert client.post("/sign-in/code/", {"code": recovery[1]})["Location"] == "/sign-in/"


def test_nobody_types_codes_without_the_password(client: Client, city: City) -> None:
    assert client.post("/sign-in/code/", {"code": "000000"})["Location"] == "/sign-in/"


def test_an_administrator_gives_who_lost_everything_a_new_start(
    client: Client, city: City, recovery: list[str]
) -> None:
    city.sign_in(client, "administrator")
    answer = client.post(f"/accounts/{city.people['office'].pk}/reset/")
    password = answer.context["accounts"][0].password
    client.post("/sign-out/")
    assert enter(client, "office", password)["Location"] == "/"
    assert client.get("/units/")["Location"] == "/account/password/"


def test_where_a_second_factor_is_demanded_nobody_gets_further_without(
    client: Client, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, totp_required=True))
    enter(client, "office")
    assert client.get("/units/")["Location"] == "/account/totp/"
    client.get("/account/totp/")
    device = TOTPDevice.objects.get(user=city.people["office"])
    client.post("/account/totp/", {"code": code_of(device)})
    assert client.get("/units/").status_code == 200
