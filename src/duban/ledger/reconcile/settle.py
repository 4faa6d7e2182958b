"""Two reports of one place → what became of every promise, and what was claimed without having been promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from duban.ledger.model import Outcome, Settlement, Verdict
from duban.ledger.reconcile.answers import Answers
from duban.ledger.reconcile.commitments import deeds
from duban.ledger.reconcile.computing import compute
from duban.ledger.reconcile.deeds import Claims, settle_deed
from duban.ledger.reconcile.likeness import Rarity
from duban.ledger.reconcile.pairing import check_pair
from duban.ledger.reconcile.relations import relations, settle_relation
from duban.ledger.reconcile.report import Report
from duban.ledger.reconcile.rules import default_rules
from duban.ledger.reconcile.targets import agenda, goals
from duban.ledger.reconcile.verdicts import Number, judge
from duban.ledger.reconcile.wordless import fulfilled
from duban.reading.model import Kind

if TYPE_CHECKING:
    from duban.ledger.reconcile.answers import Answer
    from duban.ledger.reconcile.computing import Computed
    from duban.ledger.reconcile.report import Stated
    from duban.ledger.reconcile.rules import Rules
    from duban.ledger.reconcile.targets import Goal
    from duban.reading.reading import Reading

__all__ = ["Pair", "pair_of", "reconcile", "settled"]

_COMPUTED = 0.6
"""How sure a computed answer is."""


class Pair(NamedTuple):
    """Two reports made ready for one another."""

    earlier: Report
    later: Report
    reviewed: int
    """The year that the later report reviews: what was due until then is settled."""
    rarity: Rarity


def reconcile(
    earlier: Reading, later: Reading, *, rules: Rules | None = None, any_years: bool = False
) -> tuple[Settlement, ...]:
    """What became of every promise of the earlier report, as the later one answers it, in the order of the earlier text.

    Promises are the target figures of the plan that are due, the targets that tie one growth to another, and the
    commitments without numbers (commitments.yaml). Raises `InputError` where the two reports are not of one place and two
    years in a row, or of any two years in order with `any_years`.
    """
    return settled(pair_of(earlier, later, any_years=any_years), rules or default_rules())


def settled(pair: Pair, rules: Rules) -> tuple[Settlement, ...]:
    """`reconcile`, of two reports that have been made ready."""
    numbers = goals(pair.earlier, reviewed=pair.reviewed, rules=rules)
    found = _numbers(pair, numbers, rules)
    after = Answers(pair.later, pair.earlier, pair.rarity)
    ties = relations(pair.earlier) if pair.earlier.year == pair.reviewed else []
    found += [settle_relation(tie, after, rules) for tie in ties]
    tied = {tie.promise.evidence[0].start for tie in ties}
    covered = set(agenda(pair.earlier)).union(*(goal.clauses for goal in numbers))
    covered |= {at for at, each in enumerate(pair.earlier.reading.statements) if each.start in tied}
    claims = Claims(pair.later, pair.rarity)
    promised = deeds(pair.earlier, pair.rarity, numbered=frozenset(covered), reviewed=pair.reviewed)
    found += [settle_deed(deed, claims, rules) for deed in promised]
    return tuple(sorted(found, key=lambda each: each.promise.evidence[0].start))


def pair_of(earlier: Reading, later: Reading, *, any_years: bool) -> Pair:
    """The two reports, checked and made ready for one another."""
    before, after = Report(earlier), Report(later)
    check_pair(before, after, any_years=any_years)
    wordings = [each.text for side in (before, after) for each in side.reading.statements]
    return Pair(before, after, after.year - 1, Rarity(wordings))


# --- promises with a number ---------------------------------------------------------------------------------


def _numbers(pair: Pair, numbers: list[Goal], rules: Rules) -> list[Settlement]:
    after = Answers(pair.later, pair.earlier, pair.rarity)
    before = Answers(pair.earlier, pair.earlier, pair.rarity)
    found = after.find_all(numbers)
    return [
        _answered(pair, goal, answer, rules)
        if answer is not None
        else _by_other_means(pair, goal, before, after, rules)
        for goal, answer in zip(numbers, found, strict=True)
    ]


def _answered(pair: Pair, goal: Goal, answer: Answer, rules: Rules) -> Settlement:
    """By a figure of the same kind."""
    judged = judge(goal.sought, answer.number, rules)
    reasons = (*judged.reasons, *answer.reasons, *goal.notes)
    outcome = _outcome(pair.later, answer.stated)
    return _settled(goal, outcome, judged.verdict, reasons, answer.score, rules)


def _by_other_means(pair: Pair, goal: Goal, before: Answers, after: Answers, rules: Rules) -> Settlement:
    """By computing it, by a claim without a number; else it stays open."""
    computed = compute(goal, before, after)
    if computed is not None:
        return _computed(pair, goal, computed, rules)
    claim = fulfilled(goal, pair.later)
    if claim is not None:
        verdict, statement, reason = claim
        outcome = Outcome(
            value=None,
            high=None,
            unit="",
            qualifier="",
            status="done",
            evidence=(pair.later.evidence(statement),),
        )
        return _settled(goal, outcome, verdict, (reason, *goal.notes), 0.8, rules)
    other = _of_other_kind(goal, after)
    if other is not None:
        outcome = _outcome(pair.later, other)
        return _settled(
            goal, outcome, Verdict.NOT_CHECKABLE, ("kinds_differ", *goal.notes), other.link.score, rules
        )
    return _settled(goal, None, Verdict.NO_ANSWER, ("unmentioned", *goal.notes), 0.0, rules)


def _computed(pair: Pair, goal: Goal, computed: Computed, rules: Rules) -> Settlement:
    """A verdict only where it is the same for all that the rounded numbers may stand for."""
    low, high = (judge(goal.sought, Number(value), rules) for value in (computed.low, computed.high))
    this, last = computed.sources
    outcome = _outcome(pair.later, this)
    evidence = (*outcome.evidence, pair.earlier.evidence(last.figure))
    shown = replace(outcome, evidence=evidence)
    if low.verdict is not high.verdict:
        reasons = ("rounding_decides", "computed", *goal.notes)
        return _settled(goal, shown, Verdict.NOT_CHECKABLE, reasons, _COMPUTED, rules)
    return _settled(goal, shown, low.verdict, (*low.reasons, "computed", *goal.notes), _COMPUTED, rules)


def _of_other_kind(goal: Goal, after: Answers) -> Stated | None:
    """What the later report says of the indicator for that year in another kind."""
    if goal.link.code is None or goal.stated.figure.place is not None:
        return None
    for kind in (Kind.LEVEL, Kind.GROWTH, Kind.CHANGE):
        if kind is not goal.stated.figure.kind:
            found = after.of_code(goal.link.code, kind, goal.sought.year)
            if found is not None:
                return found
    return None


def _outcome(report: Report, stated: Stated) -> Outcome:
    figure = stated.figure
    return Outcome(
        value=figure.value,
        high=figure.high,
        unit=figure.unit,
        qualifier=figure.qualifier.value,
        status=figure.status.value,
        evidence=(report.evidence(figure), report.evidence(report.clause(figure))),
    )


def _settled(
    goal: Goal,
    outcome: Outcome | None,
    verdict: Verdict,
    reasons: tuple[str, ...],
    score: float,
    rules: Rules,
) -> Settlement:
    return Settlement(
        promise=goal.promise,
        outcome=outcome,
        verdict=verdict,
        reasons=reasons,
        score=score,
        rules=rules.version,
    )
