"""The door to a ledger: what is in it, asked from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from duban.ledger.store import adding, correcting, rebuilding
from duban.ledger.store.database import Database, LedgerError
from duban.ledger.store.panel import DEFAULT_STATUSES, observations, panel, place_key
from duban.ledger.store.rows import FOUND, LINES, restored
from duban.ledger.store.search import search

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

    from duban.documents.model import Document
    from duban.ledger.audit.rules import Rules as AuditRules
    from duban.ledger.audit.series import Series
    from duban.ledger.model import Correction, Finding
    from duban.ledger.reconcile.claimed import Account
    from duban.ledger.reconcile.rules import Rules
    from duban.ledger.store.adding import Added
    from duban.ledger.store.settling import Settled
    from duban.reading.reading import Reading

__all__ = ["Ledger", "open_ledger"]


def open_ledger(path: str | os.PathLike[str], *, writable: bool = False) -> Ledger:
    """The ledger in a file. A writable one is made where it is missing, and keeps every other process out.

    Raises `LedgerError` for a file that is no ledger, of another version, or in use.
    """
    return Ledger(Database(path, writable=writable))


class Ledger:
    """A ledger's documents and readings, and what they come to. Close it, or use it with `with`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self.database.close()

    def to_ibis(self) -> Any:
        """The tables and views as an Ibis backend: `ledger.to_ibis().table("figures")`."""
        import ibis

        return ibis.duckdb.from_connection(self.database.connection)

    def add(
        self, files: Sequence[str], *, place: str | None = None, year: int | None = None, jobs: int | None = None,
        engine: str = "processes",
    ) -> Iterator[Added]:  # fmt: skip
        """Add reports; what became of each, in order, once it is safe on the disk.

        `engine` is "processes" for those of this machine, or "spark".
        """
        reader = adding.read_here
        if engine == "spark":
            from duban.ledger.store.spark import read_on_spark

            reader = read_on_spark
        return adding.add(self.database, files, place=place, year=year, jobs=jobs, reader=reader)

    def documents(self, *, place: str | None = None, year: int | None = None) -> pa.Table:
        """The documents with how often they were read, and whether they are the ones that stand; without their texts."""
        return self.database.table(
            f"""SELECT d.id, d.place, d.place_code, d.level, d.year, d.title, d.name, d.source, d.sha256, d.added,
                   r.readings, r.figures, r.statements, r.reader, c.document IS NOT NULL AS current
                FROM documents d
                LEFT JOIN (SELECT document, count(*)::INTEGER AS readings, arg_max(figures, number) AS figures,
                           arg_max(statements, number) AS statements, arg_max(reader, number) AS reader
                           FROM readings GROUP BY document) r ON r.document = d.id
                LEFT JOIN current c ON c.document = d.id
                WHERE {_OF_PLACE_AND_YEAR} ORDER BY d.place_key, d.year, d.number""",
            [*_place_values(place), year, year],
        )

    def panel(
        self, indicator: str, *, kind: str = "level", statuses: Sequence[str] = DEFAULT_STATUSES,
        places: Sequence[str] = (), years: Sequence[int] = (),
    ) -> pa.Table:  # fmt: skip
        """One indicator over places and years with the quotation of each cell; see `panel.panel`."""
        return panel(self.database, indicator, kind=kind, statuses=statuses, places=places, years=years)

    def observations(self) -> pa.Table:
        """The panels of every indicator, kind, status and period in one table."""
        return observations(self.database)

    def search(
        self, words: str, *, places: Sequence[str] = (), years: Sequence[int] = (), limit: int | None = None
    ) -> pa.Table:
        """The statements that hold all the words; see `search.search`."""
        keys = [place_key(self.database, place) for place in places]
        return search(self.database, words, places=keys, years=years, limit=limit)

    def correct(
        self,
        figure: str,
        *,
        field: str = "value",
        value: str | None,
        reason: str,
        who: str,
        until: date | None = None,
    ) -> Correction:
        """Put a figure right by a record; see `correcting.correct`."""
        return correcting.correct(
            self.database, figure, field=field, value=value, reason=reason, who=who, until=until
        )

    def withdraw(self, correction: str, *, reason: str, who: str) -> None:
        """Take a correction back; its record stays."""
        correcting.withdraw(self.database, correction, reason=reason, who=who)

    def corrections(self) -> list[dict[str, Any]]:
        """All corrections with their state; see `correcting.corrections`."""
        return correcting.corrections(self.database)

    def settle(
        self, *, rules: Rules | None = None, place: str | None = None, jobs: int | None = None
    ) -> Iterator[Settled]:
        """Settle every report with the next year's of its place that has not been settled yet; see `settling.settle`."""
        from duban.ledger.reconcile.rules import default_rules
        from duban.ledger.store.settling import settle

        key = place and place_key(self.database, place)
        return settle(self, rules or default_rules(), place=key, jobs=jobs)

    def unsettled(self, *, rules: Rules, place: str | None = None) -> int:
        """How many pairs `settle` has to do with."""
        from duban.ledger.store.settling import unsettled

        return len(unsettled(self, rules, place=place and place_key(self.database, place)))

    def accounts(self, *, place: str | None = None) -> Iterator[tuple[str, int, Account]]:
        """What has been settled, pair by pair: place, year of the promises, and what the two reports came to."""
        from duban.ledger.store.settling import accounts

        return accounts(self, place=place and place_key(self.database, place))

    def scores(self, *, place: str | None = None) -> list[dict[str, Any]]:
        """How many promises came to each verdict, a row for each place and year."""
        from duban.ledger.store.settling import scores

        return scores(self, place=place and place_key(self.database, place))

    def audit(
        self,
        *,
        rules: AuditRules | None = None,
        place: str | None = None,
        year: int | None = None,
        again: bool = False,
    ) -> Iterator[tuple[Document, tuple[Finding, ...], int]]:
        """Audit what has not been audited against the reports that are here now; see `examining.audit`."""
        from duban.ledger.audit.rules import rules as standard
        from duban.ledger.store.examining import audit, unaudited

        used = rules or standard()
        key = place and place_key(self.database, place)
        return audit(self, unaudited(self, used, place=key, year=year, again=again), used)

    def unaudited(
        self, rules: AuditRules, *, place: str | None = None, year: int | None = None, again: bool = False
    ) -> int:
        """How many reports `audit` has to do with."""
        from duban.ledger.store.examining import unaudited

        return len(
            unaudited(self, rules, place=place and place_key(self.database, place), year=year, again=again)
        )

    def findings(
        self, *, place: str | None = None, year: int | None = None
    ) -> Iterator[tuple[Document, tuple[Finding, ...]]]:
        """What audits found in the reports that stand, report by report."""
        from duban.ledger.store.examining import findings

        return findings(self, place=place and place_key(self.database, place), year=year)

    def series(self, rules: AuditRules | None = None) -> Series:
        """The ledger's values for the audit of a report that is not in it."""
        from duban.ledger.audit.rules import rules as standard
        from duban.ledger.store.examining import LedgerSeries

        return LedgerSeries(self, rules or standard())

    def export(self, folder: Path, *, form: str = "csv") -> None:
        """Write the whole as a Data Package; see `export.export`."""
        from duban.ledger.store.export import export

        export(self.database, folder, form=form)

    def figures(self, document: str) -> pa.Table:
        """The figures of a document's newest reading with their links, in the order of the text.

        If the reading is the one that stands they are as corrections put them right, with what was read as `printed`.
        """
        found = self.database.table(
            'SELECT * EXCLUDE (name, level, place_key, reading, report_year) FROM standing WHERE document = ? ORDER BY "index"',
            [document],
        )
        return found if found.num_rows else self.database.table(_SUPERSEDED, [document])

    def readings(self, documents: Sequence[str]) -> list[dict[str, Any]]:
        """Every reading of some documents, the oldest first, with the document's own fields."""
        return self.database.records(
            """SELECT d.id AS document, d.place, d.year, d.title, d.name, d.source, d.sha256, d.added, r.reader, r.catalogue,
                   r.read, r.figures, r.distinctions, r.statements,
                   CASE WHEN c.reading IS NULL THEN 'superseded' ELSE 'stands' END AS state
               FROM documents d LEFT JOIN readings r ON r.document = d.id LEFT JOIN current c ON c.reading = r.number
               WHERE list_contains(?, d.id) ORDER BY d.number, r.number""",
            [list(documents)],
        )

    def outdated(self, *, fresh: bool = False) -> int:
        """How many documents `rebuild` has to do with."""
        return rebuilding.outdated(self.database, fresh=fresh)

    def find(self, wanted: str) -> list[str]:
        """Ids of the documents that `wanted` names: an id or its beginning, a name, or place and year (澜川市2026).

        Raises `LedgerError` where there is none.
        """
        found = self.database.rows(
            "SELECT id FROM documents WHERE starts_with(id, ?) AND length(?) >= 4 OR name = ? OR place || year = ? "
            "ORDER BY number",
            [wanted] * 4,
        )
        if not found:
            raise LedgerError(
                f"the ledger has no document {wanted}",
                where=str(self.database.path),
                expected="an id, a name, or place and year (澜川市2026)",
                todo="see duban ledger list",
            )
        return [id_ for (id_,) in found]

    def reading(self, document: str) -> Reading:
        """The newest reading of a document, given by its id, with the document's text."""
        newest = self.database.rows("SELECT max(number) FROM readings WHERE document = ?", [document])
        return self.reading_of(newest[0][0], document)

    def reading_of(self, reading: int | None, document: str) -> Reading:
        """One reading by its number, out of the tables."""
        parts = {"documents": self.database.records("SELECT * FROM documents WHERE id = ?", [document])}
        numbers = [row["number"] for row in parts["documents"]]
        parts["lines"] = self.database.records(LINES, [numbers])
        for name in FOUND:
            parts[name] = self.database.records(
                f'SELECT * FROM {name} WHERE reading = ? ORDER BY "index"',
                [reading],
            )
        return restored(parts)

    def changes(self, document: str) -> list[dict[str, Any]]:
        """What each reading of a document said otherwise than the one it took the place of."""
        return self.database.records(
            "SELECT c.*, r.reader FROM changes c JOIN readings r ON r.number = c.reading WHERE r.document = ? ORDER BY r.number, c.rowid",
            [document],
        )

    def remove(self, documents: Sequence[str]) -> None:
        """Take documents out with all that was made of them. Corrections stay: they hold again if the text is added again."""
        rebuilding.remove(self.database, documents)

    def rebuild(self, *, fresh: bool = False, jobs: int | None = None) -> Iterator[Added]:
        """Read with this reader, and link by this catalogue, what was read by others; see `rebuilding.rebuild`."""
        return rebuilding.rebuild(self.database, fresh=fresh, jobs=jobs)


_SUPERSEDED = """
    SELECT r.document, d.place, d.place_code, f."index", f.id AS figure, f.start, f."end", f.text, f.quote, f.indicator AS words,
           f.part, f.score, f.scope, f.dated, f.value_text AS printed, f.high_text AS printed_high, []::VARCHAR[] AS corrections,
           f.value_text, f.high_text, f.unit, f.qualifier, f.code, f.linked_kind AS kind, f.status, f.period,
           f.place AS of_place, f.own
    FROM figures f JOIN readings r ON r.number = f.reading JOIN documents d ON d.id = r.document
    WHERE r.document = $1 AND r.number = (SELECT max(number) FROM readings WHERE document = $1) ORDER BY f."index"
"""
_OF_PLACE_AND_YEAR = "(?::VARCHAR IS NULL OR d.place = ? OR d.place_code = ? OR d.place LIKE ? || '%') AND (?::INTEGER IS NULL OR d.year = ?)"


def _place_values(place: str | None) -> list[str | None]:
    return [place] * 4
