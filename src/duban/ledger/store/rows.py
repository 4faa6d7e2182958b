"""A reading as rows of the ledger's tables, linked: what a reading process hands back. And the way back."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
from msgspec.structs import replace

from duban.catalogue.places import AmbiguousPlaceError, find, resolve
from duban.catalogue.places.model import How, Place
from duban.documents.model import Document
from duban.errors import InputError
from duban.ledger.audit.rules import rules
from duban.ledger.audit.sheet import Sheet
from duban.ledger.audit.stated import has_other_base
from duban.ledger.model import Evidence
from duban.ledger.reconcile.report import Report, span_of
from duban.ledger.store.schema import arrow_schema
from duban.ledger.store.versions import catalogue_version, digest, reader_version
from duban.reading.formats.records import plain
from duban.reading.model import (
    Action,
    Distinction,
    DistinctionType,
    Figure,
    Kind,
    Qualifier,
    Statement,
    Status,
)
from duban.reading.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duban.ledger.audit.stated import Stated as Narrowed
    from duban.ledger.reconcile.report import Stated

    Record = dict[str, Any]

__all__ = [
    "FOUND",
    "LINES",
    "READ",
    "Rows",
    "document_id",
    "linked",
    "place_of",
    "reading_id",
    "restored",
    "rows",
    "table",
    "with_values",
]

Rows = dict[str, pa.Table]
"""Table → its rows."""
FOUND = ("statements", "figures", "distinctions")
"""The tables of what a reading found."""
LINES = "SELECT * FROM lines WHERE list_contains(?, document) ORDER BY document, start"
"""The lines of some documents, by their numbers: what `restored` needs of each."""
READ = ("documents", "lines", "readings", *FOUND)
"""The tables that one reading has rows in."""


def rows(reading: Reading) -> Rows:
    """The rows of one reading in each of `READ`; numbers, `origin` and the times are left to the ledger.

    Raises `InputError` for a report whose place or year is not known: a ledger is places by years.
    """
    document = reading.document
    report = Report(reading)
    id_ = document_id(document)
    return {
        "documents": table("documents", [_document(document, id_)]),
        "lines": table("lines", _lines(document.text)),
        "readings": table("readings", [_reading(reading, id_)]),
        "statements": table(
            "statements", map(_statement, range(len(reading.statements)), reading.statements)
        ),
        "figures": table("figures", _figures(report, id_)),
        "distinctions": table(
            "distinctions", map(_distinction, range(len(reading.distinctions)), reading.distinctions)
        ),
    }


def linked(reading: Reading) -> pa.Table:
    """The rows of a reading's figures alone: what a newer catalogue makes anew."""
    return table("figures", _figures(Report(reading), document_id(reading.document)))


def document_id(document: Document) -> str:
    """The id of a document: of its text, place and year."""
    return digest(document.sha256, str(document.place), str(document.year))


def reading_id(document: str) -> str:
    """The id of the reading that this reader makes of a document."""
    return digest(document, reader_version())


@lru_cache(maxsize=1 << 14)
def place_of(name: str, year: int) -> Place | None:
    """The place of that name in that year; None where the catalogue has none, or several."""
    try:
        return find(name, on=year)
    except AmbiguousPlaceError:
        return None


def table(name: str, records: Iterable[Record]) -> pa.Table:
    """Records as a table of the ledger; what a record leaves out is null."""
    records = list(records)
    return pa.table(
        {
            field.name: _column([record.get(field.name) for record in records], field.type)
            for field in arrow_schema(name)
        }
    )


def with_values(part: pa.Table, values: dict[str, Any]) -> pa.Table:
    """The rows with some of their columns filled in, the same in each."""
    for name, value in values.items():
        at = part.schema.get_field_index(name)
        field = part.schema.field(at)
        part = part.set_column(at, field, pa.repeat(pa.scalar(value, field.type), part.num_rows))
    return part


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:  # halves of surrogate pairs have no UTF-8; one character stands for one
        return pa.array([_utf8(value) for value in values], kind)


