"""Document → Reading."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from duban.documents.model import Part
from duban.quantities.model import Quantity
from duban.quantities.scanner import scan
from duban.reading import distinctions, figures, statements
from duban.reading.clauses import sentences
from duban.reading.figures import Background, Left
from duban.reading.model import Distinction, DistinctionType, Figure, Qualifier, Statement
from duban.reading.periods import part_span
from duban.reading.reading import Reading

if TYPE_CHECKING:
    from duban.documents.model import Block, Document
    from duban.reading.clauses import Sentence
    from duban.reading.periods import Span

__all__ = ["read_document"]

_NOTHING = Left()


def read_document(document: Document) -> Reading:
    """Every figure, distinction and statement of a document, in the order of the text."""
    return _Reading(document).read()


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
        block = self.document.blocks[sentence.block]
        section = self.document.sections[block.section]
        first_statement = len(self.statements)
        inside = [q for q in quantities if sentence.start <= q.number < sentence.end]
        ground = Background(
            part=section.part,
            year=self.document.year,
            span=left.carried or left.lasting or self.spans[section.part],
            place=self.document.place,
            ended=left.ended,
            before=left.before,
        )
        raw: list[figures.RawFigure] = []
        if inside:
            raw, after = figures.find(sentence, inside, self.document.text, ground)
        else:
            after = figures.passing(sentence, self.document.text, ground)
        left = after if after.lasting else replace(after, lasting=left.lasting)
        claims = list(distinctions.find(sentence))
        starts = [clause.start for clause in sentence.clauses]
        figure_at: dict[int, list[int]] = {}
        for item in raw:
            clause = max(0, bisect_right(starts, item.quantity.number) - 1)
            figure_at.setdefault(clause, []).append(len(self.figures))
            self.figures.append(self._figure(item, block.section, first_statement + clause))
        claim_at: dict[int, list[int]] = {}
        for claim in claims:
            clause = max(0, bisect_right(starts, claim.start) - 1)
            claim_at.setdefault(clause, []).append(len(self.distinctions))
            self.distinctions.append(self._distinction(claim, block.section, first_statement + clause))
        acts = statements.describe(sentence, section.part, heading=block.kind == "heading")
        for index, (clause_, act) in enumerate(zip(sentence.clauses, acts, strict=True)):
            self.statements.append(
                Statement(
                    start=clause_.start,
                    end=clause_.end,
                    text=clause_.text,
                    section=block.section,
                    status=act.status,
                    action=act.action,
                    object=act.object,
                    figures=tuple(figure_at.get(index, ())),
                    distinctions=tuple(claim_at.get(index, ())),
                )
            )
        return left

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
