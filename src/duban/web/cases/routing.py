"""Who is to lead, who has a part, what there will be to see and by when: as a board suggests it and people fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from duban.errors import DubanError, InputError
from duban.web.organisation import service as organisation
from duban.web.organisation.service import SuggestedUnit, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


__all__ = ["Outcome", "Route", "Row", "fill", "picked", "route", "send"]

_SEPARATORS = str.maketrans(dict.fromkeys("，,;；/ \t", "、"))


@dataclass(frozen=True, kw_only=True)
class Route:
    """Who leads, who has a part, what there will be to see, and by when."""

    lead: Unit
    co: Sequence[Unit] = ()
    result_form: str = ""
    due: date | None = None


@dataclass(kw_only=True)
class Row:
    """Something to be handed over, with what was suggested, or typed in, for it."""

    pk: int
    text: str
    suggestions: list[SuggestedUnit]
    lead: str
    key: str = ""
    url: str = ""
    """Of the case, where there is one already."""
    badges: list[str] = field(default_factory=list)
    sort: str = ""
    """What sort of case it is, where that has to be said."""
    co: str = ""
    result: str = ""
    due: str = ""
    picked: bool = False
    problem: str = ""
    by_context: bool = False
    """Whether the suggestions come from the words around it."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    done: int
    failed: dict[int, str]
    """What was wrong, by row."""


def picked(posted: Iterable[str]) -> list[int]:
    """The rows that were ticked."""
    return [int(name[5:]) for name in posted if name.startswith("pick-") and name[5:].isdigit()]


def fill(rows: Sequence[Row], posted: Mapping[str, str], failed: Mapping[int, str]) -> None:
    """Put back what was typed in, where it could not be taken."""
    for row in rows:
        pk = row.pk
        if f"lead-{pk}" in posted:
            row.lead, row.co = posted[f"lead-{pk}"], posted.get(f"co-{pk}", "")
            row.result, row.due = posted.get(f"result-{pk}", ""), posted.get(f"due-{pk}", "")
            row.picked = f"pick-{pk}" in posted
        row.problem = failed.get(pk, "")


def send(
    rows: Iterable[int], posted: Mapping[str, str], hand_over: Callable[[int, Route], object]
) -> Outcome:
    """Hand over each of the rows as it was filled in. One that cannot be does not keep the others back."""
    done, failed = 0, {}
    for pk in rows:
        try:
            hand_over(pk, route(pk, posted))
        except DubanError as error:
            failed[pk] = str(error)
        else:
            done += 1
    return Outcome(done=done, failed=failed)


def route(pk: int, posted: Mapping[str, str]) -> Route:
    """What was filled in for a row.

    Raises InputError: no lead, a unit that there is not, no day.
    """
    due = posted.get(f"due-{pk}", "").strip()
    try:
        day = parse_date(due) if due else None
    except ValueError:
        day = None
    if due and day is None:
        raise InputError(_("%(word)s is no day") % {"word": due}, expected="2026-12-31")
    lead = posted.get(f"lead-{pk}", "").strip()
    if not lead:
        raise InputError(_("no lead unit is named"))
    names = posted.get(f"co-{pk}", "").translate(_SEPARATORS).split("、")
    return Route(
        lead=_unit(lead),
        co=[_unit(name) for name in dict.fromkeys(names) if name and name != lead],
        result_form=posted.get(f"result-{pk}", "").strip(),
        due=day,
    )


def _unit(name: str) -> Unit:
    unit = organisation.by_name(name)
    if unit is None:
        raise InputError(_("there is no unit %(name)s") % {"name": name}, todo=_("choose one from the list"))
    return unit
