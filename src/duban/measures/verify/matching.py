"""From a claim to the measures that compute it: by the catalogue's code, the kind, and the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.catalogue.entries import Prices, indicators
from duban.measures.compare import base_period
from duban.measures.definition import Compared, Comparison, Counted
from duban.measures.periods import Period
from duban.measures.verify.model import Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from duban.measures.definition import Measure
    from duban.measures.pack import Pack
    from duban.measures.verify.model import Claim

__all__ = ["covered", "ways"]

_POINTS = "个百分点"


def covered(claim: Claim, packs: Mapping[str, Pack]) -> bool:
    """Whether some measure of some pack is of the claim's indicator."""
    return claim.code is not None and any(True for _ in _measures(claim, packs))


def ways(claim: Claim, packs: Mapping[str, Pack]) -> list[Way]:
    """How the packs compute the claim: by a measure of its kind, or else by two values of its level."""
    if claim.period is None:
        return []
    declared: list[Way] = []
    derived: list[Way] = []
    for name, measure in _measures(claim, packs):
        if _is_of_kind(measure, claim) and measure.fits(claim.period):
            declared.append(Way(pack=name, measure=measure.code, period=claim.period))
        elif isinstance(measure.how, Counted):
            derived += _compared(name, measure, claim)
    return declared or derived


def _measures(claim: Claim, packs: Mapping[str, Pack]) -> Iterator[tuple[str, Measure]]:
    for name, pack in packs.items():
        for measure in pack.measures.values():
            if measure.indicator == claim.code and measure.digits is not None:
                yield name, measure


def _is_of_kind(measure: Measure, claim: Claim) -> bool:
    if isinstance(measure.how, Comparison):
        return measure.kind == claim.kind and measure.how.to is claim.to and not claim.spans_years
    return measure.kind == ("level" if claim.kind in {"record_high", "record_low"} else claim.kind)


def _compared(pack: str, measure: Measure, claim: Claim) -> Iterator[Way]:
    """A growth or a change made of two levels, where that is what the claim means."""
    period = claim.period
    if period is None or claim.kind not in {"growth", "change", "avg_growth"} or measure.kind != "level":
        return
    by = _by(measure, claim)
    if by is None:
        return
    if claim.spans_years:
        last = Period(period.month + period.length - 12, 12)
        base, years = Period(period.month - 12, 12), period.length // 12
    else:
        last, years = period, 1
        before = base_period(period, claim.to)
        if before is None or claim.kind == "avg_growth":
            return
        base = before
    if measure.fits(last) and measure.fits(base):
        mean = years if claim.kind == "avg_growth" else None
        yield Way(pack=pack, measure=measure.code, period=last, base=base, by=by, years=mean)


def _by(measure: Measure, claim: Claim) -> Compared | None:
    """How two levels are compared; None where it would be another thing: growth of a share, or at constant prices."""
    if claim.kind == "change":
        wanted = _POINTS if measure.unit == "%" else measure.unit
        return Compared.DIFFERENCE if (claim.unit == _POINTS) == (wanted == _POINTS) else None
    constant = indicators()[claim.code].prices is Prices.CONSTANT if claim.code in indicators() else False
    return None if measure.unit == "%" or constant else Compared.GROWTH
