"""A DubanError on the way to an answer is a page that says what was wrong and what to do, not a server error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from duban.errors import DubanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

__all__ = ["ConflictError", "Problems"]


class ConflictError(DubanError):
    """Somebody else was faster: what was to be changed is no longer what was looked at."""


class Problems:
    """Answers 409 where somebody was faster, 422 for any other problem that a person can act on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DubanError):
            return None
        status = 409 if isinstance(exception, ConflictError) else 422
        template = "base/problem_part.html" if request.headers.get("HX-Request") else "base/problem.html"
        response = render(request, template, {"problem": exception, "status": status}, status=status)
        if request.headers.get("HX-Request"):
            response["HX-Retarget"], response["HX-Reswap"] = "#problem", "innerHTML"
        return response
