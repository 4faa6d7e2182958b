"""Spells: a code with one name from the list that first has it to the list that no longer does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tools.places.lists import FIRST, LAST

if TYPE_CHECKING:
    from tools.places.lists import Current, List

__all__ = ["Spell", "spells"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """`begin` None: from before the first list. `end` None: in force; else the first day it is not."""

    code: str
    name: str
    begin: date | None
    end: date | None

    def holds_on(self, day: date) -> bool:
        return (self.begin is None or self.begin <= day) and (self.end is None or day < self.end)


def spells(lists: dict[int, List], current: Current, changes: dict[str, Any]) -> list[Spell]:
    """All spells, from the yearly lists, today's, and the dated changes between them."""
    ended, began = _changes_since(lists[LAST], current, changes)
    found: list[Spell] = []
    for code, name, first, last in _runs(lists):
        begin = None if first == FIRST else date(first, 12, 31)
        end = date(last + 1, 12, 31) if last < LAST else ended.get(code)
        found.append(Spell(code=code, name=name, begin=begin, end=end))
    found += [
        Spell(code=code, name=current.places[code], begin=begin, end=None) for code, begin in began.items()
    ]
    exact = changes["begin"]
    return sorted(
        (_dated(spell, exact) for spell in found), key=lambda spell: (spell.code, spell.begin or date.min)
    )


def _runs(lists: dict[int, List]) -> list[tuple[str, str, int, int]]:
    """(code, name, first year, last year) of every stretch of lists that agree."""
    runs: list[tuple[str, str, int, int]] = []
    for code in sorted({code for places in lists.values() for code in places}):
        named = [(year, lists[year].get(code)) for year in sorted(lists)]
        for at, (year, name) in enumerate(named):
            if name is None:
                continue
            if at and named[at - 1][1] == name:
                code_, name_, first, _ = runs.pop()
                runs.append((code_, name_, first, year))
            else:
                runs.append((code, name, year, year))
    return runs


def _changes_since(
    last: List, current: Current, changes: dict[str, Any]
) -> tuple[dict[str, date], dict[str, date]]:
    """Day of every end and beginning between the last yearly list and today's, each of which has to be known."""
    gone = {code for code, name in last.items() if current.places.get(code) != name}
    come = {code for code, name in current.places.items() if last.get(code) != name}
    ended = {code: change["day"] for change in changes["since"] for code in change["ended"]}
    began = {code: change["day"] for change in changes["since"] for code in change["began"]}
    for what, needed, given in (("ended", gone, ended), ("began", come, began)):
        if missing := {code: last.get(code) or current.places.get(code) for code in needed - given.keys()}:
            raise ValueError(f"changes.yaml: {what} since {LAST}, but not dated: {missing}")
        if left_over := given.keys() - needed:
            raise ValueError(f"changes.yaml: said to have {what}, but the lists do not: {sorted(left_over)}")
    return ended, began


def _dated(spell: Spell, exact: dict[str, date | None]) -> Spell:
    begin = exact.get(spell.code, spell.begin)
    return Spell(code=spell.code, name=spell.name, begin=begin, end=spell.end)
