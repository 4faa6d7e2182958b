"""Whatever goes wrong on the way to an answer, as a problem that says what, where, what was expected, and what to do."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from duban.errors import DubanError
from duban.supervision import Event
from duban.web.api.caller import ScopeError
from duban.web.base.problems import ConflictError, as_json, unreachable
from duban.web.cases.service import RefusedError
from duban.web.tokens.service import TooManyError

__all__ = ["MeanwhileError", "handle"]


class MeanwhileError(ConflictError):
    """A conflict with what has happened meanwhile."""

    def __init__(self, error: ConflictError, since: Sequence[Event]) -> None:
        super().__init__(error.what, where=error.where, expected=error.expected, todo=error.todo)
        self.since = since


def handle(api: NinjaAPI) -> None:
    """Let the API answer its errors this way. What nobody foresaw is left to Django, which logs it."""
    handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
        DubanError: _duban,
        ValidationError: _invalid,
        AuthenticationError: _unknown,
        HttpError: _unreadable,
        PermissionDenied: _forbidden,
        Http404: _not_there,
        OperationalError: _away,
        InterfaceError: _away,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


_STATUS: dict[type[DubanError], tuple[int, str]] = {
    ConflictError: (409, "conflict"),
    ScopeError: (403, "scope"),
    TooManyError: (429, "too-many"),
    RefusedError: (422, "refused"),
    DubanError: (422, "input"),
}


def _duban(_request: HttpRequest, error: DubanError) -> HttpResponse:
    status, code = next(found for kind, found in _STATUS.items() if isinstance(error, kind))
    more: dict[str, Any] = {}
    if isinstance(error, MeanwhileError):
        more["meanwhile"] = [
            {
                "seq": event.seq,
                "act": event.act.value,
                "at": event.at.isoformat(),
                "person": event.actor.person,
                "unit": event.actor.unit,
            }
            for event in error.since
        ]
    response = as_json(
        status, code, error.what, where=error.where, expected=error.expected, todo=error.todo, more=more
    )
    if isinstance(error, TooManyError):
        response["Retry-After"] = str(error.wait)
    return response


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not fit the schema, each thing with where it stands."""
    issues = [
        {"where": ".".join(str(part) for part in issue["loc"]), "what": issue["msg"]}
        for issue in error.errors
    ]
    return as_json(
        422,
        "invalid",
        _("what was sent does not fit"),
        where=issues[0]["where"] if issues else "",
        expected=issues[0]["what"] if issues else "",
        todo=_("see /api/v1/docs"),
        more={"issues": issues},
    )


def _unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    response = as_json(
        401,
        "unauthenticated",
        _("there is no token that opens this, or it has ended"),
        expected="Authorization: Bearer duban_…",
        todo=_("make one under My account, API tokens"),
    )
    response["WWW-Authenticate"] = "Bearer"
    return response


def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return as_json(
        error.status_code,
        "bad-request",
        _("the request cannot be read"),
        expected=_("JSON in UTF-8, without NUL characters"),
    )


def _forbidden(_request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return as_json(
        403,
        "forbidden",
        _("the posts behind the token do not allow this"),
        where=str(error),
        todo=_("GET /whoami says what they allow"),
    )


def _not_there(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return as_json(404, "not-found", _("there is no such thing, or it is not yours to see"))


def _away(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return unreachable()
