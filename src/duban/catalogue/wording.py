"""The wording of an indicator: keys that names and phrases meet by, and what may stand round a name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Stripped", "encodable", "forms", "key", "stripped", "without_area", "without_place"]

_HALVES = re.compile("[\ud800-\udfff]")

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Quotation marks, book marks, spaces, note marks, and the words that carry no meaning of their own here.
_DROPPED = re.compile(r"""[\s"'“”‘’「」『』《》〈〉<>、·・^*_]|[\[【〔]\d+[\]】〕]|的""")
_BRACKETS = re.compile(r"\(([^()]*)\)")
# 老旧小区改造 is 改造老旧小区: a noun's work, or the work on a noun.
_WORK = ("改造", "治理", "修复")
_WORK_BEHIND = re.compile(r"^(?!新|改造|治理|建设|修复|培训|完成)(.{2,})(改造|治理|修复)$")
_YEAR = re.compile(r"(?:19|20)\d\d年|十[一二三四五]五(?:期间|时期|末|以来)?|\d{1,2}(?:[-—–~至]\d{1,2})?月份?")
_MAY_BE_YEAR = frozenset("0123456789十")
_AREA = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|地区|省|市|县|区|盟|旗)$")
_AREA_FRONT = re.compile(r"^(?:省|市|自治区)(?!场|区)")
_DEEPEST = 3
"""Words taken off at either end, at most."""


class Stripped(NamedTuple):
    """What is left of a phrase, and what sort of words were taken off it."""

    key: str
    taken: tuple[str, ...]


def key(text: str) -> str:
    """The form that different spellings of the same words have in common.

    >>> key("规上工业增加值") == key("“规模以上工业”的增加值")
    True
    """
    return _joined(_plain(text))


def encodable(text: str) -> str:
    """The text as long as it was, with U+FFFD for halves of surrogate pairs, which have no UTF-8.

    >>> encodable("市" + chr(0xD800)) == "市\ufffd"
    True
    """
    return _HALVES.sub("\ufffd", text)


def forms(phrase: str) -> Iterator[Stripped]:
    """The keys a phrase may be looked up by: with what is in brackets read on, put first, or left out."""
    plain = _plain(phrase)
    yield Stripped(_joined(plain), ())
    inside = _BRACKETS.search(plain) if "(" in plain else None
    if inside:
        outside = plain[: inside.start()] + plain[inside.end() :]
        if inside[1].startswith(_wording().front):
            yield Stripped(_joined(inside[1] + outside), ("bracket",))
        elif inside[1].startswith(_wording().aside):
            yield Stripped(_joined(outside), ("bracket",))


def stripped(form: str) -> Iterable[Stripped]:
    """The form with words round it taken off, one at either end more each time; the fewest words first."""
    words = _wording()
    fronts = words.peeled_before(form)
    tries: list[Stripped] = []
    for front, taken_before in fronts:
        for rest, taken_behind in words.peeled_behind(front):
            if len(rest) > 1 or rest == form:
                tries.append(Stripped(rest, taken_before + taken_behind))
    if len(tries) > 1:
        tries.sort(key=_depth)
    return tries


def _depth(each: Stripped) -> int:
    return len(each.taken)


def without_area(form: str) -> str:
    """The words without 全市, 全省 and the like at their front."""
    rest, sort = _wording().before(form)
    return rest if sort == "place" else form


def without_place(phrase: str, place: str) -> str:
    """The phrase without the place's own name at its front (保定市地区生产总值 → 地区生产总值)."""
    names = _names_of(place)
    if not phrase.startswith(names):
        return phrase
    for name in names:
        if phrase.startswith(name) and len(phrase) > len(name):
            return _AREA_FRONT.sub("", phrase[len(name) :])
    return phrase


@lru_cache(maxsize=4096)
def _names_of(place: str) -> tuple[str, ...]:
    """The place's name in full and in short, the longer first."""
    short = _AREA.sub("", place)
    return (place, short) if len(short) > 1 and short != place else (place,)


def _plain(text: str) -> str:
    """Full-width letters made half-width, marks dropped, spellings made one."""
    folded = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    return _wording().spelled(_DROPPED.sub("", folded))


def _joined(plain: str) -> str:
    """Brackets read on, and work behind a noun put before it."""
    if "(" in plain or ")" in plain:
        plain = _wording().spelled(plain.replace("(", "").replace(")", ""))
    return _WORK_BEHIND.sub(r"\2\1", plain) if plain.endswith(_WORK) else plain


class _Wording:
    """The words of wording.yaml, ready to be looked up at either end of a phrase."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._spellings: dict[str, str] = dict(data["same"])
        self._spelling = re.compile("|".join(map(re.escape, _longest_first(self._spellings))))
        self._first = _by_letter(data["before"], 0)
        self._last = _by_letter(data["behind"], -1)
        self.front = tuple(data["front"])
        self.aside = tuple(data["aside"])

    def spelled(self, text: str) -> str:
        """The text with each spelling in the one form."""
        return self._spelling.sub(self._usual, text)

    def _usual(self, found: re.Match[str]) -> str:
        return self._spellings[found[0]]

    def before(self, form: str) -> tuple[str, str]:
        """The form without the longest word at its front, and that word's sort; "" where there is none."""
        letter = form[:1]
        if letter in _MAY_BE_YEAR and (year := _YEAR.match(form)):
            return form[year.end() :], "period"
        for word, sort in self._first.get(letter, ()):
            if form.startswith(word) and len(form) > len(word):
                return form[len(word) :], sort
        return form, ""

    def behind(self, form: str) -> tuple[str, str]:
        """The form without the longest word at its end, and that word's sort; "" where there is none."""
        for word, sort in self._last.get(form[-1:], ()):
            if form.endswith(word) and len(form) > len(word):
                return form[: -len(word)], sort
        return form, ""

    def peeled_before(self, form: str) -> list[tuple[str, tuple[str, ...]]]:
        """The form, and what is left of it as words are taken off its front."""
        found: list[tuple[str, tuple[str, ...]]] = [(form, ())]
        rest, sort = self.before(form)
        while sort and len(found) <= _DEEPEST:
            found.append((rest, (*found[-1][1], sort)))
            rest, sort = self.before(rest)
        return found

    def peeled_behind(self, form: str) -> list[tuple[str, tuple[str, ...]]]:
        """The form, and what is left of it as words are taken off its end."""
        found: list[tuple[str, tuple[str, ...]]] = [(form, ())]
        rest, sort = self.behind(form)
        while sort and len(found) <= _DEEPEST:
            found.append((rest, (*found[-1][1], sort)))
            rest, sort = self.behind(rest)
        return found


@cache
def _wording() -> _Wording:
    text = files(__package__).joinpath("indicators", "wording.yaml").read_text(encoding="utf-8")
    return _Wording(yaml.load(text, Loader=_LOADER))  # noqa: S506 - a safe loader


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _by_letter(words: dict[str, list[str]], at: int) -> dict[str, list[tuple[str, str]]]:
    """First or last letter → (word, sort), the longest first."""
    sorts = {word: sort for sort, group in words.items() for word in group}
    found: dict[str, list[tuple[str, str]]] = {}
    for word in _longest_first(sorts):
        found.setdefault(word[at], []).append((word, sorts[word]))
    return found
