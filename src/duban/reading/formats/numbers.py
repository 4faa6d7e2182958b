"""Values as people read them: thousands separators, the sign of a growth, the qualifier, both ends of a range."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from duban.reading.formats.labels import fallen, label
from duban.reading.formats.records import plain

if TYPE_CHECKING:
    from duban.reading.formats.records import Record

__all__ = ["value_as_written", "value_for_people", "value_for_programs"]

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


def value_for_programs(record: Record) -> str:
    """A figure's value without separators; both ends of a range: "5080000000", "5–5.5"."""
    return "–".join(
        plain(number) for number in (record["value"], record["high"]) if isinstance(number, Decimal)
    )


def value_as_written(record: Record, lang: str) -> str:
    """The number in the report's words, which are short; of what went down it is said: "50.8亿元", "降17.5%"."""
    text = "".join(str(record["text"]).split())
    value = record["value"]
    fell = isinstance(value, Decimal) and value < 0 and not text.startswith(("-", "−", "－"))
    return fallen(lang) + text if fell else text
