"""Whose figure it is: a place or body other than the report's own, named at the head of a clause.

A place is known by the catalogue, a body by the last words of its name (…开发区, …集团, …机场): a name in a report
is seldom written twice the same way, and most bodies stand in no list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.catalogue import places
from duban.reading.clauses import clause_at
from duban.reading.lexicon import alternatives, knowledge
from duban.reading.phrases import clean, split_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.catalogue.places import Place
    from duban.documents.model import Document
    from duban.reading.clauses import Clause, Sentence
    from duban.reading.figures import RawFigure

__all__ = ["Where"]


class _Name(Struct, frozen=True, gc=False):
    """A place named in the text, and whether it is the report's own."""

    start: int
    end: int
    own: bool


class _Words(Struct, frozen=True):
    body: re.Pattern[str]
    """A body's name from its beginning: 澜川高新区, 鞍钢集团."""
    division: re.Pattern[str]
    """A district or county, in the report of a place that the catalogue does not know."""
    no_division: tuple[str, ...]
    own: re.Pattern[str]
    """The report's own place by a pronoun: 全市, 我省."""
    areas: re.Pattern[str]
    """A part of the place without a name: 市区."""


class Where:
    """The places of one document."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        own = _own(document)
        self._known = own is not None
        self._names = [
            _Name(start, end, own is not None and place.code == own.code)
            for start, end, place in places.names_in(self._text, own, on=document.year)
        ]
        self._starts = [name.start for name in self._names]

    def of(self, sentence: Sentence, found: Sequence[RawFigure], topic: str | None) -> list[str | None]:
        """For each figure of a sentence its place or body as written, None for the report's own.

        The one its clause opens with; where the clause opens with none, that of an earlier figure of the same thing,
        else the paragraph's `topic`.
        """
        given: list[str | None] = []
        of_thing: dict[str, str | None] = {}
        opened: tuple[str | None, bool] = (None, False)
        last = None
        for item in found:
            clause = sentence.clauses[clause_at(sentence, item.quantity.number)]
            if clause is not last:
                opened, last = self._opening(clause, item.quantity.start), clause
            name, own = opened
            place = name or (None if own else of_thing.get(item.indicator, topic))
            of_thing[item.indicator] = place
            given.append(place)
        return given

    def topic(self, sentence: Sentence) -> str | None:
        """The place or body that a sentence is about, where its first clause is no more than the name."""
        first = sentence.clauses[0]
        name, _own = self._opening(first, first.end + 1)
        return name if name and len(name) == len(first.text) else None

    def _opening(self, clause: Clause, before: int) -> tuple[str | None, bool]:
        """The place or body that a clause opens with before its number, and whether it opens with the report's own."""
        words = _words()
        phrase = self._text[clause.start : min(before, clause.end)]
        start = clause.start + phrase.find(clean(phrase))
        if words.own.match(self._text, clause.start, before) or words.own.match(self._text, start, before):
            return None, True
        area = words.areas.match(self._text, start, before)
        body = area.group() if area else self._body(start, before)
        name = self._name_at(start)
        if name is None:
            return body, False
        if name.own:
            longer = body is not None and len(body) > name.end - name.start
            return (body, False) if longer else (None, True)
        end = max(name.end, start + len(body or ""))
        return (None if self._listed(end, before) else self._text[start:end]), False

    def _body(self, start: int, before: int) -> str | None:
        """The name of a district or a body at `start`, told by its last words."""
        words = _words()
        division = words.division.match(self._text, start, before)
        if (
            division
            and not division.group().endswith(words.no_division)
            and division.group()[0] not in _NO_HEAD
        ):
            return None if self._listed(division.end(), before) else division.group()
        found = words.body.match(self._text, start, before)
        if found is None or self._listed(found.end(), before) or split_verb(found.group())[0]:
            return None
        return found.group()

    def _listed(self, end: int, before: int) -> bool:
        """Whether a name is one of a list or itself what is counted: 台安、岫岩2个县, 博物馆94座."""
        return end >= before or self._text[end : end + 1] in "、等和"

    def _name_at(self, start: int) -> _Name | None:
        index = bisect_left(self._starts, start)
        found = self._names[index] if index < len(self._names) else None
        return found if found is not None and found.start == start else None


_NO_HEAD = frozenset("全我本各每县市省州区两三四五六七八九十个")


def _own(document: Document) -> Place | None:
    """The document's place where the catalogue knows it and no other of its name."""
    if document.place is None:
        return None
    try:
        return places.find(document.place, on=document.year)
    except places.AmbiguousPlaceError:
        return None


@cache
def _words() -> _Words:
    data = knowledge("places.yaml")
    return _Words(
        body=re.compile(
            f"(?!{alternatives(data['no_body'])})[一-鿿]{{2,12}}?(?:{alternatives(data['bodies'])})"
        ),
        division=re.compile("[一-鿿]{2,3}(?:县|区|旗)(?![域级])"),
        no_division=tuple(data["no_division"]),
        own=re.compile(alternatives(data["own"])),
        areas=re.compile(alternatives(data["areas"])),
    )
