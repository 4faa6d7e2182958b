"""How much two wordings have in common, each pair of characters weighing what it is rare in the two reports."""

from __future__ import annotations

import math
import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from duban.ledger.reconcile.knowledge import knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Rarity", "common_run", "numbered", "pairs", "runs"]

# What holds no meaning to compare: punctuation, blanks, Arabic and full-width digits that stand alone, note marks.
_SEPARATORS = re.compile(r"[^\w一-鿿.]+|[\[［^]+\d+[\]］]?")
_RUN = re.compile(r"[一-鿿]+|[A-Za-z0-9.]+")
# A number that tells one thing from another: 4号线, 第15届, 2期.
_NUMBERED = re.compile(
    r"[0-9]\.[0-9]|[0-9]+(?:[号期届级]|周年)|第[一二三四五六七八九十]+[届次期批]|[一二三四五六]期"
)


_COMMON = 0.05
"""Share of the wordings from which on a pair says nothing: 建设, 发展."""


_FEWEST = 200
"""Wordings that short texts are taken to have: a pair in one of ten wordings is not common yet."""


class Rarity:
    """How rare each pair of characters is in a number of wordings.

    A pair weighs ln(share that is common / share of the wordings it stands in), nothing where it is common.
    """

    def __init__(self, wordings: Sequence[str]) -> None:
        counts: Counter[str] = Counter()
        for wording in wordings:
            counts.update(pairs(wording))
        self._total = max(len(wordings), _FEWEST)
        self._counts = counts

    def weight(self, pair: str) -> float:
        """What a pair weighs; one that was never seen weighs as one seen once."""
        return max(0.0, math.log(_COMMON * self._total / max(self._counts.get(pair, 0), 1)))

    def count(self, pair: str) -> int:
        """In how many wordings the pair stands."""
        return self._counts.get(pair, 0)

    def sum(self, found: Iterable[str]) -> float:
        """What pairs weigh together."""
        return sum(map(self.weight, sorted(found)))

    def overlap(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Twice what is shared over all there is (Dice), 0 to 1."""
        whole = self.sum(one) + self.sum(other)
        return 2 * self.sum(one & other) / whole if whole else 0.0

    def covered(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """Which share of the one is found in the other, 0 to 1."""
        weight = self.sum(part)
        return self.sum(part & whole) / weight if weight else 0.0


@lru_cache(maxsize=1 << 14)
def pairs(wording: str) -> frozenset[str]:
    """The pairs of neighbouring characters; a word of letters and digits (5G, Z4) counts as one.

    >>> sorted(pairs("地铁Z4线"))
    ['Z4', '地铁']
    """
    found: set[str] = set(_NUMBERED.findall(wording))
    for run in runs(wording):
        if run[0].isascii():
            found.add(run)
        else:
            found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)


def numbered(wording: str) -> frozenset[str]:
    """What tells one of several apart: 4号, 第三届, 二期."""
    return frozenset(_NUMBERED.findall(wording))


def common_run(one: str, other: str) -> str:
    """The longest stretch of characters that both have.

    >>> common_run("建设国家超算“超智存”算力融合平台", "国家超算“超智存”平台加快建设")
    '国家超算“超智存”'
    """
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size]


def runs(wording: str) -> list[str]:
    """The runs of Han characters and of letters and digits, numbers and empty words left out."""
    stops = _stops()
    found = []
    for piece in _SEPARATORS.split(stops.sub(" ", wording)):
        found += [run for run in _RUN.findall(piece) if not _is_number(run)]
    return found


def _is_number(run: str) -> bool:
    return run.replace(".", "").isdigit()


@cache
def _stops() -> re.Pattern[str]:
    """Adverbials and empty words, which say nothing of what a wording is about."""
    words = sorted(knowledge("wording.yaml")["empty"], key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))
