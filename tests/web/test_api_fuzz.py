"""Requests that a machine makes up from the OpenAPI document: whatever comes, the answer is one that the document names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.db import connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from duban.web.api.app import document
from duban.web.reports.models import Commitment
from duban.web.webhooks.models import Delivery
from tests.web.programs import Program, program
from tests.web.test_access import World, world

if TYPE_CHECKING:
    from collections.abc import Callable

schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis")

__all__ = ["world"]  # a fixture

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

EXAMPLES = 10
OPERATIONS = [(path, method) for path, methods in document()["paths"].items() for method in methods]


@pytest.fixture
def schema(db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The document as a program finds it, and the application in this process behind it, on the test's own database."""
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from django.conf import settings as django_settings

    changed = replace(django_settings.ENVIRONMENT, api_rate=10**6, webhook_private=True)
    monkeypatch.setattr(django_settings, "ENVIRONMENT", changed)
    monkeypatch.setattr(django_settings, "ALLOWED_HOSTS", ["*"])


def really(world: World, one: Program) -> dict[str, Callable[[str], Any]]:
    """What is there, by the name of a path's parameter: made-up ids alone would meet nothing but 404."""
    hook = one.post("/webhooks", {"name": "x", "url": "http://127.0.0.1:9/"}).json()["id"]
    one.post(f"/webhooks/{hook}/ping")
    workbook = SimpleUploadedFile("a.xlsx", one.get("/progress-workbook").content)
    book = one.post("/progress", {"file": workbook})  # only units have any
    form = SimpleUploadedFile("a.xlsx", one.get("/proposals-workbook").content)
    batch = one.post("/proposals", {"file": form, "session": "五届三次", "received": "2026-03-02"})
    ids = {
        "/reports": world.report.pk,
        "/commitments": Commitment.objects.filter(report=world.report, state="open")[0].pk,
        "/units": world.city.units["education"].pk,
        "/webhooks": hook,
        "/cases": world.own.files.get().file_id,
        "/submissions": world.submission.pk,
        "/progress": book.json().get("id", 1),
        "/proposals": batch.json().get("id", 1),
    }
    return {
        "key": lambda _path: world.own.key,
        "id": lambda path: ids["/" + path.split("/")[3]],
        "file": lambda _path: world.submission.files.get().file_id,
        "paper": lambda _path: "circular",
        "delivery": lambda _path: Delivery.objects.latest("pk").pk,
    }


@pytest.mark.parametrize("who", ["office", "liaison"])
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{m} {p[7:]}" for p, m in OPERATIONS])
def test_whatever_comes_is_answered_as_documented(
    world: World, schema: Any, who: str, path: str, method: str
) -> None:
    one = program(world.city.people[who])
    there = really(world, one)
    operation = schema[path][method]
    checks = schemathesis.checks

    @given(case=operation.as_strategy(), real=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any, real: bool) -> None:
        if real:
            for name in case.path_parameters or {}:
                if name in there:
                    case.path_parameters[name] = there[name](path)
        case.headers = {
            **(case.headers or {}),
            "Authorization": f"Bearer {one.text}",
            "Accept-Encoding": "identity",
        }
        answer = case.call()
        case.validate_response(
            answer,
            checks=[
                checks.not_a_server_error,
                *(
                    checks.CHECKS.get_by_names(
                        [
                            "status_code_conformance",
                            "content_type_conformance",
                            "response_schema_conformance",
                            "response_headers_conformance",
                        ]
                    )
                ),
            ],
        )

    ask()
