"""What an amount is of, apart from the verbs and areas around it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from duban.catalogue.wording import key
from duban.ledger.reconcile.knowledge import knowledge

if TYPE_CHECKING:
    from duban.ledger.reconcile.report import Report, Stated

__all__ = ["adds", "core", "head", "wording"]


@lru_cache(maxsize=1 << 14)
def core(phrase: str) -> str:
    """The key of a phrase without the verbs and areas at its front, and without verbs at its end.

    >>> core("改造城镇老旧小区"), core("省级以上专精特新企业新增")
    ('老旧小区', '专精特新企业')
    """
    words = key(phrase)
    front, end = _ends()
    while (found := front.match(words)) and found.end() < len(words) - 1:
        words = words[found.end() :]
    while (found := end.search(words)) and found.start() > 1:
        words = words[: found.start()]
    return words


def head(phrase: str) -> str:
    """The two characters that a phrase ends with: what sort of thing is counted."""
    return core(phrase)[-2:]


@lru_cache(maxsize=1 << 14)
def adds(phrase: str) -> bool:
    """Whether an amount is what was added or done, not all there is."""
    return any(verb in phrase for verb in knowledge("wording.yaml")["added"])


def wording(stated: Stated, report: Report) -> str:
    """The phrase, and what the clause says behind the number (300家规上企业实施数字化改造), without verbs."""
    figure = stated.figure
    clause = report.clause(figure)
    behind = report.document.text[figure.end : clause.end].partition("、")[0]
    return _verbs().sub(" ", figure.indicator + " " + behind)


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(_alternatives(knowledge("wording.yaml")["verbs"]))


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = knowledge("wording.yaml")
    front = _alternatives([*words["verbs"], *words["added"], *words["areas"], *words["manner"]])
    end = _alternatives([*words["verbs"], *words["added"]])
    return re.compile(front), re.compile(f"(?:{end})$")


def _alternatives(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