def _utf8(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


# --- from a reading to records ------------------------------------------------------------------------------


def _document(document: Document, id_: str) -> Record:
    place, year = str(document.place), int(document.year or 0)
    found = place_of(place, year)
    outline = replace(document, text="")
    return {
        "id": id_,
        "sha256": document.sha256,
        "name": document.id,
        "title": document.title,
        "place": place,
        "place_code": found.code if found else None,
        "place_key": found.code if found else place,
        "level": document.level.value if document.level else None,
        "year": year,
        "source": document.source,
        "outline": zlib.compress(msgspec.msgpack.encode(outline)),
    }


def _lines(text: str) -> Iterator[Record]:
    """The text in pieces that are never long: DuckDB writes the last hundred thousand rows of a table anew with each checkpoint."""
    return ({"start": found.start(), "text": found.group()} for found in _LINE.finditer(text))


_LINE = re.compile(r"[^\n]{0,400}\n|[^\n]{1,400}")


def _reading(reading: Reading, document: str) -> Record:
    return {
        "id": reading_id(document),
        "document": document,
        "reader": reader_version(),
        "catalogue": catalogue_version(),
        "figures": len(reading.figures),
        "distinctions": len(reading.distinctions),
        "statements": len(reading.statements),
    }


def _statement(index: int, found: Statement) -> Record:
    return {
        "index": index,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "section": found.section,
        "status": found.status.value,
        "action": found.action,
        "object": found.object,
    }


def _distinction(index: int, found: Distinction) -> Record:
    return {
        "index": index,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "type": found.type.value,
        "scope": found.scope,
        "subject": found.subject,
        "n": found.n,
        "section": found.section,
        "statement": found.statement,
    }


def _figures(report: Report, document: str) -> Iterator[Record]:
    """The figures as they were read, each with its link."""
    place = place_of(report.place, report.year)
    narrowed = Sheet(report.reading, rules()).figures
    for stated, its in zip(report.stated, narrowed, strict=True):
        found = report.reading.figures[stated.at]
        span = span_of(found.period)
        yield {
            "index": stated.at,
            "id": digest(document, str(found.start), str(found.end)),
            "start": found.start,
            "end": found.end,
            "text": found.text,
            "value": float(found.value),
            "value_text": plain(found.value),
            "high": None if found.high is None else float(found.high),
            "high_text": None if found.high is None else plain(found.high),
            "unit": found.unit,
            "qualifier": found.qualifier.value,
            "indicator": found.indicator,
            "kind": found.kind.value,
            "status": found.status.value,
            "period": found.period,
            "first_year": span.first if span else None,
            "last_year": span.last if span else None,
            "place": found.place,
            "section": found.section,
            "part": report.part(found).value,
            "statement": found.statement,
            "quote": its.clause,
            "sentence": found.start - len(its.before),
            **_link(stated, its, place, report.year),
        }


def _link(stated: Stated, narrowed: Narrowed, place: Place | None, year: int) -> Record:
    link = stated.link
    own, code = _where(stated.figure.place, place, year)
    return {
        "code": link.code,
        "score": link.score,
        "reasons": [reason.value for reason in link.reasons],
        "linked_kind": stated.figure.kind.value,
        "own": own,
        "place_code": code,
        "scope": sorted(narrowed.scope | ({"other_base"} if has_other_base(narrowed, rules()) else set())),
        "dated": narrowed.dated,
    }


def _where(word: str | None, own: Place | None, year: int) -> tuple[bool, str | None]:
    """Whether a figure's place is the report's own, and the place's code."""
    if word is None:
        return True, own.code if own else None
    found = resolve(word, own, on=year)
    return found.how is How.OWN, found.place.code if found.place else None


def evidence_rows(evidence: Iterable[Evidence]) -> list[Record]:
    """Evidence as it stands in a column."""
    return [
        {"document": each.document, "start": each.start, "end": each.end, "quote": each.quote}
        for each in evidence
    ]


# --- and back -----------------------------------------------------------------------------------------------


def restored(parts: dict[str, list[Record]]) -> Reading:
    """The reading whose rows these are, lines in their order. Raises `InputError` where the stored outline cannot be used."""
    (row,) = parts["documents"]
    try:
        outline = msgspec.msgpack.decode(zlib.decompress(row["outline"]), type=Document)
    except (zlib.error, msgspec.DecodeError) as error:
        raise InputError(
            f"the document's outline cannot be read ({error})",
            where=f"{row['name']} ({row['id']})",
            todo="remove it (duban ledger remove) and add the report again",
        ) from error
    of_statement: dict[str, dict[int, list[int]]] = {
        "figures": defaultdict(list),
        "distinctions": defaultdict(list),
    }
    for sort, found in of_statement.items():
        for each in parts.get(sort, ()):
            found[each["statement"]].append(each["index"])
    return Reading(
        document=replace(outline, text="".join(line["text"] for line in parts["lines"])),
        figures=tuple(map(figure_of, parts.get("figures", ()))),
        distinctions=tuple(map(_distinction_back, parts.get("distinctions", ()))),
        statements=tuple(
            _statement_back(each, of_statement["figures"], of_statement["distinctions"])
            for each in parts.get("statements", ())
        ),
    )


def figure_of(row: Record) -> Figure:
    """The figure of a row of `figures`."""
    return Figure(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        value=Decimal(row["value_text"]),
        high=None if row["high_text"] is None else Decimal(row["high_text"]),
        unit=row["unit"],
        qualifier=Qualifier(row["qualifier"]),
        indicator=row["indicator"],
        kind=Kind(row["kind"]),
        status=Status(row["status"]),
        period=row["period"],
        place=row["place"],
        section=row["section"],
        statement=row["statement"],
    )


def _distinction_back(row: Record) -> Distinction:
    return Distinction(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        type=DistinctionType(row["type"]),
        scope=row["scope"],
        subject=row["subject"],
        n=row["n"],
        section=row["section"],
        statement=row["statement"],
    )


def _statement_back(
    row: Record, figures: dict[int, list[int]], distinctions: dict[int, list[int]]
) -> Statement:
    return Statement(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        section=row["section"],
        status=Action(row["status"]),
        action=row["action"],
        object=row["object"],
        figures=tuple(figures.get(row["index"], ())),
        distinctions=tuple(distinctions.get(row["index"], ())),
    )


def evidence_of(found: Iterable[Record]) -> tuple[Evidence, ...]:
    """The evidence that a column holds."""
    return tuple(Evidence(**each) for each in found)
