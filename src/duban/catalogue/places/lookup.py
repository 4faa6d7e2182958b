"""A place by its name or code, what is above and below it, and what became of it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from duban.catalogue.places.knowledge import words_file
from duban.catalogue.places.model import AmbiguousPlaceError, Place, PlaceLevel
from duban.catalogue.places.table import in_force, span_of, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.catalogue.places.model import On

__all__ = ["above", "ancestors", "at", "candidates", "children", "find", "get", "path"]

_CODE = re.compile("([0-9]{6})(?:0{6})?")
_RANK = {level: rank for rank, level in enumerate(PlaceLevel)}


def find(name: str, *, parent: Place | str | None = None, on: On = None) -> Place | None:
    """The place of that name or code on that day or in that year, None if there is none.

    `name` is matched whole, never in part: a full name (保定市), a short one (保定), one no longer in use (襄樊, which
    gives its successor 襄阳市 from 2010 on), several from the top down (河北省保定市易县), or a code. Of several places
    with one short name the highest is meant: 保定 is the city. `parent` is a place anywhere above.

    Raises AmbiguousPlaceError if several places have the name.

    >>> find("安新县").code, find("新安县").code, find("安新").code
    ('130632', '410323', '130632')
    >>> find("鼓楼区", parent="南京").code
    '320106'
    >>> find("襄樊", on=2005).name, find("襄樊", on=2015).name, find("襄阳市", on=2005)
    ('襄樊市', '襄阳市', None)
    """
    found = candidates(name, parent=parent, on=on)
    if len(found) > 1:
        raise AmbiguousPlaceError(name, found, tuple(path(place, on=on) for place in found))
    return found[0] if found else None


def candidates(name: str, *, parent: Place | str | None = None, on: On = None) -> tuple[Place, ...]:
    """Every place that `find` could mean; empty if there is none."""
    above = find(parent, on=on) if isinstance(parent, str) else parent
    if parent is not None and above is None:
        return ()
    code = _CODE.fullmatch(name)
    if code:
        return _within(_in_time(table().by_code.get(code.group(1), ()), on), above, on)
    found = _highest(_named(name, above, on))
    return found or _nested(name, above, on)


def get(code: str, *, on: On = None) -> Place | None:
    """The place that has the code on that day or in that year, None if none has."""
    found = in_force(table().by_code.get(code, ()), on)
    return found[0] if found else None


def ancestors(place: Place, *, on: On = None) -> tuple[Place, ...]:
    """The places above it, nearest first; by default as they were in the place's own time."""
    found: list[Place] = []
    code = place.parent
    while code is not None:
        above = _in_its_time(code, place, on)
        found.append(above)
        code = above.parent
    return tuple(found)


@cache
def above(place: Place) -> frozenset[str]:
    """The codes of the places above it in its own time."""
    return frozenset(each.code for each in ancestors(place))


def children(place: Place, *, on: On = None) -> tuple[Place, ...]:
    """The places directly below it, in the order of their codes."""
    return tuple(each for each in _below().get(place.code, ()) if in_force((each,), on))


def path(place: Place, *, on: On = None) -> str:
    """Its full name from the province down: 河北省保定市易县."""
    above = [each.name for each in reversed(ancestors(place, on=on)) if each.level is not PlaceLevel.COUNTRY]
    return "".join([*above, place.name])


def at(place: Place, on: On = None) -> tuple[Place, ...]:
    """What the place is, or was, on that day: itself, its successors or its predecessors, as far as they are known.

    >>> [each.name for each in at(find("通县", on=1990), 2020)]
    ['通州区']
    """
    first, _ = span_of(on)
    if place.holds_on(first):
        return (place,)
    if place.valid_to is not None and place.valid_to <= first:
        return _unique(later for after in _successors(place) for later in at(after, first))
    return _unique(earlier for before in _predecessors(place) for earlier in at(before, first))


def _named(name: str, above: Place | None, on: On) -> tuple[Place, ...]:
    """Places in force by full name, else by another name, else what became of places that had the name."""
    full, other = table().by_name.get(name, ()), table().by_other.get(name, ())
    for places in (full, other):
        if found := _within(in_force(places, on), above, on):
            return found
    if above is None and name in words_file()["general"]:
        return ()
    first, _ = span_of(on)
    for places in (full, other):
        ended = [place for place in places if place.valid_to is not None and place.valid_to <= first]
        became = _unique(later for place in ended for later in at(place, first))
        if found := _within(became, above, on):
            return found
    return ()


def _in_time(places: tuple[Place, ...], on: On) -> tuple[Place, ...]:
    """In force, else what became of the latest of them."""
    first, _ = span_of(on)
    ended = [place for place in places if place.valid_to is not None and place.valid_to <= first]
    return in_force(places, on)[:1] or (at(ended[-1], first) if ended else ())


def _within(places: Iterable[Place], above: Place | None, on: On) -> tuple[Place, ...]:
    if above is None:
        return tuple(places)
    return tuple(
        place for place in places if any(each.code == above.code for each in ancestors(place, on=on))
    )


def _highest(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The highest, if it alone is of its level."""
    top = min((_RANK[place.level] for place in places), default=None)
    best = tuple(place for place in places if _RANK[place.level] == top)
    return best if len(best) == 1 else places


def _nested(name: str, above: Place | None, on: On) -> tuple[Place, ...]:
    """河北省保定市易县: whole names from the top down."""
    for cut in range(2, len(name) - 1):
        heads = _highest(_named(name[:cut], above, on))
        if len(heads) == 1 and (found := candidates(name[cut:], parent=heads[0], on=on)):
            return found
    return ()


def _in_its_time(code: str, place: Place, on: On) -> Place:
    """The place with the code on that day; by default the latest one that overlaps the place's own time."""
    found = () if on is None else in_force(table().by_code[code], on)
    return found[0] if found else [each for each in table().by_code[code] if _overlap(each, place)][-1]


def _overlap(one: Place, other: Place) -> bool:
    return (one.valid_to is None or other.valid_from is None or other.valid_from < one.valid_to) and (
        other.valid_to is None or one.valid_from is None or one.valid_from < other.valid_to
    )


def _unique(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(places))


def _successors(place: Place) -> tuple[Place, ...]:
    """None of a place in force."""
    day = place.valid_to
    return tuple(
        after
        for code in place.successors
        for after in table().by_code[code]
        if day is not None and after.holds_on(day)
    )


def _predecessors(place: Place) -> tuple[Place, ...]:
    return _came_from().get(place, ())


@cache
def _came_from() -> dict[Place, tuple[Place, ...]]:
    found: dict[Place, list[Place]] = defaultdict(list)
    for place in table().places:
        for after in _successors(place):
            found[after].append(place)
    return {after: tuple(before) for after, before in found.items()}


@cache
def _below() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in table().places:
        if place.parent is not None:
            found[place.parent].append(place)
    return {code: tuple(places) for code, places in found.items()}
