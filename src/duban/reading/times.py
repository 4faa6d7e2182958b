"""Which years each number of a sentence speaks of: what the sentence says, inherits and leaves to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from duban.documents.model import PLANS, Part
from duban.reading.periods import Span, TimeMark, time_marks

if TYPE_CHECKING:
    from duban.reading.clauses import Sentence

__all__ = ["NOTHING", "Background", "Left", "Times", "When", "looks_back", "passing", "turns"]

_DURATION = re.compile(
    r"连续(?:[一二三四五六七八九十两]+|[0-9]+)个?月(?=增速|增长|保持|实现|位居|居)|(?:连续)?(?:[一二三四五六七八九十百两]+|[0-9]+)(?:多|余|个)?年(?:间|内|中|里|来|合计|共)(?:的)?|提前(?:[一二三四五六七八九十两]+|[0-9]+)年|年[初末底]的|上半年|两年(?=合计)|(?:两|三|四|五)年(?=平均每年|年均)|(?:两|三|四|五)年(?=建成|完成|投入|新增|达到)"
)
_ONLY_WORDS = re.compile(r"[^，,。；;0-9]*")
_THEN_YEARLY = re.compile(r"[^，。；]*、(?:年均|平均每年)[^，。；0-9]*")
"""What goes on with the years counted before it: 十年增加70万亿元、年均增长(6.2%)."""
_GROUNDWORK = re.compile(
    r"(?:的?[0-9一二三四五六七八九十]+年)?的?(?:总和|(?:实际)?(?:水平|数额|基数)的?基础上)"
)
"""After years that something is measured against: 是1950年到2002年的总和; 在1988年水平的基础上."""
_RANGE = re.compile(r"[到至—－–~～-]")
_BUILT_ON = re.compile(r"[^，。；]{1,30}基础上")
_THAN = ("比", "较", "高于", "低于", "快于", "超过", "好于")
_THAN_THE_BEST = re.compile(
    r"(?:比|较|高于|低于|超过)(?![重例率如])[^，。；0-9]{0,4}(?:最|历史|丰收|大旱|受灾|正常)[^，。；0-9]{0,6}$"
)
"""What calls the years compared with by how they were: 比历史上最好的(1984年)增长."""
_FUND_OF = re.compile(r"的?[^，。；]{1,10}(?:收入|资金|经费|基金|结余|支出)中")
_WITH_THAT = re.compile(r"(?:同|与|和)[^，。；]{0,10}$")
_OF_A_NUMBER = re.compile(r"的[0-9０-９一二三四五六七八九][^，。；]{1,14}(?:作|相)?比[较，]?")
"""同建国初期的1950年的170亿元作比较."""
_PRICES_OF = re.compile(r"的?(?:不变|可比|现行)?价")
"""What makes of years those whose prices things are told in: 按1980年不变价格计算."""
_NO_COMPARISON = ("占比", "对比", "同比", "环比")
_AGAINST = re.compile(r"[^，。]{0,6}(?:比|持平|相当|相同|接近)")
_KEPT = ("保持", "维持", "恢复", "达到", "接近")
_LEVEL_OF = re.compile(r"的?(?:平均)?(?:实际)?水平")
"""What makes years a measure of others: 石油产量保持近两年的水平."""
_SAME_OF = re.compile(r"的?(?:实际|决算|预算|同期)?(?:支出|执行)?(?:数额?|水平|基数)")
"""The same of a sum: 按上年实际数额核减."""
_YEAR_AND = re.compile(r"[年期][与同和][^，。]{1,12}$")
_BEFORE_TIME = re.compile(r"(?:(?<![加少高低升降大小展长涨增缩延])[到至]|在|从|自|于)$")
_AFTER_TIME = re.compile(
    r"^(?:[底末]前|[以之]前|之?内(?![外需部地河贸蒙陆生容资销燃])|前(?![0-9一二三四五六七八九十期后海沿列])|的|，|时|期间|以来|间)"
)
_AMOUNTS_TO = re.compile(r"(?:为|是|相当于)$")
_ADDS = re.compile(r"新增|累计|合计|共(?=[建新增完])")
_IN_ALL = re.compile(r"(?:一?共|总共|累计|共计)(?![同享建产有])|(?:还|并|另外?)")
_CAME_TO = re.compile(r"的[0-9０-９]")
_OPENS_CLAUSE = re.compile(r"(?:^|[，,])[^，,]{0,7}$")
_AHEAD = re.compile(
    r"[今明]年|今后|未来|下一步|新的一年|(?<![主重首需])要|将(?![近军领士])|必须|应当|力争|争取"
)
_MULTIPLE = re.compile(r"的?\s?[0-9０-９.．一二三四五六七八九十点]+倍")


class Background(Struct, frozen=True, gc=False):
    """What a sentence inherits from where it stands."""

    part: Part
    year: int | None
    """The year of the report's vantage: it reviews the one before."""
    span: Span | None
    """The years its section speaks of."""
    place: str | None
    whole: Span | None = None
    """The years of its part of the report."""
    late: bool = False
    """Whether the report was given at the end of the year that it reviews."""
    noted: bool = False
    """Whether its section explains words of the report (名词解释)."""
    ended: bool = False
    """Whether the span was named by its end (到2030年)."""
    past: bool = False
    """Whether what it dates has happened, though it is of the report's own year."""
    before: str = ""
    """The last clause of the sentence before."""
    carried: Span | None = None
    """The span, where the sentence before left it behind a semicolon or to its parts (其中…)."""
    measured: str = ""
    """What the last figure of the sentence before measured."""
    grew: bool = False
    """Whether that was a growth."""


