"""Which year or years a clause speaks of: time words resolved against the report, never the clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.documents.model import Part

if TYPE_CHECKING:
    from duban.documents.model import Document

__all__ = [
    "Span",
    "TimeMark",
    "Vantage",
    "base_phrase",
    "explains_words",
    "part_span",
    "section_span",
    "time_marks",
    "vantage_of",
]

_CN_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "０": 0,
    "O": 0,
    "Ｏ": 0,
    "两": 2,
}
_Y4 = r"(?:[12][0-9]{3}|[12] [0-9] [0-9] [0-9] ?|[１２][０-９]{3}|[一二][九零〇○０OＯ][一二三四五六七八九零〇○０OＯ]{2})"
_PLAN = r"(?:[“\"‘]\s?(?P<plan>十?[一二三四五六七八九]?五)\s?[”\"’]|(?P<plan3>十[一二三四五]五(?=规划|计划|时期|期间|以来|末)|(?<![一二三四五六七八九十])[五六七八九]五(?=规划|计划))|第(?P<plan2>十?[一二三四五六七八九十]?)个五年(?:计划|规划))"
_PLAN_TAIL = r"(?P<when>(?:规划|计划)?(?:的)?(?:时期|期间|以来|实施期间|执行期间|末期|期末|末|前[一二三四两]年|后[一二三四两]年|五年|这五年|头[一二三四两]年|收官|完成|的五年|时间)?)"
# What a time word may begin with: looked at first, as most characters begin none.
_MARK = re.compile(
    r"(?=[12１２一二到截至“\"‘十第去上前过今明本全在这最刚近五三两四六七八九3-9连年未目现用通经])(?:"
    rf"(?P<century>{_Y4})年?[到至]本世纪末(?:的?[二三]十年[间中内里]?)?"
    rf"|(?P<from>{_Y4})(?:年)?(?:底|末)?\s?(?:[—－–~～-]{{1,2}}|至|到|、|和)\s?(?P<to>{_Y4})(?:(?=年)年|(?=两年)两年)(?P<rangetail>期间|这?的?(?P<ranged>[一二三四五六七八九十0-9]+)年(?:中|间|里|内)?)?"
    rf"|(?P<before>{_Y4})年?以?前的?(?P<many>[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})年"
    rf"|(?:(?P<lead>(?<![加少高低升降大小展长涨增缩延])[到至]|截至|截止)\s?)?(?P<year>{_Y4})\s?年?(?P<tail>底|末|初|年底|年末|以来|起|前|以前|之前|内|度|时|上半年)?"
    rf"|{_PLAN}{_PLAN_TAIL}"
    r"|(?:本世纪|二十世纪)?(?P<decade>[二三四五六七八九]十)年代(?:初期?|中期|末期?|后期|前期)?"
    r"|(?:(?P<until>截至|截止|到)\s?)?(?:今年(?P<gone>(?P<half>上半年)|第?[一1１]季度|[一1１](?:月份?)?\s?(?:[—－–~～-]{1,2}|至|到)\s?(?:十[一二]?|[二三四五六七八九]|[1１][0-2０-２]|[2-9２-９])月(?:份|底|末)?|[一二三1-3１-３](?:[—－–~～、至到-][二三四2-4２-４])?月(?:份|底|末)?|头[一二两三]个月|以来))"
    r"|(?P<gone_on>一年多来)|(?P<rel>(?<!项)目前(?![期沿提景列端置])|(?<![实出表体发兑呈显展再])现在|去年(?:年?[底末])?|(?<=[比较与同])上年|(?<!世界)上年(?!均)|上一年|前年|过去(?:的)?一年|一年来|今年(?:年?[底末])?|明年|本年|今明两年|今后[两二]年|全年"
    r"|(?:过去|近|这|最近|前|刚刚过去的|在过去的|五年来|上述)?(?:的)?(?:五|(?<![0-9.．])5)年(?:来|间|中|里|内|时间里|期间|时间|以来|累计|合计|共)?+(?=[，、：年我全城农共累新建实完地国经财市内期总粮工安平为增达将]|$)"
    r"|过去(?:的)?(?:五|(?<![0-9.．])5)年|近(?:五|(?<![0-9.．])5)年|(?:五|(?<![0-9.．])5)年(?:[来间里内]|中(?!央))|(?<=[，。；：\u3000\n])[五5]年(?=[\u4e00-\u9fff])(?!计划|规划|期|一|前|后|以|左右|多|级)|本届政府|(?:过去|近|最近)?(?:三|(?<![0-9.．])3)年[来间中]|过去[三3]年|今后(?:五|(?<![0-9.．])5)年|未来(?:五|(?<![0-9.．])5)年|今后[三3]年|未来[三3]年"
    r"|(?:前|近|过去|最近|这)?(?<![一二三四五六七八九十])(?P<over>[两二三四五六七八九十]{1,2}|(?<![0-9.．第])[2-9])年(?:间|中(?!央)|(?:来|内|里)?(?:共|累计|总共|合计)?(?=增长|增加|提高|提升|下降|减少|翻|平均每年|年均))"
    r"|(?:前|过去|最近)(?P<gone_by>[两二三四五六七八九十]{1,2})年(?:间|中|来|内|里)|(?:近|(?<![一-鿿])这)(?P<recent>[两二三四2-9])年多?来?(?![^，。]{0,4}内|的?(?:新[高低]|最|首次|同期|少有|罕见))"
    r"|(?<![续年一二三四五六七八九十百多几近隔去0-9.．])(?P<since>[两二四六七八九十]|[246-9])年(?:来|(?<=[，。；：\n].年)(?=[0-9.]+[万亿]))(?!的?(?:新[高低]|最|首次|同期|少有|罕见))"
    r"|(?:今后|未来)(?P<coming>[四六七八九十]|十[一二三四五]|[二三]十)年(?:[间中内里]|(?![左级]))"
    r"|(?:用|通过|经过)(?P<taking>[两二三四五2-5])年(?:左右)?(?:的?时间|的?努力)"
    r"|(?:[今未近]|今后|未来)?(?<![一二三四五六七八九十])(?P<within>[两二三四五六七八九十2-9])年(?:内|时间内|之内|(?=建成|完成|实现|达到|解决|消除|改造|再建|落实))(?!生产)"
    r"|(?P<streak>连续(?P<count>[两二三四五六七八九十0-9]{1,3})(?:个)?年)"
    r"|到本世纪末|本世纪末|年底前|年底|年末))"
)
_BASE = re.compile(
    r"(?<![占对同环可相因])(?:比(?!重|例|率|较|如|翼|亚|利|由|从|为|达|降|提|缩)|较(?!大|好|快|高|低|多|少|为|强|小|长|短|早|重|量)|(?<!不)同(?=[^，。]{1,14}?(?:相比|比[，较]))|与(?=[^，。]{1,14}?(?:相比|比[，较]))|相当于|和(?=[^，。]{1,14}?相比))"
)


class Span(Struct, frozen=True, gc=False):
    """First and last year, inclusive."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.last) if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def end(self) -> str:
        return str(self.last)

    def runs(self, first: int, last: int) -> bool:
        """Whether it is these years: compiled by mypyc, == asks whether two spans are one object."""
        return self.first == first and self.last == last


