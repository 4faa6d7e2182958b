"""The figure of the later report that answers a target."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from duban.catalogue import Reason
from duban.catalogue.wording import key
from duban.ledger.reconcile.knowledge import knowledge, pattern
from duban.ledger.reconcile.likeness import pairs
from duban.ledger.reconcile.phrases import adds, core, head, wording
from duban.ledger.reconcile.report import span_of
from duban.ledger.reconcile.verdicts import Number
from duban.quantities.conversion import in_unit
from duban.reading.model import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duban.ledger.reconcile.likeness import Rarity
    from duban.ledger.reconcile.report import Report, Stated
    from duban.ledger.reconcile.targets import Goal
    from duban.reading.model import Figure

__all__ = ["Answer", "Answers"]

_AREA = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|县|区)$")
_REACHED = frozenset({Status.ACTUAL, Status.ESTIMATE})
_ALIKE = 0.72
"""Shared weight from which on two wordings are taken for one amount (docs: reference, reconcile)."""

_TELLING = 4
"""Characters of a core from which on it names one thing: 项目 and 企业 name any."""
_RARE = 6
_FEWEST_RARE = 2
"""Pairs that few clauses have, which two wordings must share."""


class Answer(NamedTuple):
    """A figure of the later report, its number in the target's unit, and why and how surely it answers."""

    stated: Stated
    number: Number
    reasons: tuple[str, ...]
    score: float


