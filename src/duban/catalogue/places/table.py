"""All places, read once from catalogue/data/places.csv, and by code and by name."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from duban.catalogue.places.model import Place, PlaceLevel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.catalogue.places.model import On

__all__ = ["COUNTRY", "Table", "about", "as_of", "in_force", "span_of", "table"]

COUNTRY = Place(
    code="CN",
    name="中华人民共和国",
    short="中国",
    others=("全国",),
    level=PlaceLevel.COUNTRY,
    parent=None,
    valid_from=None,
    valid_to=None,
    successors=(),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Places in the order of their codes and days."""

    places: tuple[Place, ...]
    by_code: dict[str, tuple[Place, ...]]
    by_name: dict[str, tuple[Place, ...]]
    by_other: dict[str, tuple[Place, ...]]
    """By short and other names, where these are not the name itself."""


@cache
def table() -> Table:
    """The places of the package. Takes some 40 ms the first time, nothing after that."""
    places = (COUNTRY, *_rows())
    codes, names, others = defaultdict(list), defaultdict(list), defaultdict(list)
    for place in places:
        codes[place.code].append(place)
        names[place.name].append(place)
        for other in dict.fromkeys((place.short, *place.others)):
            if other != place.name:
                others[other].append(place)
    return Table(places=places, by_code=_tuples(codes), by_name=_tuples(names), by_other=_tuples(others))


def _tuples(lists: dict[str, list[Place]]) -> dict[str, tuple[Place, ...]]:
    return {key: tuple(found) for key, found in lists.items()}


def _rows() -> Iterable[Place]:
    text = files("duban.catalogue").joinpath("data", "places.csv").read_text(encoding="utf-8")
    levels = {level.value: level for level in PlaceLevel}
    rows = csv.reader(text.splitlines())
    next(rows)
    for code, name, short, other, level, parent, valid_from, valid_to, successors in rows:
        yield Place(
            code=code,
            name=name,
            short=short or name,
            others=tuple(other.split()),
            level=levels[level],
            parent=parent,
            valid_from=date.fromisoformat(valid_from) if valid_from else None,
            valid_to=date.fromisoformat(valid_to) if valid_to else None,
            successors=tuple(successors.split()),
        )


@cache
def about() -> dict[str, Any]:
    """What the list was made of: `as_of`, the `first` list, `yearly_until`, and the `packages` it was read from."""
    import yaml

    text = files("duban.catalogue").joinpath("data", "places.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def as_of() -> date:
    """The day of the newest list."""
    day: date = about()["as_of"]
    return day


def span_of(on: On) -> tuple[date, date]:
    """First and last day meant: of a year both its ends, else the same day twice."""
    if isinstance(on, int):
        return date(on, 1, 1), date(on, 12, 31)
    day = as_of() if on is None else on
    return day, day


def in_force(places: Iterable[Place], on: On) -> tuple[Place, ...]:
    """Those that hold on the day. Of a year: on its first day, when reports are given, else at any time in it."""
    first, last = span_of(on)
    found = tuple(places)
    return tuple(place for place in found if place.holds_on(first)) or tuple(
        place for place in found if first != last and place.holds_on(last)
    )
