"""Which years each number of a sentence speaks of: what the sentence says, inherits and leaves to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.documents.model import Part
from duban.reading.periods import Span, TimeMark, time_marks

if TYPE_CHECKING:
    from duban.reading.clauses import Sentence

__all__ = ["PLANS", "Background", "Left", "Times", "When", "passing"]

PLANS = (Part.PLAN_YEAR, Part.PLAN_OUTLINE)
_DURATION = re.compile(
    r"连续(?:[一二三四五六七八九十两]+|[0-9]+)个?月(?=增速|增长|保持|实现|位居|居)|(?:连续)?(?:[一二三四五六七八九十百两]+|[0-9]+)(?:多|余|个)?年(?:间|内|中|里|来|合计|共)(?:的)?|两年(?=合计)|(?:两|三|四|五)年(?=建成|完成|投入|新增|达到)"
)
_ONLY_WORDS = re.compile(r"[^，,。；;0-9]*")
_ADDS = re.compile(r"新增|累计|合计|共(?=[建新增完])")
_OPENS_CLAUSE = re.compile(r"(?:^|[，,])[^，,]{0,7}$")
_MULTIPLE = re.compile(r"的?\s?[0-9０-９.．一二三四五六七八九十点]+倍")


class Background(Struct, frozen=True, gc=False):
    """What a sentence inherits from where it stands."""

    part: Part
    year: int | None
    span: Span | None
    """The years its section speaks of."""
    place: str | None
    ended: bool = False
    """Whether the span was named by its end (到2030年)."""
    before: str = ""
    """The last clause of the sentence before."""


class Left(Struct, frozen=True, gc=False):
    """What a sentence leaves to those after it in its paragraph."""

    lasting: Span | None = None
    """Years that hold for the rest of the paragraph (五年来，…)."""
    carried: Span | None = None
    """Years that hold for the next sentence, behind a semicolon."""
    ended: bool = False
    before: str = ""
    """Its last clause."""


def passing(sentence: Sentence, text: str, ground: Background) -> Left:
    """What a sentence without numbers leaves to those after it."""
    before = sentence.clauses[-1].text
    end = min(sentence.end, sentence.start + 26)
    if "年" not in text[sentence.start : end] and "五" not in text[sentence.start : end]:
        return Left(before=before)
    marks = time_marks(text, sentence.start, end, ground.year, planned=ground.part in PLANS)
    lasting = _lasting(marks[0], sentence, text, ground) if marks and not marks[0].local else None
    return Left(lasting=lasting, before=before)


def _lasting(mark: TimeMark, sentence: Sentence, text: str, ground: Background) -> Span | None:
    """The years that a time word at the head of a sentence sets for the rest of the paragraph, if it does."""
    ahead = mark.start - sentence.start
    if mark.fixed or ahead > 20:
        return None
    if mark.span.first != mark.span.last:
        return mark.span if ahead <= 4 else None
    apart = text[mark.end : mark.end + 1] in ("，", ",")
    opens = ground.part is Part.REVIEW_TERM and _OPENS_CLAUSE.search(text[sentence.start : mark.start])
    return mark.span if apart and opens else None


class When(Struct, frozen=True, gc=False):
    """The years that a number speaks of."""

    span: Span | None
    ended: bool
    """Whether they name the end of a period (到2025年)."""
    past: bool = False
    """Whether it has happened, though the years are the report's own."""


