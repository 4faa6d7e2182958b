"""What is red in a leader's charge, why, whose it is, and what was done about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from duban.supervision import Act, Colour
from duban.web.access import Role
from duban.web.board.choice import Choice
from duban.web.board.tally import Tally, all_cells, tally
from duban.web.cases import service as cases
from duban.web.organisation import service as organisation
from duban.web.organisation.service import Post, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from duban.web.access import Standing

__all__ = ["Charge", "Red", "UnitRed", "look_red", "red_by_unit"]

UNITS, SHOWN = 20, 40
"""So many units and tasks are shown, two to five of each unit; the others are on the board."""
DONE = (
    *(Act.REMIND, Act.CHASE, Act.VISIT, Act.ESCALATE, Act.BOARD, Act.CRITICISE, Act.NOTE),
    *(Act.REPORT, Act.ASK_EXTENSION, Act.REFUSE, Act.CLAIM),
)
"""What is done about a task: asked by the office or a leader, or said by the unit."""
LATEST = 3


@dataclass(frozen=True, kw_only=True)
class Red:
    """A red task, with the last things that were done about it, the latest first."""

    case: cases.Case
    done: Sequence[cases.CaseEvent]


@dataclass(frozen=True, kw_only=True)
class UnitRed:
    """A unit's red tasks: what is due first first."""

    unit: Unit
    counts: Counter[str]
    """How many of its open tasks have each light."""
    red: list[Red]


@dataclass(frozen=True, kw_only=True)
class Charge:
    """What is red in the charge of a leader's post, or in the whole city."""

    post: Post | None
    leaders: list[Post]
    """Those who have units in their charge."""
    counts: Tally
    units: list[UnitRed]
    others: int
    """How many units with something red are not among them."""
    now: datetime


def look_red(
    standing: Standing, post: int | None = None, *, whole: bool = False, now: datetime | None = None
) -> Charge:
    """What is red in the charge of a post; without one in one's own, of somebody with no units in charge in the city.

    `whole`: in the city, whatever one's own charge is.
    """
    moment = now or timezone.now()
    leaders = organisation.leading_posts()
    charges = organisation.charges_of(one.pk for one in leaders)
    own = [held.post for held in standing.held if held.role is Role.LEADER]
    wanted = [] if whole else [post] if post is not None else own
    chosen = next((one for one in leaders if one.pk in wanted and charges.get(one.pk)), None)
    units = list(organisation.units())
    within = charges[chosen.pk] if chosen else frozenset(unit.pk for unit in units)
    counts = tally(all_cells(moment), Choice(leader=chosen.pk if chosen else None), charges)
    shown = red_by_unit(units, counts.lights, leader_units=within)
    return Charge(
        post=chosen,
        leaders=[one for one in leaders if charges.get(one.pk)],
        counts=counts,
        units=shown,
        others=sum(1 for unit in within if counts.lights[unit][Colour.RED]) - len(shown),
        now=moment,
    )


def red_by_unit(
    units: Sequence[Unit], counts: Mapping[int | None, Counter[str]], *, leader_units: frozenset[int]
) -> list[UnitRed]:
    """The units that have something red, the most first, each with its first red tasks."""
    few = [
        unit.pk
        for unit in sorted(units, key=lambda unit: -counts[unit.pk][Colour.RED])
        if unit.pk in leader_units and counts[unit.pk][Colour.RED]
    ][:UNITS]
    shown = _first_red(few)
    done = _done({case.pk for found in shown.values() for case in found})
    found = [
        UnitRed(
            unit=unit,
            counts=counts[unit.pk],
            red=[Red(case=case, done=done[case.pk]) for case in shown[unit.pk]],
        )
        for unit in units
        if shown.get(unit.pk)
    ]
    return sorted(found, key=lambda one: -one.counts[Colour.RED])


def _first_red(units: Sequence[int]) -> dict[int, list[cases.Case]]:
    """Of each unit, the first of its red tasks. A short look into an index for each: all in one would sort every red one."""
    each = max(2, min(5, SHOWN // max(1, len(units))))
    red = cases.Case.objects.filter(light=Colour.RED).exclude(stage__in=cases.ENDED)
    order = (F("due").asc(nulls_last=True), "key")
    pks = [
        pk
        for unit in units
        for pk in red.filter(lead=unit).order_by(*order).values_list("pk", flat=True)[:each]
    ]
    found: dict[int, list[cases.Case]] = defaultdict(list)
    for case in cases.Case.objects.filter(pk__in=pks).defer("state").order_by(*order):
        found[case.lead_id or 0].append(case)
    return found


def _done(pks: Iterable[int]) -> dict[int, list[cases.CaseEvent]]:
    """The latest things that were done about each of these."""
    row = Window(RowNumber(), partition_by=F("case"), order_by=F("seq").desc())
    events = cases.CaseEvent.objects.filter(case__in=set(pks), act__in=DONE).annotate(row=row)
    found: dict[int, list[cases.CaseEvent]] = defaultdict(list)
    for event in events.filter(row__lte=LATEST).select_related("person").order_by("case", "-seq"):
        found[event.case_id].append(event)
    return found
