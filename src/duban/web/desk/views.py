"""The first screen, by the posts that somebody holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.web.access import Role, signed_in
from duban.web.cases import service as cases
from duban.web.cases.service import Case
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from duban.web.access import Standing

__all__: list[str] = []

ROWS = 8


@dataclass(frozen=True, kw_only=True)
class Heap:
    """Something that waits: how much, where all of it is, and its first cases."""

    label: str
    count: int
    url: str
    pressing: bool = False
    cases: list[Case] | None = None


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is to be done, what is late first."""
    standing: Standing = request.standing  # type: ignore[attr-defined]
    context: dict[str, Any] = {"heaps": _heaps(standing), "reports": []}
    if standing.has(Role.OFFICE):
        context["reports"] = reports.to_review()
    return render(request, "desk/home.html", context)


def _heaps(standing: Standing) -> list[Heap]:
    """The heaps of somebody's posts, without those that are empty and not theirs to empty."""
    if not standing.may("task.see"):
        return []
    piles = cases.Pile
    wanted = [(piles.LATE, _("Late"), True), (piles.DUE_SOON, _("Due within two weeks"), False)]
    if standing.has(Role.LIAISON, Role.HEAD):
        own = cases.led(standing, "task.act")
        wanted = [(piles.TO_SIGN, _("To sign for"), True), *wanted, (piles.UNDER_WAY, _("Under way"), False)]
        return [_heap(own, *one) for one in wanted]
    if standing.has(Role.OFFICE):
        wanted = [
            (piles.ASKED, _("To be decided"), True),
            (piles.CLAIMED, _("To be checked"), True),
            *wanted,
            (piles.TO_SIGN, _("Not signed for"), False),
        ]
    return [_heap(cases.visible(standing), *one) for one in wanted]


def _heap(visible: QuerySet[Case], pile: cases.Pile, label: str, pressing: bool) -> Heap:
    chosen = cases.pile(visible, pile)
    return Heap(
        label=label,
        count=chosen.count(),
        url=f"{reverse('cases:list')}?pile={pile.value}",
        pressing=pressing,
        cases=cases.in_order(chosen.values_list("pk", flat=True)[:ROWS]),
    )
