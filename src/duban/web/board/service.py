"""The door of the board: what of all work somebody chose to see, and one step with many tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from duban.web.board import listing
from duban.web.board.bulk import ACTS, MOST, Acted, acts_of, take_all
from duban.web.board.choice import ALL, SORTS, Choice
from duban.web.board.leader import Charge, Red, UnitRed, look_red
from duban.web.board.listing import WORST_FIRST
from duban.web.board.tally import Tally, all_cells, cells, tally
from duban.web.cases import service as cases
from duban.web.organisation import service as organisation
from duban.web.organisation.service import Post, Unit

if TYPE_CHECKING:
    from datetime import datetime

    from duban.web.access import Standing

__all__ = [
    "ACTS",
    "ALL",
    "MOST",
    "SORTS",
    "WORST_FIRST",
    "Acted",
    "Board",
    "Charge",
    "Choice",
    "Red",
    "UnitRed",
    "acts_of",
    "look",
    "look_red",
    "take_all",
]


@dataclass(frozen=True, kw_only=True)
class Board:
    """All work under a choice: how much there is of each sort, and the tasks themselves."""

    choice: Choice
    counts: Tally
    units: list[Unit]
    """The units that there is anything of, dissolved ones too, in their order."""
    leaders: list[Post]
    found: QuerySet[cases.Case]
    """The chosen tasks, in no order."""

    def rows(self, start: int, size: int) -> list[cases.Case]:
        """`size` of the chosen tasks from the `start`th on, as the choice sorts them."""
        order = [unit.pk for unit in self.units]
        return listing.rows(self.found, self.choice, self.counts, order, start, size)


def look(standing: Standing, choice: Choice, now: datetime | None = None) -> Board:
    """The board as somebody who may see it chose to see it."""
    moment = now or timezone.now()
    leaders = organisation.leading_posts()
    charges = organisation.charges_of(post.pk for post in leaders)
    visible = cases.visible(standing)
    counted = cells(choice.narrowed(visible), moment) if choice.narrows else all_cells(moment)
    counts = tally(counted, choice, charges)
    named = {int(unit) for unit in counts.by["unit"] if unit} | {unit for unit in counts.lights if unit}
    return Board(
        choice=choice,
        counts=counts,
        units=list(organisation.Unit.objects.filter(pk__in=named)),
        leaders=leaders,
        found=listing.chosen_of(visible, choice, charges, moment),
    )
