"""Qualifiers round a number: 约 近 超 不低于 before it, 左右 以上 以内 behind its unit."""

from __future__ import annotations

from duban.quantities import words

__all__ = ["qualifier_before", "qualifier_behind"]

_NOT_ABOUT = frozenset("签节合履契公条制预集缔大违")
_DEADLINES = frozenset({"天", "个工作日", "工作日", "个自然日", "自然日", "小时", "分钟"})
_NOT_BEYOND = frozenset("超经通越突跨迈不")
_NOT_NEARLY = frozenset("附最邻亲靠相远")


_SUMS = frozenset("值入收模量资额")
"""What ends the name of a measure that passed a sum: 产值过10亿元."""


def qualifier_before(text: str, at: int, *, bare: bool = False) -> tuple[int, str | None]:
    """Where the quantity begins with the qualifier before it, and which: (start, qualifier)."""
    at_word = at - 1 if text[at - 1 : at] == " " else at
    if text[at_word - 1 : at_word] not in words.before_last():
        return at, None
    known = words.before()
    for length in (4, 3, 2, 1):
        begin = at_word - length
        if begin < 0:
            continue
        word = text[begin:at_word]
        qualifier = known.get(word)
        if qualifier is None:
            continue
        prev = text[begin - 1 : begin]
        if (
            (word in ("上", "过") and not bare and not (word == "过" and prev in _SUMS))
            or (word == "过" and prev in _NOT_BEYOND)
            or (word == "约" and prev in _NOT_ABOUT)
            or (word == "近" and prev in _NOT_NEARLY)
        ):
            continue
        return begin, qualifier
    return at, None


def qualifier_behind(text: str, stop: int, unit: str) -> tuple[int, str | None]:
    """Where the quantity ends with the qualifier behind its unit, and which: (end, qualifier)."""
    known = words.after()
    if text[stop : stop + 1] == " " and known.get(text[stop + 1 : stop + 3]):
        return stop + 3, known[text[stop + 1 : stop + 3]]
    if text[stop : stop + 1] not in words.after_first():
        return stop, None
    for length in (6, 5, 3, 2, 1):
        word = text[stop : stop + length]
        qualifier = known.get(word)
        if qualifier is None or len(word) != length:
            continue
        following = text[stop + length : stop + length + 1]
        if length == 1 and (
            (unit not in ("倍", "番", "%", "成") and word not in ("强", "内"))
            or (word == "内" and unit not in _DEADLINES)
            or (word == "强" and following not in "，。、；")
        ):
            continue
        return stop + length, qualifier
    return stop, None
