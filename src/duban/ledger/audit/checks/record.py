"""Records, first times and streaks that earlier reports deny."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from duban.documents.model import PLANS
from duban.ledger.audit.sums import finite
from duban.ledger.model import Gravity
from duban.reading.model import DistinctionType, Kind, Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.rules import Rules
    from duban.ledger.audit.stated import Claim, Stated
    from duban.ledger.model import Finding

__all__ = ["FirstTime", "Record", "Streak"]

_NEAR = 16
"""Characters between a figure and the claim that is made of it."""
_FIRST = re.compile(r"首次[^，。；、]{0,4}$")
_YEARS = re.compile(r"年|连[丰增快升降冠]")
_CLASSES = ("leads", "excels", "not_risen", "falls", "rises")


class Record:
    """创历史新高 of a level that an earlier report had higher; 创历史新低 of one it had lower."""

    name = "record"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for claim in case.sheet.claims:
            kind = claim.distinction.type
            if kind not in {DistinctionType.RECORD_HIGH, DistinctionType.RECORD_LOW} or claim.distinction.n:
                continue
            figure = _level_of(case, claim)
            if figure is None:
                continue
            high = kind is DistinctionType.RECORD_HIGH
            before = [each for each in _before(case, figure) if _another_year(each, figure)]
            better = [each for each in before if _beyond(each, figure, high=high)]
            if before and not case.holds(
                self, (claim.evidence, figure.evidence, before[-1].evidence), not better
            ):
                best = better[-1]
                yield case.found(
                    self,
                    Gravity.DOUBT,
                    (claim.evidence, figure.evidence, best.evidence),
                    done=f"{figure.figure.text} {'<' if high else '>'} {best.figure.text} ({best.year})",
                    tolerance=f"{case.span(figure)}; {case.span(best)}",
                )


class FirstTime:
    """首次突破X of what an earlier report had at X or more."""

    name = "first_time"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for figure in case.sheet.figures:
            if (
                figure.kind is not Kind.LEVEL
                or figure.figure.qualifier is not Qualifier.OVER
                or not figure.happened
            ):
                continue
            if figure.code is None or not _FIRST.search(figure.before) or not figure.alone:
                continue
            before = [each for each in _before(case, figure) if _another_year(each, figure)]
            there = [each for each in before if (found := finite(each, figure)) and found.low >= figure.value]
            if before and not case.holds(self, (figure.evidence, before[-1].evidence), not there):
                yield case.found(
                    self,
                    Gravity.DOUBT,
                    (figure.evidence, there[0].evidence),
                    done=f"{there[0].figure.text} ({there[0].year}) ≥ {figure.figure.text}",
                    tolerance=case.span(there[0]),
                )


class Streak:
    """连续N年 that is not N less the years between two reports longer than it was, or that a year of the series breaks."""

    name = "streak"
    allows = "计数 count"

    def find(self, case: Case) -> Iterator[Finding]:
        earlier = [
            each for each in case.series.claims(case.sheet.place, before=case.sheet.year) if _is_streak(each)
        ]
        for claim in case.sheet.claims:
            if not _is_streak(claim):
                continue
            before = next((each for each in reversed(earlier) if _same_streak(each, claim, case.rules)), None)
            if before is not None:
                yield from self._lengths(case, before, claim)
            yield from self._broken(case, claim)

    def _lengths(self, case: Case, before: Claim, claim: Claim) -> Iterator[Finding]:
        """A streak grows by a year each year, or begins anew."""
        then, now = before.distinction.n or 0, claim.distinction.n or 0
        years = (claim.report or 0) - (before.report or 0)
        if case.holds(self, (claim.evidence, before.evidence), now == then + years or now <= years):
            return
        yield case.found(
            self,
            Gravity.DOUBT if now > then + years else Gravity.NOTE,
            (claim.evidence, before.evidence),
            done=f"{then} + ({claim.report} − {before.report}) = {then + years} ≠ {now}",
            tolerance="0",
        )

    def _broken(self, case: Case, claim: Claim) -> Iterator[Finding]:
        """A streak of growth in which a year fell."""
        kind, length = _class_of(claim, case.rules), claim.distinction.n or 0
        if kind not in {"rises", "falls"} or case.sheet.year is None:
            return
        figure = next((each for each in _near(case, claim) if each.code is not None), None)
        if figure is None:
            return
        last = case.sheet.year - 1
        for each in case.series.values(figure.name, figure.home, before=case.sheet.year):
            found, year = finite(each), each.year
            if each.kind is not Kind.GROWTH or found is None or year is None or each.report != year + 1:
                continue
            if not last - length < year <= last or each.figure.place != figure.figure.place:
                continue
            broken = found.high < 0 if kind == "rises" else found.low > 0
            if not case.holds(self, (claim.evidence, each.evidence), not broken):
                yield case.found(
                    self,
                    Gravity.DOUBT,
                    (claim.evidence, each.evidence),
                    done=f"{last - length + 1} … {last}: {year} {each.figure.text}",
                    tolerance=case.span(each),
                )


def _near(case: Case, claim: Claim) -> Iterator[Stated]:
    """The figures that a claim is made of: of its own sentence, close before or behind it."""
    found = claim.distinction
    for figure in case.sheet.in_sentence_of(found.start):
        before, behind = found.start - figure.figure.end, figure.figure.start - found.end
        if 0 <= before <= _NEAR or 0 <= behind <= _NEAR:
            yield figure


def _level_of(case: Case, claim: Claim) -> Stated | None:
    """The level that a record is claimed for: the last one before the claim, with nothing but its name or growth between."""
    found = claim.distinction
    levels = [
        each
        for each in case.sheet.in_sentence_of(found.start)
        if each.figure.end <= found.start and each.happened and each.code is not None
    ]
    if not levels or levels[-1].kind is not Kind.LEVEL or found.start - levels[-1].figure.end > _NEAR:
        return None
    level = levels[-1]
    if found.subject and found.subject in case.sheet.document.text[level.figure.end : found.start]:
        return None  # 城镇新增就业1351万人，失业率为多年来最低: of another thing
    partial = any(
        case.rules.codes[group].hold(level.code or "", level.year) for group in ("partial", "rebased")
    )
    return None if partial or not level.alone else level


def _before(case: Case, figure: Stated) -> Sequence[Stated]:
    """What earlier reports say of the level of the same thing."""
    return [
        each
        for each in case.series.values(figure.name, figure.home, before=case.sheet.year)
        if each.kind is Kind.LEVEL and each.happened and each.alone and each.year is not None
        and each.same_thing(figure) and each.report is not None and each.report > each.year
        and each.dated
    ]  # fmt: skip


def _another_year(each: Stated, figure: Stated) -> bool:
    return each.year is not None and figure.year is not None and each.year < figure.year


def _beyond(each: Stated, figure: Stated, *, high: bool) -> bool:
    """Whether an earlier level lies beyond the record."""
    there, here = finite(each, figure), finite(figure)
    if there is None or here is None:
        return False
    return there.low > here.high if high else there.high < here.low


def _is_streak(claim: Claim) -> bool:
    """Whether so many years in a row are said to be behind one: what a plan hopes for is no streak yet."""
    found = claim.distinction
    years = _YEARS.search(found.text) and "月" not in found.text
    return found.type is DistinctionType.STREAK and bool(found.n) and bool(years) and claim.part not in PLANS


def _same_streak(before: Claim, claim: Claim, rules: Rules) -> bool:
    """Whether two streaks are of one subject and say the same of it."""
    kind = _class_of(claim, rules)
    return (
        kind is not None
        and kind == _class_of(before, rules)
        and len(claim.name) > 2
        and before.name == claim.name
    )


def _class_of(claim: Claim, rules: Rules) -> str | None:
    """What a streak says: it rises, it falls, it leads, it is judged excellent."""
    said = claim.clause[claim.clause.find(claim.distinction.text) :]
    return next((name for name in _CLASSES if rules.pattern(name).search(said)), None)
