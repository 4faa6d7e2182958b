"""Findings as records: the JSON contract that other programs rely on (docs: reference, output)."""

from __future__ import annotations

from decimal import Decimal
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duban.documents.model import Document
    from duban.reading.model import Distinction, Figure, Statement
    from duban.reading.reading import Finding, Reading

__all__ = ["Record", "Recorder", "dumps", "plain"]

Record = dict[str, object]

_CONTEXT = 16
"""Characters kept on either side of an anchor's quotation."""


class Recorder:
    """Turns the findings of one reading into records."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._document = reading.document
        self._paths = section_paths(reading.document)

    def records(self, of: Finding) -> Iterator[Record]:
        """The records of all figures, distinctions or statements, in order."""
        if of == "figures":
            yield from map(self.figure, range(len(self._reading.figures)))
        elif of == "distinctions":
            yield from map(self.distinction, range(len(self._reading.distinctions)))
        else:
            yield from map(self.statement, range(len(self._reading.statements)))

    def figure(self, index: int) -> Record:
        """`Reading.figures[index]`, with the clause it stands in as `quote`."""
        found = self._reading.figures[index]
        return {
            **self._place("figure", found),
            "value": found.value,
            "high": found.high,
            "unit": found.unit,
            "qualifier": found.qualifier.value,
            "indicator": found.indicator,
            "kind": found.kind.value,
            "status": found.status.value,
            "period": found.period,
            "place": found.place,
            "quote": self._reading.statements[found.statement].text,
            "index": index,
            "statement": found.statement,
            **self._context(found),
        }

    def distinction(self, index: int) -> Record:
        """`Reading.distinctions[index]`, with the clause it stands in as `quote`."""
        found = self._reading.distinctions[index]
        return {
            **self._place("distinction", found),
            "distinction": found.type.value,
            "scope": found.scope,
            "subject": found.subject,
            "n": found.n,
            "quote": self._reading.statements[found.statement].text,
            "index": index,
            "statement": found.statement,
            **self._context(found),
        }

    def statement(self, index: int) -> Record:
        """`Reading.statements[index]`; `figures` and `distinctions` are the `index` of other records."""
        found = self._reading.statements[index]
        return {
            **self._place("statement", found),
            "status": found.status.value,
            "action": found.action,
            "object": found.object,
            "figures": list(found.figures),
            "distinctions": list(found.distinctions),
            "index": index,
            **self._context(found),
        }

    def _place(self, kind: str, found: Figure | Distinction | Statement) -> Record:
        return {
            "type": kind,
            "document": self._document.id,
            "start": found.start,
            "end": found.end,
            "text": found.text,
        }

    def _context(self, found: Figure | Distinction | Statement) -> Record:
        document = self._document
        return {
            "section": self._paths[found.section],
            "part": document.sections[found.section].part.value,
            "region": document.place,
            "year": document.year,
            "anchor": {
                "prefix": document.text[max(0, found.start - _CONTEXT) : found.start],
                "suffix": document.text[found.end : found.end + _CONTEXT],
                "sha256": document.sha256,
            },
        }


def section_paths(document: Document) -> list[str]:
    """For each section the headings that lead to it, as "一、… / （一）…"; "" for the root."""
    paths: list[str] = []
    for section in document.sections:
        above = "" if section.parent is None else paths[section.parent]
        heading = " ".join(section.heading.split())
        paths.append(f"{above} / {heading}" if above and heading else above or heading)
    return paths


def plain(number: Decimal) -> str:
    """The number's digits without an exponent; an integer has no decimal point.

    >>> [plain(Decimal(n)) for n in ("1.385E+6", "2.50", "3.0", "-17.5")]
    ['1385000', '2.50', '3', '-17.5']
    """
    return str(int(number)) if number == number.to_integral_value() else format(number, "f")


def dumps(record: Record) -> str:
    """The record as JSON on one line, in which a Decimal is a number with exactly its digits."""
    return (
        "{" + ",".join([f'"{key}":{_ENCODE[value.__class__](value)}' for key, value in record.items()]) + "}"
    )


def _array(values: list[object]) -> str:
    return "[" + ",".join([_ENCODE[value.__class__](value) for value in values]) + "]"


def _null(_nothing: object) -> str:
    return "null"


def _truth(value: bool) -> str:
    return "true" if value else "false"


# json.dumps has no place for a Decimal, and looking the types up is a fourth faster than asking for each.
_ENCODE: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    bool: _truth,
    type(None): _null,
    Decimal: plain,
    dict: dumps,
    list: _array,
}
