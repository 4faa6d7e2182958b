"""Screens of tasks: the list, one task, and the board on which commitments are handed over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.supervision import Act, Details, day_of
from duban.web.access import requires
from duban.web.base.language import lang
from duban.web.base.views import safe_next
from duban.web.cases import board as boards
from duban.web.cases import routing, rules, service
from duban.web.cases.forms import ActForm, careful_acts, elsewhere, main_acts
from duban.web.cases.models import Case, CaseFile
from duban.web.cases.parts import parts
from duban.web.cases.show import shown_clocks, shown_events
from duban.web.files import service as files
from duban.web.organisation import service as organisation
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from django.http import HttpRequest

    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__: list[str] = []

ROWS = 30


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _standing(request: HttpRequest) -> Standing:
    return cast("Standing", request.standing)  # type: ignore[attr-defined]


def _theirs(request: HttpRequest, key: str, act: str = "task.see") -> Case:
    """The case, if whoever asks may see it; what they may not see is not there. Then the act is asked for."""
    case = get_object_or_404(
        service.visible(_standing(request)).select_related("commitment__report"), key=key
    )
    if not _standing(request).may_on(act, service.units_of(case)):
        raise PermissionDenied(act)
    return case


@requires("task.see")
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """The tasks that are one's own to see."""
    cases = service.visible(_standing(request)).order_by("due", "key")
    chosen = request.GET.get("pile", "")
    if chosen in {one.value for one in service.Pile}:
        cases = service.pile(cases, service.Pile(chosen))
    words = request.GET.get("q", "").replace("\0", "").strip()
    if words:
        cases = cases.filter(Q(title__icontains=words) | Q(key=words))
    pages = Paginator(cases.values_list("pk", flat=True), 50)
    if not chosen and not words:
        pages.count = service.how_many_visible(_standing(request))
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cases": service.in_order(page),
        "pile": chosen,
        "words": words,
        "piles": [(one.value, service.PILES[one]) for one in service.Pile],
    }
    return render(request, "cases/list.html", context)


@requires("task.see")
@require_GET
def case(request: HttpRequest, key: str) -> HttpResponse:
    """A task: the sentence it came from, its clocks, lights, events, evidence and conversation."""
    return _page(request, _theirs(request, key))


def _page(request: HttpRequest, found: Case, wrong: ActForm | None = None) -> HttpResponse:
    looked = service.look(found, _standing(request), _me(request))
    work = rules.rules_of(found.work_type, found.registered)
    forms = {
        act: wrong if wrong is not None and wrong.act == act else ActForm(may, work, looked.state)
        for act, (may, _actor) in looked.allowed.items()
        if act not in elsewhere()
    }
    events = shown_events(looked.events, looked.state, work, lang())
    context: dict[str, Any] = {
        "case": found,
        "state": looked.state,
        "work": work,
        "clocks": shown_clocks(work, looked.state, lang()),
        "events": events,
        "notes": [event for event in events if event.act == Act.NOTE],
        "forms": [(act, form, act in main_acts(), act in careful_acts()) for act, form in forms.items()],
        "wrong": wrong.act.value if wrong else "",
        "files": CaseFile.objects.filter(case=found).select_related("file__by").order_by("-pk"),
        "lead": found.lead,
        "co": [(unit, looked.state.opinions.get(unit.key)) for unit in found.co.all()],
        "opinions_wait": any(
            clock.is_running
            for clock in looked.state.clocks
            if Act.CO_OPINION in work.clocks[clock.name].stops
        ),
        "units": service.units_of(found),
        "origin": _sentence(found),
        "parts": list(parts(request, found)),
    }
    return render(request, "cases/case.html", context, status=422 if wrong else 200)


def _sentence(found: Case) -> dict[str, str] | None:
    """The promise in its paragraph: what stands before it, it, and what stands after."""
    commitment = found.commitment
    if commitment is None:
        return None
    text = commitment.report.text
    begin = text.rfind("\n", 0, commitment.start) + 1
    stop = text.find("\n", commitment.end)
    stop = len(text) if stop < 0 else stop
    before, after = text[begin : commitment.start], text[commitment.end : stop]
    return {
        "before": before if len(before) <= _CONTEXT else "…" + before[-_CONTEXT:],
        "quote": commitment.quote,
        "after": after if len(after) <= _CONTEXT else after[:_CONTEXT] + "…",
    }


_CONTEXT = 80


@requires("task.act")
@require_POST
def act(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Let an act happen that the rules allow whoever asks."""
    found = _theirs(request, key, "task.act")
    looked = service.look(found, _standing(request), _me(request))
    if act not in {one.value for one in Act} or act in elsewhere():
        raise Http404(act)
    if act not in looked.allowed:
        # The rules say why, in their own words, or somebody was faster.
        service.take(
            found.pk,
            Act(act),
            service.Saying(),
            by=_me(request),
            standing=_standing(request),
            seen=_seen(request),
        )
        raise PermissionDenied(act)
    work = rules.rules_of(found.work_type, found.registered)
    form = ActForm(looked.allowed[act][0], work, looked.state, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form)
    service.take(
        found.pk,
        Act(act),
        form.saying(day_of(looked.moment)),
        by=_me(request),
        standing=_standing(request),
        seen=form.cleaned_data["seen"],
    )
    messages.success(request, _("Done: %(act)s") % {"act": rules.label("act", act, lang())})
    return redirect("cases:case", key)


def _seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() else None


@requires("task.talk")
@require_POST
def note(request: HttpRequest, key: str) -> HttpResponse:
    """Write in a task's conversation."""
    found = _theirs(request, key, "task.talk")
    text = request.POST.get("text", "").strip()[:4000]
    if text:
        saying = service.Saying(details=Details(text=text))
        service.take(found.pk, Act.NOTE, saying, by=_me(request), standing=_standing(request), seen=None)
    return redirect(safe_next(request, f"{reverse('cases:case', args=[key])}#talk"))


@requires("task.see")
@require_GET
def case_file(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A file that was brought to the task."""
    found = _theirs(request, key)
    kept = get_object_or_404(CaseFile.objects.select_related("file"), case=found, file=pk)
    return cast("HttpResponse", files.download(kept.file))


@requires("task.hand_over")
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepted commitments, each with a suggested lead; those that are picked are handed over."""
    report = get_object_or_404(reports.Report.objects.defer("document"), pk=pk)
    failed: dict[int, str] = {}
    if request.method == "POST":
        outcome = routing.send(routing.picked(request.POST), request.POST, partial(_hand_over, request))
        failed, count = outcome.failed, outcome.done
        if count:
            messages.success(
                request,
                ngettext("%(count)d task handed over.", "%(count)d tasks handed over.", count)
                % {"count": count},
            )
        if not failed:
            return redirect("cases:hand-over", pk)
    page = Paginator(service.waiting(report), ROWS).get_page(request.GET.get("page"))
    rows = boards.rows(page.object_list)
    routing.fill(rows, request.POST, failed)
    context = {
        "report": report,
        "page": page,
        "rows": rows,
        "units": organisation.units(),
        "handed": Case.objects.filter(commitment__report=report).count(),
    }
    return render(request, "cases/board.html", context, status=422 if failed else 200)


def _hand_over(request: HttpRequest, commitment: int, route: routing.Route) -> Case:
    given = service.HandOver(
        commitment=commitment, lead=route.lead, co=route.co, result_form=route.result_form, due=route.due
    )
    return service.hand_over(given, by=_me(request), standing=_standing(request))
