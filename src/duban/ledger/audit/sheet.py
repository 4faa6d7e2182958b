"""A reading laid out for the checks: its figures by sentence and by what they measure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from duban.ledger.audit.stated import Claim, Stated, claim, stated
from duban.reading.clauses import Sentence, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.rules import Rules
    from duban.reading.reading import Reading

__all__ = ["Sheet"]

_AFTER = 6
"""Characters behind a figure that tell whether something is counted by it."""


class Sheet:
    """The figures of one report, in the order of the text."""

    def __init__(self, reading: Reading, rules: Rules) -> None:
        self.reading = reading
        self.document = reading.document
        self.rules = rules
        self.sentences: tuple[Sentence, ...] = tuple(
            sentence
            for block in self.document.blocks
            if block.furniture is None
            for sentence in sentences(self.document.text, block.start, block.end)
        )
        self._starts = [sentence.start for sentence in self.sentences]
        self.figures: tuple[Stated, ...] = tuple(self._stated())
        self.claims: tuple[Claim, ...] = tuple(self._claims())
        self._by_sentence: dict[int, list[Stated]] = defaultdict(list)
        self._by_name: dict[str, list[Stated]] = defaultdict(list)
        for each in self.figures:
            self._by_sentence[self.sentence_at(each.figure.start)].append(each)
            self._by_name[each.name].append(each)

    @property
    def year(self) -> int | None:
        """The year the report was given in."""
        return self.document.year

    @property
    def place(self) -> str | None:
        return self.document.place

    def of(self, name: str) -> Sequence[Stated]:
        """The figures of one indicator (`Stated.name`)."""
        return self._by_name.get(name, ())

    def names(self) -> Iterator[tuple[str, Sequence[Stated]]]:
        """Every indicator with its figures."""
        return iter(self._by_name.items())

    def by_sentence(self) -> Iterator[tuple[Sentence, Sequence[Stated]]]:
        """Each sentence that has figures, with them."""
        for index, found in self._by_sentence.items():
            yield self.sentences[index], found

    def sentence_at(self, at: int) -> int:
        """The index of the sentence that a character stands in."""
        return max(0, bisect_right(self._starts, at) - 1)

    def in_sentence_of(self, at: int) -> Sequence[Stated]:
        """The figures of the sentence that a character stands in."""
        return self._by_sentence.get(self.sentence_at(at), ())

    def _claims(self) -> Iterator[Claim]:
        for distinction in self.reading.distinctions:
            yield claim(
                distinction,
                document=self.document.sha256,
                report=self.document.year,
                home=self.document.place,
                clause=self.reading.statements[distinction.statement].text,
                part=self.document.sections[distinction.section].part,
            )

    def _stated(self) -> Iterator[Stated]:
        text = self.document.text
        for figure in self.reading.figures:
            sentence = self.sentences[self.sentence_at(figure.start)]
            yield stated(
                figure,
                document=self.document.sha256,
                report=self.document.year,
                home=self.document.place,
                clause=self.reading.statements[figure.statement].text,
                before=text[sentence.start : figure.start],
                after=text[figure.end : figure.end + _AFTER],
                part=self.document.sections[figure.section].part,
                rules=self.rules,
            )
