"""Paths of the API."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponseNotAllowed
from django.urls import include, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from duban.web.access import by_token
from duban.web.api import views
from duban.web.api.app import api
from duban.web.base.problems import as_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase

app_name = "api"


def _marked(pattern: Any) -> Any:
    """An address of ninja's: no session opens it, and a method that it does not know is a problem like any other."""
    inner: Callable[..., HttpResponseBase] = pattern.callback

    @by_token
    @csrf_exempt
    @wraps(inner)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = inner(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            told = as_json(405, "method", _("that cannot be done here"), expected=response["Allow"])
            told["Allow"] = response["Allow"]
            return told
        return response

    pattern.callback = view
    return pattern


_patterns = [_marked(pattern) for pattern in cast("list[Any]", api.urls[0]) if pattern.name != "api-root"]

urlpatterns = [
    path("openapi.json", views.openapi, name="openapi"),
    path("docs", views.reference, name="reference"),
    path("", include((_patterns, "api-1"))),
]
