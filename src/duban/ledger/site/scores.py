"""How many promises came to what: the numbers of a scoreboard."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duban.ledger.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.ledger.model import Settlement

__all__ = ["ORDER", "SIGNS", "Score", "score", "total"]

SIGNS = {
    Verdict.EXCEEDED: "✚",
    Verdict.MET: "✓",
    Verdict.PARTLY: "◐",
    Verdict.UNDER_WAY: "▷",
    Verdict.MISSED: "✗",
    Verdict.NO_ANSWER: "○",
    Verdict.NOT_CHECKABLE: "–",
}
"""A sign for each verdict, so that none is told by its colour alone; from the best to what cannot be told."""
ORDER = tuple(SIGNS)
_ANSWERED = tuple(verdict for verdict in ORDER if verdict not in {Verdict.NO_ANSWER, Verdict.NOT_CHECKABLE})


@dataclass(frozen=True, slots=True)
class Score:
    """Promises counted by verdict."""

    counts: dict[Verdict, int]

    def __getitem__(self, verdict: Verdict) -> int:
        return self.counts.get(verdict, 0)

    @property
    def answered(self) -> int:
        """How many the next report accounts for."""
        return sum(self[verdict] for verdict in _ANSWERED)

    @property
    def kept(self) -> int:
        """How many were met or exceeded."""
        return self[Verdict.MET] + self[Verdict.EXCEEDED]

    @property
    def shown(self) -> list[tuple[Verdict, int]]:
        """The verdicts on what was answered, those that occur, in order."""
        return [(verdict, self[verdict]) for verdict in _ANSWERED if self[verdict]]


def score(settlements: Iterable[Settlement]) -> Score:
    """The score of some promises."""
    return Score(dict(Counter(each.verdict for each in settlements)))


def total(scores: Iterable[Score]) -> Score:
    """Several scores together."""
    counts: Counter[Verdict] = Counter()
    for each in scores:
        counts.update(each.counts)
    return Score(dict(counts))
