"""Where everything of a site stands: the files of its pages, and the anchors in them.

Addresses are relative to a language's folder (`zh/`, `en/`). They hold nothing but letters, digits, points and hyphens of our
own: what comes from a report is hashed.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.model import Evidence
    from duban.ledger.site.records import Account, Holdings, Place, Report

__all__ = ["Addresses", "account_page", "indicator_page", "place_page", "report_page", "slug"]

_PLAIN = re.compile("[A-Z0-9]{2,12}")


def slug(key: str) -> str:
    """A name for a file: a code as it is, anything else by its hash.

    >>> slug("130600"), slug("../x")
    ('130600', 'p-d6b96a97d147')
    """
    if _PLAIN.fullmatch(key):
        return key
    return f"p-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def place_page(place: Place) -> str:
    """A place's page."""
    return f"places/{slug(place.key)}.html"


def indicator_page(code: str) -> str:
    """An indicator's page."""
    return f"indicators/{code}.html"


def report_page(report_id: str) -> str:
    """A report's page, by the document's id."""
    return f"reports/{report_id}.html"


def account_page(account: Account) -> str:
    """The page where one year's promises of a place are settled."""
    return f"promises/{slug(account.place.key)}-{account.year}.html"


class Addresses:
    """Where each piece of evidence is quoted from: the report's page and the anchor of its characters."""

    def __init__(self, holdings: Holdings) -> None:
        self._reports: dict[str, list[Report]] = defaultdict(list)
        self._figures: dict[str, dict[tuple[int, int], str]] = {}
        for report in holdings.reports:
            self._reports[report.reading.document.sha256].append(report)
            self._figures[report.id] = {
                (figure.start, figure.end): id_
                for figure, id_ in zip(report.reading.figures, report.figures, strict=True)
            }
        self._anchored: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for evidence, report in self._rested_on(holdings):
            self._anchored[report.id].add((evidence.start, evidence.end))

    def of(self, evidence: Evidence, near: Report) -> str | None:
        """The page and anchor of the characters; None where their report is not on the site.

        `near` tells which report is meant where several have the same text: the one of its place.
        """
        report = self.report_of(evidence, near)
        if report is None:
            return None
        return f"{report_page(report.id)}#{self._anchor(report, evidence.start, evidence.end)}"

    def report_of(self, evidence: Evidence, near: Report) -> Report | None:
        """The report that a piece of evidence is of."""
        found = self._reports.get(evidence.document, ())
        own = [report for report in found if report.place == near.place]
        exact = [report for report in own if report.year == near.year]
        return next(iter([*exact, *own, *found]), None)

    def _anchor(self, report: Report, start: int, end: int) -> str:
        """The anchor of a stretch of a report's text: a figure's own, or one made for it."""
        figure = self._figures[report.id].get((start, end))
        return f"f-{figure}" if figure else f"e-{start}-{end}"

    def stretches(self, report: Report) -> list[tuple[int, int]]:
        """The stretches of a report, other than figures, that something rests on."""
        return sorted(self._anchored[report.id] - self._figures[report.id].keys())

    def _rested_on(self, holdings: Holdings) -> Iterator[tuple[Evidence, Report]]:
        found = [
            (evidence, near)
            for account in holdings.accounts
            for settled in account.settlements
            for of, near in ((settled.promise, account.earlier), (settled.outcome, account.later))
            if of is not None
            for evidence in of.evidence
        ]
        found += [
            (evidence, account.later)
            for account in holdings.accounts
            for claim in account.unannounced
            for evidence in claim.outcome.evidence
        ]
        found += [
            (evidence, report)
            for report in holdings.reports
            for finding in holdings.findings.get(report.id, ())
            for evidence in finding.evidence
        ]
        for evidence, near in found:
            report = self.report_of(evidence, near)
            if report is not None:
                yield evidence, report