class Vantage(Struct, frozen=True, gc=False):
    """From where a report looks at the years."""

    year: int | None
    """The year that it plans for first; it reviews the one before."""
    late: bool = False
    """Whether it was given at the end of the year that it reviews: 今年 is that year, 明年 the one planned for."""


def vantage_of(document: Document) -> Vantage:
    """A report plans the year it was given in, or, where it speaks of next year's plan and hardly of last year, the next."""
    year, text = document.year, document.text
    ended = document.date is not None and document.date[5:7] in ("11", "12")
    if year is None or not (ended or text.count("明年") >= _OFTEN):
        return Vantage(year)
    late = text.count("今年") > text.count("去年") + text.count("上年")
    return Vantage(year + 1, late=True) if late else Vantage(year)


_OFTEN = 3


class TimeMark(Struct, frozen=True, gc=False):
    """A time word in a text and the years it names."""

    start: int
    end: int
    span: Span
    fixed: bool
    """Whether it names the end of a period (到2025年, 2025年底)."""
    local: bool = False
    """Whether it holds only for the number right behind it (连续三年超千亿元)."""
    counted: int | None = None
    """How many years up to those in force it spans (四年增长一点二倍); `span` is of no use then."""
    ranged: bool = False
    """Whether both ends are named (一九七八年到一九八二年): something grew from the first."""
    past: bool = False
    """Whether what it dates has happened, though it is of the report's own year (截至今年2月底)."""


