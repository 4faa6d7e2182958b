"""The audit over a whole ledger: every report held to itself and to what the ledger's other reports say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from duban.catalogue import indicators
from duban.documents.model import Part
from duban.ledger.audit.audit import examine
from duban.ledger.audit.series import ReadingSeries
from duban.ledger.audit.sheet import Sheet
from duban.ledger.audit.stated import stated
from duban.ledger.model import Finding, Gravity
from duban.ledger.store.rows import evidence_of, evidence_rows, figure_of, table
from duban.ledger.store.versions import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duban.documents.model import Document, Level
    from duban.ledger.audit.rules import Rules
    from duban.ledger.audit.series import Series
    from duban.ledger.audit.stated import Claim, Stated
    from duban.ledger.store.ledger import Ledger

__all__ = ["LedgerSeries", "audit", "documents_of", "findings", "unaudited"]

_NATION = "CN"
_AFTER = 6
"""Characters behind a figure, as the audit's sheet takes them."""
_PLACES = 4
"""Places whose reports are kept at hand."""


class LedgerSeries:
    """A series out of a ledger's current readings; the reports of a place are laid out when they are first asked for."""

    def __init__(self, ledger: Ledger, rules: Rules) -> None:
        self._ledger = ledger
        self._rules = rules
        self._of = lru_cache(maxsize=_PLACES)(self._laid_out)
        self._nation = lru_cache(maxsize=1)(self._laid_out)

    def values(self, name: str, place: str | None, *, before: int | None) -> Sequence[Stated]:
        return self._series(place).values(name, place, before=before)

    def claims(self, place: str | None, *, before: int | None) -> Sequence[Claim]:
        return self._series(place).claims(place, before=before)

    def elsewhere(self, name: str, place: str | None, *, level: Level | None, year: int) -> Sequence[Stated]:
        """What other places' reports say; of indicators that the catalogue has, since only they are one thing everywhere."""
        if name not in indicators() or level is None:
            return ()
        rows = self._ledger.database.records(
            """WITH found AS (
                   SELECT f.*, n.sha256, n.place AS home, n.year AS report, n.place_key, d.number
                   FROM figures f JOIN current n ON n.reading = f.reading JOIN documents d ON d.id = n.document
                   WHERE f.code = $code AND f.period = $year AND n.level = $level AND n.place IS DISTINCT FROM $place),
               read AS (
                   SELECT document, string_agg(text, '' ORDER BY start) AS text
                   FROM lines WHERE document IN (SELECT number FROM found) GROUP BY document)
               SELECT f.* EXCLUDE (number, place_key),
                   substring(t.text, f.sentence + 1, f.start - f.sentence) AS before,
                   substring(t.text, f."end" + 1, $after) AS after
               FROM found f JOIN read t ON t.document = f.number
               ORDER BY f.place_key, f.report, f.start""",
            {"code": name, "year": str(year), "level": level.value, "place": place, "after": _AFTER},
        )
        return [self._stated(row) for row in rows]

    def _series(self, place: str | None) -> ReadingSeries:
        key = self._key(place)
        return self._nation(key) if key == _NATION else self._of(key)

    def _key(self, place: str | None) -> str | None:
        found = self._ledger.database.rows("SELECT place_key FROM documents WHERE place = ? LIMIT 1", [place])
        return found[0][0] if found else None

    def _laid_out(self, key: str | None) -> ReadingSeries:
        rows = self._ledger.database.rows(
            "SELECT reading, document FROM current WHERE place_key = ? ORDER BY year", [key]
        )
        return ReadingSeries(
            (self._ledger.reading_of(reading, document) for reading, document in rows), rules=self._rules
        )

    def _stated(self, row: dict[str, Any]) -> Stated:
        return stated(
            figure_of(row),
            document=row["sha256"],
            report=row["report"],
            home=row["home"],
            clause=row["quote"],
            before=row["before"],
            after=row["after"],
            part=Part(row["part"]),
            rules=self._rules,
        )


