"""A reading made ready for settling: its place and year made sure of, its figures linked, its words as evidence."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from duban.catalogue import Reason, link
from duban.documents.model import PLANS
from duban.errors import InputError
from duban.ledger.model import Evidence
from duban.ledger.reconcile.knowledge import knowledge, pattern
from duban.reading.formats.records import section_paths
from duban.reading.model import Kind

if TYPE_CHECKING:
    from duban.catalogue import Link
    from duban.documents.model import Part
    from duban.reading.model import Distinction, Figure, Statement
    from duban.reading.reading import Reading

__all__ = ["Report", "Span", "Stated", "span_of"]


class Span(NamedTuple):
    """The years that a figure speaks of."""

    first: int
    last: int


class Stated(NamedTuple):
    """A figure of a report with its link to the catalogue."""

    figure: Figure
    link: Link
    at: int
    """Index into `Reading.figures`."""
    part: Part

    @property
    def planned(self) -> bool:
        """Whether it stands in the plan."""
        return self.part in PLANS


class Report:
    """One side of a reconciliation."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.document = reading.document
        self.place = _known(reading, "place", reading.document.place)
        self.year = int(_known(reading, "year", reading.document.year))

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """All figures, linked; of a growth that was read as a level (经济增长速度定为8%), the kind put right."""
        return tuple(
            Stated(*self._understood(figure), at, self.part(figure))
            for at, figure in enumerate(self.reading.figures)
        )

    @cached_property
    def sections(self) -> list[str]:
        """For each section the headings that lead to it."""
        return section_paths(self.document)

    @cached_property
    def answering(self) -> tuple[Statement, ...]:
        """The clauses that may answer a promise: not of the plan, and not of what is admitted to be wrong."""
        return tuple(
            each
            for each in self.reading.statements
            if self.part(each) not in PLANS and not self._in_faults(each) and each.start < self.notes
        )

    @cached_property
    def _faults(self) -> list[tuple[int, int]]:
        """From each 清醒看到 and the like to the end of its paragraph."""
        begin = pattern("|".join(knowledge("answers.yaml")["faults"]))
        text = self.document.text
        found = (begin.search(text, block.start, block.end) for block in self.document.blocks)
        return [
            (match.start(), block.end)
            for match, block in zip(found, self.document.blocks, strict=True)
            if match
        ]

    def _in_faults(self, statement: Statement) -> bool:
        return any(start <= statement.start < end for start, end in self._faults)

    @cached_property
    def notes(self) -> int:
        """Where the notes on words of the report begin, or the end of its text."""
        begin = pattern(knowledge("commitments.yaml")["no_targets"]["notes"])
        text = self.document.text
        found = (b.start for b in self.document.blocks if begin.match(text[b.start : b.end]))
        return next(found, len(text))

    def _understood(self, figure: Figure) -> tuple[Figure, Link]:
        """The figure with its link."""
        found = self._linked(figure)
        if Reason.GROWTH in found.reasons and figure.kind is Kind.LEVEL and figure.unit == "%":
            return replace(figure, kind=Kind.GROWTH), found
        return figure, found

    def _linked(self, figure: Figure) -> Link:
        """The indicator of a figure: of its phrase, without the name of its own place, or without what announces it."""
        unit, kind = figure.unit, figure.kind.value
        found = link(figure.indicator, unit, kind, place=self.place)
        if found.code is None and figure.place is not None:
            found = link(figure.indicator, unit, kind, place=figure.place)
        if found.code is None:
            plain = _unannounced(figure.indicator)
            if plain != figure.indicator:
                return link(plain, unit, kind, place=self.place)
        return found

    def part(self, found: Figure | Statement) -> Part:
        """What the section that it stands in speaks of."""
        return self.document.sections[found.section].part

    def clause(self, figure: Figure) -> Statement:
        """The clause that a figure stands in."""
        return self.reading.statements[figure.statement]

    def evidence(self, found: Figure | Statement | Distinction) -> Evidence:
        """The characters it rests on."""
        return self.quoted(found.start, found.end)

    def quoted(self, start: int, end: int) -> Evidence:
        """Characters of the text as evidence."""
        return Evidence(
            document=self.document.sha256, start=start, end=end, quote=self.document.text[start:end]
        )


def span_of(period: str | None) -> Span | None:
    """The years of a figure's period.

    >>> span_of("2021/2025"), span_of("2025"), span_of(None)
    (Span(first=2021, last=2025), Span(first=2025, last=2025), None)
    """
    if period is None:
        return None
    first, _, last = period.partition("/")
    return Span(int(first), int(last or first))


def _unannounced(phrase: str) -> str:
    """A phrase without the words that only announce a target: 中央提出经济增长预期目标."""
    words = knowledge("commitments.yaml")["no_targets"]
    for word in words["announcing"]:
        if phrase.startswith(word) and len(phrase) > len(word) + 1:
            phrase = phrase[len(word) :]
            break
    for word in words["aimed"]:
        phrase = phrase.removesuffix(word)
    return phrase


def _known(reading: Reading, what: str, value: object) -> str:
    if value is None:
        raise InputError(
            f"the {what} of the report cannot be told from its text",
            where=reading.document.id,
            todo=f"give --{what}, or {what}= to duban.read",
        )
    return str(value)
