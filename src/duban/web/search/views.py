"""The screen of search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from duban.web.access import requires
from duban.web.cases import service as cases
from duban.web.search import service

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from duban.web.access import Standing

__all__: list[str] = []

KINDS = {
    "task": _("Tasks"),
    "commitment": _("Commitments"),
    "passage": _("In reports"),
    "unit": _("Units"),
    "person": _("People"),
}


@requires("unit.see")
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """What holds the words. The number of a task that may be seen goes straight to it."""
    standing: Standing = request.standing  # type: ignore[attr-defined]
    asked = request.GET.get("q", "").strip()
    words = service.words_of(asked)
    if len(words) == 1 and standing.may("task.see"):
        straight = cases.visible(standing).filter(key=words[0]).first()
        if straight is not None:
            return redirect("cases:case", straight.key)
    found = [(KINDS[one.kind], one) for one in service.find(words, standing)]
    return render(request, "search/find.html", {"asked": asked, "words": words, "found": found})
