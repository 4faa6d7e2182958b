"""Screens of what does not come from a report: taking it in, deciding on it, routing it, and its lists with their rates."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.errors import InputError
from duban.supervision import Condition
from duban.web.access import requires
from duban.web.base.tags import work_type_name
from duban.web.cases import service as cases
from duban.web.files import service as files
from duban.web.intake import batch as batches
from duban.web.intake import service
from duban.web.intake.forms import BatchForm, DeclineForm, IntakeForm, RegisterForm
from duban.web.intake.models import Batch, Submission, SubmissionFile
from duban.web.intake.words import CONDITIONS
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from duban.web.access import Standing
    from duban.web.accounts.service import User
    from duban.web.cases.service import Case

__all__: list[str] = []

ROWS = 30
_PILES = {
    cases.Pile.TO_SIGN.value: gettext_lazy("To sign for"),
    cases.Pile.UNDER_WAY.value: gettext_lazy("Under way"),
    cases.Pile.DUE_SOON.value: gettext_lazy("Due within two weeks"),
    cases.Pile.LATE.value: gettext_lazy("Late"),
    cases.Pile.CLAIMED.value: gettext_lazy("To be checked"),
    cases.Pile.ASKED.value: gettext_lazy("To be decided"),
}
_FILTERS = {
    "unrouted": (gettext_lazy("Without a unit"), Q(stage__in=("registered", "accepted", "planned"))),
    "following": (gettext_lazy("Promised, to be followed"), Q(stage="closed", state__following=True)),
}


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _standing(request: HttpRequest) -> Standing:
    return cast("Standing", request.standing)  # type: ignore[attr-defined]


# --- lists ------------------------------------------------------------------------------------------------------------


@requires("task.see")
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What there is of each sort; for the office, what waits to be looked at and to be handed over."""
    visible = cases.visible(_standing(request)).filter(work_type__in=service.KINDS_OF_WORK)
    late = Count("pk", filter=Q(due__lte=timezone.now()))
    ended = Q(stage__in=("closed", "archived", "declined", "withdrawn"))
    counted = {
        one["work_type"]: one
        for one in visible.order_by()
        .values("work_type")
        .annotate(open=Count("pk", filter=~ended), late=late, all=Count("pk"))
    }
    waiting = Submission.objects.filter(state=Submission.State.WAITING).order_by("received")
    office = _standing(request).may("appeal.register")
    context = {
        "sorts": [(name, counted.get(name)) for name in service.KINDS_OF_WORK],
        "page": Paginator(waiting, ROWS).get_page(request.GET.get("page")) if office else None,
        "unrouted": cases.unrouted().count() if office else 0,
        "opinions": service.opinions_awaited(_standing(request)).defer("lights", "state")[:ROWS],
    }
    return render(request, "intake/overview.html", context)


@requires("task.see")
@require_GET
def case_list(request: HttpRequest, work_type: str) -> HttpResponse:
    """The cases of a sort that are one's own to see, and the year's rates over them."""
    visible = cases.visible(_standing(request)).filter(work_type=work_type).select_related("submission")
    year = _year(request)
    chosen, words = request.GET.get("pile", ""), request.GET.get("q", "").replace("\0", "").strip()[:100]
    shown = visible.defer("lights", "state").order_by("due", "key")
    if chosen in _PILES:
        shown = cases.pile(shown, cases.Pile(chosen))
    elif chosen in _FILTERS:
        shown = shown.filter(_FILTERS[chosen][1])
    if words:
        shown = shown.filter(
            Q(title__icontains=words)
            | Q(key=words)
            | Q(pk__in=Submission.objects.filter(number=words).values("case"))
        )
    context = {
        "work_type": work_type,
        "sorts": service.KINDS_OF_WORK,
        "page": Paginator(shown, 50).get_page(request.GET.get("page")),
        "piles": [*_PILES.items(), *((name, label) for name, (label, _which) in _FILTERS.items())],
        "pile": chosen,
        "words": words,
        "year": year,
        "rates": _rates(work_type, visible.filter(registered__year=year)),
        "open_names": work_type in {"proposal", "instruction", "inspection"},
    }
    return render(request, "intake/list.html", context)


def _year(request: HttpRequest) -> int:
    year = request.GET.get("year", "")
    now = timezone.localdate().year
    return int(year) if year.isascii() and year.isdigit() and 2000 <= int(year) <= now else now


def _rates(work_type: str, of: Any) -> list[dict[str, Any]]:
    return [
        {
            "rate": rate,
            "counts": CONDITIONS[Condition(rate.condition)],
            "among": CONDITIONS[Condition(rate.among)],
        }
        for rate in cases.rates(work_type, of)
    ]


# --- taking in and deciding -------------------------------------------------------------------------------------------


