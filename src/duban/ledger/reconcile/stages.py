"""How far a thing has come, and how far a promise wants it to come, by the words of stages.yaml."""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum
from functools import cache
from typing import NamedTuple

from duban.ledger.reconcile.knowledge import knowledge

__all__ = [
    "Asked",
    "Stage",
    "StageWord",
    "arrives",
    "asked_of",
    "is_negated",
    "is_one_off",
    "kept",
    "stage_words",
]


class Stage(IntEnum):
    """How far a thing has come. A later stage includes the earlier ones."""

    MENTIONED = 0
    PREPARED = 1
    BEGUN = 2
    GOING = 3
    NEAR = 4
    COMPLETE = 5


class Asked(StrEnum):
    """What a promise asks for."""

    COMPLETE = "complete"
    BEGUN = "begun"
    CARRY = "carry"
    """To be carried out: done as promised once it is under way."""
    PUSH = "push"
    """To be pushed, no end named: met by the end only."""
    TITLE = "title"
    """To be won."""
    EVENT = "event"
    """To be held."""


class StageWord(NamedTuple):
    """A word of a stage and where it stands."""

    start: int
    end: int
    word: str
    stage: Stage


def stage_words(clause: str) -> list[StageWord]:
    """The words of stages in a clause, in order; the longest where several begin.

    >>> [(found.word, found.stage.name) for found in stage_words("三桥主桥合龙，引桥加快建设")]
    [('合龙', 'NEAR'), ('加快建设', 'GOING')]
    """
    stages = _stages()
    return [
        StageWord(match.start(), match.end(), match[0], stages[match[0]])
        for match in _finder().finditer(clause)
    ]


def arrives(found: StageWord) -> bool:
    """Whether a word says that something came to what stands behind it: 国家馆落户智慧港 says nothing of the 智慧港."""
    return found.word in knowledge("stages.yaml")["arrivals"]


def asked_of(clause: str, action: str | None, *, push: bool) -> Asked:
    """What a planned clause asks for: the result it ends with, else what its verb asks for.

    >>> asked_of("推动远澜新材料基地二期建成投产", "推动", push=True), asked_of("实施专项行动", "实施", push=False)
    (<Asked.COMPLETE: 'complete'>, <Asked.CARRY: 'carry'>)
    """
    known = _promised()
    verb = action or ""
    if verb in knowledge("stages.yaml")["events"]:
        return Asked.EVENT
    if known.get(verb, Asked.PUSH) is not Asked.PUSH:
        return known[verb]
    for found in reversed(stage_words(clause)):
        if known.get(found.word) is Asked.TITLE and found.word != verb:
            return Asked.TITLE
        if found.end == len(clause) and found.stage is Stage.COMPLETE and found.word not in _weak():
            return Asked.COMPLETE
        if found.end == len(clause) and found.stage is Stage.BEGUN:
            return Asked.BEGUN
    if verb in known:
        return known[verb]
    if _stages().get(verb) is Stage.BEGUN:
        return Asked.BEGUN
    return Asked.PUSH if push else Asked.COMPLETE


def kept(asked: Asked, reached: Stage) -> bool:
    """Whether what was asked for has been done."""
    if asked is Asked.EVENT:
        return True
    if asked in {Asked.COMPLETE, Asked.TITLE, Asked.PUSH}:
        return reached is Stage.COMPLETE
    return reached >= (Stage.BEGUN if asked is Asked.BEGUN else Stage.GOING)


def is_one_off(clause: str, action: str | None) -> bool:
    """Whether what a planned clause asks for is done once: 建成, 开工, but not 办好人民满意教育."""
    once = frozenset(knowledge("stages.yaml")["one_off"])
    return action in once or any(
        found.word in once and found.end == len(clause) for found in stage_words(clause)
    )


def is_negated(clause: str) -> bool:
    """Whether a clause says that something was not done."""
    return any(word in clause for word in knowledge("stages.yaml")["negated"])


@cache
def _stages() -> dict[str, Stage]:
    words = knowledge("stages.yaml")["words"]
    return {word: Stage[name.upper()] for name, group in words.items() for word in group}


@cache
def _promised() -> dict[str, Asked]:
    return {
        verb: Asked(name) for name, verbs in knowledge("stages.yaml")["promised"].items() for verb in verbs
    }


@cache
def _weak() -> frozenset[str]:
    """Words of completion that stand inside names and objects as often: they decide for no promise by themselves."""
    return frozenset(knowledge("stages.yaml")["weak"])


@cache
def _finder() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _stages()), key=lambda word: (-len(word), word))))
