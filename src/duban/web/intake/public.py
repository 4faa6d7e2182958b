"""Screens for whoever asks something of the city: no account, a receipt number and a code. Off until it is turned on."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from duban.errors import DubanError, InputError
from duban.supervision import Act, Satisfaction
from duban.web.access import open_to_all
from duban.web.cases import service as cases
from duban.web.intake import limits, service
from duban.web.intake.forms import AppealForm, RateForm, ReopenForm, StatusForm
from duban.web.intake.models import Attempt

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest

    from duban.web.intake.service import Submission

__all__: list[str] = []


def _turned_on(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The page is there only if the city has turned the form on."""

    @wraps(view)
    def found(request: HttpRequest) -> HttpResponse:
        if not settings.ENVIRONMENT.appeal_form:
            raise Http404
        return view(request)

    return found


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
@_turned_on
def ask(request: HttpRequest) -> HttpResponse:
    """A company tells what it needs; it is given a receipt number and a code."""
    form = AppealForm(request.POST, request.FILES) if request.method == "POST" else AppealForm()
    if request.method == "POST" and form.is_valid():
        wait = limits.may_send(request)
        if wait:
            return _told_to_wait(request, "intake/ask.html", form, wait)
        uploads = [(upload, upload.name) for upload in form.cleaned_data["papers"]]
        try:
            taken = service.new_code(service.take_in(form.given(), uploads, by=None))
        except InputError as error:
            form.add_error("papers", str(error))
        else:
            limits.record(request, Attempt.What.SENT, taken.submission.receipt)
            context = {"receipt": taken.submission.receipt, "code": taken.code}
            return render(request, "intake/asked_for.html", context, status=201)
    return render(request, "intake/ask.html", {"form": form}, status=422 if form.errors else 200)


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
@_turned_on
def status(request: HttpRequest) -> HttpResponse:
    """What became of it, for whoever has the receipt number and the code."""
    form = StatusForm(request.POST if request.method == "POST" else None)
    opened = _opened(request, form)
    return opened if isinstance(opened, HttpResponse) else _status_page(request, opened, form)


@open_to_all
@never_cache
@require_POST
@_turned_on
def rate(request: HttpRequest) -> HttpResponse:
    """Say how one finds the answer."""
    return _take(
        request,
        RateForm(request.POST),
        lambda submission, said: service.rate(
            submission, Satisfaction(said["satisfaction"]), said.get("text", "")
        ),
    )


@open_to_all
@never_cache
@require_POST
@_turned_on
def reopen(request: HttpRequest) -> HttpResponse:
    """Want it taken up again."""
    return _take(
        request,
        ReopenForm(request.POST),
        lambda submission, said: service.reopen(submission, said["reason"]),
    )


def _take(
    request: HttpRequest, form: forms.Form, act: Callable[[Submission, dict[str, Any]], object]
) -> HttpResponse:
    opening = StatusForm(request.POST)
    opened = _opened(request, opening)
    if isinstance(opened, HttpResponse):
        return opened
    if form.is_valid():
        try:
            act(opened, form.cleaned_data)
        except DubanError as error:
            form.add_error(None, error.what)
        else:
            again = service.opened(opening.cleaned_data["receipt"], opening.cleaned_data["code"])
            return _status_page(request, again or opened, opening, done=True)
    return _status_page(request, opened, opening, wrong=form)


def _opened(request: HttpRequest, form: StatusForm) -> Submission | HttpResponse:
    """The submission that the code opens, or the page that says why it does not."""
    template = "intake/status_form.html"
    if not form.is_valid():
        return render(request, template, {"form": form}, status=422 if form.is_bound else 200)
    receipt = form.cleaned_data["receipt"].strip()
    wait = limits.seconds_to_wait(request, receipt)
    if wait:
        return _told_to_wait(request, template, form, wait)
    found = service.opened(receipt, form.cleaned_data["code"])
    if found is not None:
        return found
    limits.record(request, Attempt.What.WRONG_CODE, receipt)
    form.add_error(None, _("The receipt number or the code is wrong."))
    return render(request, template, {"form": form}, status=422)


def _status_page(
    request: HttpRequest,
    submission: Submission,
    opening: StatusForm,
    *,
    wrong: forms.Form | None = None,
    done: bool = False,
) -> HttpResponse:
    case = submission.case
    may = cases.allowed_to_applicant(case, submission.reference) if case else frozenset()
    known = {name: opening.cleaned_data[name] for name in ("receipt", "code")}
    context = {
        "submission": submission,
        "case": case,
        "answers": service.answers(submission),
        "rate_form": wrong
        if isinstance(wrong, RateForm)
        else RateForm(initial=known)
        if Act.RATE in may
        else None,
        "reopen_form": wrong
        if isinstance(wrong, ReopenForm)
        else ReopenForm(initial=known)
        if Act.REOPEN in may
        else None,
        "satisfaction": case.state.get("satisfaction") if case else None,
        "done": done,
    }
    return render(request, "intake/status.html", context, status=422 if wrong else 200)


def _told_to_wait(request: HttpRequest, template: str, form: forms.Form, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    told = ngettext(
        "Too many from here. Try again in %(minutes)d minute.",
        "Too many from here. Try again in %(minutes)d minutes.",
        minutes,
    )
    form.add_error(None, told % {"minutes": minutes})
    response = render(request, template, {"form": form}, status=429)
    response["Retry-After"] = str(seconds)
    return response