@requires("appeal.register")
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, work_type: str) -> HttpResponse:
    """Type in what was received; then it is looked at and decided on."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = IntakeForm(work_type, *given)
    if given and form.is_valid():
        uploads = [(upload, upload.name) for upload in form.cleaned_data["papers"]]
        try:
            submission = service.take_in(form.given(), uploads, by=_me(request))
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return redirect("intake:submission", submission.pk)
    context = {"form": form, "work_type": work_type, "sorts": service.KINDS_OF_WORK}
    return render(request, "intake/new.html", context, status=422 if form.errors else 200)


@requires("appeal.register")
@never_cache
@require_GET
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """What was received, what it may be the same as, and the decision."""
    found = get_object_or_404(Submission.objects.select_related("case"), pk=pk)
    return _submission_page(request, found)


def _submission_page(
    request: HttpRequest, found: Submission, form: RegisterForm | DeclineForm | None = None, **more: Any
) -> HttpResponse:
    waits = found.state == Submission.State.WAITING
    context = {
        "submission": found,
        "similar": service.similar(found) if waits else [],
        "register_form": form if isinstance(form, RegisterForm) else RegisterForm(found),
        "decline_form": form if isinstance(form, DeclineForm) else DeclineForm(),
        "declines": found.work_type not in service.ALWAYS_REGISTERED,
        "files": found.files.select_related("file"),
        **more,
    }
    return render(request, "intake/submission.html", context, status=422 if form else 200)


@requires("appeal.register")
@require_GET
def submission_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:  # noqa: ARG001
    """A file that came with it."""
    kept = get_object_or_404(SubmissionFile.objects.select_related("file"), submission=pk, file=file)
    return cast("HttpResponse", files.download(kept.file))


@requires("appeal.register")
@require_POST
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a case of it."""
    found = get_object_or_404(Submission, pk=pk)
    form = RegisterForm(found, request.POST)
    if not form.is_valid():
        return _submission_page(request, found, form)
    case = service.register(
        pk,
        title=form.cleaned_data["title"],
        kind=form.cleaned_data.get("kind", ""),
        by=_me(request),
        standing=_standing(request),
    )
    messages.success(request, _("Registered as %(key)s.") % {"key": case.key})
    return redirect("cases:case", case.key)


@requires("appeal.register")
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it no further, with a reason."""
    found = get_object_or_404(Submission, pk=pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _submission_page(request, found, form)
    service.decline(pk, reason=form.cleaned_data["reason"], by=_me(request))
    messages.success(request, _("Declined; whoever asked is told the reason."))
    return redirect("intake:overview")


@requires("appeal.register")
@never_cache
@require_POST
def give_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A code for whoever asked: shown once, to be handed on with the receipt number."""
    found = get_object_or_404(Submission.objects.select_related("case"), pk=pk)
    return _submission_page(request, found, code=service.new_code(found).code)


# --- routing ----------------------------------------------------------------------------------------------------------


@requires("task.hand_over")
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """What no unit has yet, each with the units that its words speak for; those that are picked are handed over."""
    failed: dict[int, str] = {}
    one = request.GET.get("case", "")
    if request.method == "POST":
        outcome = cases.send(cases.picked(request.POST), request.POST, partial(_route, request))
        failed = outcome.failed
        if outcome.done:
            told = ngettext("%(count)d case handed over.", "%(count)d cases handed over.", outcome.done)
            messages.success(request, told % {"count": outcome.done})
        if outcome.done and not failed:
            return redirect("cases:case", one) if one else redirect("intake:hand-over")
    waiting = cases.unrouted().select_related("submission", "lead").prefetch_related("co")
    if one:
        waiting = waiting.filter(key=one)
    page = Paginator(waiting, ROWS).get_page(request.GET.get("page"))
    rows = _rows(page.object_list)
    cases.fill(rows, request.POST, failed)
    context = {"page": page, "rows": rows, "units": organisation.units()}
    return render(request, "intake/hand_over.html", context, status=422 if failed else 200)


def _route(request: HttpRequest, pk: int, route: cases.Route) -> Case:
    return cases.routed(pk, route, by=_me(request), standing=_standing(request))


def _rows(waiting: Iterable[Case]) -> list[cases.Row]:
    units = list(organisation.units())
    return [_row(case, service.suggested(case, units)) for case in waiting]


def _row(case: Case, suggested: list[organisation.SuggestedUnit]) -> cases.Row:
    """What was planned before goes before what its words speak for."""
    lead = case.lead or (suggested[0].unit if suggested else None)
    submission = getattr(case, "submission", None)
    return cases.Row(
        pk=case.pk,
        text=case.title,
        key=case.key,
        url=reverse("cases:case", args=[case.key]),
        badges=[submission.number] if submission and submission.number else [],
        sort=work_type_name(case.work_type),
        suggestions=suggested,
        lead=lead.name if lead else "",
        co="、".join(unit.name for unit in case.co.all()),
        result=case.state.get("result_form", "") or _("answer in writing"),
        due=case.state.get("due") or "",
    )


# --- a workbook of proposals ------------------------------------------------------------------------------------------


@requires("appeal.register")
@require_http_methods(["GET", "POST"])
def batch_new(request: HttpRequest) -> HttpResponse:
    """Bring a workbook of proposals; nothing is registered before its check was seen."""
    form = BatchForm(request.POST, request.FILES) if request.method == "POST" else BatchForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            brought = batches.bring(
                given["file"],
                given["file"].name,
                session=given["session"],
                received=given["received"],
                by=_me(request),
            )
        except InputError as error:
            form.add_error("file", str(error))
        else:
            return redirect("intake:batch", brought.pk)
    return render(request, "intake/batch_new.html", {"form": form}, status=422 if form.errors else 200)


@requires("appeal.register")
@require_GET
def batch_template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """An empty workbook to fill in."""
    stream = io.BytesIO()
    batches.template(stream)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(stream.getvalue(), content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="proposals.xlsx"'
    return response


@requires("appeal.register")
@never_cache
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What a workbook would register and what is wrong with it; sent, it is registered."""
    brought = get_object_or_404(Batch.objects.select_related("file"), pk=pk)
    if request.method == "POST":
        count = batches.take_over(pk, by=_me(request), standing=_standing(request))
        told = ngettext("%(count)d proposal registered.", "%(count)d proposals registered.", count)
        messages.success(request, told % {"count": count})
        return redirect("intake:hand-over")
    return render(request, "intake/batch.html", {"batch": brought, "check": batches.checked(brought)})
