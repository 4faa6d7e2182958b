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
        opened = _NOTHING
        last = -1
        for item in found:
            at = clause_at(sentence, item.quantity.number)
            if at != last:
                clause = sentence.clauses[at]
                counted = item.quantity.kind in _COUNTED
                named = self._opening(clause, item.quantity.start, counted=counted)
                if named != _NOTHING or at != last + 1 or opened == _NOTHING or not self._goes_on(clause):
                    opened = named
                last = at
            name, own = opened
            place = name or (None if own else of_thing.get(item.indicator, topic))
            of_thing[item.indicator] = place
            given.append(place)
        return given

    @staticmethod
    def _goes_on(clause: Clause) -> bool:
        """Whether a clause has no subject of its own: (市区新增绿地230公顷，)取缔燃煤锅炉398台."""
        phrase = clean(clause.text)
        return bool(split_verb(phrase)[0])

    def topic(self, sentence: Sentence) -> str | None:
        """The place or body that a sentence is about, where its first clause is no more than the name."""
        first = sentence.clauses[0]
        name, _own = self._opening(first, first.end + 1, counted=False)
        return name if name and len(name) == len(first.text) else None

    def _opening(self, clause: Clause, before: int, *, counted: bool) -> tuple[str | None, bool]:
        """The place or body that a clause opens with before its number, and whether it opens with the report's own.

        `counted`: the number counts things, and may sum up a list that begins with the name.
        """
        words = _words()
        phrase = self._text[clause.start : min(before, clause.end)]
        start = clause.start + phrase.rfind(clean(phrase))
        if words.own.match(self._text, clause.start, before) or (
            start != clause.start and words.own.match(self._text, start, before)
        ):
            return None, True
        if words.areas.match(self._text, clause.start, before):
            start = clause.start
        name, body = self._name_at(start), self._body(start, before)
        end = max(name.end if name else 0, body)
        if not end or self._listed(end, before, counted=counted):
            return None, False
        if name and name.own and body <= name.end:
            return None, True
        return self._text[start:end], False

    def _body(self, start: int, before: int) -> int:
        """Where the name of a district or a body that begins at `start` ends, told by its last words; 0 for none."""
        words = _words()
        if area := words.areas.match(self._text, start, before):
            body = words.body.match(self._text, start, before)
            return max(area.end(), body.end()) if body else area.end()
        division = words.division.match(self._text, start, before)
        if (
            division
            and not division.group().endswith(words.no_division)
            and division.group()[0] not in _NO_HEAD
        ):
            return division.end()
        found = words.body.match(self._text, start, before)
        return 0 if found is None or split_verb(found.group())[0] else found.end()

    def _listed(self, end: int, before: int, *, counted: bool) -> bool:
        """Whether a name is one of a list or itself what is counted: 台安、岫岩2个县, 博物馆94座."""
        rest = self._text[end:before]
        if not rest:
            return counted
        if rest[0] in "、等和":
            return True
        return counted and _SUMS_UP.fullmatch(rest) is not None and not split_verb(rest)[0]

    def _name_at(self, start: int) -> _Name | None:
        index = bisect_left(self._starts, start)
        found = self._names[index] if index < len(self._names) else None
        return found if found is not None and found.start == start else None


_NOTHING: tuple[str | None, bool] = (None, False)
"""What a clause opens with that names no place."""
_COUNTED = ("count", "person", "rank")
_SUMS_UP = re.compile("[^，]*(?:、[^，、]{2,14}|等)")
"""What follows the first name of a list up to the number of its things: (沈阳)化工材料、盘锦精细化工(2个平台)."""
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
        body=re.compile(f"(?!{_any(data['no_body'])})[一-鿿]{{2,12}}?{_any(data['bodies'])}"),
        division=re.compile("[一-鿿]{2,3}(?:县|区|旗)(?![域级城])"),
        no_division=tuple(data["no_division"]),
        own=re.compile(alternatives(data["own"])),
        areas=re.compile(alternatives(data["areas"])),
    )


def _any(words: list[str]) -> str:
    """An alternation that is tried only where one of its words may begin: a look at one character first."""
    first = "".join(sorted({word[0] for word in words}))
    return f"(?=[{first}])(?:{alternatives(words)})"
