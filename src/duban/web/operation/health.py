"""`/healthz`: the process answers. `/readyz`: it can do its work: database, migrations, room for files."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

__all__ = ["Health", "notes", "problems", "watchers"]

watchers: list[Callable[[], list[str]]] = []
"""Asked for what is not well without standing in the way of requests."""


class Health:
    """Answers before hosts, https and sessions are looked at: whoever asks may come by the machine's own address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            if request.path == "/healthz":
                return HttpResponse("ok\n", content_type="text/plain")
            if request.path == "/readyz":
                found = problems()
                answer = {"ready": not found, "problems": found, "notes": [] if found else notes()}
                return JsonResponse(answer, status=503 if found else 200)
        return self._get_response(request)


def notes() -> list[str]:
    """What is not well, though requests are answered: nobody does the jobs."""
    return [said for watcher in watchers for said in watcher()]


def problems() -> list[str]:
    """What stands in the way of answering requests, without saying anything an outsider could use."""
    found = []
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            found.append("migrations are to be applied: duban manage migrate")
    except DatabaseError:
        found.append("the database cannot be reached")
    try:
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT):
            pass
    except OSError:
        found.append("uploaded files cannot be written")
    return found