class Answers:
    """The results that a later report states, to be looked up by what they are of."""

    def __init__(self, report: Report, earlier: Report, rarity: Rarity) -> None:
        self.report = report
        self.earlier = earlier
        self.rarity = rarity
        self.stated = [each for each in report.stated if self._may_answer(each)]

    @cached_property
    def by_code(self) -> dict[str, list[Stated]]:
        """Code → results, in the order of the text."""
        return _grouped((each.link.code, each) for each in self.stated if each.link.code)

    @cached_property
    def by_phrase(self) -> dict[str, list[Stated]]:
        """Normalised phrase → results."""
        return _grouped((key(each.figure.indicator), each) for each in self.stated)

    @cached_property
    def by_core(self) -> dict[str, list[Stated]]:
        """What an amount is of → results."""
        return _grouped((core(each.figure.indicator), each) for each in self.stated)

    def find_all(self, goals: Sequence[Goal]) -> list[Answer | None]:
        """The best answer to each target. An amount of work answers one target: the one whose words it is nearest to."""
        taken: list[set[int]] = [set() for _ in goals]
        found = [self.find(goal) for goal in goals]
        while rivals := _rivals(goals, found):
            nearest = max(rivals, key=lambda at: (self._nearness(goals[at], found[at]), -at))
            for at in rivals:
                if at != nearest:
                    taken[at].add(_index(found[at]))
                    found[at] = self.find(goals[at], frozenset(taken[at]))
        return found

    def find(self, goal: Goal, without: frozenset[int] = frozenset()) -> Answer | None:
        """The best answer to a target, None where there is none; `without` the figures of these indices."""
        for way in (self._same_code, self._succeeded, self._same_phrase, self._same_core, self._alike):
            found = [answer for answer in way(goal) if answer.stated.at not in without]
            if found:
                return min(found, key=self._rank)
        return None

    def _nearness(self, goal: Goal, answer: Answer | None) -> float:
        if answer is None:
            return 0.0
        promised = pairs(wording(goal.stated, self.earlier))
        return self.rarity.overlap(promised, pairs(wording(answer.stated, self.report)))

    def of_code(self, code: str, kind: Kind, year: int) -> Stated | None:
        """The report's own result of an indicator for a year: its first."""
        found = [
            each
            for each in self.by_code.get(code, [])
            if each.figure.kind is kind and each.figure.period == str(year) and each.figure.place is None
        ]
        return found[0] if found else None

    def _may_answer(self, stated: Stated) -> bool:
        figure = stated.figure
        if figure.status not in _REACHED or stated.planned:
            return False
        words = knowledge("answers.yaml")
        clause = self.report.clause(figure)
        before = self.report.document.text[clause.start : figure.start]
        if pattern(words["part_of_year"]).search(before):
            return False
        if figure.kind is Kind.CHANGE and (
            pattern(words["gap"]).search(before) or Reason.OF_GROWTH in stated.link.reasons
        ):
            return False
        return not (figure.kind in {Kind.GROWTH, Kind.CHANGE} and self._over_years(figure, before))

    def _over_years(self, figure: Figure, before: str) -> bool:
        """Whether a growth is against an earlier year than the one before."""
        span = span_of(figure.period)
        bases = pattern(knowledge("answers.yaml")["older_base"]).findall(before)
        return bool(bases and span and int(bases[-1]) != span.last - 1)

    # --- three ways to be the same thing, the surest first

    def _same_code(self, goal: Goal) -> list[Answer]:
        code = goal.link.code
        if code is None:
            return []
        found: list[Answer] = []
        for stated in self.by_code.get(code, []):
            score = min(goal.link.score, stated.link.score)
            found += self._fitting(goal, stated, "same_indicator", score)
        return found

    def _succeeded(self, goal: Goal) -> list[Answer]:
        """Results of the indicator that has taken the place of the target's."""
        successor = knowledge("answers.yaml")["successors"].get(goal.link.code)
        if successor is None or goal.sought.year < successor["from"]:
            return []
        found: list[Answer] = []
        for stated in self.by_code.get(successor["code"], []):
            found += self._fitting(goal, stated, "successor_indicator", 0.8 * stated.link.score)
        return found

    def _same_phrase(self, goal: Goal) -> list[Answer]:
        found: list[Answer] = []
        for stated in self.by_phrase.get(key(goal.stated.figure.indicator), []):
            found += self._fitting(goal, stated, "same_phrase", 0.85)
        return found

    def _same_core(self, goal: Goal) -> list[Answer]:
        """Results of the same thing where one phrase has a verb that the other lacks: 供热管网, 改造供热管网."""
        name, code = goal.stated.figure.indicator, goal.link.code
        found: list[Answer] = []
        for stated in self.by_core.get(core(name), []):
            if not self._tells(name, stated.figure.indicator):
                continue
            contradicted = code is not None and stated.link.code is not None
            if not contradicted and (code is not None or adds(name) == adds(stated.figure.indicator)):
                found += self._fitting(goal, stated, "same_core", 0.75)
        return found

    def _tells(self, name: str, other: str) -> bool:
        """Whether what two phrases have in common tells one thing from others: 项目 and 企业 do not."""
        shared = core(name)
        if len(shared) >= _TELLING or all(self.rarity.count(pair) <= _RARE for pair in pairs(shared)):
            return True
        long, short = key(name), key(other)
        long, short = (long, short) if len(long) >= len(short) else (short, long)
        return len(short) >= _TELLING and long.endswith(short)

    def _alike(self, goal: Goal) -> list[Answer]:
        """Results of an unlinked amount in nearly the same words."""
        if goal.link.code is not None:
            return []
        promised = wording(goal.stated, self.earlier)
        words = pairs(promised)
        if len(words) < 2:
            return []
        best: list[Answer] = []
        for stated in self.stated:
            if stated.link.code is not None or stated.figure.kind is not goal.stated.figure.kind:
                continue
            said = wording(stated, self.report)
            if adds(goal.stated.figure.indicator) != adds(stated.figure.indicator):
                continue
            common = words & pairs(said)
            if sum(self.rarity.count(pair) <= _RARE for pair in common) < _FEWEST_RARE:
                continue
            share = self.rarity.overlap(words, pairs(said))
            if share >= _ALIKE and self._same_sort(goal, stated, promised, said):
                best += self._fitting(goal, stated, "similar_phrase", round(0.8 * share, 2))
        top = max((answer.score for answer in best), default=0)
        return [answer for answer in best if answer.score == top]

    def _same_sort(self, goal: Goal, stated: Stated, promised: str, said: str) -> bool:
        """Whether what either wording counts is named in the other: 载体 is no 项目."""
        one, other = head(goal.stated.figure.indicator), head(stated.figure.indicator)
        return one in said and other in promised

    # --- whether kind, place, time and unit fit

    def _fitting(self, goal: Goal, stated: Stated, reason: str, score: float) -> Iterator[Answer]:
        aim, figure = goal.stated.figure, stated.figure
        if aim.kind is not figure.kind:
            return
        where = self._same_place(goal, stated)
        when = _same_time(goal, stated)
        number = _in_unit(figure, aim.unit)
        if where is None or when is None or number is None:
            return
        reasons = [reason, *where[0], *when[0]]
        if figure.unit != aim.unit:
            reasons.append("unit_converted")
        if figure.status is Status.ESTIMATE:
            reasons.append("estimate")
        yield Answer(stated, number, tuple(reasons), round(score * where[1] * when[1], 2))

    def _same_place(self, goal: Goal, stated: Stated) -> tuple[tuple[str, ...], float] | None:
        """Reasons and factor where target and result are of the same place; None where they are not."""
        aim, place = goal.stated.figure.place, stated.figure.place
        if aim == place:
            return (), 1.0
        own = _short(self.report.place)
        if aim is None and place is not None and place.startswith(own):
            return ("of_own_body",), 0.8
        if place is None and aim is not None and aim.startswith(own):
            return ("of_own_body",), 0.8
        return None

    def _rank(self, answer: Answer) -> tuple[object, ...]:
        """Smaller is better: the surer, the year's rather than all there is, the whole, the first."""
        words = knowledge("answers.yaml")
        figure = answer.stated.figure
        clause = self.report.clause(figure)
        before = self.report.document.text[clause.start : figure.start]
        return (
            "of_own_body" in answer.reasons,
            "period_unstated" in answer.reasons,
            bool(pattern(words["total"]).search(before)),
            bool(pattern(words["part"]).match(before)),
            -answer.score,
            figure.start,
        )


