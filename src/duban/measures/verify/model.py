"""What is verified and what came of it: claims, the ways to compute them, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from duban.measures.definition import Compared, With
from duban.measures.evaluate import Evaluation
from duban.measures.node import Text
from duban.measures.periods import Period
from duban.measures.values import Value
from duban.reading.model import Qualifier

__all__ = ["Claim", "Computed", "Outcome", "Verdict", "Way", "Why"]


class Verdict(StrEnum):
    BORNE_OUT = "borne_out"
    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot_tell"


class Why(StrEnum):
    """What decided a verdict."""

    SAME = "same"
    """Rounded as the claim is, the computed value is the one stated."""
    TIE = "tie"
    """It lies just between two roundings, of which the claim is one."""
    WITHIN = "within"
    """It lies where 约, 近, 超, 以上, 以内 or a range allow."""
    DIFFERS = "differs"
    OUTSIDE = "outside"
    HOLDS_SO_FAR = "holds_so_far"
    """A record that the records do not deny, as far as they reach back."""
    DENIED = "denied"
    """A record that an earlier period denies."""
    NO_MEASURE = "no_measure"
    NO_RECORDS = "no_records"
    TOO_THIN = "too_thin"
    """There are records, but fewer than the standard asks for, or the two periods do not compare."""
    OTHER_PLACE = "other_place"
    OTHER_SCOPE = "other_scope"
    """A part of the place, so much a day, a comparable coverage: not what the measure counts."""
    OTHER_BASE = "other_base"
    """Compared with something else than the period before."""
    NO_PERIOD = "no_period"
    OTHER_PERIOD = "other_period"
    """A part of the year, or a period that the measure has no meaning for."""
    OTHER_UNIT = "other_unit"
    NOT_SO_EXACT = "not_so_exact"
    """Words that are no number of some last digit (三分之二)."""
    FAILED = "failed"
    """The records cannot be evaluated for the period; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One statement of a report that records may bear out: a figure, or a distinction made of one."""

    start: int
    end: int
    quote: str
    """`document.text[start:end]`."""
    clause: str
    section: int
    figure: int | None
    """Index into `Reading.figures`; of a distinction, the figure that it is made of."""
    distinction: int | None
    """Index into `Reading.distinctions`."""
    name: str
    """What it is said of, in the report's words."""
    code: str | None
    """The indicator in the catalogue."""
    kind: str
    """A figure's kind (level, growth, change, avg_growth) or a distinction's (record_high, record_low)."""
    value: Decimal
    high: Decimal | None
    unit: str
    qualifier: Qualifier
    more: bool
    """多, 余, 几 behind a digit: less than one more of it."""
    step: Decimal | None
    """What one unit of the last digit is worth; None where no last digit can be told."""
    place: str | None
    """The report's own where the claim names none."""
    period: Period | None
    spans_years: bool
    """Whether the period is several whole years."""
    to: With
    """What a growth or a change is compared with."""
    obstacle: Why | None
    """Why no measure can decide it, whatever the records hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """How a pack computes a claim: a measure's value, or two values of it compared."""

    pack: str
    measure: str
    period: Period
    base: Period | None = None
    """The period compared with, where the pack declares no measure that compares."""
    by: Compared | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        return (self.period,) if self.base is None else (self.period, self.base)


@dataclass(frozen=True, kw_only=True, slots=True)
class Computed:
    """What a way gave."""

    way: Way
    number: Decimal | None
    """As the claim is compared with it: unrounded, in the measure's unit."""
    published: Decimal | None
    """Rounded as the measure is published."""
    unit: str
    sources: tuple[tuple[Value, Evaluation], ...]
    """The values it rests on, each with where its rows are; none where nothing was computed."""
    why_not: Why | None
    """What keeps it from deciding anything."""
    remarks: tuple[Text, ...] = ()
    """More on that."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """A claim with its verdict and what it rests on."""

    claim: Claim
    verdict: Verdict
    why: Why
    computed: Computed | None
    """The way that decided; None where there was none."""
    shown: Decimal | None = None
    """The computed value in the claim's unit, as precise as the claim or a digit finer."""
