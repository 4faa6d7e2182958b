"""Adding reports: read in processes, written in bounded batches, each batch in one transaction.

A report is in the ledger whole or not at all: whenever the work is stopped, what was committed stands, and the same
command goes on where it stopped, since what is in the ledger already is passed over.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from duban.ledger.store.changes import compared
from duban.ledger.store.rows import FOUND, READ, Rows, document_id, reading_id, rows, table, with_values
from duban.ledger.store.versions import reader_version
from duban.reading import batch
from duban.reading.batch import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from duban.ledger.store.database import Database
    from duban.reading.batch import Task

__all__ = ["Added", "State", "add", "read_here", "stored"]

State = str
"""added, known, new_text, new_reading or failed."""
REPORTS = 40
"""Reports of a transaction."""
ROWS = 60_000
"""Rows at which a transaction is closed earlier."""


@dataclass(frozen=True, kw_only=True)
class Added:
    """What became of one report that was to be added."""

    source: str
    state: State
    document: str = ""
    """Its id; "" where it could not be read."""
    place: str = ""
    year: int = 0
    figures: int = 0
    statements: int = 0
    changes: dict[str, int] = field(default_factory=dict)
    """added, gone and changed → how many figures, against the reading that it takes the place of."""
    problem: Problem | None = None


def add(
    ledger: Database, files: Sequence[str], *, place: str | None = None, year: int | None = None,
    jobs: int | None = None, reader: Callable[[Iterable[Task], int], Iterator[batch.Outcome]],
) -> Iterator[Added]:  # fmt: skip
    """Add the reports of files, folders and corpora; what became of each, as soon as it is safe on the disk.

    `place` and `year` are as for `batch.tasks`. `reader` turns tasks, on so many processes, into outcomes whose
    chunk is the rows of a reading: `read_here`, or that of a cluster.
    """
    found = batch.expand(files)
    known: list[Added] = []
    origins: dict[str, str] = {}
    to_do = _unknown(ledger, batch.tasks(found, place=place, year=year), known, origins)
    outcomes = reader(to_do, jobs or batch.cores(found))
    for each in stored(ledger, outcomes, origins):
        yield from _taken(known)
        yield each
    yield from _taken(known)


def read_here(to_do: Iterable[Task], jobs: int) -> Iterator[batch.Outcome]:
    """Tasks read by processes of this machine."""
    with closing(batch.run(to_do, rows, jobs=jobs)) as outcomes:
        yield from outcomes


def stored(
    ledger: Database, outcomes: Iterable[batch.Outcome], origins: dict[str, str] | None = None
) -> Iterator[Added]:
    """Write what was read, batch by batch. `origins` gives the digest of a source's bytes."""
    waiting: list[batch.Outcome] = []
    taken: set[tuple[str, int]] = set()
    size = 0
    for outcome in outcomes:
        if not outcome.read:
            yield Added(source=outcome.source, state="failed", problem=outcome.problem)
            continue
        key = _place_and_year(outcome.chunk)
        if key in taken or len(waiting) >= REPORTS or size >= ROWS:
            yield from _write(ledger, waiting, origins or {})
            waiting, taken, size = [], set(), 0
        waiting.append(outcome)
        taken.add(key)
        size += sum(part.num_rows for part in outcome.chunk.values())
    yield from _write(ledger, waiting, origins or {})


def _taken(known: list[Added]) -> Iterator[Added]:
    found = tuple(known)
    known.clear()
    yield from found


# --- what is in the ledger already --------------------------------------------------------------------------


def _unknown(
    ledger: Database, to_do: Iterable[Task], known: list[Added], origins: dict[str, str]
) -> Iterator[Task]:
    """The tasks that are worth reading; the others go into `known`."""
    for task in to_do:
        if task.problem is not None:
            yield task
            continue
        row = _of_document(ledger, task) if task.document is not None else _of_file(ledger, task, origins)
        if row is None:
            yield task
        else:
            known.append(_known(task.source, row))


def _of_document(ledger: Database, task: Task) -> tuple[Any, ...] | None:
    assert task.document is not None  # noqa: S101 - for the type checker: the caller has looked
    found = ledger.rows(f"{_STORED} WHERE r.id = ?", [reading_id(document_id(task.document))])
    return found[0] if found else None


