"""A body by its name, on its day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from duban.catalogue import places
from duban.catalogue.bodies.model import AmbiguousBodyError, Body, BodyLevel
from duban.catalogue.bodies.table import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["at", "bodies", "candidates", "find", "get"]

_LEVELS = {
    "省": BodyLevel.PROVINCE,
    "自治区": BodyLevel.PROVINCE,
    **dict.fromkeys(("市", "县", "区", "州", "盟", "旗"), BodyLevel.CITY),
}
_PREFIX = re.compile(f"(?:我|本)?({'|'.join(_LEVELS)})")
_PLACES = {
    places.PlaceLevel.PROVINCE: BodyLevel.PROVINCE,
    places.PlaceLevel.PREFECTURE: BodyLevel.CITY,
    places.PlaceLevel.COUNTY: BodyLevel.CITY,
}


def find(name: str, *, level: BodyLevel | str | None = None, on: date | int | None = None) -> Body | None:
    """The body of that name, or what became of it by that day (None: today), or None if there is none.

    Names are matched whole; 市, 省 or a place before them is understood: 市卫健委, 鞍山市教育局, 省发展改革委.
    Of a year its beginning is meant, then the rest of it.

    Raises AmbiguousBodyError where several levels have the name, or several bodies took over.

    >>> find("卫生部", on=2010).name, find("卫生部").name
    ('卫生部', '国家卫生健康委员会')
    >>> find("市卫健委").id, find("辽宁省教育厅").id
    ('city/health', 'province/education')
    """
    found = candidates(name, level=level, on=on)
    if len(found) > 1:
        raise AmbiguousBodyError(name, found)
    return found[0] if found else None


def candidates(
    name: str, *, level: BodyLevel | str | None = None, on: date | int | None = None
) -> tuple[Body, ...]:
    """Every body that `find` could mean; empty if there is none."""
    for rest, at_level in _readings(name):
        named = [
            body
            for body in table().by_name.get(rest, ())
            if (level is None or body.level == level) and (at_level is None or body.level is at_level)
        ]
        if named:
            return _in_time(named, on)
    return ()


def get(key: str) -> Body | None:
    """The body with that id."""
    return table().by_id.get(key)


def bodies(level: BodyLevel | str, *, on: date | int | None = None) -> tuple[Body, ...]:
    """Every body of a level on that day, in the order of the files: the usual ones first."""
    return tuple(body for body in table().bodies if body.level == level and _holds(body, on))


def at(body: Body, on: date | int | None = None) -> tuple[Body, ...]:
    """The body itself if there is one on that day, else its successors by then, the main one first."""
    if _holds(body, on) or body.dissolved is None:
        return (body,) if _holds(body, on) else ()
    return tuple(dict.fromkeys(later for key in body.successors for later in at(table().by_id[key], on)))


def _readings(name: str) -> Iterator[tuple[str, BodyLevel | None]]:
    """The name, and the name without 市, 省 or a place before it, with the level these tell."""
    yield name, None
    prefix = _PREFIX.match(name)
    if prefix:
        yield name[prefix.end() :], _LEVELS[prefix.group(1)]
    for cut in range(2, len(name) - 2):
        found = places.find(name[:cut]) if name[cut:] in table().by_name else None
        if found is not None and found.level in _PLACES:
            yield name[cut:], _PLACES[found.level]


def _in_time(named: list[Body], on: date | int | None) -> tuple[Body, ...]:
    """Those there are on the day; else what became of those there were before."""
    now = tuple(body for body in named if _holds(body, on))
    return now or _unique(later for body in named if _ended(body, on) for later in at(body, on))


def _days(on: date | int | None) -> tuple[date, ...]:
    """The days asked for, in order: a year's first, then its last. No date: far ahead, that is whatever is in force."""
    if on is None:
        return (date.max,)
    return (date(on, 1, 1), date(on, 12, 31)) if isinstance(on, int) else (on,)


def _holds(body: Body, on: date | int | None) -> bool:
    return any(body.holds_on(day) for day in _days(on))


def _ended(body: Body, on: date | int | None) -> bool:
    return body.dissolved is not None and not _holds(body, on) and body.dissolved <= _days(on)[-1].isoformat()


def _unique(found: Iterable[Body]) -> tuple[Body, ...]:
    return tuple(dict.fromkeys(found))
