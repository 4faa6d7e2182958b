"""Names of places in running text: those that a report of a given place can be expected to use.

Chinese writes no spaces, so that a name may stand across two words (平|台安|全 is no 台安). One automaton per report's
place holds the names that count there, and longer names and words that hold one of them (米易县 for 易县). The longest
name from the left wins; a name of two characters is passed over where both its ends are in the middle of a common
word; short names that are words themselves (富裕, 建设) do not count without their suffix. The words stand in words.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from duban.catalogue.places.knowledge import words_file
from duban.catalogue.places.lookup import ancestors
from duban.catalogue.places.model import How, Place, PlaceLevel
from duban.catalogue.places.table import in_force, span_of, table
from duban.catalogue.places.words import area_words, relation, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.catalogue.places.model import On

__all__ = ["names_in"]

_NEAR = (How.OWN, How.BELOW, How.ABOVE, How.BESIDE)
_GOES_ON = tuple("域级")
"""After 县, 市, 区: the word speaks of a kind of area (振兴县域, 省市县级), not of a place."""


_NATURE = tuple("山河江湖湾岭溪")
"""After a county's short name: the mountain or river that the county has its name from (祁连山, 嘉陵江)."""


def names_in(text: str, own: Place | None, *, on: On = None) -> Iterator[tuple[int, int, Place]]:
    """(start, end, place) of every name of a place in `text`, a report of `own`, in the order of the text.

    Spans do not overlap. Found are: 全国, 全省, 全市 and the like as `resolve` reads them; all provinces and
    prefectures, by full or short name; counties and districts in `own`'s province, below `own` or beside it by short
    name too; others by a full name that only one place has, or that the name before it settles (北京市朝阳区).

    >>> from duban.catalogue.places import find
    >>> [place.name for _, _, place in names_in("全市平台安全可控，支持台安、沈阳等地", find("鞍山市"))]
    ['鞍山市', '台安县', '沈阳市']
    """
    spotter = _spotter(own, _year(on))
    done, before = 0, None
    matches = sorted(
        spotter.automaton.find_matches_as_indexes(text, overlapping=True),
        key=lambda match: (match[1], -match[2]),
    )
    for index, start, end in matches:
        if start < done or _inside_words(text, start, end):
            continue
        meant = spotter.meant[index]
        if meant.of_county and text.startswith(_NATURE, end):
            done, before = end + 1, None
            continue
        place = meant.under(before if done == start else None)
        done, before = end, place
        if place is not None:
            yield start, end, place


@dataclass(frozen=True, kw_only=True, slots=True)
class _Meant:
    """What a name means here: `place`, unless the name just before it settles on one of `all`."""

    place: Place | None
    all: tuple[Place, ...] = ()
    of_county: bool = False
    """Whether it is a county's short name."""

    def under(self, before: Place | None) -> Place | None:
        if before is not None and self.all:
            settled = [
                each for each in self.all if any(above.code == before.code for above in ancestors(each))
            ]
            if len(settled) == 1:
                return settled[0]
        return self.place


_NOTHING = _Meant(place=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Spotter:
    automaton: AhoCorasick
    meant: tuple[_Meant, ...]


def _year(on: On) -> int:
    return span_of(on)[0].year


@lru_cache(maxsize=128)
def _spotter(own: Place | None, year: int) -> _Spotter:
    long_words = [word for word in words_file()["common"] if len(word) > 2]
    names = {
        **dict.fromkeys([*words_file()["not_places"], *long_words], _NOTHING),
        **_short_names(own, year),
        **_full_names(own, year),
        **_area_names(own, year),
    }
    return _Spotter(automaton=AhoCorasick(list(names)), meant=tuple(names.values()))


def _inside_words(text: str, start: int, end: int) -> bool:
    """Whether the span's ends are in the middle of words (平|台安|全, 新|增城市), or its name goes on (振兴县域)."""
    if text[end - 1] in "县市区州" and text.startswith(_GOES_ON, end):
        return True
    if end - start > 3 or text[start - 1 : start + 1] not in _pairs():
        return False
    return text[end - 1 : end + 1] in _pairs() or (end - start == 3 and text[start + 1 : end] in _pairs())


@cache
def _pairs() -> frozenset[str]:
    """Common words of two characters of which one begins or ends a place's short name."""
    text = files("duban.catalogue").joinpath("data", "word_pairs.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def _places_of(year: int) -> tuple[Place, ...]:
    """Places in force at the beginning of the year, or under a name that was given up the year before."""
    now = in_force(table().places, year)
    names = {(place.code[:2], place.name) for place in now}
    earlier = in_force(table().places, year - 1)
    return (*now, *(place for place in earlier if (place.code[:2], place.name) not in names))


@cache
def _by_full_name(year: int) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in _places_of(year):
        if place.level is not PlaceLevel.COUNTRY:
            found.setdefault(place.name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _full_names(own: Place | None, year: int) -> dict[str, _Meant]:
    return {
        name: meant
        for name, places in _by_full_name(year).items()
        if (meant := _full_name(name, places, own)) is not _NOTHING or len(name) > 2
    }


def _full_name(name: str, places: tuple[Place, ...], own: Place | None) -> _Meant:
    if name in words_file()["general"]:
        return _Meant(place=None, all=places)
    nearest = _nearest(places, own)
    if nearest is None and len(places) == 1 and len(name) > 2:
        nearest = places[0]
    if nearest is None and len(name) == 2:
        return _NOTHING
    return _Meant(place=nearest, all=places if len(places) > 1 else ())


def _nearest(places: tuple[Place, ...], own: Place | None) -> Place | None:
    """The one that is nearest to the report's place, if one is near at all."""
    if own is None or own.level is PlaceLevel.COUNTRY:
        return None
    for how in _NEAR:
        near = [place for place in places if relation(place, own) is how]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _short_names(own: Place | None, year: int) -> dict[str, _Meant]:
    common = frozenset(words_file()["common"])
    found: dict[str, list[Place]] = {}
    for place in _places_of(year):
        if place.level is not PlaceLevel.COUNTRY and _known_by_short_name(place, own):
            for name in dict.fromkeys((place.short, *place.others)):
                if name != place.name and name not in common:
                    found.setdefault(name, []).append(place)
    meant = {name: _first(places, own) for name, places in found.items()}
    return {
        name: _Meant(place=place, of_county=place is not None and place.level is PlaceLevel.COUNTY)
        for name, place in meant.items()
    }


def _known_by_short_name(place: Place, own: Place | None) -> bool:
    if place.level is not PlaceLevel.COUNTY:
        return True
    if own is None or own.level is PlaceLevel.COUNTRY:
        return False
    return relation(place, own) in {How.OWN, How.BELOW} or (
        own.level is PlaceLevel.COUNTY and place.parent == own.parent
    )


def _first(places: list[Place], own: Place | None) -> Place | None:
    """The report's own place, else the one of the highest level if there is one."""
    if own is not None:
        for place in places:
            if place.code == own.code:
                return place
    top = [
        place
        for place in places
        if place.level is min((each.level for each in places), key=_RANK.__getitem__)
    ]
    return top[0] if len(top) == 1 else None


_RANK = {level: rank for rank, level in enumerate(PlaceLevel)}


def _area_names(own: Place | None, year: int) -> dict[str, _Meant]:
    words = [*words_file()["spotted_country"], *area_words()]
    return {word: _Meant(place=resolve(word, own, on=year).place) for word in words}
