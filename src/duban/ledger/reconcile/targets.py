"""The promises of a plan that have a number of their own."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from duban.catalogue import indicators
from duban.catalogue.wording import key
from duban.documents.model import Part
from duban.ledger.model import Promise, Target
from duban.ledger.reconcile.knowledge import knowledge, pattern
from duban.ledger.reconcile.report import span_of
from duban.ledger.reconcile.rules import in_force
from duban.ledger.reconcile.verdicts import Better, Number, Sought
from duban.reading.formats.records import plain
from duban.reading.model import Kind, Qualifier, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from duban.catalogue import Link
    from duban.ledger.model import Evidence
    from duban.ledger.reconcile.report import Report, Stated
    from duban.ledger.reconcile.rules import Rules
    from duban.reading.model import Figure

__all__ = ["Goal", "agenda", "goals", "promise_id"]

_GROWTH = frozenset({Kind.GROWTH, Kind.AVG_GROWTH})
_COUNTED = frozenset({Kind.LEVEL})


class Goal(NamedTuple):
    """A promise with a number, and everything that its verdict depends on."""

    promise: Promise
    stated: Stated
    link: Link
    sought: Sought
    notes: tuple[str, ...]
    """Reasons that hold whatever the outcome is: striven_for, better_hoped_for."""
    clauses: frozenset[int]
    """Indices of the clauses that say it."""


def goals(report: Report, *, reviewed: int, rules: Rules) -> list[Goal]:
    """The target figures of the plan that are due by the year reviewed, in the order of the text.

    A target said again is one promise with both places as evidence; a stretch goal belongs to the number before it.
    """
    due = [stated for stated in report.stated if _is_promised(report, stated, reviewed)]
    found: dict[object, Goal] = {}
    last: Goal | None = None
    for stated in due:
        if last is not None and _is_stretch(report, last.stated, stated, rules):
            last = _with_stretch(report, last, stated)
            found[_key(last.stated)] = last
            continue
        again = found.get(_key(stated))
        if again is not None:
            found[_key(stated)] = _said_again(report, again, stated)
            continue
        last = _goal(report, stated, rules)
        found[_key(stated)] = last
    return list(found.values())


def agenda(report: Report) -> frozenset[int]:
    """The indices of the clauses in which the plan only counts its own points: 做好八个方面工作."""
    return frozenset(each.figure.statement for each in report.stated if _is_agenda(report, each.figure))


def promise_id(place: str, year: int, evidence: Iterable[Evidence], promised: object) -> str:
    """The same for the same place, year, characters and thing promised, in every run; 3.5E+4 and 35000 are one number."""
    places = [[each.document, each.start, each.end] for each in evidence]
    whole = json.dumps([place, year, places, promised], ensure_ascii=False, default=plain)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


# --- which figures are promises -----------------------------------------------------------------------------


def _is_promised(report: Report, stated: Stated, reviewed: int) -> bool:
    """Whether a figure is a target that is due, and not one of what commitments.yaml leaves out."""
    figure = stated.figure
    if figure.status is not Status.TARGET or not (stated.planned or stated.part is Part.OTHER):
        return False
    span = span_of(figure.period)
    if span is None:
        in_time = stated.part is Part.PLAN_YEAR and report.year <= reviewed
    else:
        in_time = report.year <= span.last <= reviewed
    return in_time and not _is_left_out(report, figure)


def _is_left_out(report: Report, figure: Figure) -> bool:
    words = knowledge("commitments.yaml")["no_targets"]
    text = report.document.text
    if figure.start >= report.notes or _is_in_quotation_marks(report, figure):
        return True
    if _counts_its_list(report, figure) or _is_divided(report, figure):
        return True
    if _is_agenda(report, figure):
        return True
    if pattern(words["elsewhen"]).search(report.clause(figure).text):
        return True
    return figure.indicator in words["phrases"] or text.startswith(tuple(words["behind"]), figure.end)


def _is_agenda(report: Report, figure: Figure) -> bool:
    begin = pattern(knowledge("commitments.yaml")["no_targets"]["agenda"])
    return figure.kind is Kind.LEVEL and begin.match(report.document.text, figure.start) is not None


def _is_in_quotation_marks(report: Report, figure: Figure) -> bool:
    """Whether a number is part of a name: the 5 of “六链五群”."""
    clause = report.clause(figure)
    before = report.document.text[clause.start : figure.start]
    return before.rfind("“") > before.rfind("”") and "”" in report.document.text[figure.end : clause.end]


def _counts_its_list(report: Report, figure: Figure) -> bool:
    """Whether a number only counts what was just listed: 源头治理、排查调处、集体会商三个环节."""
    clause = report.clause(figure)
    listed = report.document.text[clause.start : figure.start].rstrip("“”")
    return "、" in listed and not listed.endswith("等") and listed.count("、") + 1 == figure.value


def _is_divided(report: Report, figure: Figure) -> bool:
    """Whether a number only sorts the one right behind it: the 12类 of 12类45件民生实事."""
    others = (report.reading.figures[index] for index in report.clause(figure).figures)
    return any(other.start == figure.end for other in others)


def _key(stated: Stated) -> object:
    figure = stated.figure
    about = stated.link.code or key(figure.indicator)
    return about, figure.kind, figure.place, figure.period, figure.value, figure.high


# --- what is promised ---------------------------------------------------------------------------------------


def _goal(report: Report, stated: Stated, rules: Rules) -> Goal:
    figure, linked = stated.figure, stated.link
    evidence = (report.evidence(figure), report.evidence(report.clause(figure)))
    promise = Promise(
        id=promise_id(report.place, report.year, evidence[:1], [figure.kind, figure.value, figure.high]),
        place=report.place if figure.place is None else figure.place,
        year=report.year,
        code=linked.code,
        name=figure.indicator,
        kind=figure.kind.value,
        target=Target(
            value=figure.value,
            high=figure.high,
            unit=figure.unit,
            qualifier=figure.qualifier.value,
            period=figure.period,
        ),
        relation=None,
        against=None,
        section=report.sections[figure.section],
        evidence=evidence,
    )
    rule = in_force(rules.ceiling, _due(report, figure))
    work = _is_work(report, figure, linked, rules)
    sought = Sought(
        number=Number(figure.value, figure.high, figure.qualifier),
        better=_better(report, figure, linked, rules, work=work),
        year=_due(report, figure),
        rate=figure.unit == "%",
        work=work,
        ceiling=linked.code in rule.codes and rule.one_sided,
        base=_base(report, stated),
    )
    notes = _notes(report, figure, rules)
    return Goal(promise, stated, linked, sought, notes, frozenset({figure.statement}))


def _due(report: Report, figure: Figure) -> int:
    span = span_of(figure.period)
    return span.last if span else report.year


def _better(report: Report, figure: Figure, linked: Link, rules: Rules, *, work: bool) -> Better:
    """Which side of the target is the better one. Of work that the catalogue has no better for, more was done."""
    if figure.kind is Kind.RANK:
        return Better.LESS
    ceiling = in_force(rules.ceiling, _due(report, figure))
    if linked.code in ceiling.codes:
        return Better.LESS if ceiling.one_sided else Better.NEITHER
    if linked.code is not None:
        known = Better(indicators()[linked.code].direction.value)
        return Better.MORE if work and known is Better.NEITHER else known
    if figure.qualifier is Qualifier.AT_MOST or _falls(report, figure):
        return Better.LESS
    return Better.MORE


def _falls(report: Report, figure: Figure) -> bool:
    """Whether the words before the number bring it down to it: 压缩至38个, 由14家整合至8家."""
    clause = report.clause(figure)
    before = report.document.text[clause.start : figure.start]
    if before.rstrip().endswith(tuple(knowledge("commitments.yaml")["no_targets"]["down_to"])):
        return True
    base = _earlier_in_clause(report, figure)
    return base is not None and base.value > figure.value


def _earlier_in_clause(report: Report, figure: Figure) -> Figure | None:
    """The figure that the way to this one begins with: the 14 of 由14家整合至8家."""
    before = [
        other
        for index in report.clause(figure).figures
        if (other := report.reading.figures[index]).start < figure.start
        and (other.indicator, other.kind, other.unit) == (figure.indicator, figure.kind, figure.unit)
        and other.status is Status.ACTUAL
    ]
    return before[-1] if before else None


def _base(report: Report, stated: Stated) -> Decimal | None:
    """Where the way to a count begins; rates and amounts of money have none that half could be gone of."""
    figure = stated.figure
    if figure.kind not in _COUNTED or figure.unit in {"%", "元"}:
        return None
    before = _earlier_in_clause(report, figure)
    return before.value if before is not None and before.value != figure.value else None


def _is_work(report: Report, figure: Figure, linked: Link, rules: Rules) -> bool:
    """Whether it is an amount of work, which may be done in part."""
    rule = in_force(rules.work, _due(report, figure))
    if figure.kind is not Kind.LEVEL or linked.code in rule.never or figure.unit in rule.units_never:
        return False
    return figure.indicator.startswith(rule.verbs)


# --- striving, and saying a thing twice ---------------------------------------------------------------------


def _notes(report: Report, figure: Figure, rules: Rules) -> tuple[str, ...]:
    rule = in_force(rules.strive, _due(report, figure))
    clause = report.clause(figure)
    before = report.document.text[clause.start : figure.start]
    behind = report.document.text[figure.end : clause.end]
    notes = []
    if any(word in before for word in rule.stretch):
        notes.append("striven_for")
    if any(word in behind for word in rule.hopes):
        notes.append("better_hoped_for")
    return tuple(notes)


def _is_stretch(report: Report, base: Stated, stated: Stated, rules: Rules) -> bool:
    """Whether a number is what the report strives for beyond the one before it: 7%以上、力争8%."""
    one, other = base.figure, stated.figure
    if (one.kind, one.unit, one.place, one.period) != (other.kind, other.unit, other.place, other.period):
        return False
    if one.indicator != other.indicator and (base.link.code is None or base.link.code != stated.link.code):
        return False
    between = report.document.text[one.end : other.start]
    words = in_force(rules.strive, _due(report, other)).stretch
    return len(between) <= _NEAR and any(word in between for word in words)


_NEAR = 24
"""Characters between a target and its stretch goal, at most."""


def _with_stretch(report: Report, goal: Goal, stated: Stated) -> Goal:
    figure = stated.figure
    promise = _with_evidence(goal.promise, report.evidence(figure))
    sought = replace(goal.sought, stretch=figure.value)
    return goal._replace(promise=promise, sought=sought, clauses=goal.clauses | {figure.statement})


def _said_again(report: Report, goal: Goal, stated: Stated) -> Goal:
    promise = _with_evidence(goal.promise, report.evidence(stated.figure))
    return goal._replace(promise=promise, clauses=goal.clauses | {stated.figure.statement})


def _with_evidence(promise: Promise, more: Evidence) -> Promise:
    return replace(promise, evidence=(*promise.evidence, more))
