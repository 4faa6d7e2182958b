"""The audit of a report: every check put to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from duban.ledger.audit.check import Case, Sum
from duban.ledger.audit.checks import CHECKS
from duban.ledger.audit.rules import rules as standard_rules
from duban.ledger.audit.series import Joined, ReadingSeries
from duban.ledger.audit.sheet import Sheet
from duban.ledger.model import Finding

if TYPE_CHECKING:
    from duban.ledger.audit.rules import Rules
    from duban.ledger.audit.series import Series
    from duban.reading.reading import Reading

__all__ = ["Examination", "audit", "examine"]


class Examination(Struct, frozen=True, kw_only=True):
    """What an audit found, and all the sums it did."""

    findings: tuple[Finding, ...]
    """What cannot all be true, in the order of the text."""
    sums: tuple[Sum, ...]
    """Every sum done, whether it came out or not."""


def audit(
    reading: Reading,
    previous: Reading | None = None,
    *,
    series: Series | None = None,
    rules: Rules | None = None,
) -> tuple[Finding, ...]:
    """What in a report cannot all be true, in the order of the text.

    `previous` is the report of the year before; `series` gives what other reports say of any indicator
    (`ReadingSeries` makes one from readings, a ledger from its tables). Without them the report is held to itself.
    """
    used = rules or standard_rules()
    known: list[Series] = [] if series is None else [series]
    if previous is not None:
        known.append(ReadingSeries([previous], rules=used))
    return examine(Sheet(reading, used), Joined(known), used).findings


def examine(sheet: Sheet, series: Series, rules: Rules) -> Examination:
    """The same of a report that is laid out already, with the sums that came out as well."""
    case = Case(sheet=sheet, series=series, rules=rules)
    found = {each.id: each for check in CHECKS for each in check.find(case)}
    own = sheet.document.sha256
    ordered = sorted(found.values(), key=lambda each: (_first(each, own), each.check, each.id))
    return Examination(findings=tuple(ordered), sums=tuple(case.sums))


def _first(found: Finding, document: str) -> int:
    """Where a finding begins in the report itself."""
    return min((each.start for each in found.evidence if each.document == document), default=0)
