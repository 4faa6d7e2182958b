"""Screens of webhooks: one's own, and how each one's deliveries went."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.errors import InputError
from duban.supervision import label
from duban.web.access import requires
from duban.web.base.language import lang
from duban.web.webhooks import service
from duban.web.webhooks.forms import SubscriptionForm
from duban.web.webhooks.models import Delivery, Subscription

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__: list[str] = []

ROWS = 50


def _own(request: HttpRequest, pk: int) -> Subscription:
    return get_object_or_404(service.subscriptions(cast("User", request.user)), pk=pk)


@requires("webhook.manage")
@require_http_methods(["GET", "POST"])
def subscription_list(request: HttpRequest) -> HttpResponse:
    """One's webhooks, and a form for another."""
    user = cast("User", request.user)
    standing: Standing = request.standing  # type: ignore[attr-defined]
    form = SubscriptionForm(standing, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.subscribe(form.wanted(), by=user, standing=standing)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            response = render(request, "webhooks/new.html", {"subscription": made})
            response["Cache-Control"] = "no-store"
            return response
    context = {"form": form, "subscriptions": service.subscriptions(user)}
    return render(request, "webhooks/list.html", context, status=422 if form.errors else 200)


@requires("webhook.manage")
@require_GET
def subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook with its deliveries, the latest first."""
    found = _own(request, pk)
    deliveries = found.deliveries.select_related("case").prefetch_related("attempts")
    context = {
        "subscription": found,
        "acts": [label("act", act, lang()) for act in found.acts],
        "page": Paginator(deliveries, ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "webhooks/subscription.html", context)


@requires("webhook.manage")
@require_POST
def active(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it or take it up again."""
    found = _own(request, pk)
    found.active, found.why_stopped = not found.active, ""
    found.save(update_fields=["active", "why_stopped"])
    return redirect("webhooks:subscription", pk)


@requires("webhook.manage")
@require_POST
def ping(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it a trial."""
    service.ping(_own(request, pk))
    messages.success(request, _("A trial is on its way; reload the page in a moment."))
    return redirect("webhooks:subscription", pk)


@requires("webhook.manage")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it be told no more."""
    service.remove(_own(request, pk))
    messages.success(request, _("The webhook is gone."))
    return redirect("webhooks:list")


@requires("webhook.manage")
@require_POST
def again(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """Send a message once more."""
    service.again(get_object_or_404(Delivery, subscription=_own(request, pk), pk=delivery))
    messages.success(request, _("It is sent once more, under the same id."))
    return redirect("webhooks:subscription", pk)
