"""Settings by environment, and what an installation that others reach is asked for."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from duban.errors import InputError
from duban.web import environment

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

KEY = "k7Jq2mXv9pLw4tRz8sBn3cFd6gHy1aEu5oIi0bVx" + "ZQWERTYUIOPAS"
HALL = {"DUBAN_HOSTS": "duban.lanchuan.example", "DUBAN_SECRET_KEY": KEY}


def test_without_anything_it_is_a_desk() -> None:
    found = environment.read({"HOME": "/home/somebody"})
    assert found.desk
    assert not found.https
    assert found.database_url.startswith("sqlite:///")
    assert len(found.secret_key) >= 50


def test_a_city_hall() -> None:
    found = environment.read({**HALL, "DUBAN_PROXIES": "1", "DUBAN_DATABASE_URL": "postgresql://x/y"})
    assert (found.desk, found.https, found.proxies) == (False, True, 1)
    assert found.hosts == ("duban.lanchuan.example",)


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"DUBAN_HOSTS": "x.example"}, "DUBAN_SECRET_KEY"),
        ({"DUBAN_HOSTS": "x.example", "DUBAN_SECRET_KEY": "short"}, "DUBAN_SECRET_KEY"),
        ({"DUBAN_HOSTS": "x.example", "DUBAN_SECRET_KEY": "a" * 60}, "DUBAN_SECRET_KEY"),
        ({"DUBAN_SECRET_KEY_FILE": "/no/such/file"}, "DUBAN_SECRET_KEY_FILE"),
        ({"DUBAN_HTTPS": "yes"}, "DUBAN_HTTPS"),
        ({"DUBAN_PROXIES": "-1"}, "DUBAN_PROXIES"),
        ({"DUBAN_UPLOAD_MB": "0"}, "DUBAN_UPLOAD_MB"),
        ({"DUBAN_UPLOAD_MB": "５"}, "DUBAN_UPLOAD_MB"),
        ({"DUBAN_TIME_ZONE": "Mars/Base"}, "DUBAN_TIME_ZONE"),
        ({"DUBAN_OIDC_ISSUER": "https://id.example"}, "DUBAN_OIDC_CLIENT_ID"),
        ({"DUBAN_OIDC_ISSUER": "http://id.example"}, "DUBAN_OIDC_ISSUER"),
        ({"DUBAN_HOST": "x.example"}, "DUBAN_HOST"),
    ],
)
def test_what_cannot_be_is_named(variables: dict[str, str], named: str) -> None:
    with pytest.raises(InputError) as told:
        environment.read(variables)
    assert told.value.where == named


def test_every_variable_is_explained(repository: Path) -> None:
    page = (repository / "docs" / "reference" / "web-settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(DUBAN_\w+)`", page, re.MULTILINE)) == set(environment.VARIABLES)


def duban(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "duban.cli", *arguments],
        env={**clean, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
def test_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    run = duban("manage", "check", "--deploy", "--fail-level", "WARNING", **HALL, DUBAN_HOME=str(tmp_path))
    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "variables", "told"),
    [
        (("serve", "--host", "0.0.0.0"), {}, "others would reach this desk"),
        (("serve", "--demo"), HALL, "passwords everybody knows"),
        (("serve",), HALL, "migrations are to be applied"),
        (("serve",), {"DUBAN_HTTPS": "maybe"}, "DUBAN_HTTPS"),
    ],
)
def test_the_server_does_not_start_where_it_should_not(
    arguments: tuple[str, ...], variables: dict[str, str], told: str, tmp_path: Path
) -> None:
    run = duban(*arguments, **{**variables, "DUBAN_HOME": str(tmp_path)})
    assert run.returncode == 1
    assert told in run.stderr


@pytest.mark.slow
def test_one_command_serves_the_sample_city(tmp_path: Path) -> None:
    import socket
    import time
    import urllib.request

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DUBAN_", "DJANGO_"))}
    with subprocess.Popen(
        [sys.executable, "-m", "duban.cli", "serve", "--demo", "--port", str(port)],
        env={**clean, "DUBAN_HOME": str(tmp_path), "DUBAN_LOG": "json"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            for _ in range(480):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                        ready = json.load(answer)
                    break
                except OSError:
                    time.sleep(0.25)
            assert (ready["ready"], ready["problems"]) == (True, [])
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=10) as answer:
                page = answer.read().decode()
            assert "lanchuan-demo" in page
            assert "澜川市" in page
        finally:
            server.terminate()
            said, logged = server.communicate(timeout=30)
    assert str(port) in said
    lines = [json.loads(line) for line in logged.splitlines() if line.startswith("{")]
    assert any(
        line["path"] == "/sign-in/" and line["status"] == 200 and line["request"]
        for line in lines
        if "path" in line
    )
    assert (tmp_path / "demo" / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_the_server_says_whether_it_is_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200
    ready = client.get("/readyz").json()
    assert (ready["ready"], ready["problems"]) == (True, [])
    monkeypatch.setattr("duban.web.operation.health.MigrationExecutor.migration_plan", lambda *_: ["one"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "migrate" in answer.json()["problems"][0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 9.9.9.9", "9.9.9.9"),
        (2, "6.6.6.6, 8.8.8.8, 10.0.0.1", "8.8.8.8"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    proxies: int, forwarded: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from django.conf import settings
    from django.test import RequestFactory

    from duban.web.operation import requests

    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, proxies=proxies))
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded} if forwarded else {})
    assert requests.address(request) == address


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, ("console", "", 25)),
        ({"DUBAN_MAIL_URL": "smtp://mail.lanchuan.example"}, ("smtp", "mail.lanchuan.example", 25)),
        ({"DUBAN_MAIL_URL": "smtps://a%40b:p%3Aw@mail:4650"}, ("smtp", "mail", 4650)),
        ({"DUBAN_MAIL_URL": "smtp+tls://mail"}, ("smtp", "mail", 587)),
        ({"DUBAN_MAIL_URL": "file:///var/mails"}, ("filebased", "", 25)),
    ],
)
def test_where_mail_goes_out(given: dict[str, str], wanted: tuple[str, str, int]) -> None:
    from duban.web import environment

    mail = environment.read(given).mail
    assert (mail.backend.split(".")[4], mail.host, mail.port) == wanted
    assert (mail.user, mail.password) == (("a@b", "p:w") if "@mail" in str(given) else ("", ""))


@pytest.mark.parametrize(
    "url", ["mail.lanchuan.example", "http://x", "smtp://", "smtp://u:secret@h:port", "file:"]
)
def test_a_mail_server_that_cannot_be_is_told_of_without_its_password(url: str) -> None:
    from duban.errors import InputError
    from duban.web import environment

    with pytest.raises(InputError, match="DUBAN_MAIL_URL") as told:
        environment.read({"DUBAN_MAIL_URL": url})
    assert "secret" not in str(told.value)


def test_an_installation_sends_no_mail_unless_told_where() -> None:
    from duban.web import environment

    given = {
        "DUBAN_HOSTS": "a.example",
        "DUBAN_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRS",
    }
    assert environment.read(given).mail is None
