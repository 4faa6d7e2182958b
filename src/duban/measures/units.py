"""Units of records: known by any of their spellings, converted only where both measure the same (units.yaml)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from duban.errors import InputError

__all__ = ["Unit", "convert", "known", "spellings", "unit"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's name, what it measures, and how many of that quantity's base unit one is."""

    name: str
    measures: str
    factor: Decimal


@cache
def _declared() -> dict[str, Any]:
    text = files("duban.measures").joinpath("units.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _units() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for measures, units in _declared().items():
        for name, entry in units.items():
            made = Unit(name, measures, Decimal(str(entry["factor"])))
            for spelling in (name, *entry["same"]):
                found[_plain(spelling)] = made
    return found


def _plain(spelling: str) -> str:
    return "".join(unicodedata.normalize("NFKC", spelling).casefold().split())


def known(spelling: str) -> bool:
    """Whether the spelling is a unit's."""
    return _plain(spelling) in _units()


def unit(spelling: str) -> Unit:
    """The unit spelt so. Raises `InputError` for an unknown one.

    >>> unit("微克/立方米").name
    'µg/m³'
    """
    try:
        return _units()[_plain(spelling)]
    except KeyError:
        raise InputError(
            f"the unit “{spelling}” is not known", todo="use a unit of measures/units.yaml, or add it there"
        ) from None


def spellings(wanted: str) -> dict[Decimal, list[str]]:
    """Factor → the spellings of units, as units.yaml has them, whose numbers times it are in the unit `wanted`.

    >>> spellings("m")[Decimal("0.01")]
    ['cm', '厘米']
    """
    found: dict[Decimal, list[str]] = {}
    for name, each in _declared().get(unit(wanted).measures, {}).items():
        found.setdefault(convert(name, wanted), []).extend([name, *each["same"]])
    return found


def convert(given: str, wanted: str) -> Decimal:
    """What a number in the unit `given` is multiplied by to be in the unit `wanted`.

    Raises `InputError` where the two measure different things.

    >>> convert("µg/m³", "mg/m³")
    Decimal('0.001')
    """
    one, other = unit(given), unit(wanted)
    if one.measures != other.measures:
        raise InputError(f"{one.name} ({one.measures}) is not converted into {other.name} ({other.measures})")
    return one.factor / other.factor
