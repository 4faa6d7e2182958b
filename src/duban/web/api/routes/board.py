"""The board of all work, and one act with many cases."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from duban.errors import InputError
from duban.supervision import WORK_TYPES, Act, Colour, Stage
from duban.web.api.caller import caller, needs
from duban.web.api.once import once
from duban.web.api.paging import Limit
from duban.web.api.schemas import (
    BoardOut,
    ChargeOut,
    DoneOut,
    ManyIn,
    ManyOut,
    OutcomeOut,
    RatesOut,
    RedOut,
    UnitLights,
    UnitRedOut,
)
from duban.web.api.show import case_out
from duban.web.board import service
from duban.web.board.service import SORTS, WORST_FIRST, Board, Choice, UnitRed
from duban.web.cases import service as cases
from duban.web.cases.service import Pile
from duban.web.organisation import service as organisation

__all__ = ["router"]

router = Router(tags=["board"])

Number = Annotated[int | None, Query(ge=0, le=2**63 - 1)]
Day = Annotated[date | None, Query(ge=date(1950, 1, 1), le=date(2200, 12, 31))]


@router.get("/board", response=BoardOut, summary="The board", **needs("board.see"))
def board(
    request: HttpRequest,
    light: Colour | None = None,
    stage: Annotated[
        Stage | Literal["all"] | None,
        Query(description="Without it, every stage in which something is open."),
    ] = None,
    work_type: Annotated[str, Query(max_length=16)] = "",
    unit: Annotated[str | None, Query(max_length=80, description="Key of the unit that leads.")] = None,
    leader: Annotated[
        int | None, Query(ge=1, le=2**63 - 1, description="A leader's post: the units in its charge.")
    ] = None,
    pile: Pile | None = None,
    report: Number = None,
    section: Annotated[
        int | None, Query(ge=0, le=2**31 - 1, description="Of the report, with those below it.")
    ] = None,
    due_since: Day = None,
    due_until: Day = None,
    q: Annotated[str, Query(max_length=100, description="Characters of the title; how a key begins.")] = "",
    sort: Annotated[
        str, Query(pattern=f"^({'|'.join(SORTS)})$", description=f"One of {', '.join(SORTS)}.")
    ] = SORTS[0],
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
    limit: Limit = 50,
) -> dict[str, Any]:
    """How much there is of each sort, and the cases themselves, sorted; a page far down costs no more than the first."""
    choice = Choice(
        light=light.value if light else "",
        stage=str(stage or ""),
        type=work_type,
        unit=_unit(unit) if unit is not None else None,
        leader=leader,
        pile=pile.value if pile else "",
        report=report,
        section=section,
        since=due_since,
        until=due_until,
        words=q.strip(),
        sort=sort,
    )
    seen = service.look(caller(request).standing, choice)
    rows = seen.rows((page - 1) * limit, limit)
    more = page * limit < seen.counts.total
    return {
        "total": seen.counts.total,
        "items": [case_out(one) for one in rows],
        "next": page + 1 if more else None,
        "counts": _counts(seen),
        "units": _units(seen),
    }


def _unit(key: str) -> int:
    found = organisation.by_key({key}).get(key)
    if found is None:
        raise InputError(_("there is no unit %(name)s") % {"name": key}, todo=_("GET /units has their keys"))
    return found.pk


def _counts(seen: Board) -> dict[str, dict[str, int]]:
    """By what programs name units by; a leader's post is named by its number."""
    keys = {str(unit.pk): unit.key for unit in seen.units}
    counts = {name: dict(counted) for name, counted in seen.counts.by.items()}
    return counts | {"unit": {keys.get(value, ""): n for value, n in counts["unit"].items()}}


def _units(seen: Board) -> list[UnitLights]:
    known = {unit.pk: unit for unit in seen.units}
    lines = sorted(seen.counts.lights.items(), key=lambda line: [-line[1][one] for one in WORST_FIRST])
    return [
        UnitLights(
            unit=known[pk].key if pk in known else None,
            name=str(known[pk]) if pk in known else "",
            lights={one.value: lights[one] for one in WORST_FIRST},
        )
        for pk, lights in lines
    ]


@router.get("/leader", response=ChargeOut, summary="What is red in a leader's charge", **needs("board.see"))
def leader(
    request: HttpRequest,
    post: Annotated[
        int | None, Query(ge=1, le=2**63 - 1, description="A leader's post; without it, one's own.")
    ] = None,
    whole: Annotated[bool, Query(description="The whole city, whatever one's own charge is.")] = False,
) -> ChargeOut:
    """Why, whose, and what was done about it: up to 20 units, of each the first two to five red cases.

    Without a post that has units in its charge it is the whole city.
    """
    seen = service.look_red(caller(request).standing, post, whole=whole)
    counts = seen.counts
    return ChargeOut(
        post=seen.post.pk if seen.post else None,
        title=seen.post.title if seen.post else "",
        holding=seen.post.holding if seen.post else "",  # type: ignore[attr-defined]
        total=counts.total,
        lights={one.value: counts.by["light"][one] for one in WORST_FIRST},
        piles={one.value: counts.by["pile"][one] for one in Pile},
        units=[_unit_red(one) for one in seen.units],
        others=seen.others,
        at=seen.now,
    )


def _unit_red(one: UnitRed) -> UnitRedOut:
    return UnitRedOut(
        unit=one.unit.key,
        name=str(one.unit),
        lights={light.value: one.counts[light] for light in WORST_FIRST},
        red=[
            RedOut(
                case=case_out(red.case),
                why=cases.why(red.case),
                done=[
                    DoneOut(
                        act=event.act,
                        at=event.at,
                        person=event.person.name if event.person else None,
                        text=cases.words_of(event),
                    )
                    for event in red.done
                ],
            )
            for red in one.red
        ],
    )


@router.get("/rates", response=RatesOut, summary="The rates of a work type", **needs("task.see"))
def rates(
    request: HttpRequest,
    work_type: Annotated[str, Query(pattern=f"^({'|'.join(WORK_TYPES)})$")],
    year: Annotated[int, Query(ge=1950, le=2200, description="In which the cases were registered.")],
) -> dict[str, Any]:
    """Over the cases of the year that the caller may see, as each was last looked at."""
    visible = cases.visible(caller(request).standing).filter(registered__year=year)
    return {"work_type": work_type, "year": year, "items": cases.rates(work_type, visible)}


@router.post("/board/acts/{act}", response=ManyOut, summary="One act with many cases", **needs("board.act"))
@once
def act_on_many(request: HttpRequest, act: Act, body: ManyIn) -> Status[ManyOut]:
    """Remind, chase, note, board, unboard, criticise. What the rules refuse in one case keeps nothing back in the others."""
    who = caller(request)
    seen = {one.key: one.seen for one in body.cases}
    acted = service.take_all(act, seen, body.text.strip(), by=who.user, standing=who.standing)
    why = {one.case.key: one.refused for one in acted}
    unseen = _("there is no such thing, or it is not yours to see")
    refused = {key: why.get(key, unseen) for key in seen}
    return Status(
        200,
        ManyOut(items=[OutcomeOut(case=key, done=not told, refused=told) for key, told in refused.items()]),
    )
