"""Signing in with a provider of identities that really answers, and with ones that lie."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings

from duban.web.accounts import oidc
from duban.web.accounts.models import Outcome, SignIn
from duban.web.environment import Oidc
from tests.web.provider import Provider, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.web.city import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    with running() as found:
        known = Oidc(
            issuer=found.url,
            client_id="duban",
            client_secret="s",
            claim="preferred_username",
            name="统一身份认证",
        )
        monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, oidc=known))
        oidc._client.cache_clear()
        yield found
    oidc._client.cache_clear()


def round_trip(client: Client, where: str = "/sign-in/oidc/") -> Any:
    """To the provider and back, as a browser goes."""
    there = client.get(where)["Location"]
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(back)
    assert parts.path == "/sign-in/oidc/back/"
    return client.get(f"{parts.path}?{parts.query}")


def test_whoever_the_provider_vouches_for_is_signed_in(
    client: Client, city: City, provider: Provider
) -> None:
    assert "统一身份认证" in client.get("/sign-in/").content.decode()
    answer = round_trip(client, "/sign-in/oidc/?next=/units/")
    assert answer["Location"] == "/units/"
    assert client.get("/units/").status_code == 200
    row = SignIn.objects.get()
    assert (row.outcome, row.by, row.user) == (Outcome.IN, "oidc", city.people["office"])


def test_a_name_without_an_account_gets_none(client: Client, city: City, provider: Provider) -> None:
    provider.claims = {"preferred_username": "stranger"}
    answer = round_trip(client)
    assert answer.status_code == 422
    assert "stranger" in answer.content.decode()
    assert SignIn.objects.get().outcome == Outcome.UNKNOWN
    assert client.get("/units/").status_code == 302


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"iss": "http://another"},
        {"nonce": "another"},
        {"exp": 1},
        {"preferred_username": ""},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_a_token_that_is_not_for_us_is_refused(
    client: Client, city: City, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = {"preferred_username": "office", **claims}
    assert round_trip(client).status_code == 422
    assert client.get("/units/").status_code == 302


def test_a_token_signed_by_somebody_else_is_refused(client: Client, city: City, provider: Provider) -> None:
    provider.forged = True
    assert round_trip(client).status_code == 422
    assert client.get("/units/").status_code == 302


def test_an_answer_that_nobody_asked_for_is_refused(client: Client, city: City, provider: Provider) -> None:
    assert client.get("/sign-in/oidc/back/?code=x&state=y").status_code == 422


def test_a_provider_that_refuses_or_is_silent_is_told_of(
    client: Client, city: City, provider: Provider
) -> None:
    provider.refuses = True
    assert round_trip(client).status_code == 422


def test_without_a_provider_there_is_no_way_in(client: Client, city: City) -> None:
    assert client.get("/sign-in/oidc/")["Location"] == "/sign-in/"
    assert client.get("/sign-in/oidc/back/?code=x&state=y")["Location"] == "/sign-in/"
