"""How many cases there are of each sort, counted once for all that the board shows.

One query counts the cases by everything that can be chosen by value; an index holds all it reads. What each value of each
filter would show, the matrix, and how many there are in all are sums over its few thousand rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, CharField, Count, Value, When

from duban.supervision import Stage
from duban.web.board.choice import ALL
from duban.web.cases import service as cases

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from duban.web.board.choice import Choice

__all__ = ["Cell", "Tally", "all_cells", "cells", "forget", "tally"]

_LATE, _SOON, _LATER, _NEVER = "late", "soon", "later", ""


class Cell(NamedTuple):
    """Cases that are alike in all that can be chosen by value."""

    stage: str
    type: str
    light: str
    unit: int | None
    asked: bool
    when: str
    """How far off the end is."""
    size: int
    """How many they are."""

    @property
    def piles(self) -> tuple[str, ...]:
        """The piles that these cases lie on."""
        return _piles(self.stage, self.when, self.asked)


@cache
def _piles(stage: str, when: str, asked: bool) -> tuple[str, ...]:
    pile = cases.Pile
    stages = {
        Stage.HANDED_OVER: pile.TO_SIGN,
        Stage.UNDER_WAY: pile.UNDER_WAY,
        Stage.CLAIMED: pile.CLAIMED,
    }
    lies = [stages.get(Stage(stage)), {_LATE: pile.LATE, _SOON: pile.DUE_SOON}.get(when)]
    return tuple(one.value for one in (*lies, pile.ASKED if asked else None) if one is not None)


def cells(among: QuerySet[cases.Case], now: datetime) -> list[Cell]:
    """The cases counted, in one query."""
    when = Case(
        When(due__lte=now, then=Value(_LATE)),
        When(due__lte=now + cases.SOON, then=Value(_SOON)),
        When(due__gt=now, then=Value(_LATER)),
        default=Value(_NEVER),
        output_field=CharField(),
    )
    by = ("stage", "work_type", "light", "lead_id", "asked", "when")
    counted = among.order_by().annotate(when=when).values_list(*by).annotate(count=Count("*"))
    return [Cell(*row) for row in counted]


_kept: tuple[tuple[int, int], list[Cell]] | None = None


def all_cells(now: datetime) -> list[Cell]:
    """All cases counted; counted anew as soon as anything happened to one of them, and each minute."""
    global _kept  # noqa: PLW0603 - whoever sets it last has counted last
    latest = cases.CaseEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    key = (latest, int(now.timestamp()) // 60)
    if _kept is None or _kept[0] != key:
        _kept = (key, cells(cases.Case.objects.all(), now))
    return _kept[1]


def forget() -> None:
    """Count anew the next time."""
    global _kept  # noqa: PLW0603
    _kept = None


@dataclass(frozen=True)
class Tally:
    """What the cells come to under a choice."""

    total: int
    """How many cases are chosen."""
    by: Mapping[str, Counter[str]]
    """Of each filter, how many each of its values would show, the other filters being as they are."""
    lights: Mapping[int | None, Counter[str]]
    """The matrix: of each unit, how many of each light; of the choice but for unit and light."""

    def shown(self, name: str, allowed: Callable[[str], bool]) -> Counter[str]:
        """How many of the chosen cases have each value of a filter."""
        return Counter({value: count for value, count in self.by[name].items() if allowed(value)})


def tally(counted: Iterable[Cell], choice: Choice, charges: Mapping[int, Collection[int]]) -> Tally:
    """The sums. `charges`: the units in the charge of each leader's post."""
    tests = _tests(choice, charges)
    by: dict[str, Counter[str]] = {name: Counter() for name in _VALUES}
    lights: dict[int | None, Counter[str]] = defaultdict(Counter)
    total = 0
    for cell in counted:
        failed = [name for name, test in tests.items() if not test(cell)]
        if not failed:
            total += cell.size
        if set(failed) <= {"unit", "light"}:
            lights[cell.unit][cell.light] += cell.size
        if len(failed) < 2:
            for name in failed or by:
                for value in _VALUES[name](cell):
                    by[name][value] += cell.size
    by["leader"] = Counter(
        {str(post): sum(by["leader"][str(unit)] for unit in units) for post, units in charges.items()}
    )
    return Tally(total, by, lights)


_VALUES: dict[str, Callable[[Cell], Iterable[str]]] = {
    "light": lambda cell: (cell.light,),
    "stage": lambda cell: (cell.stage,),
    "type": lambda cell: (cell.type,),
    "unit": lambda cell: (str(cell.unit or ""),),
    "leader": lambda cell: (str(cell.unit or ""),),
    "pile": lambda cell: cell.piles,
}


def _tests(choice: Choice, charges: Mapping[int, Collection[int]]) -> dict[str, Callable[[Cell], bool]]:
    """Of each filter, whether a cell passes it."""
    tests: dict[str, Callable[[Cell], bool]] = {}
    if choice.light:
        tests["light"] = lambda cell: cell.light == choice.light
    if choice.stage != ALL:
        tests["stage"] = (
            (lambda cell: cell.stage == choice.stage)
            if choice.stage
            else lambda cell: cell.stage not in cases.ENDED
        )
    if choice.type:
        tests["type"] = lambda cell: cell.type == choice.type
    if choice.unit is not None:
        tests["unit"] = lambda cell: cell.unit == choice.unit
    if choice.leader is not None:
        charge = charges.get(choice.leader, ())
        tests["leader"] = lambda cell: cell.unit in charge
    if choice.pile:
        tests["pile"] = lambda cell: choice.pile in cell.piles
    return tests
