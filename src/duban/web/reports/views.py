"""Screens of reports: bring one in, and go through its commitments beside the text."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.errors import InputError
from duban.web.access import requires
from duban.web.files import service as files
from duban.web.reports import pieces, service
from duban.web.reports.forms import ReportForm
from duban.web.reports.models import Commitment, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.http import HttpRequest

    from duban.web.accounts.service import User

__all__: list[str] = []

REASONS = (
    gettext_noop("says only in what spirit work is done"),
    gettext_noop("belongs to another commitment"),
    gettext_noop("is a task of another level of government"),
    gettext_noop("was done already"),
)
"""What commitments are usually dropped for; any other can be typed in."""


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


@requires("report.see")
@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports that were brought in, with how far their review is."""
    state = Commitment.State
    counted = {
        name: Count("commitments", filter=Q(commitments__state=name))
        for name in (state.OPEN, state.ACCEPTED, state.DROPPED)
    }
    reports = (
        Report.objects.select_related("by")
        .defer("text", "document")
        .annotate(**{f"n_{key}": value for key, value in counted.items()})
    )
    return render(request, "reports/list.html", {"reports": reports})


@requires("report.import")
@require_http_methods(["GET", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """Bring a report in."""
    form = ReportForm(request.POST, request.FILES) if request.method == "POST" else ReportForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            report = service.bring(
                upload,
                upload.name,
                by=_me(request),
                place=form.cleaned_data["place"],
                year=form.cleaned_data["year"],
            )
        except InputError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("The report was read. Its commitments are to be reviewed."))
            return redirect("reports:review", report.pk)
    return render(request, "reports/import.html", {"form": form}, status=422 if form.errors else 200)


@requires("report.see")
@require_GET
def report_file(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001
    """The file that the report came in."""
    report = get_object_or_404(Report.objects.select_related("file"), pk=pk)
    return cast("HttpResponse", files.download(report.file))


@requires("report.see")
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The report's text with its commitments marked, and beside it each commitment with what can be done with it."""
    report = get_object_or_404(Report.objects.select_related("file"), pk=pk)
    live = list(service.live(report).prefetch_related("decisions__by"))
    context = {
        "report": report,
        "paragraphs": pieces.paragraphs(report, live),
        "commitments": _dressed(report, live),
        "counts": _counts(live),
        "reasons": _reasons(),
        "token": get_token(request),
    }
    return render(request, "reports/review.html", context)


def _reasons() -> list[str]:
    return [str(_(reason)) for reason in REASONS]


def _counts(live: Iterable[Commitment]) -> dict[str, int]:
    states = [one.state for one in live]
    return {state: states.count(state) for state in ("open", "accepted", "dropped")} | {"all": len(states)}


def _dressed(
    report: Report, live: Sequence[Commitment], chosen: Iterable[int] | None = None
) -> list[dict[str, Any]]:
    """Commitments with what their cards show: the headings above them, and the neighbour they can be merged with."""
    wanted = None if chosen is None else set(chosen)
    dressed = []
    for at, one in enumerate(live):
        if wanted is None or one.pk in wanted:
            one.report = report
            following = live[at + 1] if at + 1 < len(live) else None
            dressed.append(
                {
                    "it": one,
                    "next": following,
                    "section": service.section_path(report, one.section)[-1:],
                    "cuts": _clauses(one),
                }
            )
    return dressed


def _clauses(commitment: Commitment) -> list[tuple[str, int]]:
    """The pieces that it could be cut into, each with the offset behind it."""
    edges = [commitment.start, *service.cuts(commitment), commitment.end]
    text = commitment.report.text
    return [(text[start:end], end) for start, end in pairwise(edges)]


# --- deciding ---------------------------------------------------------------------------------------------------------


@requires("commitment.review")
@require_POST
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Accept, drop, take up again, reword, merge or split; answers with what changed on the page."""
    commitment = get_object_or_404(Commitment.objects.select_related("report"), pk=pk)
    if act not in _ACTS:
        raise Http404(act)
    new = _ACTS[act](_seen(request, pk), request)
    gone = [] if pk in {one.pk for one in new} else [pk]
    if act == "merge":
        gone.append(_number(request, "next"))
    return _changed(request, commitment.report, new, gone=gone)


@requires("commitment.review")
@require_GET
def form(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """The form of an act that asks for something: a part of the review, or without htmx a page of its own."""
    commitment = get_object_or_404(
        Commitment.objects.filter(state__in=service.LIVE).select_related("report"), pk=pk
    )
    if act not in _ASKING:
        raise Http404(act)
    context = {
        "report": commitment.report,
        "dressed": {"it": commitment, "cuts": _clauses(commitment)},
        "act": act,
        "reasons": _reasons(),
        "token": get_token(request),
    }
    template = "reports/part.html" if request.headers.get("HX-Request") else "reports/form.html"
    return render(request, template, context)


_ASKING = frozenset({"drop", "edit", "split"})


def _seen(request: HttpRequest, pk: int, version: str = "version") -> service.Seen:
    return service.Seen(pk=pk, version=_number(request, version))


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not (value.isascii() and value.isdigit()):
        raise InputError(_("the form lacks a number"), where=name)
    return int(value)


def _accept(seen: service.Seen, request: HttpRequest) -> list[Commitment]:
    return [service.accept(seen, by=_me(request))]


def _drop(seen: service.Seen, request: HttpRequest) -> list[Commitment]:
    return [service.drop(seen, reason=request.POST.get("reason", ""), by=_me(request))]


def _reopen(seen: service.Seen, request: HttpRequest) -> list[Commitment]:
    return [service.reopen(seen, by=_me(request))]


def _edit(seen: service.Seen, request: HttpRequest) -> list[Commitment]:
    return [service.edit(seen, wording=request.POST.get("wording", ""), by=_me(request))]


def _merge(seen: service.Seen, request: HttpRequest) -> list[Commitment]:
    other = _seen(request, _number(request, "next"), "next_version")
    return [service.merge(seen, other, by=_me(request))]


def _split(seen: service.Seen, request: HttpRequest) -> list[Commitment]:
    places = [int(place) for place in request.POST.getlist("at") if place.isascii() and place.isdigit()]
    return service.split(seen, at=places, by=_me(request))


_ACTS: dict[str, Callable[[service.Seen, HttpRequest], list[Commitment]]] = {
    "accept": _accept,
    "drop": _drop,
    "reopen": _reopen,
    "edit": _edit,
    "merge": _merge,
    "split": _split,
}


@requires("commitment.review")
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a commitment of characters that were chosen in the text."""
    report = get_object_or_404(Report, pk=pk)
    added = service.add(report, start=_number(request, "start"), end=_number(request, "end"), by=_me(request))
    return redirect(f"{reverse('reports:review', args=[pk])}#c-{added.pk}")


def _changed(
    request: HttpRequest, report: Report, new: Sequence[Commitment], gone: Sequence[int]
) -> HttpResponse:
    """The cards, marks and counts that are other than they were; without htmx, the page again."""
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('reports:review', args=[report.pk])}#c-{new[0].pk}")
    live = list(service.live(report).prefetch_related("decisions__by"))
    touched = {index for one in new for index in pieces.blocks_of(report, one.start, one.end)}
    chosen = {one.pk for one in new} | _before(live, new)
    context = {
        "report": report,
        "dressed": _dressed(report, live, chosen),
        "new": [one.pk for one in new],
        "gone": gone[1:],
        "paragraphs": pieces.paragraphs(report, live, touched),
        "counts": _counts(live),
        "reasons": _reasons(),
        "token": get_token(request),
    }
    return render(request, "reports/changed.html", context)


def _before(live: Sequence[Commitment], new: Sequence[Commitment]) -> set[int]:
    """The one before what changed: its button to merge names its neighbour's version."""
    at = next((at for at, one in enumerate(live) if one.pk == new[0].pk), 0)
    return {live[at - 1].pk} if at else set()
