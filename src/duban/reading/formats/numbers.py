"""Values as people read them: thousands separators, the sign of a growth, the qualifier, both ends of a range."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from duban.reading.formats.labels import label
from duban.reading.formats.records import plain

if TYPE_CHECKING:
    from duban.reading.formats.records import Record

__all__ = ["value_for_people"]

_SIGNED = {"growth", "change", "avg_growth"}


def value_for_people(record: Record, lang: str) -> str:
    """A figure's value: "+6.5", "5,080,000,000", "+5 – +5.5", "约 1,200"."""
    numbers = [number for number in (record["value"], record["high"]) if isinstance(number, Decimal)]
    value = "–".join(_grouped(number, signed=record["kind"] in _SIGNED) for number in numbers)
    qualifier = label("qualifier", str(record["qualifier"]), lang)
    return f"{qualifier} {value}" if qualifier else value


def _grouped(number: Decimal, *, signed: bool) -> str:
    whole, point, fraction = plain(abs(number)).partition(".")
    sign = "-" if number < 0 else "+" if signed and number > 0 else ""
    return f"{sign}{int(whole):,}{point}{fraction}"
