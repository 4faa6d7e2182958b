"""Document → Reading."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec.structs import replace

from duban.documents.model import BlockKind, Part
from duban.quantities.model import Quantity
from duban.quantities.scanner import scan
from duban.reading import distinctions, figures, statements
from duban.reading.clauses import clause_at, sentences
from duban.reading.model import Distinction, Figure, Qualifier, Statement, Status
from duban.reading.periods import explains_words, part_span, section_span, vantage_of
from duban.reading.reading import Reading
from duban.reading.times import NOTHING, Background, looks_back, passing, turns
from duban.reading.where import Where

if TYPE_CHECKING:
    from duban.documents.model import Block, Document
    from duban.reading.clauses import Sentence
    from duban.reading.figures import RawFigure
    from duban.reading.periods import Span
    from duban.reading.times import Left

__all__ = ["read_document"]

_QUALIFIERS = {qualifier.value: qualifier for qualifier in Qualifier}


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
        self.vantage = vantage_of(document)
        year = self.vantage.year
        spans: dict[Part, Span | None] = {part: part_span(document, part, year) for part in Part}
        self.spans = [
            section_span(document, index, self.vantage) or spans[s.part]
            for index, s in enumerate(document.sections)
        ]
        """The years that each section speaks of."""
        self.noted = [explains_words(document, index) for index in range(len(document.sections))]
        self.where = Where(document)

    def read(self) -> Reading:
        for block in self.document.blocks:
            if block.furniture is None:
                self._block(block)
        return Reading(
            document=self.document,
            figures=tuple(self.figures),
            distinctions=tuple(self.distinctions),
            statements=tuple(self.statements),
        )

    def _block(self, block: Block) -> None:
        """Read a block sentence by sentence, each with its numbers and what those before leave to it."""
        text = self.document.text
        part = self.document.sections[block.section].part
        numbers = deque(q for q in scan(text, block.start, block.end) if isinstance(q, Quantity))
        left = NOTHING
        topic: str | None = None
        for sentence in sentences(text, block.start, block.end):
            inside = []
            while numbers and numbers[0].number < sentence.end:
                inside.append(numbers.popleft())
            if looks_back(left.lasting, part, self.vantage.year) and turns(sentence):
                left = replace(left, lasting=None)
            found, after = self._numbers(sentence, inside, block.section, left)
            if found:
                if not self._counts(found[0], sentence):
                    topic = self.where.topic(sentence) or topic
                found = self._placed(sentence, found, topic)
            left = after if after.lasting is not None else replace(after, lasting=left.lasting)
            back = looks_back(left.lasting, part, self.vantage.year)
            self._keep(sentence, found, block, Part.REVIEW_YEAR if back else part)

    def _numbers(
        self, sentence: Sentence, quantities: list[Quantity], section: int, left: Left
    ) -> tuple[list[RawFigure], Left]:
        """The figures of a sentence, and what it leaves to the next."""
        if left.carried is not None:
            left = left.over(sentence)
        ground = Background(
            part=self.document.sections[section].part,
            year=self.vantage.year,
            late=self.vantage.late,
            noted=self.noted[section],
            span=left.carried or left.lasting or self.spans[section],
            place=self.document.place,
            whole=self.spans[section],
            ended=left.ended,
            past=left.past,
            before=left.before,
            carried=left.carried,
            measured=left.measured,
            grew=left.grew,
        )
        if quantities:
            return figures.find(sentence, quantities, self.document.text, ground)
        return [], passing(sentence, self.document.text, ground)

    def _counts(self, item: RawFigure, sentence: Sentence) -> bool:
        """Whether a figure in digits stands in the first clause: that spares asking whether the clause is only a name."""
        at = item.quantity.number
        return at < sentence.clauses[0].end and self.document.text[at].isdecimal()

    def _placed(self, sentence: Sentence, found: list[RawFigure], topic: str | None) -> list[RawFigure]:
        """The figures with the places or bodies that they are of, where that is not the report's own."""
        given = self.where.of(sentence, found, topic)
        return [
            item if place is None or item.status is Status.REFERENCE else replace(item, place=place)
            for item, place in zip(found, given, strict=True)
        ]

    def _keep(self, sentence: Sentence, found: list[RawFigure], block: Block, part: Part) -> None:
        """Number what a sentence states, each finding with the clause it stands in."""
        first = len(self.statements)
        of_clause: dict[int, tuple[list[int], list[int]]] = {}
        for item in found:
            clause = clause_at(sentence, item.quantity.number)
            of_clause.setdefault(clause, ([], []))[0].append(len(self.figures))
            self.figures.append(self._figure(item, block.section, first + clause))
        for claim in distinctions.find(sentence):
            clause = clause_at(sentence, claim.start)
            of_clause.setdefault(clause, ([], []))[1].append(len(self.distinctions))
            self.distinctions.append(self._distinction(claim, block.section, first + clause))
        acts = statements.describe(sentence, part, heading=block.kind is BlockKind.HEADING)
        for index, (words, act) in enumerate(zip(sentence.clauses, acts, strict=True)):
            held = of_clause.get(index)
            self.statements.append(
                Statement(
                    start=words.start,
                    end=words.end,
                    text=words.text,
                    section=block.section,
                    status=act.status,
                    action=act.action,
                    object=act.object,
                    figures=tuple(held[0]) if held else (),
                    distinctions=tuple(held[1]) if held else (),
                )
            )

    def _figure(self, item: RawFigure, section: int, statement: int) -> Figure:
        quantity = item.quantity
        return Figure(
            start=quantity.start,
            end=quantity.end,
            text=self.document.text[quantity.start : quantity.end],
            value=item.value,
            high=item.high,
            unit=item.unit,
            qualifier=_QUALIFIERS[quantity.qualifier],
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
            type=claim.type,
            scope=claim.scope,
            subject=claim.subject,
            n=claim.n,
            section=section,
            statement=statement,
        )
