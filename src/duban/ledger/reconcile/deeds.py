"""What became of a promise without a number: the claims of the later report that speak of the same thing, and how far it came.

A thing promised and a clause of the later report are held to be about the same where enough of the thing's rare words stand in
the clause. How far it came is read off the words of stages beside it. What does not reach the bound stays open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from duban.documents.model import Part
from duban.ledger.model import Outcome, Settlement, Verdict
from duban.ledger.reconcile.knowledge import knowledge
from duban.ledger.reconcile.likeness import common_run, numbered, pairs, runs
from duban.ledger.reconcile.stages import Asked, Stage, arrives, is_negated, is_one_off, kept, stage_words
from duban.reading.model import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duban.ledger.reconcile.commitments import Deed
    from duban.ledger.reconcile.likeness import Rarity
    from duban.ledger.reconcile.report import Report
    from duban.ledger.reconcile.rules import Rules
    from duban.reading.model import Statement

__all__ = ["Claim", "Claims", "Match", "settle_deed"]

_ENOUGH = 0.62
"""Likeness from which on a clause is about the thing promised."""
_AGAIN = 0.8
"""Likeness from which on a plan promises the same thing again."""
_OTHER_MODIFIER = 0.8
"""What is left of a likeness where the shared stretch is narrowed by other words in the claim."""
_BY_NAME = 0.7
"""Likeness of a thing with a name in quotation marks and a claim that has the name."""
_REPEATED = 0.85
"""Share of a promise's weight from which on a claim says it in the promise's own words."""
_FEWEST_RARE = 2
"""Pairs that few clauses have, which a thing and its claim must share."""
_RARE = 6
_SHORTEST = 4
"""Characters in a row that a thing and its claim must share; a shorter thing, all of it."""
_LINE = re.compile(r"\s+")
_MARKS = re.compile("[“”《》‘’「」]")
_QUOTED = re.compile("[“《]([^”》]{2,})[”》]")


class Claim(NamedTuple):
    """A clause of the later report, ready to be compared."""

    statement: Statement
    text: str
    pairs: frozenset[str]


class Match(NamedTuple):
    """A thing promised, the claim about it, how alike they are and how far it came."""

    thing: str
    claim: Claim
    likeness: float
    shared: str
    """The longest stretch of characters that both have."""
    stage: Stage
    same_words: bool
    """Whether the claim says it done with the promise's own verb, or nearly in its own words."""
    whole: bool
    """Whether the claim has nearly all the words of the promise."""


class Claims:
    """The clauses of the later report: what it answers, and what it plans in its turn."""

    def __init__(self, report: Report, rarity: Rarity) -> None:
        self.report = report
        self.rarity = rarity
        self.answering = [self._claim(each) for each in report.answering]
        self.planned = [
            self._claim(each) for each in report.reading.statements if report.part(each) is Part.PLAN_YEAR
        ]

    def about(self, thing: str, deed: Deed) -> Match | None:
        """The best claim about a thing: the likest, of equals the one that says most of its end."""
        return self._best(thing, deed, self.answering, _ENOUGH)

    def promised_again(self, thing: str, deed: Deed) -> Match | None:
        """The clause of the plan that promises the thing again."""
        found = self._best(thing, deed, self.planned, _AGAIN)
        return found if found is not None and found.stage >= Stage.BEGUN else None

    def _best(self, thing: str, deed: Deed, claims: Iterable[Claim], enough: float) -> Match | None:
        names = [name for name in _QUOTED.findall(thing) if name not in knowledge("wording.yaml")["everyday"]]
        thing = self._plain(thing)
        words = pairs(thing)
        found = [
            match
            for claim in claims
            if words & claim.pairs
            and all(_is_in(name, claim.text) for name in names)
            and (match := self._matched(thing, words, names, deed, claim)).likeness >= enough
        ]
        if not found:
            return None
        top = max(match.likeness for match in found)
        near = [match for match in found if match.likeness >= top - 0.1]
        return max(near, key=lambda match: (match.stage, match.likeness, -match.claim.statement.start))

    def _plain(self, wording: str) -> str:
        """The wording without quotation marks and the place's own name, long forms made short."""
        plain = _MARKS.sub("", wording)
        plain = plain.removeprefix(self.report.place)
        for long, short in knowledge("wording.yaml")["same"].items():
            plain = plain.replace(long, short)
        return plain

    def _claim(self, statement: Statement) -> Claim:
        text = self._plain(_LINE.sub("", statement.text))
        return Claim(statement, text, pairs(text))

    def _matched(
        self, thing: str, words: frozenset[str], names: Sequence[str], deed: Deed, claim: Claim
    ) -> Match:
        shared = common_run(thing, claim.text)
        likeness = self._likeness(thing, words, shared, claim)
        if likeness and any(len(name) >= _SHORTEST - 1 and name in claim.text for name in names):
            likeness = max(likeness, _BY_NAME)
        promised = pairs(self._plain(deed.promise.name))
        whole = self.rarity.covered(promised, claim.pairs) >= _REPEATED
        verb = deed.statement.action
        same_verb = (
            claim.statement.status is Action.DONE and verb is not None and verb == claim.statement.action
        )
        return Match(thing, claim, likeness, shared, _stage(shared, claim), same_verb or whole, whole)

    def _likeness(self, thing: str, words: frozenset[str], shared: str, claim: Claim) -> float:
        """How much of the thing stands in the claim: half by its pairs, half by the longest stretch."""
        alias = _alias(thing)
        if alias and alias in claim.text:
            return 0.9
        if len(shared) < min(_SHORTEST, len(thing)) or _differ(thing, claim.text):
            return 0.0
        common = words & claim.pairs
        rare = sum(self.rarity.count(pair) <= _RARE for pair in common)
        if rare < min(_FEWEST_RARE, len(words)):
            return 0.0
        if _is_sector(shared, claim.text):
            return 0.0
        by_pairs = self.rarity.covered(words, claim.pairs)
        by_run = self.rarity.covered(words, pairs(shared))
        likeness = (by_pairs + by_run) / 2
        return round(likeness * _OTHER_MODIFIER if _is_modified(thing, shared, claim.text) else likeness, 2)


