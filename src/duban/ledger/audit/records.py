"""Findings as records: what `duban audit --format jsonl` prints, one line a finding (docs: reference, audit)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from duban.ledger.audit.labels import label
from duban.reading.formats.records import section_paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.documents.model import Document
    from duban.ledger.model import Evidence, Finding
    from duban.reading.formats.records import Record

__all__ = ["COLUMNS", "Places", "finding_record", "row"]

COLUMNS = (
    "gravity",
    "check",
    "sum",
    "tolerance",
    "section",
    "quotes",
    "others",
    "place",
    "year",
    "document",
    "id",
)


class Places:
    """Where a piece of evidence stands: its document and the headings that lead to it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.sha256: document for document in documents}
        self._paths: dict[str, list[str]] = {}

    def document(self, evidence: Evidence) -> Document:
        """The document a piece of evidence is of."""
        return self._documents[evidence.document]

    def section(self, evidence: Evidence) -> str:
        """The headings above it, as 一、… / （二）…; "" where there are none."""
        document = self.document(evidence)
        paths = self._paths.setdefault(document.sha256, section_paths(document))
        starts = [section.start for section in document.sections]
        index = bisect_right(starts, evidence.start) - 1
        return paths[index] if index >= 0 else ""


def finding_record(finding: Finding, document: Document, places: Places) -> Record:
    """One finding: names and meanings that other programs rely on; new fields come at the end."""
    own = next((each for each in finding.evidence if each.document == document.sha256), finding.evidence[0])
    return {
        "type": "finding",
        "document": document.id,
        "place": document.place,
        "year": document.year,
        "check": finding.check,
        "gravity": finding.gravity.value,
        "sum": finding.sum,
        "tolerance": finding.tolerance,
        "section": places.section(own),
        "evidence": [_evidence(each, places) for each in finding.evidence],
        "version": finding.version,
        "id": finding.id,
    }


def row(finding: Finding, document: Document, places: Places, lang: str) -> Record:
    """The same for a table: codes by their words, quotations in two columns."""
    record = finding_record(finding, document, places)
    own = [each for each in finding.evidence if each.document == document.sha256]
    others = [each for each in finding.evidence if each.document != document.sha256]
    return {
        **record,
        "gravity": label("gravities", finding.gravity.value, lang),
        "check": label("checks", finding.check, lang),
        "quotes": " | ".join(" ".join(each.quote.split()) for each in own),
        "others": " | ".join(
            f"{_name(places.document(each))} {' '.join(each.quote.split())}" for each in others
        ),
    }


def _evidence(evidence: Evidence, places: Places) -> Record:
    document = places.document(evidence)
    return {
        "document": document.id,
        "place": document.place,
        "year": document.year,
        "sha256": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "section": places.section(evidence),
    }


def _name(document: Document) -> str:
    return f"{document.place or ''}{document.year or ''}" or document.id