class Times:
    """The time words of one sentence."""

    def __init__(self, sentence: Sentence, text: str, ground: Background) -> None:
        self.sentence = sentence
        self.text = text
        self.ground = ground
        planned = ground.part in PLANS
        marks = time_marks(text, sentence.start, sentence.end, ground.year, planned=planned)
        self.bases = [mark for mark in marks if self.is_base(mark)]
        self.marks = [mark for mark in marks if not self.is_base(mark)]

    def is_base(self, mark: TimeMark) -> bool:
        """Whether the years are only what something is compared with (比上年, 与2020年相比)."""
        before = self.text[max(self.sentence.start, mark.start - 2) : mark.start]
        after = self.text[mark.end : mark.end + 8]
        if _MULTIPLE.match(after):
            return True
        if re.search(r"(?:[比较]|高于|低于|快于|超过|好于)$", before) and not re.search(
            r"[占对同环]比$", before
        ):
            return True
        return bool(re.search(r"[与同和]$", before) and re.match(r"[^，。]{0,6}相?比", after))

    def left(self) -> Left:
        """A span of years that opens the sentence holds for the paragraph; any year holds across a semicolon."""
        marks = [mark for mark in self.marks if not (mark.local or self._origin(mark))]
        before = self.sentence.clauses[-1].text
        if not marks:
            return Left(before=before)
        carried = self.text[self.sentence.end - 1] in "；;"
        return Left(
            lasting=_lasting(marks[0], self.sentence, self.text, self.ground),
            carried=marks[-1].span if carried else None,
            ended=carried and marks[-1].fixed,
            before=before,
        )

    def at(self, at: int) -> When:
        """The years in force at an offset of the text."""
        current: TimeMark | None = None
        for mark in self.marks:
            if mark.start >= at:
                break
            if not (mark.local or self._origin(mark)) or _ONLY_WORDS.fullmatch(self.text, mark.end, at):
                current = mark
        if current is None:
            return When(self.ground.span, self.ground.ended)
        return When(current.span, current.fixed, current.past)

    def _origin(self, mark: TimeMark) -> bool:
        """Whether the year is only where something came from: 由2020年的1456亿元(增加到1921亿元)."""
        single = mark.span.first == mark.span.last
        return (
            single
            and self.text[mark.start - 1 : mark.start] in ("由", "从")
            and self.text[mark.end - 1] == "年"
        )

    def streak(self, at: int) -> bool:
        """Whether 连续N年 stands right before the number."""
        return any(
            m.local and "连续" in self.text[m.start : m.end] and _ONLY_WORDS.fullmatch(self.text, m.end, at)
            for m in self.marks
            if m.start < at
        )

    def without(self, phrase: str, end: int) -> str:
        """The words before a quantity, which end at `end` or before it, less the time words in them."""
        start = self.text.rfind(phrase, self.sentence.start, end)
        if start < 0:
            return _DURATION.sub("", phrase)
        end = start + len(phrase)
        for mark in reversed(self._between(start, end)):
            a, b = mark.start - start, mark.end - start
            if 0 <= a < b <= len(phrase) and not self.is_base(mark):
                left, right = phrase[:a], phrase[b:]
                left = re.sub(r"(?:到|至|在|从|自|于)$", "", left)
                right = re.sub(r"^(?:的|，|时|期间|以来|间|，)", "", right)
                phrase = left + right
        multiple = [b for b in self.bases if start <= b.start < end and _MULTIPLE.match(self.text, b.end)]
        if multiple:
            phrase = re.sub(r"(?:为|是|相当于)?$", "", phrase[: multiple[0].start - start])
        return _DURATION.sub("", phrase)

    def between_plans(self) -> bool:
        """“六五”时期同“五五”时期相比: both ends are spans of years."""
        return (
            bool(self.bases)
            and self.bases[-1].span.first != self.bases[-1].span.last
            and "相比" in self.text[self.bases[-1].end : self.bases[-1].end + 8]
        )

    def compared(self, clause: int, before: int) -> bool:
        """Whether the clause compares with one named year (较2020年下降25%)."""
        start = self.sentence.clauses[clause].start
        return any(start <= base.start < before and base.span.first == base.span.last for base in self.bases)

    def adds(self, clause: int, before: int) -> bool:
        """Whether an earlier word of the clause or the one before makes its numbers sums (新增A 10公里、B 20公里)."""
        start = self.sentence.clauses[max(0, clause - 1)].start
        return _ADDS.search(self.text, start, before) is not None

    def marked(self, clause: int, before: int) -> bool:
        start = self.sentence.clauses[clause].start
        return any(start <= mark.start < before for mark in self.marks)

    def _between(self, start: int, end: int) -> list[TimeMark]:
        return [m for m in self.marks if start <= m.start and m.end <= end]