class Left(Struct, frozen=True, gc=False):
    """What a sentence leaves to those after it in its paragraph."""

    lasting: Span | None = None
    """Years that hold for the rest of the paragraph (五年来，…)."""
    carried: Span | None = None
    """Years that hold for the next sentence, behind a semicolon or where it speaks of parts (其中…)."""
    across: bool = False
    """Whether it ends with a semicolon."""
    ended: bool = False
    past: bool = False
    before: str = ""
    """Its last clause."""
    measured: str = ""
    """What its last figure measured."""
    grew: bool = False
    """Whether that was a growth."""

    def over(self, sentence: Sentence) -> Left:
        """What is left to the sentence: years that were named hold only across a semicolon or for parts."""
        if self.carried is None or self.across or sentence.clauses[0].text.startswith("其中"):
            return self
        return replace(self, carried=None, ended=False, past=False)


NOTHING = Left()
"""What is left to the first sentence of a paragraph."""


def _names_another(mark: TimeMark, text: str) -> bool:
    """Whether the years are those of prices or of a fund, and of no number: 按1980年不变价格, 从去年超收收入中安排."""
    if text[mark.start] in _DIGITS and _PRICES_OF.match(text, mark.end) is not None:
        return True
    return text[mark.start - 1 : mark.start] in ("从", "由") and _FUND_OF.match(text, mark.end) is not None


_DIGITS = "12１２一"


def passing(sentence: Sentence, text: str, ground: Background) -> Left:
    """What a sentence without numbers leaves to those after it."""
    end = min(sentence.end, sentence.start + 26)
    if "年" not in text[sentence.start : end] and "五" not in text[sentence.start : end]:
        if ground.carried is None:
            return Left(before=sentence.clauses[-1].text)
        return _handed_on(sentence, text, ground)
    left = _handed_on(sentence, text, ground)
    marks = time_marks(text, sentence.start, end, ground.year, planned=ground.part in PLANS, late=ground.late)
    lasting = _lasting(marks[0], sentence, text, ground) if marks and not marks[0].local else None
    return replace(left, lasting=lasting)


