"""What every check is, and what it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from duban.ledger.audit.findings import finding
from duban.ledger.audit.rules import Rules
from duban.ledger.audit.series import Series
from duban.ledger.audit.sheet import Sheet
from duban.ledger.audit.spoken import span
from duban.ledger.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding, Gravity

__all__ = ["Case", "Check", "Sum"]


class Sum(Struct, frozen=True, kw_only=True):
    """A sum that a check did with figures of a report, whether it came out or not."""

    check: str
    evidence: tuple[Evidence, ...]
    """What it was done with, the report's own figures first."""
    holds: bool


class Case(Struct, frozen=True, kw_only=True):
    """A report to be audited, what other reports say, the rules, and the sums done so far."""

    sheet: Sheet
    series: Series
    rules: Rules
    sums: list[Sum] = field(default_factory=list)

    def holds(self, check: Check, evidence: Iterable[Evidence], outcome: bool) -> bool:
        """Take down that a sum was done; gives back whether it came out."""
        self.sums.append(Sum(check=check.name, evidence=tuple(evidence), holds=outcome))
        return outcome

    def found(
        self, check: Check, gravity: Gravity, evidence: Iterable[Evidence], *, done: str, tolerance: str
    ) -> Finding:
        """A finding of a check, with the sum that was done, under the version of the rules."""
        return finding(
            check.name,
            gravity,
            done=done,
            tolerance=f"{tolerance} ({check.allows})",
            evidence=evidence,
            version=self.rules.version,
        )

    def span(self, figure: Stated) -> str:
        """The numbers that a figure may stand for, in words."""
        return "" if figure.range is None else span(figure.range, figure.figure, self.rules)


class Check(Protocol):
    """One question put to a report: `find` gives what cannot be true."""

    @property
    def name(self) -> str:
        """Its name in findings, checks.yaml and docs."""
        ...

    @property
    def allows(self) -> str:
        """What its sums allow for, in two languages: 末位 last digit."""
        ...

    def find(self, case: Case) -> Iterator[Finding]:
        """The findings, in the order of the text."""
        ...
