"""Document → Reading."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from duban.documents.model import BlockKind, Part
from duban.quantities.model import Quantity
from duban.quantities.scanner import scan
from duban.reading import distinctions, figures, statements
from duban.reading.clauses import sentences
from duban.reading.model import Distinction, DistinctionType, Figure, Qualifier, Statement
from duban.reading.periods import part_span
from duban.reading.reading import Reading
from duban.reading.times import Background, Left, passing

if TYPE_CHECKING:
    from duban.documents.model import Block, Document
    from duban.reading.clauses import Sentence
    from duban.reading.periods import Span

__all__ = ["read_document"]

_NOTHING = Left()


def read_document(document: Document) -> Reading:
    """Every figure, distinction and statement of a document, in the order of the text."""
    return _Reading(document).read()


class _Places:
    """Which clause of a sentence each finding stands in."""

    def __init__(self, sentence: Sentence, first: int) -> None:
        self._sentence = sentence
        self._first = first
        self.figures: dict[int, list[int]] = {}
        self.distinctions: dict[int, list[int]] = {}

    def add_figure(self, at: int, index: int) -> int:
        """Note a figure; the index of its statement."""
        clause = self._clause(at)
        self.figures.setdefault(clause, []).append(index)
        return self._first + clause

    def add_distinction(self, at: int, index: int) -> int:
        """Note a distinction; the index of its statement."""
        clause = self._clause(at)
        self.distinctions.setdefault(clause, []).append(index)
        return self._first + clause

    def _clause(self, at: int) -> int:
        return max(0, bisect_right(self._sentence.clauses, at, key=lambda clause: clause.start) - 1)


class _Reading:
    """The lists of a reading as they grow."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.figures: list[Figure] = []
        self.distinctions: list[Distinction] = []
        self.statements: list[Statement] = []
        self.spans: dict[Part, Span | None] = {part: part_span(document, part) for part in Part}

    def read(self) -> Reading:
        block = -1
        left = _NOTHING
        quantities: list[Quantity] = []
        for sentence in sentences(self.document):
            if sentence.block != block:
                block, left = sentence.block, _NOTHING
                quantities = self._quantities(self.document.blocks[block])
            left = self._sentence(sentence, quantities, left)
        return Reading(
            document=self.document,
            figures=tuple(self.figures),
            distinctions=tuple(self.distinctions),
            statements=tuple(self.statements),
        )

    def _quantities(self, block: Block) -> list[Quantity]:
        return [q for q in scan(self.document.text, block.start, block.end) if isinstance(q, Quantity)]

    def _sentence(self, sentence: Sentence, quantities: list[Quantity], left: Left) -> Left:
        """Read one sentence; what it leaves to the next."""
        block = self.document.blocks[sentence.block]
        part = self.document.sections[block.section].part
        raw, after = self._numbers(sentence, quantities, part, left)
        places = _Places(sentence, len(self.statements))
        for item in raw:
            statement = places.add_figure(item.quantity.number, len(self.figures))
            self.figures.append(self._figure(item, block.section, statement))
        for claim in distinctions.find(sentence):
            statement = places.add_distinction(claim.start, len(self.distinctions))
            self.distinctions.append(self._distinction(claim, block.section, statement))
        acts = statements.describe(sentence, part, heading=block.kind is BlockKind.HEADING)
        self._state(sentence, acts, block.section, places)
        if after.lasting is None and left.lasting is not None:
            return replace(after, lasting=left.lasting)
        return after

    def _numbers(
        self, sentence: Sentence, quantities: list[Quantity], part: Part, left: Left
    ) -> tuple[list[figures.RawFigure], Left]:
        inside = [q for q in quantities if sentence.start <= q.number < sentence.end]
        ground = Background(
            part=part,
            year=self.document.year,
            span=left.carried or left.lasting or self.spans[part],
            place=self.document.place,
            whole=self.spans[part],
            ended=left.ended,
            past=left.past,
            before=left.before,
        )
        if inside:
            return figures.find(sentence, inside, self.document.text, ground)
        return [], passing(sentence, self.document.text, ground)

    def _state(
        self, sentence: Sentence, acts: list[statements.ClauseAct], section: int, places: _Places
    ) -> None:
        for index, (clause, act) in enumerate(zip(sentence.clauses, acts, strict=True)):
            self.statements.append(
                Statement(
                    start=clause.start,
                    end=clause.end,
                    text=clause.text,
                    section=section,
                    status=act.status,
                    action=act.action,
                    object=act.object,
                    figures=tuple(places.figures.get(index, ())),
                    distinctions=tuple(places.distinctions.get(index, ())),
                )
            )

    def _figure(self, item: figures.RawFigure, section: int, statement: int) -> Figure:
        quantity = item.quantity
        return Figure(
            start=quantity.start,
            end=quantity.end,
            text=self.document.text[quantity.start : quantity.end],
            value=item.value,
            high=item.high,
            unit=item.unit,
            qualifier=Qualifier(quantity.qualifier),
            indicator=item.indicator,
            kind=item.kind,
            status=item.status,
            period=item.period,
            place=item.place,
            section=section,
            statement=statement,
        )

    def _distinction(self, claim: distinctions.RawDistinction, section: int, statement: int) -> Distinction:
        return Distinction(
            start=claim.start,
            end=claim.end,
            text=self.document.text[claim.start : claim.end],
            type=DistinctionType(claim.type),
            scope=claim.scope,
            subject=claim.subject,
            n=claim.n,
            section=section,
            statement=statement,
        )
