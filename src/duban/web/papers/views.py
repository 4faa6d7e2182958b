"""Screens of papers: what can be made, a circular before it is made, templates, progress by workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.errors import InputError
from duban.web.access import requires
from duban.web.files import service as files
from duban.web.papers import service
from duban.web.papers.forms import CircularForm, PeriodForm, ProgressForm, TemplateForm
from duban.web.papers.models import ProgressBook
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__: list[str] = []


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _standing(request: HttpRequest) -> Standing:
    return cast("Standing", request.standing)  # type: ignore[attr-defined]


# --- papers of all tasks ----------------------------------------------------------------------------------------------


@requires("paper.make")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What papers can be made, and whose templates they are made from."""
    found = (
        reports.Report.objects.defer("document", "text").filter(commitments__case__isnull=False).distinct()
    )
    context = {
        "reports": found[:20],
        "period": PeriodForm(initial=PeriodForm.this_month()),
        "templates": [(paper, name, service.in_use(paper)) for paper, name in service.PAPERS.items()],
    }
    return render(request, "papers/home.html", context)


@requires("paper.make")
@require_GET
def breakdown(request: HttpRequest, pk: int, ending: str) -> HttpResponse:  # noqa: ARG001
    """重点任务分解表 of a report."""
    report = get_object_or_404(reports.Report.objects.defer("document", "text"), pk=pk)
    return service.download(*service.breakdown(report, ending), ending)


@requires("paper.make")
@never_cache
@require_http_methods(["GET", "POST"])
def circular(request: HttpRequest) -> HttpResponse:
    """What a circular of a period would say; sent, it is made."""
    if request.method == "POST":
        form = CircularForm(request.POST)
        period: PeriodForm = form
    else:
        period = PeriodForm({**PeriodForm.this_month(), **request.GET.dict()})
    if not period.is_valid() and ({"since", "until"} & period.errors.keys()):
        return render(request, "papers/circular.html", {"form": period}, status=422)
    found = service.circular(period.cleaned_data["since"], period.cleaned_data["until"])
    if request.method == "POST":
        if form.is_valid():
            ending = "xlsx" if "xlsx" in request.POST else "docx"
            return service.download(*service.circular_paper(found, form.text(), ending), ending)
        return render(request, "papers/circular.html", {"form": form, "found": found}, status=422)
    return render(request, "papers/circular.html", {"form": CircularForm.suggested(found), "found": found})


# --- templates --------------------------------------------------------------------------------------------------------


@requires("paper.make")
@require_GET
def template_file(request: HttpRequest, paper: str) -> HttpResponse:
    """The template in use, or (`?original`) ours, to start from."""
    if paper not in service.PAPERS:
        raise Http404(paper)
    own = None if "original" in request.GET else service.in_use(paper)
    if own is not None:
        return cast("HttpResponse", files.download(own.file))
    return service.download(service.original(paper), f"{paper}-template", "docx")


@requires("paper.template")
@require_http_methods(["GET", "POST"])
def template_new(request: HttpRequest) -> HttpResponse:
    """Bring a template; one that is not found good is not kept."""
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            service.bring_template(upload, upload.name, form.cleaned_data["paper"], by=_me(request))
        except InputError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("The template was found good and is used from now on."))
            return redirect("papers:home")
    return render(request, "papers/template.html", {"form": form}, status=422 if form.errors else 200)


@requires("paper.template")
@require_POST
def template_aside(request: HttpRequest, paper: str) -> HttpResponse:
    """Use our template again."""
    service.put_aside(paper)
    messages.success(request, _("The template that comes with Duban is used again."))
    return redirect("papers:home")


# --- progress by workbook ---------------------------------------------------------------------------------------------


@requires("progress.exchange")
@require_http_methods(["GET", "POST"])
def progress_new(request: HttpRequest) -> HttpResponse:
    """Bring a workbook that was filled in; nothing is reported before its check was seen."""
    form = ProgressForm(request.POST, request.FILES) if request.method == "POST" else ProgressForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            brought = service.bring_progress(upload, upload.name, by=_me(request))
        except InputError as error:
            form.add_error("file", str(error))
        else:
            return redirect("papers:progress-check", brought.pk)
    context = {"form": form, "count": service.mine(_standing(request)).count()}
    return render(request, "papers/progress.html", context, status=422 if form.errors else 200)


@requires("progress.exchange")
@require_GET
def progress_file(request: HttpRequest) -> HttpResponse:
    """The workbook of the tasks of one's unit, to be filled in."""
    return service.download(*service.progress_workbook(_standing(request)), "xlsx")


@requires("progress.exchange")
@never_cache
@require_http_methods(["GET", "POST"])
def progress_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What a workbook would report and what is wrong with it; sent, it is reported."""
    brought = get_object_or_404(ProgressBook.objects.select_related("file"), pk=pk, by=_me(request))
    me, standing = _me(request), _standing(request)
    if request.method == "POST":
        expected = request.POST.get("ready", "")
        number = int(expected) if expected.isascii() and expected.isdigit() else 0
        done = service.apply_progress(brought, number, by=me, standing=standing).count
        messages.success(
            request, ngettext("%(count)d report made.", "%(count)d reports made.", done) % {"count": done}
        )
        return redirect("papers:progress-check", pk)
    entries = service.foresee(brought, by=me, standing=standing)
    ready = sum(entry.outcome is service.Outcome.READY for entry in entries)
    context = {"book": brought, "entries": entries, "ready": ready, "others": len(entries) - ready}
    return render(request, "papers/check.html", context)
