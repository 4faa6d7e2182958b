"""Whether growth is stated in the prices, and for the coverage, that the levels beside it have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.catalogue.entries import Prices, indicators

if TYPE_CHECKING:
    from duban.ledger.audit.rules import Rules
    from duban.ledger.audit.stated import Stated

__all__ = ["at_constant_prices", "at_current_prices"]


def at_current_prices(growth: Stated, rules: Rules) -> bool:
    """Whether level × growth may be reckoned with: no real growth, no 同口径, nothing counted anew each year."""
    if "comparable" in growth.scope:
        return False
    if growth.code is None:
        return not any(word in growth.name for word in rules.words["constant"].words)
    entry = indicators()[growth.code]
    return entry.prices is not Prices.CONSTANT and not rules.codes["recounted"].hold(growth.code, growth.year)


def at_constant_prices(growth: Stated, rules: Rules) -> bool:
    """Whether growth is real and the level is not: the catalogue says so."""
    if growth.code is None or rules.codes["recounted"].hold(growth.code, growth.year):
        return False
    return indicators()[growth.code].prices is Prices.CONSTANT
