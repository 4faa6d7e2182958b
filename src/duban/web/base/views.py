"""Error pages and the choice of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from duban.web.access import open_to_all

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
    return render(request, "base/error.html", {"what": what, "todo": todo, "status": status}, status=status)


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
    """The page for our own mistakes. It asks nothing of the database."""
    return render(request, "base/broken.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The page for a form that did not come from ours."""
    return _error(
        request,
        403,
        _("This form has expired"),
        _("Go back, reload the page and send it again. Cookies have to be allowed."),
    )