def _handed_on(
    sentence: Sentence, text: str, ground: Background, measured: str = "", *, grew: bool = False
) -> Left:
    """What a sentence without years of its own leaves: through a row of semicolons those that were named first."""
    before = sentence.clauses[-1].text
    if text[sentence.end - 1] not in "；;":
        return Left(before=before, measured=measured, grew=grew)
    return Left(
        carried=ground.carried,
        across=True,
        ended=ground.ended,
        past=ground.past,
        before=before,
        measured=measured,
        grew=grew,
    )


def looks_back(lasting: Span | None, part: Part, year: int | None) -> bool:
    """Whether the paragraph of a plan speaks of years gone by (过去一年，…)."""
    return part in PLANS and lasting is not None and year is not None and lasting.last < year


def turns(sentence: Sentence) -> bool:
    """Whether a sentence after a look back turns to the plan."""
    return any(_AHEAD.search(clause.text) for clause in sentence.clauses)


def _lasting(mark: TimeMark, sentence: Sentence, text: str, ground: Background) -> Span | None:
    """The years that a time word at the head of a sentence sets for the rest of the paragraph, if it does."""
    ahead = mark.start - sentence.start
    if mark.fixed or ahead > 20:
        return None
    apart = text[mark.end : mark.end + 1] in ("，", ",")
    mark = _of_outline(mark, text, ground)
    if mark.span.first != mark.span.last:
        long = mark.span.last - mark.span.first >= _TERM - 1
        return (
            mark.span
            if (ahead <= 4 and (apart or long)) or (apart and text[mark.start - 1] in "，,")
            else None
        )
    may = ground.part is Part.REVIEW_TERM or looks_back(mark.span, ground.part, ground.year)
    opens = may and _OPENS_CLAUSE.search(text[sentence.start : mark.start])
    return mark.span if apart and opens else None


_REVIEWS = (Part.REVIEW_YEAR, Part.REVIEW_TERM)
_TAKING = frozenset("用通经")
"""What 用三年时间, 通过三年努力, 经过… begin with."""
_DAY_ON = re.compile(r"(?:[0-9０-９一二三四五六七八九十]+月)?(?:[0-9０-９一二三四五六七八九十]+日)?起")
_HAS_BEEN = re.compile("已(?=[由从将对全取实开])")
_TERM = 4
"""Years that a paragraph is likely to go on speaking of, without a comma behind them."""


def _of_outline(mark: TimeMark, text: str, ground: Background) -> TimeMark:
    """The mark; where the outline of a plan of five years says 五年 or 这五年, those of the plan itself."""
    whole, year = ground.whole, ground.year
    if ground.part is not Part.PLAN_OUTLINE or whole is None or year is None:
        return mark
    words = text[mark.start : mark.end]
    ahead = mark.span.runs(year, year + 4) and words.startswith(("五年", "5年"))
    if whole.last - whole.first == 4 and (ahead or words.startswith(("这五年", "这5年"))):
        return replace(mark, span=whole)
    return mark


class When(Struct, frozen=True, gc=False):
    """The years that a number speaks of."""

    span: Span | None
    ended: bool
    """Whether they name the end of a period (到2025年)."""
    past: bool = False
    """Whether it has happened, though the years are the report's own."""


