"""Units of records: known by any of their spellings, converted only where both measure the same (units.yaml)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from duban.errors import InputError

__all__ = ["Unit", "convert", "known", "unit"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's name, what it measures, and how many of that quantity's base unit one is."""

    name: str
    measures: str
    factor: Decimal


@cache
def _units() -> dict[str, Unit]:
    text = files("duban.measures").joinpath("units.yaml").read_text(encoding="utf-8")
    found: dict[str, Unit] = {}
    for measures, units in yaml.safe_load(text).items():
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
