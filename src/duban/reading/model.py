"""What a reading finds: figures, distinctions and statements, each tied to its exact characters."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

__all__ = ["Action", "Distinction", "DistinctionType", "Figure", "Kind", "Qualifier", "Statement", "Status"]


class Qualifier(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Kind(StrEnum):
    LEVEL = "level"
    GROWTH = "growth"
    CHANGE = "change"
    AVG_GROWTH = "avg_growth"
    RANK = "rank"


class Status(StrEnum):
    ACTUAL = "actual"
    ESTIMATE = "estimate"
    TARGET = "target"
    REFERENCE = "reference"


class DistinctionType(StrEnum):
    RANK = "rank"
    RECORD_HIGH = "record_high"
    RECORD_LOW = "record_low"
    FIRST = "first"
    STREAK = "streak"
    SINCE = "since"
    ALL = "all"
    NONE = "none"
    BEST = "best"
    ABOVE = "above"


class Action(StrEnum):
    """What a statement does (`Statement.status`)."""

    DONE = "done"
    PLANNED = "planned"
    ONGOING = "ongoing"
    CONTEXT = "context"


class Figure(Struct, frozen=True, kw_only=True, gc=False):
    """One stated number tied to what it measures (gold/GUIDE.md). `text` is `document.text[start:end]`."""

    start: int
    end: int
    text: str
    """The number with its qualifier and unit, as written."""
    value: Decimal
    high: Decimal | None
    """The high end of a range, else None."""
    unit: str
    """The unit with its multipliers taken out (万平方米 -> 平方米); "" where there is none."""
    qualifier: Qualifier
    indicator: str
    kind: Kind
    status: Status
    period: str | None
    """"2022", "2021/2025", or None where it cannot be told."""
    place: str | None
    """None where it is the report's own jurisdiction."""
    section: int
    """Index into `Document.sections`."""
    statement: int
    """Index into `Reading.statements`: the clause it stands in."""


class Distinction(Struct, frozen=True, kw_only=True, gc=False):
    """A claim of rank, record, first, streak, completeness or comparison (gold/GUIDE.md)."""

    start: int
    end: int
    text: str
    type: DistinctionType
    scope: str | None
    subject: str
    n: int | None
    section: int
    statement: int


class Statement(Struct, frozen=True, kw_only=True, gc=False):
    """One clause with what it does. `figures` and `distinctions` are indices into the reading's lists."""

    start: int
    end: int
    text: str
    section: int
    status: Action
    action: str | None
    """The verb (建成, 推动), None where none was found."""
    object: str | None
    """What the verb acts on, in the report's words."""
    figures: tuple[int, ...]
    distinctions: tuple[int, ...]