def _of_file(ledger: Database, task: Task, origins: dict[str, str]) -> tuple[Any, ...] | None:
    """A file whose bytes were read before by this reader, of the place and year asked for."""
    try:
        origin = hashlib.sha256(Path(task.source).read_bytes()).hexdigest()
    except OSError:  # the reader meets it too and tells of it
        return None
    origins[task.source] = origin
    found = ledger.rows(
        f"{_STORED} WHERE d.origin = ? AND r.reader = ? AND d.place = coalesce(?, d.place) AND d.year = coalesce(?, d.year)",
        [origin, reader_version(), task.place, task.year],
    )
    return found[0] if found else None


_STORED = "SELECT d.id, d.place, d.year, r.figures, r.statements FROM documents d JOIN readings r ON r.document = d.id"


def _known(source: str, row: tuple[Any, ...]) -> Added:
    document, place, year, figures, statements = row
    return Added(
        source=source, state="known", document=document, place=place, year=year, figures=figures,
        statements=statements,
    )  # fmt: skip


# --- writing a batch ----------------------------------------------------------------------------------------


def _write(ledger: Database, outcomes: list[batch.Outcome], origins: dict[str, str]) -> list[Added]:
    """One transaction. No two of the outcomes are of one place and year."""
    if not outcomes:
        return []
    with ledger.transaction():
        found = [_placed(ledger, outcome) for outcome in outcomes]
        new = [each for each in found if each.added.state != "known"]
        _insert(ledger, new, origins)
    return [each.added for each in found]


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """A reading with what it is to the ledger."""

    added: Added
    rows: Rows
    before: int | None
    document_known: bool
    changes: list[dict[str, Any]]


def _placed(ledger: Database, outcome: batch.Outcome) -> _Placed:
    parts: Rows = outcome.chunk
    document, reading = parts["documents"].to_pylist()[0], parts["readings"].to_pylist()[0]
    texts = {id_ for (id_,) in ledger.rows("SELECT id FROM documents WHERE id = ?", [document["id"]])}
    readings = ledger.rows("SELECT id FROM readings WHERE id = ?", [reading["id"]])
    before = ledger.rows(
        "SELECT reading FROM current WHERE place_key = ? AND year = ?",
        [document["place_key"], document["year"]],
    )
    changes = [] if readings or not before else _changes(ledger, before[0][0], parts)
    state = "known" if readings else "new_reading" if texts else "new_text" if before else "added"
    added = Added(
        source=outcome.source,
        state=state,
        document=document["id"],
        place=document["place"],
        year=document["year"],
        figures=reading["figures"],
        statements=reading["statements"],
        changes=_counted(changes),
        problem=outcome.problem,
    )
    return _Placed(
        added=added, rows=parts, before=before[0][0] if before else None, document_known=bool(texts), changes=changes,
    )  # fmt: skip


def _counted(changes: list[dict[str, Any]]) -> dict[str, int]:
    """How many figures were added, gone, changed; one that changed in two fields counts once."""
    return dict(Counter(change for change, _ in {(each["change"], each["figure"]) for each in changes}))


def _changes(ledger: Database, before: int, parts: Rows) -> list[dict[str, Any]]:
    old = ledger.records('SELECT * FROM figures WHERE reading = ? ORDER BY "index"', [before])
    return compared(old, parts["figures"].to_pylist())


def _insert(ledger: Database, new: list[_Placed], origins: dict[str, str]) -> None:
    now = datetime.now(UTC)
    documents = [each for each in new if not each.document_known]
    made: dict[str, list[pa.Table]] = {name: [] for name in (*READ, "changes")}
    for number, each in enumerate(documents, _next(ledger, "documents")):
        more = {"number": number, "origin": origins.get(each.added.source), "added": now}
        made["documents"].append(with_values(each.rows["documents"], more))
        made["lines"].append(with_values(each.rows["lines"], {"document": number}))
    for number, each in enumerate(new, _next(ledger, "readings")):
        made["readings"].append(with_values(each.rows["readings"], {"number": number, "read": now}))
        for name in FOUND:
            made[name].append(with_values(each.rows[name], {"reading": number}))
        changes = [{**one, "reading": number, "before": each.before} for one in each.changes]
        made["changes"].append(table("changes", changes))
    for name, parts in made.items():
        if parts:
            ledger.insert(name, pa.concat_tables(parts))


def _next(ledger: Database, name: str) -> int:
    return int(ledger.rows(f"SELECT coalesce(max(number), 0) + 1 FROM {name}")[0][0])


def _place_and_year(parts: Rows) -> tuple[str, int]:
    document = parts["documents"]
    return document["place_key"][0].as_py(), document["year"][0].as_py()
