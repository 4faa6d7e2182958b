"""Screens on which units and posts are changed, and the lists of what passed on with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.errors import DubanError, InputError
from duban.web.access import requires
from duban.web.organisation import service as organisation
from duban.web.organisation.service import Membership, Post, Unit
from duban.web.succession import service
from duban.web.succession.forms import (
    AppointForm,
    EndForm,
    PostForm,
    RelieveForm,
    RenameForm,
    UnitForm,
)
from duban.web.succession.models import Handing

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__: list[str] = []

_SHOWN = 100


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _standing(request: HttpRequest) -> Standing:
    return cast("Standing", request.standing)  # type: ignore[attr-defined]


@requires("unit.edit")
@require_http_methods(["GET", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            unit = organisation.found(
                said["name"], said["short"], said["kind"], said["parent"], said["founded"]
            )
        except InputError as error:
            form.add_error("name", str(error))
        else:
            return redirect("organisation:unit", unit.pk)
    context = {"form": form, "heading": _("New unit"), "does": _("Add")}
    return render(request, "succession/form.html", context, status=422 if form.errors else 200)


@requires("unit.edit")
@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what is written of a unit; below it the forms by which it is renamed, merged or dissolved."""
    unit = get_object_or_404(organisation.units(), pk=pk)
    form = UnitForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("organisation:unit", pk)
    return _unit_page(request, unit, form=form)


def _unit_page(request: HttpRequest, unit: Unit, **forms: BaseForm) -> HttpResponse:
    """The page with every form on it; `forms`: those that were sent and could not be taken."""
    today = organisation.today()
    context: dict[str, Any] = {
        "unit": unit,
        "leads": service.led_by(frozenset([unit.pk])).count(),
        "form": UnitForm(instance=Unit.objects.get(pk=unit.pk)),
        "rename": RenameForm(prefix="rename", initial={"short": unit.short, "day": today}),
        "end": EndForm(unit, prefix="end", today=today),
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "succession/unit.html", context, status=422 if wrong else 200)


@requires("unit.edit")
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the unit another name from a day on; the old one stays in its history."""
    unit = get_object_or_404(organisation.units(), pk=pk)
    form = RenameForm(request.POST, prefix="rename")
    if form.is_valid():
        said = form.cleaned_data
        try:
            organisation.rename(unit, said["name"], said["short"], said["day"])
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("organisation:unit", pk)
    return _unit_page(request, unit, rename=form)


@requires("unit.edit")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge the unit into another, or dissolve it; what it leads goes over to its successor."""
    unit = get_object_or_404(organisation.units(), pk=pk)
    form = EndForm(unit, request.POST, prefix="end", today=organisation.today())
    if form.is_valid():
        said = form.cleaned_data
        try:
            handed = service.merge(
                unit,
                said["successor"],
                said["day"],
                said["reason"],
                by=_me(request),
                standing=_standing(request),
            )
        except DubanError as error:
            form.add_error(None, str(error))
        else:
            return redirect("succession:handing", handed.pk) if handed else redirect("organisation:unit", pk)
    return _unit_page(request, Unit.objects.get(pk=pk), end=form)


# --- posts ------------------------------------------------------------------------------------------------------------


@requires("unit.edit")
@require_http_methods(["GET", "POST"])
def post_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A new post of a unit."""
    unit = get_object_or_404(organisation.units(), pk=pk)
    form = PostForm(request.POST or None, instance=Post(unit=unit))
    return _post(request, form, unit, _("New post"))


@requires("unit.edit")
@require_http_methods(["GET", "POST"])
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post is called, and whom a leader is in charge of."""
    post = get_object_or_404(Post.objects.select_related("unit"), pk=pk)
    form = PostForm(request.POST or None, instance=post)
    return _post(request, form, post.unit, post.title)


