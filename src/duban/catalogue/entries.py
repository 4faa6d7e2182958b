"""What the catalogue knows of each indicator, read once from the files of indicators/."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
import yaml
from msgspec import Struct

from duban.catalogue.wording import key
from duban.errors import DubanError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "CatalogueError",
    "Direction",
    "Frequency",
    "Indicator",
    "Prices",
    "Source",
    "Text",
    "Type",
    "fields",
    "indicator",
    "indicators",
    "sources",
]

_KINDS = ("level", "growth", "change", "avg_growth", "rank")
_KINDS_OF_A_RATIO = ("level", "change", "rank")
_OTHER_FILES = frozenset({"sources.yaml", "wording.yaml"})
# Everything in these files is text; a loader that guesses no types is twice as fast and takes no 是 for a truth value.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class CatalogueError(DubanError, LookupError):
    """Something the catalogue does not have, or an entry that cannot be right."""

    __str__ = DubanError.__str__


class Type(StrEnum):
    """What sort of quantity an indicator is."""

    FLOW = "flow"
    """What came about in a period (output, revenue, things built)."""
    STOCK = "stock"
    """What is there at a moment (population, deposits, firms)."""
    RATIO = "ratio"
    """A share or a rate."""
    AVERAGE = "average"
    """So much a head, a hectare, a yuan."""
    INDEX = "index"
    """A number that only compares."""


class Direction(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


class Frequency(StrEnum):
    """How often it is published at most."""

    ANNUAL = "annual"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


class Prices(StrEnum):
    """In which prices growth is given."""

    CONSTANT = "constant"
    CURRENT = "current"


class Text(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name or a sentence in Chinese and English."""

    zh: str
    en: str


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who defines an indicator, and in which document."""

    body: Text
    document: Text
    issued: str = ""
    """When the document was, as far as it is one dated text (2013-09, 2023)."""


class Indicator(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is measured. Its level, growth, change and rank are kinds of the same indicator."""

    code: str
    name: Text
    names: tuple[str, ...] = ()
    """Other names, as reports write them."""
    growth_names: tuple[str, ...] = ()
    """Short names that mean it only where growth is spoken of (第三产业增长6%: its value added)."""
    units: tuple[str, ...]
    """Units of its level, the usual one first; "" where it has none."""
    type: Type
    direction: Direction
    frequency: Frequency
    prices: Prices | None = None
    """None where it is no money."""
    kinds: tuple[str, ...] = ()
    """The kinds of figure that are meaningful."""
    source: str
    """Key into `sources()`."""
    definition: Text
    part_of: str | None = None
    """The total it is part of."""
    of: str | None = None
    """A ratio's or average's numerator."""
    per: str | None = None
    """A ratio's or average's denominator."""
    adds_to: str | None = None
    """The stock it is the yearly addition to."""
    by_unit: dict[str, str] = {}
    """Unit → the indicator that its names mean where a level has this unit."""
    field: str = ""
    """The file it stands in (economy, industry…)."""


class _Field(Struct, frozen=True, forbid_unknown_fields=True):
    """One file: a field and its indicators."""

    field: str
    name: Text
    indicators: list[Indicator]


@cache
def indicators() -> dict[str, Indicator]:
    """Code → indicator, in the order of the files and of the entries in them.

    >>> indicators()["ECO.GDP"].name.zh
    '地区生产总值'
    """
    found: dict[str, Indicator] = {}
    for name, field in _fields():
        for entry in field.indicators:
            if entry.code in found:
                raise CatalogueError(
                    f"the code {entry.code} stands twice", where=name, todo="give one another code"
                )
            found[entry.code] = _completed(entry, field.field)
    return found


@cache
def fields() -> dict[str, Text]:
    """Field (economy, industry…) → what it is called, in the order of the files."""
    return {field.field: field.name for _, field in _fields()}


@cache
def sources() -> dict[str, Source]:
    """Key → who defines an indicator and where."""
    found: dict[str, Source] = _converted("sources.yaml", dict[str, Source])
    return found


def indicator(code_or_name: str) -> Indicator:
    """The indicator with this code, or with this for one of its names.

    Raises CatalogueError, naming codes that look like it, where there is none.

    >>> indicator("规上工业增加值").code
    'IND.VALUE_ADDED.SIZE'
    """
    known = indicators()
    code = code_or_name if code_or_name in known else codes_by_name().get(key(code_or_name), "")
    if code:
        return known[code]
    close = get_close_matches(code_or_name.upper(), known, n=3, cutoff=0.5)
    raise CatalogueError(
        f"the catalogue has no indicator {code_or_name!r}",
        expected="a code or one of the names of an indicator",
        todo=f"try {', '.join(close)}"
        if close
        else "look it up in docs/reference/catalogue.md, or add an entry",
    )


@cache
def codes_by_name() -> dict[str, str]:
    """Key of every name that holds for all kinds → code."""
    return _by_key(
        (name, entry.code) for entry in indicators().values() for name in (entry.name.zh, *entry.names)
    )


@cache
def codes_by_growth_name() -> dict[str, str]:
    """Key of every name that holds for growth alone → code."""
    return _by_key((name, entry.code) for entry in indicators().values() for name in entry.growth_names)


def _by_key(names: Iterator[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, code in names:
        other = found.setdefault(key(name), code)
        if other != code:
            raise CatalogueError(
                f"{name} is a name of both {other} and {code}",
                where="catalogue/indicators",
                todo="take it from one of them, or write which of the two it is in full",
            )
    return found


def _fields() -> Iterator[tuple[str, _Field]]:
    folder = files(__package__).joinpath("indicators")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml") and file.name not in _OTHER_FILES:
            yield file.name, _converted(file.name, _Field)


def _converted(name: str, form: Any) -> Any:
    text = files(__package__).joinpath("indicators", name).read_text(encoding="utf-8")
    try:
        return msgspec.convert(yaml.load(text, Loader=_LOADER), form, strict=False)  # noqa: S506 - a safe loader
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise CatalogueError(
            str(error), where=f"catalogue/indicators/{name}", todo="see schema.json beside it for the form"
        ) from error


def _completed(entry: Indicator, field: str) -> Indicator:
    kinds = entry.kinds or (_KINDS_OF_A_RATIO if entry.type is Type.RATIO else _KINDS)
    return msgspec.structs.replace(entry, field=field, kinds=kinds)
