"""The tables beside the report: one panel each for figures, distinctions and statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from duban.reading.formats.numbers import value_for_people
from duban.reading.formats.records import plain, section_paths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from duban.documents.model import Document
    from duban.reading.model import Distinction, Figure, Statement
    from duban.reading.reading import Reading

__all__ = ["Cell", "Panel", "Row", "panels"]


class Cell(NamedTuple):
    """What a cell shows: a text of the report, or a word of the page by its key."""

    text: str = ""
    key: str = ""
    before: str = ""
    """Key of a word in front of the text (约)."""
    order: str = ""
    """The number to sort by, where it is not the text."""
    title: str = ""


class Row(NamedTuple):
    name: str
    """The id of the finding's mark: f0, d0, s0."""
    facets: dict[str, str]
    cells: tuple[Cell, ...]
    detail: Markup | None = None
    """What is shown below the row when it is opened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """A table with what it can be filtered by."""

    letter: str
    name: str
    columns: tuple[str, ...]
    rows: list[Row]

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """For each facet the values that occur, with their counts, the most frequent first."""
        counts: dict[str, Counter[str]] = {}
        for row in self.rows:
            for facet, value in row.facets.items():
                counts.setdefault(facet, Counter())[value] += 1
        return {facet: dict(found.most_common()) for facet, found in counts.items()}


_FIGURES = ("text", "value", "unit", "indicator", "kind", "status", "period", "place", "section")
_DISTINCTIONS = ("text", "subject", "distinction", "scope", "n", "section")
_STATEMENTS = ("text", "status", "action", "object", "section")


def panels(reading: Reading) -> tuple[Panel, ...]:
    """The three panels, in the order of the text."""
    sections = _Sections(reading.document)
    figures = [_figure(i, found, sections) for i, found in enumerate(reading.figures)]
    distinctions = [_distinction(i, found, sections) for i, found in enumerate(reading.distinctions)]
    statements = [_statement(i, found, sections) for i, found in enumerate(reading.statements)]
    return (
        Panel(letter="f", name="figures", columns=_FIGURES, rows=figures),
        Panel(letter="d", name="distinctions", columns=_DISTINCTIONS, rows=distinctions),
        Panel(letter="s", name="statements", columns=_STATEMENTS, rows=statements),
    )


class _Sections:
    """Where a finding stands: its nearest heading, the path of headings, the part."""

    def __init__(self, document: Document) -> None:
        self._parts = [section.part.value for section in document.sections]
        self._cells = [
            Cell(path.rpartition(" / ")[2], title=path) if path else Cell(key="opening")
            for path in section_paths(document)
        ]

    def part(self, section: int) -> str:
        return self._parts[section]

    def cell(self, section: int) -> Cell:
        return self._cells[section]


def _figure(index: int, found: Figure, sections: _Sections) -> Row:
    kind, status, qualifier = found.kind.value, found.status.value, found.qualifier.value
    shown = value_for_people(
        {"value": found.value, "high": found.high, "kind": kind, "qualifier": "exact"}, "zh"
    )
    before = "" if qualifier == "exact" else f"qualifier.{qualifier}"
    return Row(
        f"f{index}",
        {"kind": kind, "status": status, "part": sections.part(found.section)},
        (
            Cell(found.text),
            Cell(shown, before=before, order=plain(found.value)),
            Cell(found.unit),
            Cell(found.indicator),
            Cell(key=f"kind.{kind}"),
            Cell(key=f"status.{status}"),
            Cell((found.period or "").replace("/", "–")),
            Cell(found.place or ""),
            sections.cell(found.section),
        ),
    )


def _distinction(index: int, found: Distinction, sections: _Sections) -> Row:
    number = "" if found.n is None else str(found.n)
    return Row(
        f"d{index}",
        {"distinction": found.type.value, "part": sections.part(found.section)},
        (
            Cell(found.text),
            Cell(found.subject),
            Cell(key=f"distinction.{found.type.value}"),
            Cell(key="scope.history") if found.scope == "history" else Cell(found.scope or ""),
            Cell(number, order=number),
            sections.cell(found.section),
        ),
    )


def _statement(index: int, found: Statement, sections: _Sections) -> Row:
    return Row(
        f"s{index}",
        {"status": found.status.value, "part": sections.part(found.section)},
        (
            Cell(found.text),
            Cell(key=f"status.{found.status.value}"),
            Cell(found.action or ""),
            Cell(found.object or ""),
            sections.cell(found.section),
        ),
    )