def _post(request: HttpRequest, form: PostForm, unit: Unit, heading: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("organisation:unit", unit.pk)
    context = {"form": form, "heading": heading, "unit": unit, "does": _("Save")}
    return render(request, "succession/form.html", context, status=422 if form.errors else 200)


@requires("unit.edit")
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a post to somebody. What it answers for is shown before, and passes on with it."""
    post = get_object_or_404(Post.objects.select_related("unit"), pk=pk)
    form = AppointForm(request.POST or None, initial={"since": organisation.today(), "alone": True})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            organisation.appoint(post, said["user"], said["since"], alone=said["alone"], by=_me(request))
        except DubanError as error:
            form.add_error(None, str(error))
        else:
            return _handed_over(request, post, said["user"])
    sees = _standing(request).may_everywhere("task.see")
    answers = service.answers_for(post).order_by("due", "key")
    context = {
        "form": form,
        "post": post,
        "holders": organisation.holders_of(post.pk),
        "count": answers.count(),
        "cases": answers.select_related("lead").defer("state", "lights")[:_SHOWN] if sees else [],
    }
    return render(request, "succession/appoint.html", context, status=422 if form.errors else 200)


def _handed_over(request: HttpRequest, post: Post, user: User) -> HttpResponse:
    """On to the list of what passed on, if there was anything, and it may be seen."""
    handed = Handing.objects.filter(post=post, to_user=user).first()
    messages.success(request, _("%(name)s holds the post.") % {"name": user.name})
    if handed is None:
        return redirect("organisation:unit", post.unit_id)
    count = len(handed.items)
    messages.success(
        request,
        ngettext("%(count)d task was handed over.", "%(count)d tasks were handed over.", count)
        % {"count": count},
    )
    if _standing(request).may("task.see"):
        return redirect("succession:handing", handed.pk)
    return redirect("organisation:unit", post.unit_id)


@requires("unit.edit")
@require_http_methods(["GET", "POST"])
def relieve(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's holding of a post. Until it is given to somebody else, nobody answers in it."""
    held = get_object_or_404(
        Membership.objects.filter(until=None).select_related("post__unit", "user"), pk=pk
    )
    form = RelieveForm(request.POST or None, initial={"day": organisation.today()})
    if request.method == "POST" and form.is_valid():
        try:
            organisation.relieve(held, form.cleaned_data["day"])
        except InputError as error:
            form.add_error("day", str(error))
        else:
            count = service.answers_for(held.post).count()
            if count:
                messages.warning(
                    request,
                    ngettext(
                        "%(count)d open task waits for whoever holds the post next.",
                        "%(count)d open tasks wait for whoever holds the post next.",
                        count,
                    )
                    % {"count": count},
                )
            return redirect("organisation:unit", held.post.unit_id)
    context = {
        "form": form,
        "heading": _("%(name)s no longer holds: %(post)s") % {"name": held.user.name, "post": held.post},
        "unit": held.post.unit,
        "does": _("Relieve"),
    }
    return render(request, "succession/form.html", context, status=422 if form.errors else 200)


# --- what passed on ---------------------------------------------------------------------------------------------------


def _theirs(request: HttpRequest) -> QuerySet[Handing]:
    """The lists that somebody may see: all, or those of a unit of theirs."""
    found = Handing.objects.select_related("unit", "post__unit", "successor", "from_user", "to_user", "by")
    standing = _standing(request)
    if standing.may_everywhere("task.see"):
        return found
    own = standing.units("task.see")
    return found.filter(Q(unit__in=own) | Q(successor__in=own))


@requires("task.see")
@require_GET
def handing_list(request: HttpRequest) -> HttpResponse:
    """Every list of what was handed over, the latest first."""
    page = Paginator(_theirs(request), 50).get_page(request.GET.get("page"))
    return render(request, "succession/handings.html", {"page": page})


@requires("task.see")
@require_GET
def handing(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed over, to be printed and signed by the two."""
    return render(request, "succession/handing.html", {"handing": get_object_or_404(_theirs(request), pk=pk)})
