"""Screens of units, posts and who holds them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from duban.errors import InputError
from duban.web.access import requires
from duban.web.files import service as files
from duban.web.organisation import roster, service
from duban.web.organisation.forms import RosterForm
from duban.web.organisation.models import Roster, Unit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from duban.web.accounts.service import User

__all__: list[str] = []


@requires("unit.see")
@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """The units there are, with how many posts are held."""
    held = Q(posts__memberships__until=None) & Q(posts__memberships__isnull=False)
    units = service.units().annotate(
        post_count=Count("posts", distinct=True), held_count=Count("posts", filter=held, distinct=True)
    )
    return render(request, "organisation/list.html", {"units": units})


@requires("unit.see")
@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit: its posts, and everybody who ever held one."""
    found = get_object_or_404(Unit.objects.select_related("parent", "successor"), pk=pk)
    posts = found.posts.prefetch_related("memberships__user", "charge")
    return render(
        request, "organisation/unit.html", {"unit": found, "posts": posts, "today": service.today()}
    )


@requires("unit.edit")
@require_http_methods(["GET", "POST"])
def roster_new(request: HttpRequest) -> HttpResponse:
    """Bring a workbook; nothing is changed before its check was seen."""
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                stored = files.keep(upload, upload.name, purpose="roster", by=cast("User", request.user))
                roster.read_rows(files.path_of(stored))
                brought = Roster.objects.create(file=stored, by=cast("User", request.user))
        except InputError as error:
            form.add_error("file", str(error))
        else:
            return redirect("organisation:roster", brought.pk)
    return render(request, "organisation/import.html", {"form": form}, status=422 if form.errors else 200)


@requires("unit.edit")
@require_GET
def roster_template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """An empty workbook to fill in."""
    stream = io.BytesIO()
    roster.template(stream)
    response = HttpResponse(
        stream.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = 'attachment; filename="units.xlsx"'
    return response


@requires("unit.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def roster_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What a workbook would change and what is wrong with it; sent, it is taken over."""
    brought = get_object_or_404(Roster, pk=pk)
    path = files.path_of(brought.file)
    if request.method == "POST":
        with transaction.atomic():
            locked = Roster.objects.select_for_update().get(pk=pk)
            if locked.applied:
                raise InputError(_("This workbook was taken over already"), where=brought.file.name)
            new = roster.apply(path, cast("User", request.user))
            locked.applied = timezone.now()
            locked.save(update_fields=["applied"])
        messages.success(request, _("The workbook was taken over."))
        return (
            render(request, "organisation/applied.html", {"accounts": new})
            if new
            else redirect("organisation:list")
        )
    return render(request, "organisation/check.html", {"roster": brought, "check": roster.check(path)})
