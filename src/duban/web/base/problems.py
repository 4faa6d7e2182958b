"""A DubanError on the way to an answer is a page that says what was wrong and what to do, not a server error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from duban.errors import DubanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

__all__ = [
    "RETRY_SECONDS",
    "ConflictError",
    "Problems",
    "as_json",
    "in_json",
    "is_unreachable",
    "unreachable",
]

API = "/api/"
"""What lies below is answered in JSON, errors too."""
RETRY_SECONDS = 5
"""When to ask again while the database cannot be reached."""


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


def in_json(request: HttpRequest) -> bool:
    """Whether whoever asks is a program."""
    return request.path.startswith(API)


def is_unreachable(error: BaseException | None) -> bool:
    """Whether it only says that the database is away or busy: nothing has happened, and later it may go."""
    return isinstance(error, (OperationalError, InterfaceError))


def as_json(
    status: int,
    code: str,
    what: str,
    *,
    where: str = "",
    expected: str = "",
    todo: str = "",
    more: dict[str, Any] | None = None,
) -> JsonResponse:
    """A problem as RFC 9457 has it: `code` is what a program goes by, the rest is for people."""
    told = {"what": what, "where": where, "expected": expected, "todo": todo}
    body = {
        "type": f"urn:duban:problem:{code}",
        "title": what,
        "status": status,
        "detail": str(DubanError(what, where=where, expected=expected, todo=todo)),
        **{name: value for name, value in told.items() if value},
        **(more or {}),
    }
    return JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def unreachable() -> JsonResponse:
    """What a program is told while the database cannot be reached."""
    response = as_json(
        503,
        "unreachable",
        _("the database cannot be reached just now"),
        todo=_("ask again in a few seconds; with the same Idempotency-Key nothing is done twice"),
    )
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
