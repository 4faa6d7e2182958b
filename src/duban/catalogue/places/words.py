"""What a word of a report stands for, seen from the report's own place: 全市, 我省, 台安, 沈阳, 省会.

全市 in the report of a county or district is the city above it: a county compares itself (居全市第一) with the others
of its city and calls itself 全县 or 全区. In the report of a city of any level it is that city itself, of a
municipality too. 全区 in the report of an autonomous region or of one of its cities, prefectures and counties is the
region; in the report of a district it is the district. A word for a level that the report's place neither is nor has
above it (全省 in Beijing, 全市 in a province's report) stays unknown: it may be anybody's.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from duban.catalogue.places.knowledge import words_file
from duban.catalogue.places.lookup import above, ancestors, candidates, get
from duban.catalogue.places.model import How, Place, PlaceLevel, Resolution
from duban.catalogue.places.table import COUNTRY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.catalogue.places.model import On

__all__ = ["area_words", "relation", "resolve"]

_UNKNOWN = Resolution(place=None, how=How.UNKNOWN)


def resolve(word: str, own: Place | None, *, on: On = None) -> Resolution:
    """The place the word stands for in a report of `own` (None: nothing is known of the report), and how it was found.

    Names are sought nearest first: the place itself, below it, above it, beside it, then anywhere.

    >>> from duban.catalogue.places import find
    >>> anshan = find("鞍山市")
    >>> [resolve(word, anshan).place.name for word in ("全市", "我省", "台安", "沈阳")]
    ['鞍山市', '辽宁省', '台安县', '沈阳市']
    >>> resolve("全市", find("台安县")).place.name, resolve("高新区", anshan).how
    ('鞍山市', <How.NO_CODE: 'no_code'>)
    """
    if word in words_file()["country"]:
        return Resolution(place=COUNTRY, how=How.OWN if own == COUNTRY else How.ABOVE)
    if own is not None and (found := _area(word, own, on) or _capital(word, own, on)):
        return found
    if word in area_words():
        return _UNKNOWN
    return _by_name(word, own, on)


@cache
def area_words() -> dict[str, str]:
    """全市, 我市, 本市 … → 市."""
    before, areas = words_file()["before_area"], [*words_file()["areas"], "区"]
    return {first + area: area for first in before for area in areas}


def relation(place: Place, own: Place) -> How:
    """How a place stands to the report's own."""
    if place.code == own.code:
        return How.OWN
    if place.code in above(own):
        return How.ABOVE
    if own.code in above(place):
        return How.BELOW
    return How.BESIDE if place.parent == own.parent else How.ELSEWHERE


def _area(word: str, own: Place, on: On) -> Resolution | None:
    area = area_words().get(word)
    if area is None:
        return None
    line = (own, *ancestors(own, on=on))
    place = _district_or_region(line) if area == "区" else _of_kind(line, words_file()["areas"][area])
    return None if place is None else Resolution(place=place, how=relation(place, own))


def _of_kind(line: Iterable[Place], kind: dict[str, Any]) -> Place | None:
    """The nearest of the line, own place first, that has the level and is called so."""
    for place in line:
        of_level = kind["level"] in (place.level.value, "city") and place.level is not PlaceLevel.COUNTRY
        if of_level and place.name.endswith(tuple(kind["endings"])) and not place.name.endswith("特别行政区"):
            return place
    return None


def _district_or_region(line: tuple[Place, ...]) -> Place | None:
    if line[0].level is PlaceLevel.COUNTY and line[0].name.endswith("区"):
        return line[0]
    return next((place for place in line if place.name.endswith("自治区")), None)


def _capital(word: str, own: Place, on: On) -> Resolution | None:
    """省会, 首府 and 首都 by the table of seats."""
    endings = {"省会": "省", "首府": "自治区"}
    code: str | None = None
    if word == "首都":
        code = COUNTRY.code
    elif word in endings:
        line = (own, *ancestors(own, on=on))
        code = next((place.code for place in line if place.name.endswith(endings[word])), None)
    seat = get(words_file()["capitals"].get(code, ""), on=on) if code else None
    return None if seat is None else Resolution(place=seat, how=How.CAPITAL)


def _by_name(word: str, own: Place | None, on: On) -> Resolution:
    found = candidates(word, on=on)
    if not found:
        zone = word.endswith(tuple(words_file()["zones"]))
        return Resolution(place=None, how=How.NO_CODE) if zone else _UNKNOWN
    if own is None:
        return _only(found, How.ELSEWHERE)
    groups: dict[How, list[Place]] = {}
    for place in _every(word, found, own, on):
        groups.setdefault(relation(place, own), []).append(place)
    nearest = next(how for how in (How.OWN, How.BELOW, How.ABOVE, How.BESIDE, How.ELSEWHERE) if how in groups)
    return _only(found if nearest is How.ELSEWHERE else tuple(groups[nearest]), nearest)


def _every(word: str, found: tuple[Place, ...], own: Place, on: On) -> tuple[Place, ...]:
    """The candidates, and those that only the report's own province makes likely: 海南 in Qinghai."""
    province = (own, *ancestors(own, on=on))[-2:][0]
    return tuple(dict.fromkeys((*found, *candidates(word, parent=province, on=on))))


def _only(places: tuple[Place, ...], how: How) -> Resolution:
    if len(places) == 1:
        return Resolution(place=places[0], how=how)
    return Resolution(place=None, how=How.AMBIGUOUS, candidates=places)
