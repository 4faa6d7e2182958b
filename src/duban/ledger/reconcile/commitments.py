"""The promises of a plan that have no number: deeds. What of a plan is one is decided in commitments.yaml."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from duban.documents.model import Part
from duban.ledger.model import Promise
from duban.ledger.reconcile.knowledge import knowledge, pattern
from duban.ledger.reconcile.likeness import pairs, runs
from duban.ledger.reconcile.stages import Asked, asked_of, is_one_off, stage_words
from duban.ledger.reconcile.targets import promise_id
from duban.reading.model import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.reconcile.likeness import Rarity
    from duban.ledger.reconcile.report import Report
    from duban.reading.model import Statement

__all__ = ["Deed", "deeds", "is_result", "things"]

_RARE = 3
"""Clauses of both reports that a pair of characters may stand in and still tell one thing from others."""


class Deed(NamedTuple):
    """A promise without a number."""

    promise: Promise
    statement: Statement
    things: tuple[str, ...]
    """What it is about, one by one: 地铁4号线北段, 7号线一期南段."""
    asked: Asked
    checkable: bool


def deeds(report: Report, rarity: Rarity, *, numbered: frozenset[int], reviewed: int) -> list[Deed]:
    """The commitments of the plan for the year, in the order of the text.

    `numbered` are the indices of the clauses whose promise is a number. Nothing is due where `reviewed` is another year.
    """
    if report.year != reviewed:
        return []
    general = _general(report)
    found = []
    for index, statement in enumerate(report.reading.statements):
        if (
            index in numbered
            or report.part(statement) is not Part.PLAN_YEAR
            or statement.start >= report.notes
        ):
            continue
        if any(start <= statement.start < end for start, end in general):
            continue
        deed = _deed(report, statement, rarity)
        if deed is not None:
            found.append(deed)
    return found


def things(statement: Statement) -> tuple[str, ...]:
    """What a planned clause is about, without verbs and generic endings: 地铁4号线北段, 7号线一期南段.

    A conjunction parts two things only where the first ends like a thing by itself; what is too short to be told from
    other things (土地, 早日) is none.
    """
    points = pattern(knowledge("commitments.yaml")["deeds"]["points"])
    whole = _stripped(points.sub("", _LINE.sub("", statement.object or statement.text)))
    listed = _listed(whole)
    found = [_cut(thing) for piece in listed for thing in _parted(piece)]
    long = [thing for thing in found if len(_MARKS.sub("", thing)) >= _LONG_ENOUGH and runs(thing)]
    named = [thing for thing in long if not thing.startswith(_some())]
    return tuple(dict.fromkeys(_stripped(thing) for thing in named or long if not thing.startswith(_any())))


def _some() -> tuple[str, ...]:
    """Words before what is not named: 一批口袋公园, beside two that are."""
    return tuple(knowledge("commitments.yaml")["deeds"]["some"])


def _any() -> tuple[str, ...]:
    """Words before what may be anything: 相关规划."""
    return tuple(knowledge("commitments.yaml")["deeds"]["any"])


def is_result(statement: Statement) -> bool:
    """Whether a clause of a review says that a thing has come to its end, or has been begun."""
    words = stage_words(_LINE.sub("", statement.text))
    return bool(words) and is_one_off(_LINE.sub("", statement.text), statement.action)


# --- what is a promise --------------------------------------------------------------------------------------

_LINE = re.compile(r"\s+")
_MARKS = re.compile("[“”《》‘’「」]")
_LONG_ENOUGH = 3


def _deed(report: Report, statement: Statement, rarity: Rarity) -> Deed | None:
    words = knowledge("commitments.yaml")["deeds"]
    text = _LINE.sub("", statement.text)
    if pattern(words["slogans"]).search(text) or _is_topic(report, statement):
        return None
    if pattern(words["vague"]).search(text):
        return _made(report, statement, (), Asked.PUSH, checkable=False)
    if pattern(words["kept"]).search(text):
        return _made(report, statement, things(statement), Asked.COMPLETE, checkable=True)
    if statement.status is not Action.PLANNED or not statement.object:
        return None
    about = things(statement)
    if not about:
        return None
    firm = statement.action in _verbs("firm")
    asked = asked_of(text, statement.action, push=not firm)
    return _made(report, statement, about, asked, checkable=_is_checkable(statement, about, asked, rarity))


def _is_topic(report: Report, statement: Statement) -> bool:
    """Whether a clause only names what the sentences after it are about: 一是稳就业促增收。"""
    points = pattern(knowledge("commitments.yaml")["deeds"]["points"])
    behind = report.document.text[statement.end : statement.end + 1]
    return bool(points.match(statement.text)) and behind in {"。", "\n", ""}


def _is_checkable(statement: Statement, about: tuple[str, ...], asked: Asked, rarity: Rarity) -> bool:
    """Whether somebody can be held to it: a deed with a result, of something that can be told from other things."""
    if statement.action in _verbs("firm") or asked is not Asked.PUSH:
        return any(_rare_pairs(thing, rarity) >= 1 for thing in about)
    if statement.action in _verbs("effort"):
        return any(_is_named(thing, statement.text) and _rare_pairs(thing, rarity) >= 2 for thing in about)
    return False


def _is_named(thing: str, text: str) -> bool:
    """Whether it is called by a name: in “” or 《》, or ending like a project, a place to be built, a law, an event."""
    if any(mark in thing for mark in "“《"):
        return True
    heads = tuple(knowledge("commitments.yaml")["deeds"]["heads"])
    return thing.endswith(heads) and len(thing) >= 4 and thing in _LINE.sub("", text)


def _rare_pairs(thing: str, rarity: Rarity) -> int:
    return sum(rarity.count(pair) <= _RARE for pair in pairs(thing))


@cache
def _verbs(firmness: str) -> frozenset[str]:
    return frozenset(knowledge("commitments.yaml")["deeds"][firmness])


def _general(report: Report) -> list[tuple[int, int]]:
    """The paragraphs of general requirements."""
    begin = pattern(knowledge("commitments.yaml")["deeds"]["general"])
    text = report.document.text
    return [(b.start, b.end) for b in report.document.blocks if begin.search(text, b.start, b.end)]


def _made(
    report: Report, statement: Statement, about: tuple[str, ...], asked: Asked, *, checkable: bool
) -> Deed:
    evidence = (report.evidence(statement),)
    promise = Promise(
        id=promise_id(report.place, report.year, evidence, "deed"),
        place=report.place,
        year=report.year,
        code=None,
        name=pattern(knowledge("commitments.yaml")["deeds"]["points"]).sub("", _LINE.sub("", statement.text)),
        kind="deed",
        target=None,
        relation=None,
        against=None,
        section=report.sections[statement.section],
        evidence=evidence,
    )
    return Deed(promise, statement, about, asked, checkable)


# --- what a promise is about --------------------------------------------------------------------------------

_AND = re.compile(r"(?:以及|和|及|与)")
# What stands behind a thing without being part of its name; 等 in 高等, 平等 is no "and so on".
_TAIL = re.compile(
    r"(?:(?:重大|重点)?(?:项目|工程)?(?:的)?(?:建设|改造|规划建设|前期工作|提升改造)|年内|年底前|[上下]半年|尽早|早日|力争|任务|工作)$"
)
_AND_SO_ON = re.compile(r"(?<=.{2})(?<![平高中初优均])等(?![级待于候])")


def _listed(whole: str) -> list[str]:
    """The pieces of a list, 等重大项目 behind it left out; all as one where what stands behind 等 is the thing itself."""
    cut = _AND_SO_ON.search(whole)
    if cut is not None:
        behind = whole[cut.end() :]
        kinds = knowledge("commitments.yaml")["deeds"]["kinds"]
        if behind and not any(kind in behind for kind in kinds):
            return [whole]
        whole = whole[: cut.start()]
    return _split(whole)


def _split(whole: str) -> list[str]:
    """The text cut at 、, but not inside quotation marks or brackets."""
    pieces, depth, start = [], 0, 0
    for at, letter in enumerate(whole):
        depth += (letter in "“《（(") - (letter in "”》）)")
        if letter == "、" and depth <= 0:
            pieces.append(whole[start:at])
            start = at + 1
    return [*pieces, whole[start:]]


def _parted(piece: str) -> Iterator[str]:
    """The piece, or its halves where 和 and the like joins two names, the first of which ends like one."""
    heads = knowledge("commitments.yaml")["deeds"]["heads"]
    ends = (*heads, "”", "》", "建设", "改造", "改扩建")
    for match in _AND.finditer(piece):
        one, other = piece[: match.start()], piece[match.end() :]
        if len(one) >= 4 and len(other) >= 4 and one.endswith(ends):
            yield one
            yield from _parted(other)
            return
    yield piece


def _stripped(text: str) -> str:
    """The text without the verbs of doing it opens with: 推动建设X is about X."""
    for verb in knowledge("commitments.yaml")["deeds"]["nested"]:
        if text.startswith(verb) and len(text) > len(verb) + 1:
            return _stripped(text[len(verb) :])
    return text


@cache
def _inner() -> re.Pattern[str]:
    """Verbs of winning a title inside a thing: 望澜区创建国家级高新区 is about 望澜区 and 国家级高新区."""
    return re.compile(
        "(?<=.{2})(?:" + "|".join(knowledge("commitments.yaml")["deeds"]["winning"]) + ")(?=.{3})"
    )


def _cut(thing: str) -> str:
    """A thing without the result wanted of it and without what stands behind its name (等项目建设)."""
    thing = _inner().sub("", thing.strip())
    while True:
        words = stage_words(thing)
        tail = _TAIL.search(thing)
        if words and words[-1].end == len(thing) and words[-1].start >= 2:
            thing = thing[: words[-1].start]
        elif tail and tail.start() >= 2:
            thing = thing[: tail.start()]
        else:
            return thing
