"""What a report claims to have done that no promise of the one before announced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from duban.documents.model import PLANS, Part
from duban.ledger.model import Evidence, Outcome
from duban.ledger.reconcile.commitments import is_result, things
from duban.ledger.reconcile.knowledge import knowledge, pattern
from duban.ledger.reconcile.likeness import pairs
from duban.ledger.reconcile.phrases import core
from duban.ledger.reconcile.report import span_of
from duban.ledger.reconcile.rules import default_rules, in_force
from duban.ledger.reconcile.settle import pair_of
from duban.ledger.reconcile.settle import settled as settled_of
from duban.reading.model import Action, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.model import Settlement
    from duban.ledger.reconcile.report import Report, Stated
    from duban.ledger.reconcile.rules import Rules
    from duban.ledger.reconcile.settle import Pair
    from duban.reading.model import Figure, Statement
    from duban.reading.reading import Reading

__all__ = ["Account", "Unannounced", "account", "unannounced"]

_ANNOUNCED = 0.4
"""Share of a claim's weight that one clause of the earlier plan may have before the claim counts as announced."""
_RARE = 4
_LINE = re.compile(r"\s+")


class Unannounced(Struct, frozen=True, kw_only=True):
    """A claim of a report, of the kind that reports promise, that the one before did not announce."""

    place: str
    year: int
    """The year of the report that makes it."""
    code: str | None
    name: str
    """The indicator or the deed in the report's words."""
    kind: str
    """A figure's kind, or "deed"."""
    outcome: Outcome
    section: str


class Account(NamedTuple):
    """What two reports come to: what the earlier promised, and what the later claims beyond it."""

    settlements: tuple[Settlement, ...]
    unannounced: tuple[Unannounced, ...]


def account(
    earlier: Reading, later: Reading, *, rules: Rules | None = None, any_years: bool = False
) -> Account:
    """`reconcile` and `unannounced` at once, in little more than the time of one. Raises `InputError` as `reconcile` does."""
    rules = rules or default_rules()
    pair = pair_of(earlier, later, any_years=any_years)
    settled = settled_of(pair, rules)
    known = _Known(pair, settled)
    found = [*_amounts(pair, rules, known), *_results(pair, known)]
    return Account(settled, tuple(sorted(found, key=lambda each: each.outcome.evidence[0].start)))


def unannounced(
    earlier: Reading, later: Reading, *, rules: Rules | None = None, any_years: bool = False
) -> tuple[Unannounced, ...]:
    """The claims of the later report's year that no promise of the earlier one announced, in the order of the text.

    Claims worth telling are amounts of work (新建城市书房12个) and results without a number (生产线投产): what a plan promises
    too. Raises `InputError` as `reconcile` does.
    """
    return account(earlier, later, rules=rules, any_years=any_years).unannounced


class _Known:
    """What the earlier report promised, to be looked up by what a claim rests on and by what it is about."""

    def __init__(self, pair: Pair, settled: Sequence[Settlement]) -> None:
        self.used = {
            (evidence.start, evidence.end)
            for each in settled
            if each.outcome is not None
            for evidence in each.outcome.evidence
        }
        self.codes = {each.promise.code for each in settled if each.promise.code}
        self.cores = {core(each.promise.name) for each in settled}
        self._rarity = pair.rarity
        self._planned = [
            pairs(_LINE.sub("", each.text))
            for each in pair.earlier.reading.statements
            if pair.earlier.part(each) in PLANS
        ]

    def announced(self, wording: str) -> bool:
        """Whether one clause of the earlier plan has most of the words."""
        words = pairs(wording)
        return any(
            self._rarity.covered(words, planned) >= _ANNOUNCED for planned in self._planned if words & planned
        )

    def telling(self, wording: str) -> bool:
        """Whether it has words by which it can be told from other things."""
        return sum(self._rarity.count(pair) <= _RARE for pair in pairs(wording)) >= 2


def _amounts(pair: Pair, rules: Rules, known: _Known) -> Iterator[Unannounced]:
    """Amounts of work of the year under review."""
    report = pair.later
    for stated in report.stated:
        figure = stated.figure
        if not _is_amount(stated, pair, rules) or _is_used(figure, report, known):
            continue
        if stated.link.code in known.codes or core(figure.indicator) in known.cores:
            continue
        if known.announced(figure.indicator):
            continue
        yield Unannounced(
            place=report.place if figure.place is None else figure.place,
            year=report.year,
            code=stated.link.code,
            name=figure.indicator,
            kind=figure.kind.value,
            outcome=Outcome(
                value=figure.value,
                high=figure.high,
                unit=figure.unit,
                qualifier=figure.qualifier.value,
                status=figure.status.value,
                evidence=(report.evidence(figure), report.evidence(report.clause(figure))),
            ),
            section=report.sections[figure.section],
        )


def _is_amount(stated: Stated, pair: Pair, rules: Rules) -> bool:
    """Whether a figure says how much of some work was done in the year under review."""
    figure, rule = stated.figure, in_force(rules.work, pair.reviewed)
    span = span_of(figure.period)
    if figure.status not in {Status.ACTUAL, Status.ESTIMATE} or stated.part is not Part.REVIEW_YEAR:
        return False
    if figure.kind is not Kind.LEVEL or figure.unit in rule.units_never:
        return False
    if span is not None and not span.first == span.last == pair.reviewed:
        return False
    words = knowledge("answers.yaml")
    clause = pair.later.clause(figure)
    before = pair.later.document.text[clause.start : figure.start]
    if pattern(words["total"]).search(before):
        return False
    phrase = figure.indicator
    if figure.place and phrase.startswith(figure.place):
        phrase = phrase[len(figure.place) :]
    return phrase.startswith(rule.verbs) or (clause.action or "") in words["events"]


def _is_used(figure: Figure, report: Report, known: _Known) -> bool:
    clause = report.clause(figure)
    return (figure.start, figure.end) in known.used or (clause.start, clause.end) in known.used


def _results(pair: Pair, known: _Known) -> Iterator[Unannounced]:
    """Results without a number of the year under review."""
    report = pair.later
    for statement in report.answering:
        if report.part(statement) is not Part.REVIEW_YEAR or not _is_told(statement, known):
            continue
        about = [thing for thing in things(statement) if known.telling(thing)]
        if not about or not is_result(statement) or any(known.announced(thing) for thing in about):
            continue
        evidence: tuple[Evidence, ...] = (report.evidence(statement),)
        yield Unannounced(
            place=report.place,
            year=report.year,
            code=None,
            name=_LINE.sub("", statement.text),
            kind="deed",
            outcome=Outcome(
                value=None, high=None, unit="", qualifier="", status=statement.status.value, evidence=evidence
            ),
            section=report.sections[statement.section],
        )


def _is_told(statement: Statement, known: _Known) -> bool:
    """Whether a clause says that something was done, without a number, and answers no promise."""
    done = statement.status is Action.DONE and not statement.figures
    return done and (statement.start, statement.end) not in known.used