# --- how far it came ----------------------------------------------------------------------------------------


def _stage(shared: str, claim: Claim) -> Stage:
    """The furthest stage said beside the thing: in the same piece of the list, else behind it, else before."""
    text = claim.text
    at = text.find(shared)
    begin = text.rfind("、", 0, at) + 1
    end = text.find("、", at + len(shared))
    end = len(text) if end < 0 else end
    words = [
        word
        for word in stage_words(text)
        if word.start >= at + len(shared) or (word.end <= at and not arrives(word))
    ]
    beside = [word for word in words if begin <= word.start < end]
    behind = [word for word in words if end < word.start <= end + 1 and word.end >= len(text.rstrip("。"))]
    chosen = beside + behind or [word for word in words if word.start >= end][:1]
    chosen = chosen or [word for word in words if word.end <= begin]
    return max((word.stage for word in chosen), default=Stage.MENTIONED)


# --- whether it is the same thing ---------------------------------------------------------------------------


def _is_in(name: str, text: str) -> bool:
    """Whether most of a name in quotation marks stands in the claim."""
    return len(common_run(name, text)) >= 0.6 * len(name)


def _differ(thing: str, text: str) -> bool:
    """Whether the claim is of another thing of that name: 第三届 and 第四届, 4号线 and 7号线, 二期 and none."""
    if any(word in thing and word not in text for word in knowledge("wording.yaml")["telling"]):
        return True
    one, other = numbered(thing), numbered(text)
    return bool(one and other) and not one & other


def _is_sector(shared: str, text: str) -> bool:
    """Whether a claim only counts it among the industries of a list: 绿色算力、新型储能等产业加快发展."""
    behind = text[text.find(shared) + len(shared) :]
    return _SECTORS.match(behind) is not None


def _is_modified(thing: str, shared: str, text: str) -> bool:
    """Whether what both have is narrowed differently in each: 外资准入负面清单, 市场准入负面清单."""
    at, there = thing.find(shared), text.find(shared)
    before, other = thing[max(0, at - 2) : at], text[max(0, there - 2) : there]
    told = len(before) == len(other) == 2 and runs(before) == [before] and runs(other) == [other]
    return told and before not in text and not any(word.word.endswith(other) for word in stage_words(other))


_SECTORS = re.compile(r"[^，]{0,40}?等[^，、]{0,10}(?:产业|行业|领域)")
_ROUTE = re.compile(
    r"^([一-鿿]{2,6}?)(?:至|到|—|－|-)([一-鿿]{2,6}?)(高速公路|高速铁路|高速|高铁|铁路|城际铁路|城际|公路)"
)
_SHORT = {"高速公路": "高速", "高速铁路": "高铁", "城际铁路": "城际"}


