"""What a site is made of: plain records of a ledger's reports, observations, promises and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from duban.ledger.model import Finding, Settlement
from duban.ledger.reconcile.claimed import Unannounced
from duban.reading.reading import Reading

__all__ = ["Account", "Holdings", "Observation", "Place", "Report"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place that has reports."""

    key: str
    """What places are told apart by: the code, or the name where there is none."""
    code: str | None
    name: str

    @property
    def order(self) -> tuple[bool, bool, str]:
        """The nation first, then by code, then those without one."""
        return (self.code != "CN", self.code is None, self.key)


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report that stands for its place and year, with its reading."""

    id: str
    """The document's id in the ledger."""
    place: Place
    year: int
    reading: Reading
    figures: tuple[str, ...]
    """For each of the reading's figures its id."""
    codes: tuple[str | None, ...]
    """For each of the reading's figures the indicator it is linked to."""

    @property
    def title(self) -> str:
        """What it calls itself."""
        document = self.reading.document
        return document.title or document.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """What the reports say of an indicator, for a place and a period: the one figure that is taken for it."""

    place: Place
    code: str
    kind: str
    status: str
    """actual, estimate or target."""
    year: int
    """The period, or the last year of it."""
    period: str
    value: Decimal
    high: Decimal | None
    unit: str
    qualifier: str
    text: str
    """As written."""
    quote: str
    report: str
    """Id of the report."""
    figure: str
    """Id of the figure."""
    corrected: bool
    """Whether a correction says other than what is written."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """The promises of one report as the next one accounts for them, and what that one claims beyond them."""

    earlier: Report
    later: Report
    settlements: tuple[Settlement, ...]
    unannounced: tuple[Unannounced, ...]

    @property
    def place(self) -> Place:
        """Whose promises they are."""
        return self.earlier.place

    @property
    def year(self) -> int:
        """The year of the report that promised."""
        return self.earlier.year


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """All of it: reports and accounts by place and year, observations by place, indicator and year."""

    reports: Sequence[Report]
    observations: Sequence[Observation]
    accounts: Sequence[Account]
    findings: Mapping[str, Sequence[Finding]]
    """Id of a report → what its audit found."""

    @cached_property
    def places(self) -> list[Place]:
        """Every place that has a report, in order."""
        return list({report.place.key: report.place for report in self.reports}.values())