def _rivals(goals: Sequence[Goal], found: Sequence[Answer | None]) -> list[int]:
    """Where the same figure answers several promises of work: the places of the first such."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for at, answer in enumerate(found):
        if answer is not None and goals[at].sought.work:
            places[answer.stated.at].append(at)
    return next((rivals for rivals in places.values() if len(rivals) > 1), [])


def _index(answer: Answer | None) -> int:
    return -1 if answer is None else answer.stated.at


def _grouped(found: Iterable[tuple[str, Stated]]) -> dict[str, list[Stated]]:
    groups: defaultdict[str, list[Stated]] = defaultdict(list)
    for name, each in found:
        groups[name].append(each)
    return dict(groups)


def _same_time(goal: Goal, stated: Stated) -> tuple[tuple[str, ...], float] | None:
    """Reasons and factor where target and result are of the same years; None where they are not."""
    said = span_of(stated.figure.period)
    if said is None:
        return ("period_unstated",), 0.9
    asked = span_of(goal.stated.figure.period)
    if asked is None:
        return ((), 1.0) if said.first == said.last == goal.sought.year else None
    return ((), 1.0) if asked == said else None


def _in_unit(figure: Figure, unit: str) -> Number | None:
    """The figure's number in another unit that measures the same."""
    value = in_unit(figure.value, figure.unit, unit)
    if value is None:
        return None
    high = None if figure.high is None else in_unit(figure.high, figure.unit, unit)
    return Number(value, high, figure.qualifier)


def _short(place: str) -> str:
    """The place's name as its bodies bear it (天津港): without what it is."""
    return _AREA.sub("", place)
