"""Screens of tokens: one's own, and everybody's for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from duban.errors import InputError
from duban.web.access import requires
from duban.web.tokens import service
from duban.web.tokens.forms import ServiceTokenForm, TokenForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__: list[str] = []

ROWS = 50


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


@requires("token.use")
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and a form for another."""
    standing: Standing = request.standing  # type: ignore[attr-defined]
    form = TokenForm(service.offered(standing), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.make(
                _me(request),
                name=form.cleaned_data["name"],
                scopes_=form.cleaned_data["scopes"],
                days=form.cleaned_data["days"],
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return _shown_once(request, made)
    context = {"form": form, "tokens": service.own_tokens(_me(request))[:ROWS]}
    return render(request, "tokens/own.html", context, status=422 if form.errors else 200)


@requires("token.use")
@require_POST
def revoke_own(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own."""
    service.revoke(get_object_or_404(service.own_tokens(_me(request)), pk=pk), by=_me(request))
    messages.success(request, _("The token opens nothing any more."))
    return redirect("tokens:own")


@requires("token.manage")
@require_http_methods(["GET", "POST"])
def everybody(request: HttpRequest) -> HttpResponse:
    """Everybody's tokens, and a form for one of a service."""
    form = ServiceTokenForm(service.scopes().values(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.make_for_service(
                form.cleaned_data["post"],
                name=form.cleaned_data["name"],
                scopes_=form.cleaned_data["scopes"],
                days=form.cleaned_data["days"],
                by=_me(request),
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return _shown_once(request, made)
    page = Paginator(service.all_tokens(), ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "tokens/all.html", context, status=422 if form.errors else 200)


@requires("token.manage")
@require_POST
def revoke_any(request: HttpRequest, pk: int) -> HttpResponse:
    """End anybody's."""
    service.revoke(get_object_or_404(service.all_tokens(), pk=pk), by=_me(request))
    messages.success(request, _("The token opens nothing any more."))
    return redirect("tokens:all")


def _shown_once(request: HttpRequest, made: service.NewToken) -> HttpResponse:
    response = render(request, "tokens/new.html", {"made": made})
    response["Cache-Control"] = "no-store"
    return response
