"""万 written for 亿, or the other way round: two statements ten thousand times apart."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duban.ledger.audit.rules import Rules
    from duban.ledger.audit.stated import Stated

__all__ = ["slipped"]

_SLIPS = (Decimal(10) ** 4, Decimal(10) ** 8)


def slipped(one: Stated, other: Stated, rules: Rules) -> bool:
    """Whether one level is some ten thousand (or a hundred million) times the other."""
    here, there = one.value, other.value_like(one)
    if there is None or here <= 0 or there <= 0:
        return False
    near = rules.number("slip.near")
    ratio = max(here, there) / min(here, there)
    return any(slip / near <= ratio <= slip * near for slip in _SLIPS)
