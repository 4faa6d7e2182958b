"""Screens of notices: the list, the settings, and the calendar that a program fetches."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from duban.web.access import open_to_all, signed_in
from duban.web.notices import service
from duban.web.notices.forms import WishesForm
from duban.web.notices.words import sentence

if TYPE_CHECKING:
    from django.http import HttpRequest

    from duban.web.accounts.service import User

__all__: list[str] = []


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


@signed_in
@never_cache
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """What one was told, the latest first."""
    unread = "unread" in request.GET
    found = service.told(_me(request))
    page = Paginator(found.filter(read=None) if unread else found, 40).get_page(request.GET.get("page"))
    rows = [(one, sentence(one)) for one in page.object_list]
    return render(request, "notices/list.html", {"page": page, "rows": rows, "only_unread": unread})


@signed_in
@never_cache
@require_GET
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """To what a notice is about; it has been looked at then."""
    notice = get_object_or_404(service.told(_me(request)), pk=pk)
    service.mark_read(_me(request), [pk])
    return redirect("cases:case", notice.case.key)


_DIGITS = 18
"""No number of a row is as long."""


@signed_in
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """All, or those named, were looked at."""
    named = [
        int(pk)
        for pk in request.POST.getlist("notice")
        if pk.isascii() and pk.isdigit() and len(pk) < _DIGITS
    ]
    service.mark_read(_me(request), named or None)
    return redirect("notices:list")


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    """What one wishes to be told, and how; the address of one's calendar."""
    own = service.wishes_of(_me(request))
    form = WishesForm(own, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("notices:settings")
    status = 422 if form.errors else 200
    return render(request, "notices/settings.html", {"form": form, "wishes": own}, status=status)


@signed_in
@never_cache
@require_POST
def feed_new(request: HttpRequest) -> HttpResponse:
    """A new address for one's calendar, shown once."""
    secret = service.make_feed(_me(request))
    address = request.build_absolute_uri(reverse("notices:feed", args=[secret]))
    return render(request, "notices/feed.html", {"address": address})


@signed_in
@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """Take the address back."""
    service.revoke_feed(_me(request))
    messages.success(request, _("The calendar's address leads nowhere any more."))
    return redirect("notices:settings")


@open_to_all
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The deadlines of whoever made the secret, for a program that cannot sign in."""
    with override(request.GET.get("lang") if request.GET.get("lang") in {"en", "zh-hans"} else "zh-hans"):
        found = service.calendar_of(
            secret, host=request.get_host().partition(":")[0], address=request.build_absolute_uri("/")[:-1]
        )
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="duban.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    return response
