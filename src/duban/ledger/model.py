"""What the ledger holds beside readings: promises and what became of them, findings, corrections."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

__all__ = [
    "Correction",
    "Evidence",
    "Finding",
    "Gravity",
    "Outcome",
    "Promise",
    "Settlement",
    "Target",
    "Verdict",
]


class Evidence(Struct, frozen=True, kw_only=True):
    """The characters of a document that something rests on: `document.text[start:end] == quote`."""

    document: str
    """The document's sha256."""
    start: int
    end: int
    quote: str


class Target(Struct, frozen=True, kw_only=True):
    """The number a promise names, as in `Figure`; a range has `high`."""

    value: Decimal
    high: Decimal | None
    unit: str
    qualifier: str
    period: str | None


class Promise(Struct, frozen=True, kw_only=True):
    """A target or a commitment of a report: what it said it would reach or do."""

    id: str
    """Hash of place, year, evidence and what is promised: the same promise has the same id in every run."""
    place: str
    year: int
    """The year of the report that made it."""
    code: str | None
    """The indicator's code in the catalogue, None where it is linked to none, or for a deed without a number."""
    name: str
    """The indicator or the deed in the report's words."""
    kind: str
    """A figure's kind (level, growth, change, avg_growth, rank), or "deed" where there is no number."""
    target: Target | None
    relation: str | None
    """A target without a number of its own: "faster_than", "at_least_as_fast_as" or "in_step_with", with `against`."""
    against: str | None
    """What a relational target is measured against, in the report's words (经济增长)."""
    section: str
    evidence: tuple[Evidence, ...]
    """The figure's own characters first, then its statement."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What a later report (or the records) says of a promise."""

    value: Decimal | None
    high: Decimal | None
    unit: str
    qualifier: str
    status: str
    """actual, estimate; of a clause that answers a deed done, ongoing, context, or planned where it is promised again."""
    evidence: tuple[Evidence, ...]


class Verdict(StrEnum):
    """What became of a promise."""

    MET = "met"
    EXCEEDED = "exceeded"
    PARTLY = "partly"
    MISSED = "missed"
    UNDER_WAY = "under_way"
    NO_ANSWER = "no_answer"
    NOT_CHECKABLE = "not_checkable"


class Settlement(Struct, frozen=True, kw_only=True):
    """A promise with its outcome and the verdict on it."""

    promise: Promise
    outcome: Outcome | None
    verdict: Verdict
    reasons: tuple[str, ...]
    """Codes of the rules that led to the verdict (docs: reference, reconcile), the deciding one first."""
    score: float
    """How sure the two belong together, 0 to 1."""
    rules: str
    """The version of the rules it was settled by."""


class Gravity(StrEnum):
    """How grave a finding is."""

    NOTE = "note"
    DOUBT = "doubt"
    CONTRADICTION = "contradiction"


class Finding(Struct, frozen=True, kw_only=True):
    """Figures that cannot all be true, or are written as if they could not."""

    id: str
    """Hash of the check, its evidence and its version."""
    check: str
    """The check's name (docs: reference, audit)."""
    version: str
    gravity: Gravity
    sum: str
    """The sum done, with its numbers: "1819.8 × (1 + 5.6 %) = 1921.7, stated 1912.7"."""
    tolerance: str
    """The rounding allowed for, with its reason."""
    evidence: tuple[Evidence, ...]


class Correction(Struct, frozen=True, kw_only=True):
    """A figure put right by a record: the figure as read stays."""

    id: str
    evidence: Evidence
    """The characters of the figure that is corrected."""
    field: str
    """The field of the figure that is wrong."""
    expect: str | None
    """What the field says today: where it says something else, the correction has lapsed."""
    value: str | None
    """What is right; None for nothing."""
    reason: str
    who: str
    when: str
    """ISO 8601."""
    until: str | None = None
    """The day from which it no longer holds, ISO 8601."""
