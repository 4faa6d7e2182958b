"""Error pages and the choice of a language."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from duban.web.access import open_to_all
from duban.web.base.problems import RETRY_SECONDS, as_json, in_json, is_unreachable, unreachable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["bad_request", "csrf_failure", "forbidden", "language", "not_found", "safe_next", "server_error"]


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen in a cookie, and go back."""
    response: HttpResponse = django_set_language(request)
    return response


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The address asked to go on to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and urlsplit(wanted).path.startswith("/") else otherwise


def _error(request: HttpRequest, status: int, what: str, todo: str) -> HttpResponse:
    if in_json(request):
        return as_json(status, _CODES[status], what, todo=todo)
    return render(request, "base/error.html", {"what": what, "todo": todo, "status": status}, status=status)


_CODES = {400: "bad-request", 403: "forbidden", 404: "not-found"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The page for what cannot be understood."""
    return _error(request, 400, _("The request could not be understood"), _("Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The page for what is not theirs."""
    return _error(
        request,
        403,
        _("Your posts do not allow this"),
        _("If it should be yours, ask the supervision office which post you hold."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The page for what is not there, or not for them to know of."""
    return _error(request, 404, _("There is no such page"), _("Go back, or start from the home page."))


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for our own mistakes, and for a database that is away. It asks nothing of the database."""
    if is_unreachable(sys.exc_info()[1]):
        return _away(request)
    if in_json(request):
        return as_json(
            500, "broken", _("Something is broken here"), todo=_("Tell whoever runs this installation.")
        )
    return render(request, "base/broken.html", status=500)


def _away(request: HttpRequest) -> HttpResponse:
    if in_json(request):
        return unreachable()
    response = render(request, "base/away.html", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The page for a form that did not come from ours."""
    return _error(
        request,
        403,
        _("This form has expired"),
        _("Go back, reload the page and send it again. Cookies have to be allowed."),
    )
