"""创历史新高, 创有监测记录以来新低: a record that earlier years deny, or do not as far as the records reach."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from duban.measures.periods import Period
from duban.measures.verify.model import Verdict, Way, Why
from duban.measures.verify.verdicts import Judgement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.measures.verify.model import Claim, Computed

__all__ = ["KINDS", "against", "so_far"]

KINDS = frozenset({"record_high", "record_low"})
_YEARS = 20
"""How far back earlier years are looked at."""


def against(claim: Claim, way: Way) -> list[Way]:
    """The same measure in the same part of the years before, for a claim of a record; nothing for others."""
    if claim.kind not in KINDS:
        return []
    first = way.period
    return [
        Way(pack=way.pack, measure=way.measure, period=Period(first.month - 12 * back, first.length))
        for back in range(1, _YEARS + 1)
    ]


def so_far(claim: Claim, now: Computed, before: Sequence[Computed]) -> tuple[Judgement, Computed]:
    """Denied where an earlier year was beyond it. Else nobody can tell what was before the records began.

    Gives the verdict, and what was computed with the year that decides it: the one beyond, or the first there is.
    """
    there = [each for each in before if each.published is not None and each.why_not is None]
    beyond = [each for each in there if _beyond(each, now, high=claim.kind == "record_high")]
    if beyond:
        return Judgement(Verdict.CONTRADICTED, Why.DENIED), _with(now, beyond[0])
    if there:
        return Judgement(Verdict.CANNOT_TELL, Why.HOLDS_SO_FAR), _with(now, there[-1])
    return Judgement(Verdict.CANNOT_TELL, Why.NO_RECORDS), now


def _beyond(earlier: Computed, now: Computed, *, high: bool) -> bool:
    """Whether the earlier year, as published, was higher (lower)."""
    if earlier.published is None or now.published is None:
        return False
    return earlier.published > now.published if high else earlier.published < now.published


def _with(computed: Computed, other: Computed) -> Computed:
    """The computed value with that of another year among the values it rests on."""
    return replace(computed, sources=(*computed.sources, *other.sources))
