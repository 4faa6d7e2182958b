"""Making anew what a newer reader or catalogue sees otherwise, and taking documents out."""

from __future__ import annotations

from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from duban.ledger.store.adding import Added, read_here, stored
from duban.ledger.store.rows import LINES, linked, restored, with_values
from duban.ledger.store.versions import catalogue_version, reader_version
from duban.reading import batch
from duban.reading.batch import Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from duban.documents.model import Document
    from duban.ledger.store.database import Database
    from duban.reading.reading import Reading

__all__ = ["outdated", "rebuild", "remove"]

_MADE = ("statements", "figures", "distinctions", "changes", "findings", "audited")
"""Tables whose rows belong to one reading."""
_OF_TWO = ("promises", "outcomes", "claims", "settled")
"""Tables whose rows belong to a pair of readings."""
_AT_A_TIME = 20


def outdated(ledger: Database, *, fresh: bool = False) -> int:
    """How many documents this reader or this catalogue has not seen; with `fresh` all."""
    if fresh:
        return int(ledger.rows("SELECT count(*) FROM documents")[0][0])
    return len(_unread(ledger)) + len(_unlinked(ledger))


def rebuild(ledger: Database, *, fresh: bool = False, jobs: int | None = None) -> Iterator[Added]:
    """Add a reading by this reader to every document that has none, then link anew what another catalogue linked.

    Older readings stay beside the new ones. `fresh` takes every reading away first, with all that was made of them.
    Interrupted, it goes on where it stopped when it is called again (without `fresh`).
    """
    if fresh:
        _emptied(ledger)
    jobs = jobs or batch.processors()
    yield from stored(ledger, read_here(_tasks(ledger, _unread(ledger)), jobs))
    yield from _linked_anew(ledger, _unlinked(ledger), jobs)


def remove(ledger: Database, documents: Sequence[str]) -> None:
    """Take documents out with their readings and all that was made of them, in one transaction."""
    with ledger.transaction():
        found = ledger.rows("SELECT number FROM readings WHERE list_contains(?, document)", [list(documents)])
        readings = [number for (number,) in found]
        for name in _MADE:
            ledger.rows(f"DELETE FROM {name} WHERE list_contains(?, reading)", [readings])
        _forget_pairs(ledger, readings)
        ledger.rows("DELETE FROM readings WHERE list_contains(?, number)", [readings])
        ledger.rows(
            "DELETE FROM lines WHERE document IN (SELECT number FROM documents WHERE list_contains(?, id))",
            [list(documents)],
        )
        ledger.rows("DELETE FROM documents WHERE list_contains(?, id)", [list(documents)])


def _forget_pairs(ledger: Database, readings: list[int]) -> None:
    ledger.rows(
        "DELETE FROM promises WHERE id IN (SELECT promise FROM outcomes WHERE list_contains(?, earlier) OR list_contains(?, later))",
        [readings, readings],
    )
    for name in ("outcomes", "claims", "settled"):
        ledger.rows(
            f"DELETE FROM {name} WHERE list_contains(?, earlier) OR list_contains(?, later)",
            [readings, readings],
        )


def _emptied(ledger: Database) -> None:
    with ledger.transaction():
        for name in (*_MADE, *_OF_TWO, "readings"):
            ledger.rows(f"DELETE FROM {name}")


def _unread(ledger: Database) -> list[str]:
    found = ledger.rows(
        "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM readings WHERE reader = ?) ORDER BY number",
        [reader_version()],
    )
    return [id_ for (id_,) in found]


def _unlinked(ledger: Database) -> list[tuple[int, str]]:
    return [
        (reading, document)
        for reading, document in ledger.rows(
            "SELECT number, document FROM readings WHERE reader = ? AND catalogue <> ? ORDER BY number",
            [reader_version(), catalogue_version()],
        )
    ]


def _tasks(ledger: Database, documents: list[str]) -> Iterator[Task]:
    for first in range(0, len(documents), _AT_A_TIME):
        wanted = documents[first : first + _AT_A_TIME]
        found = ledger.records("SELECT * FROM documents WHERE list_contains(?, id) ORDER BY number", [wanted])
        lines = groupby(ledger.records(LINES, [[row["number"] for row in found]]), key=itemgetter("document"))
        of = {number: list(some) for number, some in lines}
        for row in found:
            document: Document = restored({"documents": [row], "lines": of.get(row["number"], [])}).document
            yield Task(source=document.id, document=document)


def _linked_anew(ledger: Database, readings: list[tuple[int, str]], jobs: int) -> Iterator[Added]:
    from duban.ledger.store.ledger import Ledger

    books = Ledger(ledger)
    to_do = ((books.reading_of(reading, document), reading) for reading, document in readings)
    with closing(batch.mapped(_link_again, to_do, jobs=jobs)) as found:
        for (reading, document), figures in zip(readings, found, strict=True):
            with ledger.transaction():
                ledger.rows("DELETE FROM figures WHERE reading = ?", [reading])
                ledger.insert("figures", figures)
                ledger.rows(
                    "UPDATE readings SET catalogue = ? WHERE number = ?", [catalogue_version(), reading]
                )
            yield _as_linked(ledger, reading, document)


def _link_again(given: tuple[Reading, int]) -> pa.Table:
    reading, number = given
    return with_values(linked(reading), {"reading": number})


def _as_linked(ledger: Database, reading: int, document: str) -> Added:
    ((place, year, figures, statements),) = ledger.rows(
        "SELECT d.place, d.year, r.figures, r.statements FROM documents d JOIN readings r ON r.document = d.id "
        "WHERE r.number = ?",
        [reading],
    )
    return Added(
        source=document,
        state="linked",
        document=document,
        place=place,
        year=year,
        figures=figures,
        statements=statements,
    )
