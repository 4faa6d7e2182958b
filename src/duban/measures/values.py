"""What a measure gave for a place and a period, with all that is needed to give it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duban.measures.coverage import Coverage, Reason

__all__ = ["Value"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    measure: str
    indicator: str
    place: str
    period: str
    value: Decimal | str | None
    """As it is published: rounded once, from `exact`. None where nothing could be counted."""
    exact: float | None
    """Before rounding; None for a text."""
    unit: str
    valid: bool
    """Whether there was as much data as the standard asks for."""
    reasons: tuple[Reason, ...]
    """Why it is not valid."""
    coverage: Coverage | None
    """None for a comparison, which rests on two values."""
    definition_version: int
    as_of: date | None
    """The day whose knowledge it rests on; None for all there is."""
    vintage: str
    """The fingerprint of the inputs (`Data.vintage`)."""
