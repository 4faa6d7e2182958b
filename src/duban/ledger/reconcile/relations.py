"""Targets without a number of their own, read from the plan and settled from two results."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from duban.catalogue import link
from duban.documents.model import Part
from duban.ledger.model import Outcome, Promise, Settlement, Verdict
from duban.ledger.reconcile.knowledge import knowledge, pattern
from duban.ledger.reconcile.rules import in_force
from duban.ledger.reconcile.targets import promise_id
from duban.ledger.reconcile.wordless import names_of
from duban.reading.model import Action, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from duban.ledger.model import Evidence
    from duban.ledger.reconcile.answers import Answers
    from duban.ledger.reconcile.report import Report, Stated
    from duban.ledger.reconcile.rules import Rules
    from duban.reading.model import Statement

__all__ = ["Relation", "Tie", "relations", "settle_relation", "ties"]

_PROMISED = {"in_step": "in_step_with", "faster": "faster_than", "at_least": "at_least_as_fast_as"}
_WHOLE = {"INC.RESIDENTS": ("INC.URBAN", "INC.RURAL")}
"""Where the whole's growth is not stated, that of its parts may be."""


class Tie(NamedTuple):
    """What a clause ties to what: the words of both sides."""

    relation: str
    """in_step, faster or at_least."""
    subject: str
    against: str


class Relation(NamedTuple):
    """A promise that ties the growth of one indicator to that of another, or to an average."""

    promise: Promise
    tie: Tie
    against: str | None
    """The other indicator's code, None where it is an average."""
    area: str | None
    """Whose average: 全国."""


def ties(clause: str) -> Iterator[Tie]:
    """What a clause ties to what.

    >>> list(ties("居民收入增速高于经济增速、高于全国平均水平"))
    [Tie(relation='faster', subject='居民收入', against='经济'), Tie(relation='faster', subject='居民收入', against='全国平均水平')]
    """
    subject = ""
    for piece in _pieces("".join(clause.split())):
        for relation, expression in _expressions():
            found = expression.match(piece) or (expression.match(subject + piece) if subject else None)
            if found is None:
                continue
            against = _trimmed(found["against"])
            area = pattern(knowledge("relations.yaml")["average"]).match(found["against"])
            subject = _trimmed(found["subject"]) or subject
            yield Tie(relation, subject, found["against"] if area else against)
            break


def relations(report: Report) -> list[Relation]:
    """The relational targets of the plan for the year, in the order of the text; one said again counts once."""
    found: dict[object, Relation] = {}
    for statement in report.reading.statements:
        if report.part(statement) is not Part.PLAN_YEAR or statement.start >= report.notes:
            continue
        for tie in ties(statement.text):
            relation = _relation(report, statement, tie)
            if relation is not None:
                promise = relation.promise
                same = found.get((promise.code, promise.relation, relation.against, relation.area))
                if same is None:
                    found[promise.code, promise.relation, relation.against, relation.area] = relation
    return list(found.values())


def _pieces(clause: str) -> list[str]:
    """The parts of a clause that may each tie something: cut at 、 before 高于 and the like, and between whole ties."""
    return re.split(
        r"、(?=(?:高于|快于|超过|不低于|[^、]{2,30}(?:同步|快于|高于|超过|不低于|不慢于|以上)))", clause
    )


def _relation(report: Report, statement: Statement, tie: Tie) -> Relation | None:
    if tie.against.startswith(tuple(knowledge("relations.yaml")["not_against"])):
        return None
    code = link(tie.subject, "%", Kind.GROWTH.value, place=report.place).code
    average = pattern(knowledge("relations.yaml")["average"]).match(tie.against)
    if average and average["area"] in _own_areas(report):
        return None
    against = None if average else link(_whose(tie), "%", Kind.GROWTH.value, place=report.place).code
    if code is None or (against is None and average is None) or code == against:
        return None
    evidence = (report.evidence(statement),)
    promise = Promise(
        id=promise_id(report.place, report.year, evidence, [tie.relation, tie.subject, tie.against]),
        place=report.place,
        year=report.year,
        code=code,
        name=tie.subject,
        kind=Kind.GROWTH.value,
        target=None,
        relation=_PROMISED[tie.relation],
        against=tie.against,
        section=report.sections[statement.section],
        evidence=evidence,
    )
    return Relation(promise, tie, against, average["area"] if average else None)


def _own_areas(report: Report) -> list[str]:
    """What a report calls its own area: what is to grow faster than that is a part of it."""
    level = report.document.level
    areas: dict[str, list[str]] = knowledge("relations.yaml")["own"]
    return areas.get(level.value, []) if level else []


def _whose(tie: Tie) -> str:
    """The other side in full: 农村居民人均可支配收入增速快于城镇 means 城镇居民人均可支配收入."""
    if tie.against in {"城镇", "城镇居民", "城镇居民收入"} and tie.subject.startswith("农村"):
        return "城镇" + tie.subject.removeprefix("农村")
    return tie.against


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = knowledge("relations.yaml")
    return tuple((name, re.compile(each)) for name in _PROMISED for each in words[name])


@lru_cache(maxsize=1 << 14)
def _trimmed(side: str) -> str:
    """One side of a tie without what may stand around an indicator's name."""
    words = knowledge("relations.yaml")
    before, behind = tuple(words["before"]), tuple(words["behind"])
    changed = True
    while changed:
        changed = False
        for word in before:
            if side.startswith(word) and len(side) > len(word) + 1:
                side, changed = side[len(word) :], True
        for word in behind:
            if side.endswith(word) and len(side) > len(word) + 1:
                side, changed = side[: -len(word)], True
    return side