def _alias(thing: str) -> str:
    """What a route is called for short: 澜川至景霖高速公路 → 澜景高速."""
    found = _ROUTE.match(thing)
    return found[1][0] + found[2][0] + _SHORT.get(found[3], found[3]) if found else ""


# --- what became of it --------------------------------------------------------------------------------------


def settle_deed(deed: Deed, claims: Claims, rules: Rules) -> Settlement:
    """What became of a promise without a number, as the later report answers it."""
    if not deed.checkable:
        return _settled(deed, Verdict.NOT_CHECKABLE, (), ("too_vague",), 0.0, claims, rules)
    found = {thing: claims.about(thing, deed) for thing in deed.things}
    matches = [match for match in found.values() if match is not None]
    if not matches:
        return _unanswered(deed, claims, rules)
    verdicts = [_verdict(deed, match) for match in matches]
    missing = 0 if any(match.whole for match in matches) else len(found) - len(matches)
    verdict, reason = _together(verdicts, missing)
    score = round(sum(match.likeness for match in matches) / len(matches), 2)
    return _settled(deed, verdict, matches, (reason, *_why(matches)), score, claims, rules)


def _verdict(deed: Deed, match: Match) -> Verdict:
    """What became of one thing."""
    if is_negated(match.claim.text):
        return Verdict.MISSED
    if kept(deed.asked, match.stage) or (match.same_words and deed.asked is not Asked.PUSH):
        return Verdict.MET
    return Verdict.UNDER_WAY


def _together(verdicts: Sequence[Verdict], missing: int) -> tuple[Verdict, str]:
    """One verdict on all things of a promise, and the reason."""
    met = verdicts.count(Verdict.MET)
    if met == len(verdicts):
        return (Verdict.PARTLY, "some_of_several") if missing else (Verdict.MET, "done_as_promised")
    if met:
        return Verdict.PARTLY, "some_of_several"
    if Verdict.MISSED in verdicts:
        return Verdict.MISSED, "said_not_done"
    return Verdict.UNDER_WAY, "not_at_its_end"


def _why(matches: Sequence[Match]) -> tuple[str, ...]:
    best = max(matches, key=lambda match: match.likeness)
    how = "same_name" if len(best.shared) >= min(4, len(best.thing)) else "shared_words"
    stage = f"stage_{max(match.stage for match in matches).name.lower()}"
    return (how, stage, "same_words") if any(match.same_words for match in matches) else (how, stage)


def _unanswered(deed: Deed, claims: Claims, rules: Rules) -> Settlement:
    """No claim: promised again, which says that it was not done, or passed over."""
    if is_one_off(deed.promise.name, deed.statement.action):
        again = [match for thing in deed.things if (match := claims.promised_again(thing, deed)) is not None]
        if again:
            score = round(sum(match.likeness for match in again) / len(again), 2)
            verdict, reason = _planned_on(deed, again)
            return _settled(deed, verdict, again, (reason,), score, claims, rules)
    return _settled(deed, Verdict.NO_ANSWER, (), ("unmentioned",), 0.0, claims, rules)


def _planned_on(deed: Deed, again: Sequence[Match]) -> tuple[Verdict, str]:
    """What a plan for the same thing says of it: to be begun again, it was not begun; to go on, it has been."""
    if deed.asked is Asked.BEGUN:
        begun = all(match.stage > Stage.BEGUN for match in again)
        return (Verdict.UNDER_WAY, "planned_on") if begun else (Verdict.MISSED, "promised_again")
    return Verdict.UNDER_WAY, "promised_again"


def _settled(
    deed: Deed, verdict: Verdict, matches: Sequence[Match], reasons: tuple[str, ...], score: float,
    claims: Claims, rules: Rules,
) -> Settlement:  # fmt: skip
    outcome = None
    if matches:
        statements = list(dict.fromkeys(match.claim.statement.start for match in matches))
        by_start = {match.claim.statement.start: match.claim.statement for match in matches}
        outcome = Outcome(
            value=None,
            high=None,
            unit="",
            qualifier="",
            status=by_start[statements[0]].status.value,
            evidence=tuple(claims.report.evidence(by_start[start]) for start in statements),
        )
    return Settlement(
        promise=deed.promise,
        outcome=outcome,
        verdict=verdict,
        reasons=reasons,
        score=score,
        rules=rules.version,
    )
