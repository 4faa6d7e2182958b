"""A number promised and answered without a number: 城镇新增就业超额完成全年任务, 12个国考断面全部达到优良."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from duban.catalogue import indicators
from duban.catalogue.wording import key
from duban.ledger.model import Verdict
from duban.ledger.reconcile.knowledge import knowledge
from duban.ledger.reconcile.likeness import common_run
from duban.reading.model import DistinctionType

if TYPE_CHECKING:
    from duban.ledger.reconcile.report import Report
    from duban.ledger.reconcile.targets import Goal
    from duban.reading.model import Statement

__all__ = ["fulfilled", "names_of"]

_NAMED = 4
"""Characters in a row by which a claim of completeness names what a target of 100 % is of."""


def fulfilled(goal: Goal, later: Report) -> tuple[Verdict, Statement, str] | None:
    """The verdict that the later report pronounces itself, with the clause and the reason; None where it says nothing.

    That something is 总体平稳 is an answer that nobody can check.
    """
    return _all_of_them(goal, later) or _said_so(goal, later)


def _said_so(goal: Goal, later: Report) -> tuple[Verdict, Statement, str] | None:
    words = knowledge("answers.yaml")["without_number"]
    names = names_of(goal.link.code)
    vague: Statement | None = None
    for statement in later.answering:
        text = "".join(statement.text.split())
        if statement.figures or not any(name in text for name in names):
            continue
        if any(word in text for word in words["exceeded"]):
            return Verdict.EXCEEDED, statement, "said_without_number"
        if any(word in text for word in words["met"]):
            return Verdict.MET, statement, "said_without_number"
        if vague is None and any(word in text for word in words["vague"]):
            vague = statement
    return None if vague is None else (Verdict.NOT_CHECKABLE, vague, "answered_vaguely")


def _all_of_them(goal: Goal, later: Report) -> tuple[Verdict, Statement, str] | None:
    """A share of 100 % answered by a claim that all of them are: 国考断面全部达到优良."""
    figure = goal.stated.figure
    if figure.unit != "%" or figure.value != 100:
        return None
    for claim in later.reading.distinctions:
        if claim.type is not DistinctionType.ALL:
            continue
        statement = later.reading.statements[claim.statement]
        if len(common_run(figure.indicator, claim.subject or "")) >= _NAMED and statement in later.answering:
            return Verdict.MET, statement, "said_of_all"
    return None


@cache
def names_of(code: str | None) -> tuple[str, ...]:
    """The names of an indicator that are long enough to be told in running text."""
    if code is None:
        return ()
    entry = indicators()[code]
    return tuple(name for name in (entry.name.zh, *entry.names) if len(key(name)) >= 4)
