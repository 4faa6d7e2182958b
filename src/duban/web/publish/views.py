"""Screens of publishing for the office, and the public page with its data."""

from __future__ import annotations

import csv
import io
import json
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import conditional_page, require_GET, require_http_methods, require_POST

from duban.web.access import open_to_all, requires
from duban.web.cases import service as cases
from duban.web.publish import service
from duban.web.publish.forms import PublishForm
from duban.web.publish.service import Item, Show, Status
from duban.web.publish.words import COLOURS, PARTS, STATUSES
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from duban.web.accounts.service import User

__all__: list[str] = []

ROWS = 50
SECONDS = 300
"""How long anybody may keep a public page before asking again."""


# --- choosing ---------------------------------------------------------------------------------------------------------


@requires("task.publish")
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The tasks by report and section, with what is public of each; many are published or withdrawn at once."""
    if request.method == "POST":
        _choose_many(request)
        return redirect(request.get_full_path())
    found, report, section = _filtered(request)
    sections = _sections(report) if report else []
    context = {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "reports": reports.Report.objects.only("pk", "title"),
        "report": report,
        "sections": sections,
        "section": section,
        "state": request.GET.get("state", ""),
        "parts": [(part.value, PARTS[part]) for part in service.PLAIN],
        "is_on": settings.ENVIRONMENT.public_page,
        "public": service.Publication.objects.filter(is_open=True).count(),
    }
    return render(request, "publish/list.html", context)


def _filtered(request: HttpRequest) -> tuple[Any, reports.Report | None, int | None]:
    found = service.publishable().select_related("lead", "publication", "commitment")
    number, at = request.GET.get("report", ""), request.GET.get("section", "")
    report = None
    if number.isascii() and number.isdigit():
        report = get_object_or_404(reports.Report.objects.defer("text"), pk=int(number))
        found = found.filter(commitment__report=report)
    elif number == "none":
        found = found.filter(commitment=None)
    section = int(at) if report and at.isascii() and at.isdigit() and len(at) < 6 else None
    if section is not None:
        found = found.filter(commitment__section=section)
    state = request.GET.get("state", "")
    if state == "public":
        found = found.filter(publication__is_open=True)
    elif state == "not":
        found = found.exclude(publication__is_open=True)
    return (
        found.defer("lights", "state").order_by(*(("commitment__start",) if report else ()), "pk"),
        report,
        section,
    )


def _sections(report: reports.Report) -> list[tuple[int, str]]:
    """The sections of a report that tasks came from."""
    numbers = (
        service.publishable()
        .filter(commitment__report=report)
        .order_by("commitment__section")
        .values_list("commitment__section", flat=True)
        .distinct()
    )
    return [(number, " / ".join(reports.section_path(report, number)) or "—") for number in numbers]


def _choose_many(request: HttpRequest) -> None:
    """Publish or withdraw those that are ticked, or all that the filter leaves."""
    by = cast("User", request.user)
    whole = request.POST.get("whole") == "on"
    picked = list(_filtered(request)[0].values_list("pk", flat=True)) if whole else cases.picked(request.POST)
    if request.POST.get("do") == "withdraw":
        count = service.withdraw(picked, by=by)
        told = ngettext("%(count)d task is no longer public.", "%(count)d tasks are no longer public.", count)
    else:
        known = {part.value for part in Show}
        parts = [Show(part) for part in request.POST.getlist("parts") if part in known]
        count = service.publish_many(picked, parts, by=by)
        told = ngettext("%(count)d task is public.", "%(count)d tasks are public.", count)
    messages.success(request, told % {"count": count})


@requires("task.publish")
@require_POST
def choose_one(request: HttpRequest, key: str) -> HttpResponse:
    """Publish what was chosen of a case, or take it from the public page."""
    case = get_object_or_404(service.publishable(), key=key)
    by = cast("User", request.user)
    if request.POST.get("do") == "withdraw":
        service.withdraw([case.pk], by=by)
        messages.success(request, _("It is no longer public."))
        return redirect("cases:case", key)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return render(request, "publish/wrong.html", {"case": case, "form": form}, status=422)
    service.publish(case.pk, form.chosen(), by=by)
    messages.success(request, _("It is public."))
    return redirect("cases:case", key)


# --- the public page --------------------------------------------------------------------------------------------------


def _public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """There only if the city has turned it on; the same for everybody, kept by whoever likes for some minutes."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.ENVIRONMENT.public_page:
            raise Http404
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = f"public, max-age={SECONDS}"
        return response

    return answered


@open_to_all
@require_GET
@conditional_page
@_public
def public_page(request: HttpRequest, language: str) -> HttpResponse:  # noqa: ARG001
    """Promises by section and answers to proposals, as far as they were published."""
    with translation.override(language):
        found = service.items()
        context = {
            "place": settings.ENVIRONMENT.place,
            "demo": settings.ENVIRONMENT.demo,
            "language": language,
            "groups": _groups(found),
            "counts": [
                (STATUSES[status], COLOURS.get(status, ""), count)
                for status in Status
                if (count := sum(item.status is status for item in found))
            ],
            "total": len(found),
            "today": timezone.localdate(),
            "form": settings.ENVIRONMENT.appeal_form,
        }
        page = render_to_string("publish/page.html", context)
    response = HttpResponse(page)
    response["Content-Language"] = language
    return response


def _groups(found: Sequence[Item]) -> list[tuple[str, str, str, list[dict[str, Any]]]]:
    """Report, section, sort and what stands in it, in order."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for item in found:
        sort = "" if item.source else item.work_type
        groups.setdefault((item.source, item.section, sort), []).append(
            {
                "item": item,
                "status": STATUSES[item.status] if item.status else "",
                "colour": COLOURS.get(item.status, "") if item.status else "",
            }
        )
    return [(*key, rows) for key, rows in groups.items()]


_FIELDS = (
    *("id", "work_type", "source", "section", "wording", "sentence", "unit", "status", "due", "progress"),
    *("progress_day", "answer", "published"),
)


def _record(item: Item) -> dict[str, Any]:
    """An item as data, without what was not chosen."""
    values = {name: getattr(item, name) for name in _FIELDS}
    return {
        name: value if isinstance(value, (int, str)) else value.isoformat()
        for name, value in values.items()
        if value not in (None, "")
    }


@open_to_all
@require_GET
@conditional_page
@_public
def public_json(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The same as JSON."""
    records = [_record(item) for item in service.items()]
    text = json.dumps({"place": settings.ENVIRONMENT.place, "items": records}, ensure_ascii=False, indent=1)
    return _data(text.encode(), "application/json")


@open_to_all
@require_GET
@conditional_page
@_public
def public_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The same as CSV, as spreadsheets open it; no cell is a formula."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, _FIELDS, restval="")
    writer.writeheader()
    for item in service.items():
        writer.writerow({name: _cell(value) for name, value in _record(item).items()})
    response = _data(stream.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="promises.csv"'
    return response


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _data(content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Access-Control-Allow-Origin"] = "*"
    return response
