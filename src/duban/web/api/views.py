"""The OpenAPI document, and a page that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from duban.web.access import open_to_all
from duban.web.api.app import document
from duban.web.api.reference import groups
from duban.web.tokens.service import scopes

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__: list[str] = []


@open_to_all
@require_GET
def openapi(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The OpenAPI document, for programs that make clients of it."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@open_to_all
@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """The same for people: it needs no script."""
    return render(request, "api/reference.html", {"groups": groups(document()), "scopes": scopes().values()})
