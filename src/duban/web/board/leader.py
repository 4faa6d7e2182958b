"""What is red in a leader's charge, why, whose it is, and what was done about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from duban.supervision import Act, Colour
from duban.web.cases import service as cases
from duban.web.organisation.service import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


__all__ = ["Red", "UnitRed", "red_by_unit"]

SHOWN = 40
"""So many tasks are shown in all, shared out among the units, five at most of each; the others are on the board."""
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


def red_by_unit(
    units: Sequence[Unit], counts: Mapping[int | None, Counter[str]], *, leader_units: frozenset[int]
) -> list[UnitRed]:
    """The units that have something red, the most first, each with its first red tasks."""
    few = [
        unit.pk
        for unit in sorted(units, key=lambda unit: -counts[unit.pk][Colour.RED])
        if unit.pk in leader_units and counts[unit.pk][Colour.RED]
    ][:SHOWN]
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
    """Of each unit, the first of its red tasks."""
    each = max(1, min(5, SHOWN // max(1, len(units))))
    row = Window(RowNumber(), partition_by=F("lead"), order_by=[F("due").asc(nulls_last=True), F("key")])
    red = cases.Case.objects.filter(light=Colour.RED, lead__in=units).exclude(stage__in=cases.ENDED)
    pks = list(red.order_by().annotate(row=row).filter(row__lte=each).values_list("pk", flat=True))
    found: dict[int, list[cases.Case]] = defaultdict(list)
    ordered = (
        cases.Case.objects.filter(pk__in=pks).defer("state").order_by(F("due").asc(nulls_last=True), "key")
    )
    for case in ordered:
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