def unaudited(
    ledger: Ledger, rules: Rules, *, place: str | None = None, year: int | None = None, again: bool = False
) -> list[tuple[int, str, str]]:
    """The current readings that these rules have not held to the reports that are here now, place by place.

    (reading, document, basis), where the basis is of the rules and of the reports of the place and of the nation. A
    report that was compared with peers (居全省第2位) is not audited again for a peer that came later: `again` does all.
    """
    rows = ledger.database.rows(
        """SELECT reading, document, place_key, year FROM current
           WHERE ($place IS NULL OR place_key = $place) AND ($year IS NULL OR year = $year) ORDER BY place_key, year""",
        {"place": place, "year": year},
    )
    beside = _beside(ledger)
    nation = beside.get(_NATION, "")
    done = set(ledger.database.rows("SELECT reading, basis FROM audited"))
    found = [
        (reading, document, digest(rules.version, beside[key], nation)) for reading, document, key, _ in rows
    ]
    return [each for each in found if again or (each[0], each[2]) not in done]


def audit(
    ledger: Ledger, to_do: Iterable[tuple[int, str, str]], rules: Rules
) -> Iterator[tuple[Document, tuple[Finding, ...], int]]:
    """Audit what `unaudited` gave and keep the findings: document, findings, and how many sums were done, of each."""
    series: Series = LedgerSeries(ledger, rules)
    database = ledger.database
    for reading, document, basis in to_do:
        sheet = Sheet(ledger.reading_of(reading, document), rules)
        done = examine(sheet, series, rules)
        with database.transaction():
            database.rows("DELETE FROM findings WHERE reading = ?", [reading])
            database.rows("DELETE FROM audited WHERE reading = ?", [reading])
            database.insert("findings", table("findings", (_row(each, reading) for each in done.findings)))
            database.insert("audited", table("audited", [{"reading": reading, "basis": basis}]))
        yield sheet.document, done.findings, len(done.sums)


def findings(
    ledger: Ledger, *, place: str | None = None, year: int | None = None
) -> Iterator[tuple[Document, tuple[Finding, ...]]]:
    """What was found in the reports that stand, report by report."""
    rows = ledger.database.records(
        """SELECT n.document, f.* FROM findings f JOIN current n ON n.reading = f.reading
           WHERE ($place IS NULL OR n.place_key = $place) AND ($year IS NULL OR n.year = $year)
           ORDER BY n.place_key, n.year, f.rowid""",
        {"place": place, "year": year},
    )
    by_document: dict[str, list[Finding]] = {}
    for row in rows:
        by_document.setdefault(row["document"], []).append(_back(row))
    for id_, found in by_document.items():
        yield ledger.reading_of(None, id_).document, tuple(found)


def documents_of(ledger: Ledger, found: Iterable[Finding]) -> list[Document]:
    """The documents that findings rest on."""
    texts = sorted({each.document for finding in found for each in finding.evidence})
    rows = ledger.database.rows("SELECT id FROM documents WHERE list_contains(?, sha256)", [texts])
    return [ledger.reading_of(None, id_).document for (id_,) in rows]


def _beside(ledger: Ledger) -> dict[str, str]:
    """For each place the readings that stand."""
    rows = ledger.database.rows(
        "SELECT place_key, string_agg(reading::VARCHAR, ' ' ORDER BY year) FROM current GROUP BY place_key"
    )
    return {key: str(readings) for key, readings in rows}


def _row(finding: Finding, reading: int) -> dict[str, Any]:
    return {
        "id": finding.id,
        "reading": reading,
        "check": finding.check,
        "version": finding.version,
        "gravity": finding.gravity.value,
        "sum": finding.sum,
        "tolerance": finding.tolerance,
        "evidence": evidence_rows(finding.evidence),
    }


def _back(row: dict[str, Any]) -> Finding:
    return Finding(
        id=row["id"],
        check=row["check"],
        version=row["version"],
        gravity=Gravity(row["gravity"]),
        sum=row["sum"],
        tolerance=row["tolerance"],
        evidence=evidence_of(row["evidence"]),
    )
