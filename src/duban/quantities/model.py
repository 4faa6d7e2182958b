"""What a scan finds: quantities, and numbers that state nothing, each with the reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

__all__ = ["NotFigure", "Quantity", "Reason"]

Reason = Literal["date", "ordinal", "name", "word", "noise", "duration"]


class Quantity(Struct, frozen=True, gc=False):
    """A number with its unit and qualifier. Offsets are characters of the scanned text."""

    start: int
    """Where the number or the qualifier before it begins."""
    end: int
    """After the unit or the qualifier behind it."""
    number: int
    """Where the number itself begins."""
    value: Decimal
    """In the base unit, magnitudes multiplied out; a percentage as written."""
    high: Decimal | None
    unit: str
    kind: str
    """The unit's kind (ratio, point, money, physical, person, count, time, rank, none)."""
    qualifier: str
    scale: bool = False
    """A size class (万亿级, 千万千瓦级)."""


class NotFigure(Struct, frozen=True, gc=False):
    """A number that states nothing, and why."""

    start: int
    end: int
    reason: Reason
