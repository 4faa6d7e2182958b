"""Values as records: the contract that programs read, and the rows that people do."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from duban.measures.issues import say, strings

if TYPE_CHECKING:
    from duban.measures.pack import Pack
    from duban.measures.values import Value

__all__ = ["COLUMNS", "line", "number", "record", "row"]

COLUMNS = (
    "name",
    "place",
    "period",
    "value",
    "unit",
    "valid",
    "coverage",
    "reasons",
    "measure",
    "indicator",
    "definition_version",
    "vintage",
)
"""The columns of a table for people."""


def record(value: Value) -> dict[str, Any]:
    """The value with the names of the contract; numbers as numbers, in the order they are read in."""
    coverage = value.coverage
    return {
        "measure": value.measure,
        "indicator": value.indicator,
        "place": value.place,
        "period": value.period,
        "value": number(value.value),
        "unit": value.unit,
        "valid": value.valid,
        "definition_version": value.definition_version,
        "exact": value.exact,
        "counted": coverage.counted if coverage else None,
        "needed": coverage.needed if coverage else None,
        "reasons": [reason.message("en") for reason in value.reasons],
        "as_of": value.as_of.isoformat() if value.as_of else None,
        "vintage": value.vintage,
    }


def number(value: Decimal | str | None) -> float | int | str | None:
    """A published value as a number of JSON, a text as it is."""
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    return value


def line(value: Value) -> str:
    """One line of JSON."""
    return json.dumps(record(value), ensure_ascii=False) + "\n"


def row(value: Value, pack: Pack, lang: str) -> dict[str, Any]:
    """The value by the columns of `COLUMNS`; its number as a number, all else as text."""
    coverage = value.coverage
    return {
        "name": pack.measures[value.measure].name[lang],
        "place": value.place,
        "period": value.period,
        "value": "" if value.value is None else value.value,
        "unit": "" if value.unit == "1" else value.unit,
        "valid": strings()["words"]["yes" if value.valid else "no"][lang],
        "coverage": f"{coverage.counted}/{coverage.days}" if coverage else "",
        "reasons": ("；" if lang == "zh" else "; ").join(reason.message(lang) for reason in value.reasons),
        "measure": value.measure,
        "indicator": value.indicator,
        "definition_version": str(value.definition_version),
        "vintage": value.vintage[:12],
    }


def heading(column: str, lang: str) -> str:
    """What a column is called."""
    return say("headings", column, lang)
