"""Public pages know nobody: they are given no cookie and set none, so that they are the same for all and can be cached."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

__all__ = ["PREFIX", "Cookieless"]

PREFIX = "/public/"


class Cookieless:
    """Stands before the session: below PREFIX a session, an account, a chosen language cannot be known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self._get_response(request)
        for name in ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_LANGUAGE"):
            request.META.pop(name, None)
        response = self._get_response(request)
        response.cookies.clear()
        response.headers.pop("Vary", None)
        return response
