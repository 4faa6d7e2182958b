"""The cases of the board, in order, a page at a time.

A page far down costs no more than the first: sorted by a light, a unit or a stage, the counts say in which of them it
begins, and an index gives the cases of one of them by due day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils import timezone

from duban.supervision import WORK_TYPES, Colour, Stage
from duban.web.board.choice import ALL
from duban.web.cases import service as cases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from duban.web.board.choice import Choice
    from duban.web.board.tally import Tally

__all__ = ["WORST_FIRST", "chosen_of", "rows"]

WORST_FIRST = (Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.GREY)
_DUE_FIRST = (F("due").asc(nulls_last=True), "key")
_PLAIN = {
    "due": _DUE_FIRST,
    "-due": (F("due").desc(nulls_last=True), "-key"),
    "key": ("key",),
    "-key": ("-key",),
}


def chosen_of(
    among: QuerySet[cases.Case],
    choice: Choice,
    charges: Mapping[int, Collection[int]],
    now: datetime | None = None,
) -> QuerySet[cases.Case]:
    """Those of the cases that are chosen."""
    among = choice.narrowed(among)
    if choice.light:
        among = among.filter(light=choice.light)
    if not choice.stage:
        among = among.exclude(stage__in=cases.ENDED)
    elif choice.stage != ALL:
        among = among.filter(stage=choice.stage)
    if choice.type:
        among = among.filter(work_type=choice.type)
    if choice.unit is not None:
        among = among.filter(lead=choice.unit)
    if choice.leader is not None:
        among = among.filter(lead__in=charges.get(choice.leader, ()))
    if choice.pile:
        among = cases.pile(among, cases.Pile(choice.pile), now or timezone.now())
    return among.order_by()


def rows(
    found: QuerySet[cases.Case], choice: Choice, counts: Tally, units: Sequence[int], start: int, size: int
) -> list[cases.Case]:
    """`size` of the chosen cases from the `start`th on, as the choice sorts them. `units`: in their order."""
    if choice.sort in _PLAIN:
        pks = _keys(found.order_by(*_PLAIN[choice.sort]), start, size)
    else:
        pks = [
            pk
            for condition, first, few in _parts(_groups(choice, counts, units), start, size)
            for pk in _keys(found.filter(condition).order_by(*_DUE_FIRST), first, few)
        ]
    wide = cases.Case.objects.select_related("lead").defer("state")
    by_pk = {case.pk: case for case in wide.filter(pk__in=pks)}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _keys(ordered: QuerySet[cases.Case], start: int, size: int) -> list[int]:
    return list(ordered.values_list("pk", flat=True)[start : start + size])


def _groups(choice: Choice, counts: Tally, units: Sequence[int]) -> list[tuple[Q, int]]:
    """The values that are sorted by, in their order, each with how many of the chosen cases have it."""
    if choice.sort == "unit":
        chosen = counts.shown("unit", lambda value: choice.unit is None or value == str(choice.unit))
        none = (Q(lead=None), chosen[""])
        return [*((Q(lead=unit), chosen[str(unit)]) for unit in units), none]
    name, field, order, wanted = {
        "light": ("light", "light", WORST_FIRST, choice.light),
        "stage": ("stage", "stage", tuple(Stage), choice.stage),
        "type": ("type", "work_type", WORK_TYPES, choice.type),
    }[choice.sort]
    chosen = counts.shown(name, lambda value: _passes(name, value, wanted))
    return [(Q(**{field: str(value)}), chosen[str(value)]) for value in order]


def _passes(name: str, value: str, wanted: str) -> bool:
    if name == "stage" and wanted in ("", ALL):
        return wanted == ALL or value not in cases.ENDED
    return not wanted or value == wanted


def _parts(groups: Sequence[tuple[Q, int]], start: int, size: int) -> Iterator[tuple[Q, int, int]]:
    """From where and how many of each group a page takes."""
    for condition, count in groups:
        few = min(count - start, size)
        if few > 0:
            yield condition, start, few
            start, size = 0, size - few
        else:
            start -= count
