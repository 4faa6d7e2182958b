"""The words people read for the contract's names and values (labels.yaml)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from duban.reading.formats.records import Record

__all__ = ["columns", "fallen", "heading", "label", "labelled", "sheet"]


@cache
def _labels() -> dict[str, Any]:
    text = files("duban.reading.formats").joinpath("labels.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def columns(of: str) -> list[str]:
    """The record fields that a sheet of figures, distinctions or statements shows, in order."""
    names: list[str] = _labels()["columns"][of]
    return names


def sheet(of: str, lang: str) -> str:
    """The name of the figures, the distinctions or the statements together."""
    return str(_labels()["sheets"][of][lang])


def heading(field: str, lang: str, *, short: bool = False) -> str:
    """A column's heading; the short one has at most four Han characters."""
    headings = _labels()["headings"]
    names = _labels()["narrow"].get(field) or headings[field] if short else headings[field]
    return str(names[lang])


def fallen(lang: str) -> str:
    """What stands before a number, as written, by which something went down."""
    return str(_labels()["fallen"][lang])


def label(field: str, value: str, lang: str) -> str:
    """What a coded value is called: 增速 for the kind growth."""
    return str(_labels()["values"][field][value][lang])


def labelled(record: Record, field: str, lang: str) -> object:
    """The record's value for people: coded values by their label, lists as text, the rest as it is."""
    value = record[field]
    if isinstance(value, list):
        return ", ".join(map(str, value))
    names = _labels()["values"].get(field, {}).get(value)
    return value if names is None else str(names[lang])
