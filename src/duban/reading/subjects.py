"""What a claim is about: the noun phrase before it, after it or around it, without its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from duban.reading.clauses import Sentence

__all__ = ["subject"]

# A quantity: what stands before it is the thing measured. Digits inside a name (PM2.5, 5G) are none.
_QUANTITY = re.compile(
    r"(?:分别|累计|达到?|超过?|突破|约|近|新增|超)*(?<![A-Za-z0-9.第])[0-9０-９][0-9０-９.．,，]*(?![A-Za-z0-9])"
    r"(?:[%％‰]|个百分点|[万亿千百]*(?:[^、和0-9]{0,6}/[^、和0-9]{1,4}|元|美元|吨|斤|亩|公里|千米|千瓦时?|平方米|立方米"
    r"|人次|人|户|家|个|项|件|条|座|所|处|名|台|辆|艘|天|套|批|种|位|倍|张|只|起|次|篇|片|场|年)?)(?:以上|左右|以内)?"
)


@dataclass(frozen=True, slots=True)
class _Words:
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    predicates: re.Pattern[str]
    relational: frozenset[str]


def subject(where: str, sentence: Sentence, index: int, span: tuple[int, int]) -> str:
    """The phrase that `where` (before, after, around) the span of the claim names what it is about; "" if none."""
    text = sentence.clauses[index].text
    before, after = text[: span[0]], text[span[1] :]
    if where == "after":
        return _following(after) or _topic(before, sentence, index)
    if where == "around":
        following = _following(after)
        return following or _topic(before, sentence, index)
    return _topic(before, sentence, index) or _following(after)


def _following(text: str) -> str:
    """A noun phrase at the beginning of `text`, up to the verb that follows it."""
    words = _words()
    cut = words.predicates.search(text, 1)
    return _bare(text[: cut.start()] if cut else text)


def _topic(before: str, sentence: Sentence, index: int) -> str:
    """The noun phrase that ends `before`, or what the clauses before it speak of."""
    found = _noun_phrase(before)
    if found and found not in _words().relational:
        return found
    for earlier in range(index - 1, -1, -1):
        phrase = _noun_phrase(sentence.clauses[earlier].text)
        if phrase:
            return phrase if phrase.endswith(found) else phrase + found
    return found


def _noun_phrase(text: str) -> str:
    """The phrase measured or spoken of in `text`: without adverbials, its number and what follows it."""
    words = _words()
    text = words.leading.sub("", text)
    text = _counted(text)
    return _bare(words.trailing.sub("", text))


def _counted(text: str) -> str:
    """Counts before their nouns are dropped (17个国省考断面); at an amount after its noun the phrase ends."""
    pieces: list[str] = []
    last = 0
    for found in _QUANTITY.finditer(text):
        following = text[found.end() : found.end() + 1]
        ends = not following or following in "、，和"
        pieces.append(text[last : found.start()])
        if ends and "".join(pieces).strip("、和"):
            return "".join(pieces)
        last = found.end()
    return "".join([*pieces, text[last:]])


def _bare(text: str) -> str:
    return text.strip(" \t\r\n\u3000、的“”")


@cache
def _words() -> _Words:
    text = files(__package__).joinpath("knowledge", "subjects.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    lists = {name: "|".join(sorted(words, key=len, reverse=True)) for name, words in data.items()}
    return _Words(
        leading=re.compile(f"^(?:{lists['leading']})+"),
        trailing=re.compile(f"(?:{lists['trailing']})+$"),
        predicates=re.compile(lists["predicates"]),
        relational=frozenset(data["relational"]),
    )
