"""From a claim to the measures that compute it: by the catalogue's code, the kind, and the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.catalogue.entries import Prices, indicators
from duban.measures.compare import periods_of
from duban.measures.definition import Compared, Comparison, Counted, Over, With
from duban.measures.verify.model import Way
from duban.measures.verify.records_so_far import KINDS

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
    """Whether the measure gives what the claim states: a level, or growth over the same base."""
    how = measure.how
    if claim.kind == "avg_growth":
        return claim.spans_years and _is_mean_growth(measure)
    if claim.kind in KINDS or measure.kind == "level":
        return measure.kind == "level" and (claim.kind == "level" or claim.kind in KINDS)
    if measure.kind != claim.kind or _is_mean_growth(measure) or claim.spans_years:
        return False
    return claim.to is (how.to if isinstance(how, Comparison) else With.YEAR_BEFORE)


def _is_mean_growth(measure: Measure) -> bool:
    """Whether it is the growth a year over several years (年均)."""
    how = measure.how
    return how.over is Over.MEAN_GROWTH if isinstance(how, Counted) else how.by is Compared.MEAN_GROWTH


def _compared(pack: str, measure: Measure, claim: Claim) -> Iterator[Way]:
    """A growth or a change made of two levels, where that is what the claim means."""
    period = claim.period
    if period is None or claim.kind not in {"growth", "change", "avg_growth"} or measure.kind != "level":
        return
    by = _by(measure, claim)
    if by is None:
        return
    if claim.spans_years:
        last, base = periods_of(period, With.BASE_YEAR)
    elif claim.kind == "avg_growth":
        return
    else:
        last, base = periods_of(period, claim.to)
    if base is not None and measure.fits(last) and measure.fits(base):
        yield Way(pack=pack, measure=measure.code, period=last, base=base, by=by)


def _by(measure: Measure, claim: Claim) -> Compared | None:
    """How two levels are compared; None where it would be another thing: growth of a share, or at constant prices."""
    if claim.kind == "change":
        wanted = _POINTS if measure.unit == "%" else measure.unit
        return Compared.DIFFERENCE if (claim.unit == _POINTS) == (wanted == _POINTS) else None
    constant = indicators()[claim.code].prices is Prices.CONSTANT if claim.code in indicators() else False
    if measure.unit == "%" or constant:
        return None
    return Compared.MEAN_GROWTH if claim.kind == "avg_growth" else Compared.GROWTH
