"""Slips that are in the text itself: an item left out of a numbering, a passage that stands twice, a wrong count of years."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from duban.ledger.model import Evidence, Gravity
from duban.quantities.numerals import chinese

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.documents.model import Section
    from duban.ledger.audit.check import Case
    from duban.ledger.model import Finding
    from duban.reading.clauses import Sentence

__all__ = ["CountOfYears", "Numbering", "Repeated"]

_ORDINAL = re.compile(r"[（(]?([一二三四五六七八九十]{1,3})[）)、]")
_BLANK = re.compile(r"\s+")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HEADING = 24
"""Characters of a heading that are quoted."""


class Numbering:
    """Headings numbered （一）（二）（四）: one was left out, or wrongly numbered."""

    name = "numbering"
    allows = "计数 count"

    def find(self, case: Case) -> Iterator[Finding]:
        for siblings in _siblings(case.sheet.document.sections):
            numbers = [number for number, _ in siblings]
            if len(siblings) < 3 or numbers[0] != 1 or sorted(set(numbers)) != numbers:
                continue
            for (before, one), (number, other) in pairwise(siblings):
                evidence = tuple(
                    _quoted(case, section.start, section.start + _HEADING) for section in (one, other)
                )
                if not case.holds(self, evidence, number == before + 1):
                    yield case.found(
                        self,
                        Gravity.DOUBT,
                        evidence,
                        done=f"{before} + 1 = {before + 1} ≠ {number}",
                        tolerance="0",
                    )


class Repeated:
    """A passage that stands twice, word for word: its figures count twice, too."""

    name = "repeated"
    allows = "计数 count"

    def find(self, case: Case) -> Iterator[Finding]:
        for run in _runs(case):
            (earlier, later), *_ = run
            evidence = (_quoted(case, later.start, later.end), _quoted(case, earlier.start, earlier.end))
            case.holds(self, evidence, outcome=False)
            yield case.found(self, Gravity.NOTE, evidence, done=f"{len(run)} × 2", tolerance="0")


class CountOfYears:
    """从2003年到2006年三年: the years are not so many."""

    name = "count_of_years"
    allows = "首尾 first and last"

    def find(self, case: Case) -> Iterator[Finding]:
        for match in case.rules.pattern("span_of_years").finditer(case.sheet.document.text):
            first, last, count = _year(match["first"]), _year(match["last"]), _count(match["n"])
            if first is None or last is None or count is None or last <= first:
                continue
            evidence = (_quoted(case, match.start(), match.end()),)
            years = last - first
            if not case.holds(self, evidence, count in {years, years + 1}):
                yield case.found(
                    self,
                    Gravity.CONTRADICTION,
                    evidence,
                    done=f"{last} − {first} = {years} ≠ {count}",
                    tolerance=f"{years} … {years + 1}",
                )


def _siblings(sections: Sequence[Section]) -> Iterator[list[tuple[int, Section]]]:
    """The numbered headings below each heading, level by level."""
    found: dict[tuple[int | None, int], list[tuple[int, Section]]] = defaultdict(list)
    for section in sections:
        ordinal = _ORDINAL.match(section.heading)
        number = None if ordinal is None else _count(ordinal[1])
        if number is not None:
            found[section.parent, section.level].append((number, section))
    yield from found.values()


def _runs(case: Case) -> Iterator[list[tuple[Sentence, Sentence]]]:
    """Passages that stand twice: pairs of a sentence and its repetition, parted by no more than a few others."""
    shortest, gap = int(case.rules.number("repeated.shortest")), int(case.rules.number("repeated.gap"))
    text = case.sheet.document.text
    long = [
        (words, sentence)
        for sentence in case.sheet.sentences
        if len(words := _BLANK.sub("", text[sentence.start : sentence.end])) >= shortest
        and words.endswith(("。", "；"))
    ]
    first: dict[str, int] = {}
    run: list[tuple[int, int]] = []
    for index, (words, _) in enumerate(long):
        earlier = first.setdefault(words, index)
        if earlier == index:
            continue
        if run and (index - run[-1][1] > gap or abs(earlier - run[-1][0]) > gap):
            yield [(long[one][1], long[other][1]) for one, other in run]
            run = []
        run.append((earlier, index))
    if run:
        yield [(long[one][1], long[other][1]) for one, other in run]


def _quoted(case: Case, start: int, end: int) -> Evidence:
    document = case.sheet.document
    end = min(end, len(document.text))
    return Evidence(document=document.sha256, start=start, end=end, quote=document.text[start:end])


def _year(text: str) -> int | None:
    digits = unicodedata.normalize("NFKC", text).translate(_DIGITS)
    return int(digits) if digits.isdigit() else None


def _count(text: str) -> int | None:
    plain = unicodedata.normalize("NFKC", text)
    if plain.isdigit():
        return int(plain)
    found = chinese(plain)
    return None if found is None or found[1] is not None else int(found[0])