def time_marks(
    text: str, start: int, end: int, year: int | None, *, planned: bool = False, late: bool = False
) -> list[TimeMark]:
    """The time words of `text[start:end]`, in order; relative ones only where the report's year is known.

    `year` and `late` are those of the report's `Vantage`.
    In a plan (`planned`), five years are those to come unless the text says past.
    """
    words = text[start:end]
    if "年" not in words and not _WITHOUT_YEAR.search(words):
        return []
    found = []
    for match in _MARK.finditer(text, start, end):
        mark = _mark(match, year, planned, late)
        if mark is not None:
            found.append(mark)
    return found


_WITHOUT_YEAR = re.compile("[五本]|目前|现在")
"""What time words hold that do not hold 年: “十五五”期间, 本世纪末, 本届政府."""


def _mark(match: re.Match[str], year: int | None, planned: bool, late: bool) -> TimeMark | None:
    at, stop = match.span()
    if match.string.startswith("前", at) and match.string[at - 1 : at] == "提":
        return None
    if match["century"]:
        return TimeMark(at, stop, Span(_number(match["century"]), 2000), False)
    if match["from"]:
        return _range(match)
    if match["before"]:
        last, count = _number(match["before"]), _count(match["many"])
        return TimeMark(at, stop, Span(last - count + 1, last), False) if count else None
    if match["year"]:
        return _one_year(match, year, planned)
    if (
        match["over"]
        or match["since"]
        or match["gone_by"]
        or match["recent"]
        or match["taking"]
        or match["coming"]
    ):
        return _counted(match, year)
    if match["decade"]:
        first = 1900 + 10 * _CN_DIGIT[match["decade"][0]]
        return TimeMark(at, stop, Span(first, first + 9), False)
    if match["gone_on"]:
        return None if year is None else TimeMark(at, stop, Span(year - 1, year), False, past=True)
    if match["gone"]:
        past = not (planned and match["half"])
        return None if year is None else TimeMark(at, stop, Span(year - late, year - late), False, past=past)
    plan = match["plan"] or match["plan3"] or match["plan2"]
    return _relative(match, year, planned, late) if plan is None else _plan(match, plan, year)


def _range(match: re.Match[str]) -> TimeMark | None:
    """一九七九年到一九八二年(的四年间)."""
    first, last = _number(match["from"]), _number(match["to"])
    if first >= last:
        return None
    ranged = _count(match["ranged"] or "") != last - first + 1
    return TimeMark(*match.span(), Span(first, last), False, ranged=ranged)


def _one_year(match: re.Match[str], year: int | None, planned: bool) -> TimeMark | None:
    """2025年, 到2030年, 截至2024年底, 2012年以来."""
    at, stop = match.span()
    if "年" not in match[0] and match["year"][0] not in "一二":
        return None
    if match.string.endswith(("面向", "着眼"), 0, at):
        return None
    number = _number(match["year"])
    if not 1900 <= number <= 2100:
        return None
    if match["tail"] == "以来":
        if _SUPERLATIVE.match(match.string, stop):
            return None
        if year is not None and number < year:
            return TimeMark(at, stop, Span(number, year - 1), False)
    ended = match["lead"] is not None or match["tail"] in ("底", "末", "年底", "年末")
    past = match["lead"] in ("截至", "截止") or (match["tail"] == "上半年" and not planned)
    return TimeMark(at, stop, Span(number, number), ended, past=past)