class Times:
    """The time words of one sentence whose numbers begin at `numbers`."""

    def __init__(self, sentence: Sentence, text: str, ground: Background, numbers: list[int]) -> None:
        self.sentence = sentence
        self.text = text
        self.ground = ground
        self.numbers = numbers
        planned = ground.part in PLANS
        marks = time_marks(text, sentence.start, sentence.end, ground.year, planned=planned, late=ground.late)
        marks = [
            _of_outline(self._in_force(mark), text, ground)
            for mark in marks
            if not _names_another(mark, text)
        ]
        based = {mark.start for mark in marks if self._is_base(mark)}
        marks = self._resolved(marks, based)
        self.bases = [mark for mark in marks if mark.start in based]
        self.marks = [mark for mark in marks if mark.start not in based]

    def _in_force(self, mark: TimeMark) -> TimeMark:
        """The mark; past where what began on its day has begun: 从2026年1月1日起，关税总水平已由15.3%降到12%."""
        if self.text[mark.start - 1 : mark.start] not in ("从", "自") or not _DAY_ON.match(
            self.text, mark.end
        ):
            return mark
        return replace(mark, past=True) if _HAS_BEEN.search(self.text, mark.end, self.sentence.end) else mark

    def _resolved(self, marks: list[TimeMark], based: set[int]) -> list[TimeMark]:
        """The marks (those at `based` are compared with), those that count years ending with the years in force before them: 四年增长一点二倍."""
        last = self.ground.span.last if self.ground.span else None
        found = []
        for mark in marks:
            if mark.counted is not None and last is not None:
                mark = replace(mark, span=Span(last - mark.counted + 1, last))  # noqa: PLW2901
            elif self.ground.part in _REVIEWS and self.text[mark.start] in _TAKING:
                mark = self._gone_by(mark)  # noqa: PLW2901
                last = mark.span.last
            elif not mark.local and mark.start not in based:
                last = mark.span.last
            found.append(mark)
        return found

    def _gone_by(self, mark: TimeMark) -> TimeMark:
        """What a review says was done in some years (用三年时间完成) was done in those before its own."""
        year, span = self.ground.year, mark.span
        if year is None or span.first != year:
            return mark
        return replace(mark, span=Span(year - 1 - span.last + span.first, year - 1))

    def _is_base(self, mark: TimeMark) -> bool:
        """Whether the years are only what something is compared with (比上年, 与2020年相比)."""
        before = self.text[max(self.sentence.start, mark.start - 2) : mark.start]
        after = self.text[mark.end : mark.end + 8]
        if _MULTIPLE.match(after) or _GROUNDWORK.match(after):
            return True
        if before.endswith(_THAN) and before not in _NO_COMPARISON:
            return True
        if before.endswith(("与", "同", "和")) and _AGAINST.match(after):
            return True
        if before in _KEPT and _LEVEL_OF.match(after):
            return True
        if before.endswith("按") and _SAME_OF.match(after):
            return True
        ahead = self.text[max(self.sentence.start, mark.start - 14) : mark.start]
        if after.startswith("的") and _WITH_THAT.search(ahead) and _OF_A_NUMBER.match(self.text, mark.end):
            return True
        if ("最" in ahead or "历史" in ahead) and _THAN_THE_BEST.search(ahead):
            return True
        return after.startswith("相比") and _YEAR_AND.search(ahead) is not None

    def left(self, measured: str = "", *, grew: bool = False) -> Left:
        """A span of years that opens the sentence holds for the paragraph; any year holds across a semicolon."""
        marks = [mark for mark in self.marks if not (mark.local or self._origin(mark))]
        if not marks:
            return _handed_on(self.sentence, self.text, self.ground, measured, grew=grew)
        return Left(
            lasting=_lasting(marks[0], self.sentence, self.text, self.ground),
            carried=marks[-1].span,
            across=self.text[self.sentence.end - 1] in "；;",
            ended=marks[-1].fixed,
            past=marks[-1].past,
            before=self.sentence.clauses[-1].text,
            measured=measured,
            grew=grew,
        )

    def at(self, at: int) -> When:
        """The years in force at an offset of the text."""
        current: TimeMark | None = None
        for mark in self.marks:
            if mark.start >= at:
                break
            if mark.local:
                holds = self._only_words(mark.end, at) or (
                    mark.counted is not None and _THEN_YEARLY.fullmatch(self.text, mark.end, at) is not None
                )
            elif (ground := _BUILT_ON.match(self.text, mark.end)) is not None:
                holds = at < ground.end()
            else:
                holds = not self._origin(mark) or not any(mark.end <= number < at for number in self.numbers)
            if holds:
                current = mark
        if current is None:
            return When(self.ground.span, self.ground.ended, self.ground.past)
        return When(current.span, current.fixed, current.past)

    def _origin(self, mark: TimeMark) -> bool:
        """Whether the years hold only for the first number after them.

        Where something came from (由2020年的1456亿元增加到1921亿元), or on what it built (在1979到1983年递增7.9%的基础上).
        """
        words = self.text[mark.start : mark.end]
        came = self.text[mark.start - 1 : mark.start] in ("由", "从") and words[-1] in "年代"
        return (came and _RANGE.search(words) is None) or _BUILT_ON.match(self.text, mark.end) is not None

    def streak(self, at: int) -> bool:
        """Whether 连续N年 stands right before the number."""
        return any(
            m.local and "连续" in self.text[m.start : m.end] and self._only_words(m.end, at)
            for m in self.marks
            if m.start < at
        )

    def _only_words(self, start: int, end: int) -> bool:
        """Whether neither a mark nor a number stands between."""
        if _ONLY_WORDS.fullmatch(self.text, start, end) is None:
            return False
        return not any(start <= number < end for number in self.numbers)

    def without(self, phrase: str, end: int) -> str:
        """The words before a quantity, which end at `end` or before it, less the time words in them."""
        if not self.marks and "年" not in phrase and "月" not in phrase:
            return phrase  # every word of time that is taken out holds one of them
        start = self.text.rfind(phrase, self.sentence.start, end)
        if start < 0:
            return _DURATION.sub("", phrase)
        end = start + len(phrase)
        for mark in reversed(self._between(start, end)):
            a, b = mark.start - start, mark.end - start
            if 0 <= a < b <= len(phrase):
                left, right = phrase[:a], phrase[b:]
                left, right = _BEFORE_TIME.sub("", left), _AFTER_TIME.sub("", right)
                phrase = left + right
        multiple = [b for b in self.bases if start <= b.start < end and _MULTIPLE.match(self.text, b.end)]
        if multiple:
            phrase = _AMOUNTS_TO.sub("", phrase[: multiple[0].start - start])
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

    def base(self, before: int) -> TimeMark | None:
        """The one earlier year that the sentence compares with, if it does (比一九七八年增长)."""
        found = [base for base in self.bases if base.start < before and base.span.first == base.span.last]
        return found[-1] if found else None

    def adds(self, clause: int, before: int) -> bool:
        """Whether an earlier word of the clause or the one before makes its numbers sums (新增A 10公里、B 20公里)."""
        start = self.sentence.clauses[max(0, clause - 1)].start
        return _ADDS.search(self.text, start, before) is not None

    def summed_up(self, clause: int, before: int) -> bool:
        """Whether a sum over all the years follows a number that named its own (增加到2010年的306亿元，…，共资助…)."""
        of = self.sentence.clauses[clause]
        if not _IN_ALL.match(of.text) or self.marked(clause, before):
            return False
        return any(_CAME_TO.match(self.text, mark.end) for mark in self.marks if mark.end < of.start)

    def named(self, before: int) -> bool:
        """Whether years are named in the sentence before an offset."""
        return any(mark.start < before for mark in self.marks)

    def named_since(self, base: TimeMark, before: int) -> bool:
        """Whether a span of years is named between what is compared with and an offset: 比2010年翻一番，“十三五”时期…."""
        return any(base.end <= m.start < before and m.span.first != m.span.last for m in self.marks)

    def marked(self, clause: int, before: int) -> bool:
        start = self.sentence.clauses[clause].start
        return any(start <= mark.start < before for mark in self.marks)

    def _between(self, start: int, end: int) -> list[TimeMark]:
        return [m for m in self.marks if start <= m.start and m.end <= end]
