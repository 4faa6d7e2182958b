"""Screens: the board of all work, one step with many tasks, and what is red in a leader's charge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from duban.errors import InputError
from duban.supervision import WORK_TYPES, Act, Colour, Stage, label, work_type
from duban.web.access import requires
from duban.web.base.language import lang
from duban.web.board import bulk, service
from duban.web.board.choice import ALL, SORTS, Choice, chosen
from duban.web.board.listing import WORST_FIRST
from duban.web.cases import service as cases
from duban.web.organisation.service import Unit
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from duban.web.access import Standing
    from duban.web.accounts.service import User
    from duban.web.board.tally import Tally
    from duban.web.organisation.service import Post

__all__: list[str] = []

ROWS = 30
SORT_NAMES = {
    "light": gettext_lazy("worst light first"),
    "due": gettext_lazy("due first"),
    "-due": gettext_lazy("due last"),
    "unit": gettext_lazy("by unit"),
    "stage": gettext_lazy("by stage"),
    "type": gettext_lazy("by type"),
    "key": gettext_lazy("oldest number first"),
    "-key": gettext_lazy("newest number first"),
}


def _standing(request: HttpRequest) -> Standing:
    return cast("Standing", request.standing)  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class Option:
    """A value of a filter, with how many cases it would show."""

    value: str
    label: str
    count: int | None = None


@requires("board.see")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """All work: how much there is of each sort, a matrix of units and lights, and the tasks themselves."""
    standing = _standing(request)
    seen = service.look(standing, chosen(request.GET))
    choice, counts, units = seen.choice, seen.counts, seen.units
    page = Paginator(range(counts.total), ROWS).get_page(request.GET.get("page"))
    context = {
        "choice": choice,
        "counts": counts,
        "page": page,
        "rows": seen.rows((page.number - 1) * ROWS, ROWS),
        "filters": _filters(choice, counts, units, seen.leaders),
        "lights": [
            Option(value=one, label=label("colour", one, lang()), count=counts.by["light"][one])
            for one in WORST_FIRST
        ],
        "piles": [
            Option(value=pile, label=str(cases.PILES[pile]), count=counts.by["pile"][pile])
            for pile in cases.Pile
        ],
        "matrix": list(_matrix(choice, counts, units)),
        "acts": bulk.acts_of(standing) if standing.may("board.act") else [],
        "headings": reports.outline(choice.report) if choice.report is not None else (),
        "reports": reports.titles(),
        "sorts": [Option(value=one, label=str(SORT_NAMES[one])) for one in SORTS],
        "narrow": sum(
            getattr(choice, name) not in (None, "")
            for name in ("type", "unit", "leader", "report", "section", "since", "until", "words", "stage")
        ),
    }
    return render(request, "board/board.html", context)


def _filters(
    choice: Choice, counts: Tally, units: list[Unit], leaders: list[Post]
) -> list[tuple[str, str, list[Option]]]:
    """What is chosen from a list: name, label, and its values."""
    today, stage = timezone.localdate(), counts.by["stage"]
    whole = sum(stage.values())
    ended = sum(stage[one] for one in cases.ENDED)
    offered = {
        "stage": (
            _("Stage"),
            [
                Option(value="", label=_("Open"), count=whole - ended),
                *(
                    Option(value=one, label=label("stage", one, lang()), count=stage[one])
                    for one in Stage
                    if stage[one] or choice.stage == one
                ),
                Option(value=ALL, label=_("All"), count=whole),
            ],
        ),
        "type": (
            _("Type"),
            [
                Option(
                    value=one,
                    label=str(getattr(work_type(one, on=today).text, lang())),
                    count=counts.by["type"][one],
                )
                for one in WORK_TYPES
            ],
        ),
        "unit": (
            _("Lead unit"),
            [
                Option(value=str(unit.pk), label=str(unit), count=counts.by["unit"][str(unit.pk)])
                for unit in units
            ],
        ),
        "leader": (
            _("Leader in charge"),
            [
                Option(
                    value=str(post.pk),
                    label=f"{post.title} {post.holding}",  # type: ignore[attr-defined]
                    count=counts.by["leader"][str(post.pk)],
                )
                for post in leaders
            ],
        ),
    }
    every = Option(value="", label=_("All"))
    return [
        (
            name,
            name_,
            options
            if name == "stage"
            else [every, *(one for one in options if _offers(one, getattr(choice, name)))],
        )
        for name, (name_, options) in offered.items()
    ]


def _offers(option: Option, value: object) -> bool:
    """Whether an option is worth showing: it has something, or is chosen."""
    return bool(option.count) or option.value == str(value)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the matrix: a unit with how many it has of each light, and in all. Addresses are made once for all."""

    unit: Unit | None
    url: str
    cells: list[tuple[str, str, int, str]]
    """Light, its name, how many, and where they are."""
    total: int


def _matrix(choice: Choice, counts: Tally, units: list[Unit]) -> Iterator[Line]:
    """The lines, the reddest first."""
    known: dict[int | None, Unit | None] = {unit.pk: unit for unit in units}
    names = [(str(one), label("colour", one, lang())) for one in WORST_FIRST]
    rest = choice.address(unit=None, light="")
    lines = sorted(counts.lights.items(), key=lambda line: [-line[1][one] for one in WORST_FIRST])
    for unit, lights in lines:
        url = f"?{rest}&unit={unit}"
        cells_ = [(one, name, lights[one], f"{url}&light={one}") for one, name in names]
        yield Line(unit=known.get(unit), url=url, cells=cells_, total=sum(lights.values()))


@requires("board.act")
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Take one step with every task that was picked, and say with which it was refused, and why."""
    name = request.POST.get("act", "")
    if name not in {one.value for one in Act}:
        raise InputError(_("no step is chosen"), todo=_("choose what is to be done with the tasks"))
    seen = bulk.picked(request.POST.getlist("pick"))
    text = request.POST.get("text", "").strip()[:1000]
    acted = bulk.take_all(Act(name), seen, text, by=cast("User", request.user), standing=_standing(request))
    if not acted:
        raise Http404
    done = [one for one in acted if not one.refused]
    context = {
        "act": label("act", name, lang()),
        "text": text,
        "done": done,
        "refused": [one for one in acted if one.refused],
        "back": chosen(dict(_pairs(request.POST.get("back", "")))),
    }
    return render(request, "board/acted.html", context, status=200 if done else 422)


def _pairs(query: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(query[:2000])


@requires("board.see")
@require_GET
def leader(request: HttpRequest) -> HttpResponse:
    """What is red: why, whose, and what was done about it. A leader sees the units in charge; others choose a leader."""
    asked = request.GET.get("leader", "")
    seen = service.look_red(
        _standing(request),
        int(asked) if asked.isascii() and asked.isdigit() else None,
        whole=bool(asked) and not asked.isdigit(),
    )
    counts = seen.counts
    context = {
        "seen": seen,
        "lights": [
            Option(value=one, label=label("colour", one, lang()), count=counts.by["light"][one])
            for one in WORST_FIRST
        ],
        "piles": [
            Option(value=pile, label=str(cases.PILES[pile]), count=counts.by["pile"][pile])
            for pile in (cases.Pile.LATE, cases.Pile.ASKED, cases.Pile.CLAIMED, cases.Pile.TO_SIGN)
        ],
        "choice": Choice(leader=seen.post.pk if seen.post else None),
        "red": Colour.RED,
    }
    return render(request, "board/leader.html", context)
