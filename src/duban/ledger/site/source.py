"""A ledger → the plain records that a site is made of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from duban.ledger.audit import ReadingSeries, Sheet, examine, rules
from duban.ledger.reconcile.settle import reconcile
from duban.ledger.site.records import Account, Holdings, Observation, Place, Report
from duban.ledger.store.panel import observations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from duban.ledger.model import Finding
    from duban.ledger.store.ledger import Ledger

__all__ = ["holdings"]


def holdings(ledger: Ledger, advance: Callable[[], None] = lambda: None) -> Holdings:
    """What the ledger holds of the reports that stand; `advance` is called once for each report."""
    rows = ledger.database.records(
        "SELECT reading, document, place, place_code, place_key, year FROM current"
    )
    reports = []
    for row in rows:
        reports.append(_report(ledger, row))
        advance()
    reports.sort(key=lambda report: (report.place.order, report.year))
    places = {report.place.key: report.place for report in reports}
    return Holdings(
        reports=reports,
        observations=_observations(ledger, places),
        accounts=_accounts(reports),
        findings=_findings(reports),
    )


def _report(ledger: Ledger, row: dict[str, Any]) -> Report:
    links = ledger.database.rows(
        'SELECT id, code FROM figures WHERE reading = ? ORDER BY "index"', [row["reading"]]
    )
    return Report(
        id=row["document"],
        place=Place(key=row["place_key"], code=row["place_code"], name=row["place"]),
        year=row["year"],
        reading=ledger.reading_of(row["reading"], row["document"]),
        figures=tuple(id_ for id_, _ in links),
        codes=tuple(code for _, code in links),
    )


def _observations(ledger: Ledger, places: dict[str, Place]) -> list[Observation]:
    found = [_observation(row, places) for row in observations(ledger.database).to_pylist()]
    return sorted(
        found, key=lambda each: (each.place.order, each.code, each.kind, each.year, each.period, each.status)
    )


def _observation(row: dict[str, Any], places: dict[str, Place]) -> Observation:
    return Observation(
        place=places[row["place_key"]],
        code=row["code"],
        kind=row["kind"],
        status=row["status"],
        year=row["year"],
        period=row["period"],
        value=Decimal(row["value_text"]),
        high=None if row["high_text"] is None else Decimal(row["high_text"]),
        unit=row["unit"],
        qualifier=row["qualifier"],
        text=row["text"],
        quote=row["quote"],
        report=row["document"],
        figure=row["figure"],
        corrected=row["corrected"],
    )


def _accounts(reports: Sequence[Report]) -> list[Account]:
    """Every report that is followed by one of the next year, settled by it."""
    following = {(report.place.key, report.year): report for report in reports}
    found = []
    for earlier in reports:
        later = following.get((earlier.place.key, earlier.year + 1))
        if later is not None:
            settled = reconcile(earlier.reading, later.reading)
            found.append(Account(earlier=earlier, later=later, settlements=settled))
    return found


def _findings(reports: Sequence[Report]) -> dict[str, tuple[Finding, ...]]:
    """What the audit finds in each report, held to the earlier ones."""
    used = rules()
    series = ReadingSeries(rules=used)
    sheets = [Sheet(report.reading, used) for report in reports]
    for sheet in sheets:
        series.add(sheet)
    return {
        report.id: examine(sheet, series, used).findings
        for report, sheet in zip(reports, sheets, strict=True)
    }
