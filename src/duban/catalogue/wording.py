"""The wording of an indicator: keys that names and phrases meet by, and what may stand round a name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Stripped", "forms", "key", "stripped", "without_area", "without_place"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Quotation marks, book marks, spaces, note marks, and the words that carry no meaning of their own here.
_DROPPED = re.compile(r"""[\s"'“”‘’「」『』《》〈〉<>、·・^*_]|[\[【〔]\d+[\]】〕]|的""")
_BRACKETS = re.compile(r"\(([^()]*)\)")
# 老旧小区改造 is 改造老旧小区: a noun's work, or the work on a noun.
_WORK_BEHIND = re.compile(r"^(?!新|改造|治理|建设|修复|培训|完成)(.{2,})(改造|治理|修复)$")
_YEAR = re.compile(
    r"^(?:(?:19|20)\d\d年|十[一二三四五]五(?:期间|时期|末|以来)?|\d{1,2}(?:[-—–~至]\d{1,2})?月份?)"
)
_AREA = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|地区|省|市|县|区|盟|旗)$")
_DEEPEST = 3


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


def forms(phrase: str) -> Iterator[Stripped]:
    """The keys a phrase may be looked up by as it stands: with what is in brackets read on, put first, or left out."""
    plain = _plain(phrase)
    yield Stripped(_joined(plain), ())
    inside = _BRACKETS.search(plain)
    if inside:
        outside = plain[: inside.start()] + plain[inside.end() :]
        if inside[1].startswith(_front()):
            yield Stripped(_joined(inside[1] + outside), ("bracket",))
        elif inside[1].startswith(_aside()):
            yield Stripped(_joined(outside), ("bracket",))


def stripped(form: str) -> Iterator[Stripped]:
    """The phrase with words round it taken off, one at either end more each time; the fewest words first."""
    fronts = list(_peeled(form, _before))
    backs = {front.key: list(_peeled(front.key, _behind)) for front in fronts}
    tries = [
        Stripped(back.key, front.taken + back.taken)
        for front in fronts
        for back in backs[front.key]
        if back.key
    ]
    return iter(sorted(tries, key=lambda each: len(each.taken)))


def without_place(phrase: str, place: str) -> str:
    """The phrase without the place's own name at its front (保定市地区生产总值 → 地区生产总值)."""
    short = _AREA.sub("", place)
    for name in (place, short) if len(short) > 1 else (place,):
        if name and phrase.startswith(name) and len(phrase) > len(name):
            rest = phrase[len(name) :]
            return _AREA_FRONT.sub("", rest) if name == short else rest
    return phrase


def without_area(form: str) -> str:
    """The words without 全市, 全省 and the like at their front."""
    rest, sort = _before(form)
    return rest if sort == "place" else form


_AREA_FRONT = re.compile(r"^(?:省|市|自治区)(?!场|区)")


def _plain(text: str) -> str:
    """Full-width letters made half-width, marks dropped, spellings made one."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    dropped = _DROPPED.sub("", folded)
    return _same().sub(lambda found: _spellings()[found[0]], dropped)


def _joined(plain: str) -> str:
    """Brackets read on, and work behind a noun put before it."""
    joined = _same().sub(lambda found: _spellings()[found[0]], plain.replace("(", "").replace(")", ""))
    return _WORK_BEHIND.sub(r"\2\1", joined)


def _peeled(form: str, peel: Any) -> Iterator[Stripped]:
    taken: tuple[str, ...] = ()
    yield Stripped(form, taken)
    for _ in range(_DEEPEST):
        rest, sort = peel(form)
        if not sort:
            return
        form, taken = rest, (*taken, sort)
        yield Stripped(form, taken)


def _before(form: str) -> tuple[str, str]:
    year = _YEAR.match(form)
    if year:
        return form[year.end() :], "period"
    for length in range(min(_longest(before=True), len(form) - 1), 0, -1):
        sort = _words(before=True).get(form[:length])
        if sort:
            return form[length:], sort
    return form, ""


def _behind(form: str) -> tuple[str, str]:
    for length in range(min(_longest(before=False), len(form) - 1), 0, -1):
        sort = _words(before=False).get(form[-length:])
        if sort:
            return form[:-length], sort
    return form, ""


@cache
def _knowledge() -> dict[str, Any]:
    text = files(__package__).joinpath("indicators", "wording.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    return loaded


@cache
def _spellings() -> dict[str, str]:
    return dict(_knowledge()["same"])


@cache
def _same() -> re.Pattern[str]:
    return re.compile("|".join(_longest_first(map(re.escape, _spellings()))))


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


@cache
def _words(*, before: bool) -> dict[str, str]:
    """Word → sort."""
    words = _knowledge()["before" if before else "behind"]
    return {word: sort for sort, group in words.items() for word in group}


@cache
def _longest(*, before: bool) -> int:
    return max(map(len, _words(before=before)))


@cache
def _front() -> tuple[str, ...]:
    return tuple(_knowledge()["front"])


@cache
def _aside() -> tuple[str, ...]:
    return tuple(_knowledge()["aside"])