def _number(numeral: str) -> int:
    return int("".join(str(_CN_DIGIT.get(c, c)) for c in numeral.translate(_WIDE) if c != " "))


_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")

_PLANNED = re.compile(r"(?:规划|计划)?(?:(?:安排|规定|确定)的|把|要求|安排)")
_SUPERLATIVE = re.compile(r"最|首次|同期|少有|罕见|未有|新[高低]")
"""What turns 1951年以来 into the scope of a claim: the years are no time of the numbers after it."""


def _plan(match: re.Match[str], plan: str, year: int | None) -> TimeMark | None:
    """A five-year plan: 一五 is 1953–1957, 六五 1981–1985, 十四五 2021–2025."""
    at, stop = match.span()
    if match["plan2"] is not None:
        order = _ordinal(plan)
    else:
        order = _ordinal(plan.removesuffix("五"))
    if order is None or not 1 <= order <= 20:
        return None
    first = {1: 1953, 2: 1958}.get(order, 1951 + 5 * order)
    if order == 3:
        first = 1966
    span = Span(first, first + 4)
    when = match["when"] or ""
    if when in ("规划", "计划", "") and not (
        _PLANNED.match(match.string, stop)
        or match.string.startswith(("年均", "平均每年"), stop)
        or match.string.startswith("列入", at - 2)
    ):
        return None
    if "末" in when:
        return TimeMark(at, stop, Span(span.last, span.last), True)
    part = re.search(r"(前|后|头)([一二三四两])年", when)
    if part:
        count = _CN_DIGIT[part[2]]
        span = Span(span.last - count + 1, span.last) if part[1] == "后" else Span(first, first + count - 1)
    if "以来" in when and year is not None and span.first < year <= span.last:
        span = Span(span.first, year - 1)
    return TimeMark(at, stop, span, False)


def _counted(match: re.Match[str], year: int | None) -> TimeMark | None:
    """四年增长, 前四年内, 用两年时间: years counted from those in force or from the report's own."""
    at, stop = match.span()
    ahead = match["taking"] or match["coming"]
    count = _count(match["over"] or match["since"] or match["gone_by"] or match["recent"] or ahead)
    if year is None or not count:
        return None
    if match["over"] and count > 1:
        local = match[0][-1] not in "间中"
        return TimeMark(at, stop, Span(year - count, year - 1), False, local=local, counted=count)
    span = Span(year, year + count - 1) if ahead else Span(year - count, year - 1)
    return TimeMark(at, stop, span, False)


def _count(numeral: str) -> int | None:
    return int(numeral) if numeral.isdigit() else _ordinal(numeral)


def _ordinal(numeral: str) -> int | None:
    if not numeral:
        return None
    tens, _, ones = numeral.rpartition("十")
    if "十" in numeral:
        return 10 * (_CN_DIGIT.get(tens, 1) if tens else 1) + (_CN_DIGIT[ones] if ones else 0)
    return _CN_DIGIT.get(numeral)


_FIVE = re.compile("[五5]年")
_COMING = re.compile("[今此]后[五5]年|未来[五5]年")
_GONE = re.compile(r"过去|近|来|这|前|刚刚|上述")
_THREE = re.compile(r"三年|[3]年")


