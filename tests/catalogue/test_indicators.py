"""The catalogue of indicators is whole: every file fits its schema, no name means two things, nothing points nowhere."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from duban.catalogue import CatalogueError, Indicator, indicator, indicators
from duban.catalogue.entries import Type, codes_by_growth_name, codes_by_name, sources
from duban.catalogue.wording import key
from duban.quantities.words import units

FOLDER = files("duban.catalogue").joinpath("indicators")
FIELDS = sorted(
    path.name
    for path in FOLDER.iterdir()
    if path.name.endswith(".yaml") and path.name not in {"sources.yaml", "wording.yaml"}
)
ALL = list(indicators().values())


def load(name: str) -> Any:
    return yaml.load(FOLDER.joinpath(name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def names_of(entry: Indicator) -> tuple[str, ...]:
    return (entry.name.zh, *entry.names, *entry.growth_names)


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    text = FOLDER.joinpath("schema.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    return Draft202012Validator(json.loads(text))


@pytest.mark.parametrize("name", FIELDS)
def test_every_file_fits_the_schema(name: str, schema: Draft202012Validator) -> None:
    assert [f"{list(error.absolute_path)}: {error.message}" for error in schema.iter_errors(load(name))] == []


@pytest.mark.parametrize("name", FIELDS)
def test_a_file_is_named_after_its_field_and_has_one_prefix(name: str) -> None:
    data = load(name)
    assert data["field"] == name.removesuffix(".yaml")
    assert len({entry["code"].split(".")[0] for entry in data["indicators"]}) == 1


def test_there_are_as_many_as_reports_need() -> None:
    assert len(ALL) >= 300
    assert {entry.field for entry in ALL} >= {
        "economy", "industry", "agriculture", "trade", "foreign", "fiscal", "finance", "employment", "income",
        "education", "health", "environment", "energy", "safety", "government",
    }  # fmt: skip


def test_no_name_points_to_two_codes() -> None:
    # Growth names are looked up after the names, so that a growth name that is a name elsewhere would never be found.
    owners: dict[str, set[str]] = {}
    for entry in ALL:
        for name in names_of(entry):
            owners.setdefault(key(name), set()).add(entry.code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}
    assert len(codes_by_name()) + len(codes_by_growth_name()) == len(owners)


def test_no_entry_gives_a_name_twice() -> None:
    twice = {
        entry.code: [name for name, count in Counter(map(key, names_of(entry))).items() if count > 1]
        for entry in ALL
    }
    assert {code: names for code, names in twice.items() if names} == {}


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.code)
def test_everything_an_entry_names_is_there(entry: Indicator) -> None:
    pointed = (entry.part_of, entry.of, entry.per, entry.adds_to, *entry.by_unit.values())
    assert [code for code in pointed if code and code not in indicators()] == []
    assert entry.code not in pointed
    assert entry.source in sources()
    assert [unit for unit in (*entry.units, *entry.by_unit) if unit and unit not in units()] == []


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.code)
def test_an_entry_agrees_with_itself(entry: Indicator) -> None:
    if entry.units[0] in units() and units()[entry.units[0]].group == "money":
        assert entry.prices is not None, "money grows in some prices"
    if entry.adds_to:
        assert indicators()[entry.adds_to].type is Type.STOCK
    if entry.type is Type.RATIO:
        assert set(entry.units) <= {"%", "‰", "倍", ""}, "a share or a rate"


def test_nothing_is_part_of_itself() -> None:
    for entry in ALL:
        above, seen = entry.part_of, {entry.code}
        while above:
            assert above not in seen, entry.code
            seen.add(above)
            above = indicators()[above].part_of


def test_a_share_has_one_entry() -> None:
    pairs = Counter(
        (entry.of, entry.per) for entry in ALL if entry.type is Type.RATIO and entry.of and entry.per
    )
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_a_stock_has_one_addition() -> None:
    assert [
        code for code, count in Counter(entry.adds_to for entry in ALL).items() if code and count > 1
    ] == []


def test_every_source_is_cited() -> None:
    assert set(sources()) == {entry.source for entry in ALL}


@given(st.sampled_from([name for entry in ALL for name in names_of(entry)]))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key(key(name)) == key(name)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("ECO.GDP", "ECO.GDP"),
        ("地区生产总值", "ECO.GDP"),
        ("国内生产总值", "ECO.GDP"),
        ("规上工业增加值", "IND.VALUE_ADDED.SIZE"),
        ("规模以上工业增加值", "IND.VALUE_ADDED.SIZE"),
        ("ＰＭ２．５平均浓度", "ENV.PM25"),
    ],
)
def test_an_indicator_is_found_by_code_or_name(asked: str, code: str) -> None:
    assert indicator(asked).code == code


def test_what_is_not_there_says_what_is_like_it() -> None:
    with pytest.raises(CatalogueError) as caught:
        indicator("eco.gpd")
    assert str(caught.value) == (
        "the catalogue has no indicator 'eco.gpd'; expected a code or one of the names of an indicator. "
        "To do: try ECO.GNP, ECO.GDP, ENV.COD"
    )
