"""A ledger → the plain records that a site is made of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from duban.ledger.site.records import Account, Holdings, Observation, Place, Report
from duban.ledger.store.panel import observations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.documents.model import Document
    from duban.ledger.model import Finding
    from duban.ledger.store.ledger import Ledger

__all__ = ["holdings"]


def holdings(ledger: Ledger) -> Holdings:
    """What the ledger holds of the reports that stand, with what has been settled and audited of them so far."""
    rows = ledger.database.records(
        "SELECT reading, document, place, place_code, place_key, year FROM current ORDER BY place_key, year"
    )
    places = {
        row["place_key"]: Place(key=row["place_key"], code=row["place_code"], name=row["place"])
        for row in rows
    }
    reports = [_report(ledger, row, places[row["place_key"]]) for row in rows]
    reports.sort(key=lambda report: (report.place.order, report.year))
    return Holdings(
        reports=reports,
        observations=_observations(ledger, places),
        accounts=_accounts(ledger, reports),
        findings=_findings(ledger, reports),
    )


def _report(ledger: Ledger, row: dict[str, Any], place: Place) -> Report:
    links = ledger.database.rows(
        'SELECT id, code FROM figures WHERE reading = ? ORDER BY "index"', [row["reading"]]
    )
    return Report(
        id=row["document"],
        place=place,
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


def _accounts(ledger: Ledger, reports: Sequence[Report]) -> list[Account]:
    """What has been settled, in the order of the reports."""
    by_year = {(report.place.key, report.year): report for report in reports}
    found = {(name, year): account for name, year, account in ledger.accounts()}
    return [
        Account(
            earlier=report,
            later=by_year[report.place.key, report.year + 1],
            settlements=found[_named(report.reading.document)].settlements,
            unannounced=found[_named(report.reading.document)].unannounced,
        )
        for report in reports
        if _named(report.reading.document) in found
    ]


def _findings(ledger: Ledger, reports: Sequence[Report]) -> dict[str, tuple[Finding, ...]]:
    """Id of a report → what its audit found."""
    found = {_named(document): each for document, each in ledger.findings()}
    named = {report.id: _named(report.reading.document) for report in reports}
    return {report: found[name] for report, name in named.items() if name in found}


def _named(document: Document) -> tuple[str, int]:
    """Place and year as the report has them."""
    return str(document.place), int(document.year or 0)