def _relative(match: re.Match[str], year: int | None, planned: bool, late: bool) -> TimeMark | None:
    if year is None:
        return None
    at, stop = match.span()
    word = match["rel"]
    if match["streak"] or match["within"]:
        count = _count(match["count"] or match["within"])
        if not count:
            return None
        gone = match["streak"] or not (planned or match[0].endswith("内"))
        span = Span(year - count, year - 1) if gone else Span(year, year + count - 1)
        return TimeMark(at, stop, span, False, local=True)
    if "本世纪末" in word:
        return TimeMark(at, stop, Span(2000, 2000), True) if year < 2000 else None
    if word in _BEFORE_LAST and not planned:
        return TimeMark(at, stop, Span(year - 2, year - 2), False)
    ended = word[-1] in "底末"
    word = word[:2] if ended else word
    if late and word in _NAMED:
        year -= 1
    if "近" in word and _SUPERLATIVE.match(match.string, stop):
        return None
    if word == "本届政府":
        return TimeMark(at, stop, Span(year - 1 - (year - 4) % 5, year - 1), False)
    years = _near(word) or _several(word, planned)
    return None if years is None else TimeMark(at, stop, Span(year + years[0], year + years[1]), ended)


def _near(word: str) -> tuple[int, int] | None:
    """Years from the report's own that a word names: 去年 is (-1, -1)."""
    if word.startswith(("过去一年", "过去的一年", "一年来")):
        return -1, -1
    return _NEAR.get(word)


_BEFORE_LAST = ("上年", "上一年")
"""What a review of last year calls the year before it; a plan means last year itself."""
_NAMED = ("去年", "前年", "今年", "本年", "明年", "今明两年")
"""Years that are named from the day on which the report was given."""
_NEAR = {
    "目前": (-1, -1),
    "现在": (-1, -1),
    "去年": (-1, -1),
    "上年": (-1, -1),
    "上一年": (-1, -1),
    "前年": (-2, -2),
    "今年": (0, 0),
    "本年": (0, 0),
    "明年": (1, 1),
    "今明两年": (0, 1),
    "今后两年": (0, 1),
    "今后二年": (0, 1),
}


def _several(word: str, planned: bool) -> tuple[int, int] | None:
    """五年来, 今后三年; in a plan, plain 五年 lies ahead."""
    five, three = bool(_FIVE.search(word)), bool(_THREE.search(word))
    if word.startswith(("今后", "未来")) or (planned and five and not _GONE.search(word)):
        return 0, 4 if five else 2
    if five:
        return -5, -1
    return (-3, -1) if three else None


def base_phrase(phrase: str) -> int:
    """Where a comparison begins in a phrase (比上年, 较“十三五”时期), or -1."""
    last = -1
    for match in _BASE.finditer(phrase):
        if match[0] == "相当于":
            continue
        last = match.start()
        break
    return last


def section_span(document: Document, index: int, vantage: Vantage) -> Span | None:
    """The one year that a plan is for, where its heading or one above it says so (二、2027年计划的主要指标)."""
    year = vantage.year
    section = document.sections[index]
    if year is None or section.part not in (Part.PLAN_YEAR, Part.PLAN_OUTLINE):
        return None
    heading = section.heading
    marks = []
    if "年" in heading:
        marks = time_marks(heading, 0, len(heading), year, planned=True, late=vantage.late)
    if len(marks) == 1 and any(marks[0].span.runs(each, each) for each in (year, year + 1)):
        return marks[0].span
    return None if section.parent is None else section_span(document, section.parent, vantage)


_NOTES = re.compile(r"(?:名词|词语|术语|用语)(?:解释|注释|说明)")


def explains_words(document: Document, index: int) -> bool:
    """Whether a section, or one above it, explains words of the report (名词解释)."""
    section = document.sections[index]
    if _NOTES.search(section.heading):
        return True
    return section.parent is not None and explains_words(document, section.parent)


def part_span(document: Document, part: Part, year: int | None) -> Span | None:
    """The years that a part of the report speaks of where nothing else is said; `year` is that of its vantage."""
    if year is None:
        return None
    if part is Part.PLAN_YEAR:
        return Span(year, year)
    if part is Part.PLAN_OUTLINE:
        if any(_COMING.search(section.heading) for section in document.sections):
            return Span(year, year + 4)
        first = year - (year - 1) % 5
        return Span(first, first + 4)
    if part is Part.REVIEW_TERM:
        return Span(year - 5, year - 1)
    return Span(year - 1, year - 1)
