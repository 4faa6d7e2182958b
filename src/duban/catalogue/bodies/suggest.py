"""Which unit a task would be given to first, by the words of its duties."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from duban.catalogue.bodies.lookup import bodies
from duban.catalogue.bodies.model import Body, BodyLevel, Reason, Suggestion
from duban.catalogue.bodies.table import neutral
from duban.catalogue.wording import encodable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["suggest"]

_WEIGHT = {"named": 3.0, "duty": 1.0, "share": 0.4}
"""What a character of the text counts for: the body's own name, a word of its duties, of what it has a part in."""
_LATER = 0.7
"""What the words of each phrase after the first that says something count for: the first names the task."""
_HEAD = 1.5
"""What the last word of a phrase counts for: in 困难群众法律援助 it is 法律援助 that is given."""
_PHRASE_END = re.compile("[，。；！？,;、和及与]")


def suggest(text: str, level: BodyLevel | str = BodyLevel.CITY) -> list[Suggestion]:
    """(body, score, reasons) for the bodies of the level that the text speaks for, the likeliest lead first.

    The score is the number of characters that words of the body's duties cover: those of a word that it only shares
    count 0.4, those of a phrase's last word 1.5, all those after the first phrase 0.7. Longer words take the place of
    shorter ones in them. Empty where nothing speaks for anyone.

    >>> [(body.name, score) for body, score, _ in suggest("为困难群众提供法律援助")]
    [('司法局', 6.0), ('民政局', 4.0)]
    >>> suggest("各位代表")
    []
    """
    found: dict[str, list[Reason]] = defaultdict(list)
    index = _index(BodyLevel(level))
    for word, start, end, factor in _words(text, index):
        for body, kind in index.owners[word]:
            found[body.id].append(Reason(word, start, end, kind, len(word) * _WEIGHT[kind] * factor))
    suggestions = [
        Suggestion(body, round(sum(reason.score for reason in found[body.id]), 2), tuple(found[body.id]))
        for body in index.bodies
        if body.id in found
    ]
    return sorted(suggestions, key=lambda suggestion: -suggestion.score)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Index:
    bodies: tuple[Body, ...]
    words: tuple[str, ...]
    owners: dict[str, tuple[tuple[Body, str], ...]]
    automaton: AhoCorasick


@cache
def _index(level: BodyLevel) -> _Index:
    of_level = bodies(level)
    owners: dict[str, list[tuple[Body, str]]] = defaultdict(list)
    for body in of_level:
        for kind, words in (
            ("named", (body.name, *body.others)),
            ("duty", body.duties),
            ("share", body.shares),
        ):
            for word in words:
                if not any(owner is body for owner, _ in owners[word]):
                    owners[word].append((body, kind))
    owners.update({word: [] for word in neutral() if word not in owners})
    words = tuple(owners)
    return _Index(
        bodies=of_level,
        words=words,
        owners={word: tuple(found) for word, found in owners.items()},
        automaton=AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest),
    )


def _words(text: str, index: _Index) -> Iterator[tuple[str, int, int, float]]:
    """Each word once, with what its place lets it count for."""
    ends = [found.start() for found in _PHRASE_END.finditer(text)]
    matches = [
        (index.words[pattern], start, end, bisect_right(ends, start))
        for pattern, start, end in index.automaton.find_matches_as_indexes(encodable(text))
    ]
    speaking = [match for match in matches if index.owners[match[0]]]
    heads = {phrase: start for _, start, _, phrase in speaking}
    seen: set[str] = set()
    for word, start, end, phrase in speaking:
        if word not in seen:
            seen.add(word)
            place = 1.0 if phrase == speaking[0][3] else _LATER
            yield word, start, end, place * (_HEAD if heads[phrase] == start else 1.0)
