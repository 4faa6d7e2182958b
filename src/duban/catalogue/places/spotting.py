"""Names of places in running text: those that a report of a given place can be expected to use.

Chinese writes no spaces, so that a name may stand across two words (平|台安|全 is no 台安). One automaton a year holds
all names, so that a longer one takes the place of a shorter one in it (米易县 is no 易县), whether it counts or not.
The first and longest name wins; a name of two or three characters is passed over where both its ends are in the middle
of a common word; short names that are words themselves (富裕, 合作) do not count without their suffix. What counts in the
report of a place is worked out for its own province only, and stands in words.yaml as far as it is a matter of words.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from duban.catalogue.places.knowledge import words_file
from duban.catalogue.places.lookup import above
from duban.catalogue.places.model import How, Place, PlaceLevel
from duban.catalogue.places.table import in_force, span_of, table
from duban.catalogue.places.words import area_words, relation, resolve
from duban.catalogue.wording import encodable

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
    year = span_of(on)[0].year
    meanings, done, before = _meanings(own, year), 0, None
    matches = sorted(
        _names(year).automaton.find_matches_as_indexes(encodable(text), overlapping=True),
        key=lambda match: (match[1], -match[2]),
    )
    for index, start, end in matches:
        meant = meanings[index]
        if start < done or meant is _UNSEEN or _inside_words(text, start, end):
            continue
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
            settled = [each for each in self.all if before.code in above(each)]
            if len(settled) == 1:
                return settled[0]
        return self.place


_NOTHING = _Meant(place=None)
"""Stands for no place, and for no other name in it either."""
_UNSEEN = _Meant(place=None)
"""Does not count here, as if it were not a name: a county's short name elsewhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Names:
    """Everything that could be a name in a year's reports, and what it means where nothing is known of the report."""

    automaton: AhoCorasick
    index: dict[str, int]
    meant: tuple[_Meant, ...]
    full: dict[str, tuple[Place, ...]]
    short: dict[str, tuple[Place, ...]]
    of_province: dict[str, tuple[str, ...]]
    """Names of places in the province with these two digits."""


@lru_cache(maxsize=256)
def _meanings(own: Place | None, year: int) -> tuple[_Meant, ...]:
    """What each of the year's names means in a report of `own`, in their order."""
    names = _names(year)
    meant = list(names.meant)
    if own is not None and own.level is not PlaceLevel.COUNTRY:
        for name in names.of_province[own.code[:2]]:
            meant[names.index[name]] = _meaning(name, names, own)
    for word in (*words_file()["spotted_country"], *area_words()):
        meant[names.index[word]] = _Meant(place=resolve(word, own, on=year).place)
    return tuple(meant)


@lru_cache(maxsize=64)
def _names(year: int) -> _Names:
    full, short, of_province = defaultdict(list), defaultdict(list), defaultdict(list)
    common = frozenset(words_file()["common"])
    for place in _places_of(year):
        full[place.name].append(place)
        of_province[place.code[:2]].append(place.name)
        for name in dict.fromkeys((place.short, *place.others)):
            if name != place.name and name not in common:
                short[name].append(place)
                of_province[place.code[:2]].append(name)
    long_words = [word for word in common if len(word) > 2]
    words = [*words_file()["not_places"], *long_words, *words_file()["spotted_country"], *area_words()]
    order = tuple(dict.fromkeys([*full, *short, *sorted(words)]))
    names = _Names(
        automaton=AhoCorasick(list(order)),
        index={name: at for at, name in enumerate(order)},
        meant=(),
        full={name: tuple(found) for name, found in full.items()},
        short={name: tuple(found) for name, found in short.items()},
        of_province=defaultdict(
            tuple, {code: tuple(dict.fromkeys(found)) for code, found in of_province.items()}
        ),
    )
    return replace(names, meant=tuple(_meaning(name, names, None) for name in order))


@cache
def _places_of(year: int) -> tuple[Place, ...]:
    """Places in force at the beginning of the year, or under a name that was given up the year before."""
    now = in_force(table().places, year)
    names = {(place.code[:2], place.name) for place in now}
    earlier = [
        place for place in in_force(table().places, year - 1) if (place.code[:2], place.name) not in names
    ]
    return tuple(place for place in (*now, *earlier) if place.level is not PlaceLevel.COUNTRY)


def _meaning(name: str, names: _Names, own: Place | None) -> _Meant:
    """A full name first, then a short one, then a word in which a name stands."""
    meant = _full_name(name, names.full.get(name, ()), own)
    if meant is _UNSEEN:
        meant = _short_name(names.short.get(name, ()), own)
    return _NOTHING if meant is _UNSEEN and name not in names.short and name not in names.full else meant


def _full_name(name: str, places: tuple[Place, ...], own: Place | None) -> _Meant:
    if name in words_file()["general"]:
        return _Meant(place=None, all=places)
    nearest = _nearest(places, own)
    if nearest is None and len(places) == 1 and len(name) > 2:
        nearest = places[0]
    if nearest is None and (len(name) == 2 or not places):
        return _UNSEEN
    return _Meant(place=nearest, all=places if len(places) > 1 else ())


def _nearest(places: tuple[Place, ...], own: Place | None) -> Place | None:
    """The one that is nearest to the report's place, if one is near at all."""
    if own is None:
        return None
    near: dict[How, list[Place]] = {}
    for place in places:
        near.setdefault(relation(place, own), []).append(place)
    found = next((near[how] for how in _NEAR if how in near), [])
    return found[0] if len(found) == 1 else None


def _short_name(places: tuple[Place, ...], own: Place | None) -> _Meant:
    """The report's own place, else the one of the highest level if there is one."""
    known = [place for place in places if _known_by_short_name(place, own)]
    top = [place for place in known if own is not None and place.code == own.code] or [
        place for place in known if place.level is min((each.level for each in known), key=_RANK.__getitem__)
    ]
    if not known:
        return _UNSEEN
    place = top[0] if len(top) == 1 else None
    return _Meant(place=place, of_county=place is not None and place.level is PlaceLevel.COUNTY)


def _known_by_short_name(place: Place, own: Place | None) -> bool:
    if place.level is not PlaceLevel.COUNTY:
        return True
    if own is None:
        return False
    how = relation(place, own)
    return how in {How.OWN, How.BELOW} or (how is How.BESIDE and own.level is PlaceLevel.COUNTY)


_RANK = {level: rank for rank, level in enumerate(PlaceLevel)}


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