# --- settling -----------------------------------------------------------------------------------------------


def settle_relation(relation: Relation, after: Answers, rules: Rules) -> Settlement:
    """What became of a relational target: from two results, from a stated comparison, or from a claim."""
    year = relation.promise.year
    own = _growths(relation.promise.code, after, year)
    if relation.against is not None:
        other = after.of_code(relation.against, Kind.GROWTH, year)
        if own and other is not None:
            return _of_two(relation, own, other, after, rules)
    compared = _compared(relation, after)
    if compared is not None:
        return _settled(relation, *compared, rules=rules, score=0.85)
    if own:
        outcome = _outcome(own[0], after)
        return _settled(
            relation, Verdict.NOT_CHECKABLE, outcome, ("comparand_unstated",), rules=rules, score=0.9
        )
    return _settled(relation, Verdict.NO_ANSWER, None, ("unmentioned",), rules=rules, score=0)


def _growths(code: str | None, after: Answers, year: int) -> list[Stated]:
    """The growth of an indicator in a year, the real one where it is given; of its parts, where the whole's is not."""
    if code is None:
        return []
    found = [
        each
        for each in after.by_code.get(code, [])
        if each.figure.kind is Kind.GROWTH and each.figure.period == str(year) and each.figure.place is None
    ]
    if found:
        return [next((each for each in found if _is_real(each, after.report)), found[0])]
    parts = [after.of_code(part, Kind.GROWTH, year) for part in _WHOLE.get(code, ())]
    return [each for each in parts if each is not None] if all(parts) else []


def _is_real(stated: Stated, report: Report) -> bool:
    """Whether a growth is stated in real terms."""
    clause = report.clause(stated.figure)
    before = report.document.text[clause.start : stated.figure.start]
    return bool(pattern(knowledge("relations.yaml")["real"]).search(before))


def _of_two(relation: Relation, own: list[Stated], other: Stated, after: Answers, rules: Rules) -> Settlement:
    """From two results; where the whole's parts stand for it, both have to keep up."""
    gaps = [each.figure.value - other.figure.value for each in own]
    kept = [_kept(relation, gap, rules) for gap in gaps]
    verdict = Verdict.MET if all(kept) else Verdict.PARTLY if any(kept) else Verdict.MISSED
    reasons = [_why(relation, min(gaps), all(kept)), "two_results"]
    if len(own) > 1:
        reasons.append("parts_for_the_whole")
    if relation.promise.code is not None and relation.promise.code.startswith("INC."):
        reasons.append("in_real_terms" if _is_real(own[0], after.report) else "terms_unstated")
    outcome = _outcome(own[0], after)
    more = tuple(after.report.evidence(each.figure) for each in (*own[1:], other))
    outcome = replace(outcome, evidence=outcome.evidence + more)
    score = round(min(each.link.score for each in (*own, other)) * 0.95, 2)
    return _settled(relation, verdict, outcome, tuple(reasons), rules=rules, score=score)


def _kept(relation: Relation, gap: Decimal, rules: Rules) -> bool:
    year = relation.promise.year
    if relation.tie.relation == "in_step":
        return gap >= -in_force(rules.in_step, year).points
    least = in_force(rules.faster, year).points
    return gap > least if relation.tie.relation == "faster" else gap >= least


def _why(relation: Relation, gap: Decimal, kept: bool) -> str:
    if not kept:
        return "slower"
    if relation.tie.relation == "in_step":
        return "in_step" if gap >= 0 else "within_margin"
    return "faster"


def _compared(relation: Relation, after: Answers) -> tuple[Verdict, Outcome, tuple[str, ...]] | None:
    """A comparison that the later report makes itself: 高于全国0.4个百分点, 均高于全国平均水平, 与经济增长同步."""
    words = knowledge("relations.yaml")
    names = names_of(relation.promise.code)
    for statement in after.report.answering:
        if after.report.part(statement) is Part.REVIEW_TERM:
            continue
        text = "".join(statement.text.split())
        if not any(name in text for name in names):
            continue
        if relation.area is None:
            if pattern(words["said_in_step"]).search(text):
                return Verdict.MET, _claimed(statement, after), ("said_without_number",)
            continue
        for expression, verdict in (("said_above", Verdict.MET), ("said_below", Verdict.MISSED)):
            if pattern(words[expression].replace("AREA", relation.area)).search(text):
                return verdict, _claimed(statement, after), ("compared_by_the_report",)
    return None


def _outcome(stated: Stated, after: Answers) -> Outcome:
    figure = stated.figure
    return Outcome(
        value=figure.value,
        high=figure.high,
        unit=figure.unit,
        qualifier=figure.qualifier.value,
        status=figure.status.value,
        evidence=(after.report.evidence(figure), after.report.evidence(after.report.clause(figure))),
    )


def _claimed(statement: Statement, after: Answers) -> Outcome:
    evidence: tuple[Evidence, ...] = (after.report.evidence(statement),)
    return Outcome(value=None, high=None, unit="", qualifier="", status=Action.DONE.value, evidence=evidence)


def _settled(
    relation: Relation, verdict: Verdict, outcome: Outcome | None, reasons: tuple[str, ...], *, rules: Rules,
    score: float,
) -> Settlement:  # fmt: skip
    return Settlement(
        promise=relation.promise,
        outcome=outcome,
        verdict=verdict,
        reasons=reasons,
        score=score,
        rules=rules.version,
    )
