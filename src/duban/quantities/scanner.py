"""Text → quantities. Numbers are found by one expression; everything else happens only around them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from duban.quantities import words
from duban.quantities.model import NotFigure, Quantity
from duban.quantities.numerals import MAGNITUDES, arabic, chinese
from duban.quantities.qualifiers import qualifier_before, qualifier_behind
from duban.quantities.reasons import (
    BARE,
    MAGNITUDE,
    MORE,
    RANK_TAIL,
    SIZE_CLASS,
    arabic_reason,
    chinese_reason,
    duration,
)
from duban.quantities.units import DIGIT, PLACES, Unit, noun_unit, unit_at

if TYPE_CHECKING:
    from duban.quantities.model import Reason

__all__ = ["parse", "scan"]

_CN = "零〇○一二两三四五六七八九十百千万亿兩萬億廿卅"
_NUMERAL = (
    rf"(?P<arabic>[０-９]{{1,3}}(?:，[０-９]{{3}})+(?![０-９])(?:[.．][{DIGIT}]+)?"
    rf"|[{DIGIT}]{{1,3}}(?:,[{DIGIT}]{{3}})+(?![{DIGIT}])(?:[.．][{DIGIT}]+)?"
    rf"|[{DIGIT}]+(?:[.．·][{DIGIT}]+)?)"
    rf"|(?P<parts>[{_CN}]+)分之(?P<share>[{_CN}]+(?:[点點][{_CN}]+)?|[{DIGIT}]+(?:[.．][{DIGIT}]+)?)"
    rf"|(?P<half>一半|翻番|(?<!经)过半(?![年个月天小数]))"
    rf"|(?P<chinese>[{_CN}]+(?:[点點][{_CN}]+)?(?P<more>[多余餘][十百千万萬亿億]+)?)"
)
_CANDIDATE = re.compile(_NUMERAL)
# What a candidate begins with: a search for one character of a class is five times as fast as one for a candidate.
_BEGINS = re.compile(rf"[{DIGIT}{_CN}过翻]")
_NUMERALS = re.compile(rf"[{_CN}]*")
_ONGOING = frozenset(f"{_CN}多余餘几来")
_TO = re.compile(r"\s?(?:[—－–~～―-]{1,2}|至|到|或)\s?")
_JOIN = frozenset({"、", "和", "与", "及", "或", "，", ",", "以及"})
<<<<<<< HEAD
_YEAR = re.compile(r"\s?年(?!来|以[来上]|[内多])")
_YEARS = re.compile(
    rf"\s?(?:[—－–~～―-]{{1,2}}|至|到|、|和|与)\s?(?:[12１２][{_DIGIT}]{{3}}|[{_DIGIT}]{{1,2}})\s?[学财]?年"
)
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ+＋×_@#№]")
_NAME_TAIL = re.compile(
    r"\s?(?:号|版|期|型|式|代(?!表)|[Gg](?![Ww])|热线|强(?!度)|[A-ZＡ-Ｚ]级|路(?!径)|机组|级|团|师|院校)"
)
_DAY = re.compile(r"\s?(?:月(?!均)|日(?!均))")
_NUMBER_WORD = re.compile(r"[几数若成]")
_QUOTED_PLAN = re.compile(r"十?[一二三四五六七八九]?五")
_CONGRESS = re.compile(
    r"\s?(?:届(?!中小)|中全会|次(?:全会|全国|会议|党代会|代表|大会)|大(?:以来|精神|报告|召开|胜利|代表|提出|确定|部署|闭幕|开幕|和|、|，|。|；|的|关于|之后|后|制定|通过))"
)
_TIME = re.compile(r"[:：][0-5０-５][0-9０-９]")
_MEASURED_TIME = re.compile(
    r"(?:达到?|为|至|到|延长|缩短|压缩|增加|减少|提前|平均|不超过|低于|高于|提速|天数|时间|时限|时长|周期|寿命|年限|期限|年龄|[长]|[优]良|约|仅需?|只需|控制在|节约|节省|快|慢|累计|共|稳定在|保持在|超过?|突破|在|仅用)了?$"
)
_DURATION_TAIL = re.compile(
    r"\s?(?:[来内间后前中]|以[来上后内前]|之[内后前久]|多?来|行动|计划|规划|[奋长]|期(?!间)|目标|新[高低]|不[动变断]|再|连|的[发历努奋实]|时间|[ ]?[（(])"
)
_SPAN_BEFORE = re.compile(
    r"(?:连续|近|未来|今后|过去|此后|[前后头每这第历时用隔创上下]|最近|当前|又|近[一二两三]|不足|不到|长达|时隔|历时|[“])$"
)
_RANK_BEFORE = re.compile(
    r"(?:[居列排榜]|名|全[国省市区球]|世界|国内|东北|[东西中]部|[位]|[跃升进跻]|省|市|[到至为])$"
)
_FRONT_RANK = re.compile(r"(?:居|列|进入|跻身|排名|保持|稳居|全[国省市区球]|世界|位)[^，。；]{0,8}前$")
_RANK_TAIL = re.compile(r"(?:位(?![置居列于数])|名(?![单称誉])|(?=[，。、；！）,;.)”]|$|并|且|和|与))")
_LIST_MARK = re.compile(r"(?:\s*[、.．）)](?![0-9０-９]))")
_BARE = frozenset("十百千万亿萬億")
_GROSS = re.compile(r"(?:GDP|生产总值|ＧＤＰ|[国地][内区民]?[生]?产|产值|工业|农业|增加值)")


=======
_FRONT_RANK = re.compile(r"(?:居|列|进入|跻身|排名|保持|稳居|全[国省市区球]|世界|位)[^，。；]{0,8}前$")
_RANKED_AT = re.compile(
    r"(?:排名|排位|名列|位列|位次|排在?|列|居|升至|升到|前进到|跃至|跃居|退至|倒数?|位、)$"
)
_GROSS = re.compile(r"(?:GDP|生产总值|ＧＤＰ|[国地][内区民]?[生]?产|产值|工业|农业|增加值)")
>>>>>>> main
_NO_MORE = str.maketrans("", "", "多余餘")
_PLAIN = str.maketrans("億萬", "亿万", "多余餘几")
_ONE = Decimal(1)
# What stands before a number that is stated as a value, though it has no unit.
_STATES = (*tuple("达到为是由从至降升涨于数率比共计有"), "增长", "下降", "提高", "增加", "减少", "分别")
_LOOSE = frozenset("多余餘几来")


class _Number(NamedTuple):
    start: int
    end: int
    low: Decimal
    high: Decimal | None
    bare: bool
    """Only a magnitude (千, 百万): a figure only in clear company."""
    more: bool
    """六亿三千多万: just above the number."""
    roman: bool
    """Written in Arabic digits."""
    lone: bool
    """One Chinese digit."""


class _Measured(NamedTuple):
    """A number with what follows it: magnitude, "and more", unit."""

    end: int
    unit: str
    kind: str
    factor: Decimal
    more: bool


def parse(text: str) -> Quantity | None:
    """The first quantity in a phrase.

    >>> found = parse("不低于90%")
    >>> found.value, found.unit, found.qualifier
    (Decimal('90'), '%', 'at_least')
    """
    return next((q for q in scan(text) if isinstance(q, Quantity)), None)


def scan(text: str, start: int = 0, end: int | None = None) -> list[Quantity | NotFigure]:
    """Every number of `text[start:end]`, in order: what it states, or why it states nothing."""
    end = len(text) if end is None else end
    found: list[Quantity | NotFigure] = []
    done = start
    while begins := _BEGINS.search(text, done, end):
        match = _CANDIDATE.match(text, begins.start(), end)
        if match is None:
            done = begins.end()
            continue
        read = _read(text, match, start, end)
        found.append(read)
        done = match.end()
        if read.end > done:
            done = read.end
            if text[done - 1] in _ONGOING and (rest := _NUMERALS.match(text, done, end)):
                done = rest.end()  # what is left of a numeral that was cut
    return _share_units(text, found)


def _read(text: str, match: re.Match[str], start: int, end: int) -> Quantity | NotFigure:
    """One candidate: a quantity or the reason why not."""
    at = match.start()
    if match["half"]:
        return _half(text, match)
    if match["parts"]:
        return _fraction(text, match, end)
    if match["arabic"]:
        unit = unit_at(text, match.end())
        reason = arabic_reason(text, match, start, unit)
        if reason is not None:
            return NotFigure(at, match.end(), reason)
        number = _Number(
            at, match.end(), arabic(match["arabic"]), None, bare=False, more=False, roman=True, lone=False
        )
    else:
        reason = chinese_reason(text, match, start)
        if reason is not None:
            return NotFigure(at, match.end(), reason)
        parsed = _chinese_number(text, match)
        if parsed is None:
            return NotFigure(at, match.end(), "word")
        number = parsed
        unit = None
    return _quantity(text, number, unit, start, end)


def _half(text: str, match: re.Match[str]) -> Quantity | NotFigure:
    if match[0] == "过半":
        return Quantity(match.start(), match.end(), match.start(), Decimal(50), None, "%", "ratio", "over")
    if match[0] == "翻番":
        return Quantity(match.start(), match.end(), match.start(), Decimal(1), None, "番", "ratio", "exact")
    begin, before = qualifier_before(text, match.start())
    after, behind = qualifier_behind(text, match.end(), "%")
    return Quantity(begin, after, match.start(), Decimal(50), None, "%", "ratio", before or behind or "exact")


def _fraction(text: str, match: re.Match[str], end: int) -> Quantity | NotFigure:
    """百分之七点八, 千分之五, 三分之一; 百分之五至百分之六."""
    at, stop = match.span()
    value = _fraction_value(match)
    if value is None:
        return NotFigure(at, stop, "word")
    number, unit = value
    low, high = number
    more = bool(MORE.match(text, stop))
    stop += more
    joined = _TO.match(text, stop)
    begin, before = qualifier_before(text, at)
    if joined and high is None and text[begin - 1 : begin] not in ("从", "由"):
        other = _CANDIDATE.match(text, joined.end(), end)
        upper = _fraction_value(other) if other and other["parts"] else None
        if other and upper:
            high, stop = upper[0][0], other.end()
        elif other and other["chinese"] and not words.units().get(text[other.end() : other.end() + 1]):
            parsed = chinese(other["chinese"])
            if parsed and parsed[0] > low:
                high, stop = parsed[0], other.end()
    after, behind = qualifier_behind(text, stop, unit)
    qualifier = before or behind or ("over" if more else "exact")
    return Quantity(begin, after, at, low, high, unit, "ratio", qualifier)


def _fraction_value(match: re.Match[str]) -> tuple[tuple[Decimal, Decimal | None], str] | None:
    share = (
        (arabic(match["share"]), None)
        if match["share"][0] in "0123456789０１２３４５６７８９"
        else chinese(match["share"])
    )
    if share is None:
        return None
    parts = match["parts"]
    if parts.endswith("百") and len(parts) == 1:
        return share, "%"
    if parts == "千":
        return share, "‰"
    whole = chinese(parts)
    if whole is None or not whole[0]:
        return None
    return (round(share[0] * 100 / whole[0], 2), None), "%"


<<<<<<< HEAD
def _arabic_reason(text: str, match: re.Match[str], start: int) -> Reason | None:
    """Why a run of Arabic digits is no quantity, or None."""
    at, stop = match.span()
    prev = text[at - 1] if at > start else ""
    if prev in ("\n", "\r") and at - 1 > start:
        prev = text[at - 2]
    if prev and prev in "[〔^［{":
        return "noise" if text[stop : stop + 1] in "]］^" else "name"
    if text[at - 1 : at] == "第":
        return _ordinal(text, at, stop)
    if prev and (_LATIN.match(prev) or prev in "./"):
        return "name"
    if prev == "每":
        return "word"
    run = _Run(text, at, stop, prev, at == start)
    return _calendar(run) or _label(run)


class _Run(NamedTuple):
    """A run of Arabic digits where it stands."""

    text: str
    at: int
    stop: int
    prev: str
    opens: bool
    """Whether it begins what is scanned."""

    @property
    def digits(self) -> str:
        return self.text[self.at : self.stop]

    @property
    def following(self) -> str:
        return self.text[self.stop : self.stop + 1]


def _calendar(run: _Run) -> Reason | None:
    """Years, months, days, times of day, congresses."""
    text, stop = run.text, run.stop
    year = len(run.digits) == 4 and run.digits[0] in "12１２"
    if year and (run.following == "年" or _YEAR.match(text, stop) or _YEARS.match(text, stop)):
        return "date"
    if _unit(text, stop) is not None:
        return None
    if (_DAY.match(text, stop) and not text.startswith("个月", stop)) or _TIME.match(text, stop):
        return "date"
    if year and (
        run.following in ("/", "／")
        or (run.digits[:2] in _CENTURIES and not _MAGNITUDE.match(text, stop) and not _MORE.match(text, stop))
    ):
        return "date"
    return "date" if _CONGRESS.match(text, stop) else None


_CENTURIES = ("19", "20", "１９", "２０")


_HOTLINE = ("便民", "为民", "服务热线", "政务", "热线", "平台", "投诉")


def _label(run: _Run) -> Reason | None:
    """Numbers that name or number something: 5G, 3号机组, （1）, “十五条”."""
    text, stop, prev = run.text, run.stop, run.prev
    unit = _unit(text, stop)
    opened = prev in ("“", "‘", "《")
    if unit is not None:
        return (
            "name"
            if (prev in ("“", "‘") and _closes_soon(text, unit[0], prev) and unit[2] != "money")
            or (text[unit[0] : unit[0] + 1] == "”" and "“" in text[max(0, run.at - 5) : run.at])
            else None
        )
    if run.following and _LATIN.match(run.following):
        return "name"
    if run.following == "年":
        return None
    if _NAME_TAIL.match(text, stop):
        return "name"
    if (run.opens and _LIST_MARK.match(text, stop)) or (prev in ("（", "(") and run.following in ("）", ")")):
        return "ordinal"
    if text.startswith(_HOTLINE, stop) and len(run.digits) >= 3:
        return "name"
    if opened and (run.following in ("”", "’", "》") or _closes_soon(text, stop, prev)):
        return "name"
    if len(run.digits) >= 7:
        return "noise"
    return "name" if run.following in ("”", "’") else None


def _closes_soon(text: str, stop: int, opened: str) -> bool:
    """Whether a quotation that began right before a number ends within a few characters (“十五条硬措施”)."""
    closing = {"“": "”", "‘": "’", "《": "》"}[opened]
    where = text.find(closing, stop, stop + 8)
    return where >= 0


def _ordinal(text: str, at: int, stop: int) -> Reason | None:
    """第N: an ordinal, a congress or session, or (None) a rank."""
    if _CONGRESS.match(text, stop) or text[stop : stop + 1] in ("届", "次", "批"):
        return "date" if text[stop : stop + 1] == "届" else "ordinal"
    if _is_rank(text, at - 1, stop):
        return None
    return "ordinal"


def _is_rank(text: str, at: int, stop: int) -> bool:
    return bool(_RANK_BEFORE.search(text[max(0, at - 4) : at]) and _RANK_TAIL.match(text, stop))


def _chinese_reason(text: str, match: re.Match[str], start: int) -> Reason | None:
    """Why a run of Chinese numerals is no quantity, or None."""
    at, stop = match.span()
    run = match[0]
    prev = text[at - 1] if at > start else ""
    if prev == "第":
        return _ordinal(text, at, stop)
    if len(run) == 1:
        return _lone_reason(text, at, stop, prev, text[stop : stop + 1])
    if _chinese_date(text, at, stop, prev):
        return "date"
    if (len(run) == 2 and not _BARE.intersection(run)) or (prev and _NUMBER_WORD.match(prev)):
        return "word"
    if prev in ("“", "‘"):
        if _QUOTED_PLAN.fullmatch(run) and text[stop : stop + 1] in ("”", "’"):
            return "date"
        if _closes_soon(text, stop, prev):
            return "name"
    if _named(text, at, stop) and _unit(text, stop) is None:
        return "name"
    return "name" if _NAME_TAIL.match(text, stop) and not _BARE.issuperset(run) else None


def _chinese_date(text: str, at: int, stop: int, prev: str) -> bool:
    """一九八三年, 九十年代, 三月二十五日, 十一届三中全会, 二十大."""
    run, following = text[at:stop], text[stop : stop + 1]
    if len(run) == 4 and run[:2] in ("一九", "二〇", "二○", "二零") and not _BARE.intersection(run):
        return True
    if (
        following in ("届", "月", "世")
        or text.startswith("年代", stop)
        or (following == "日" and prev == "月")
    ):
        return True
    if following == "大" and run[0] in "十二" and len(run) in (2, 3):
        return True
    return following in ("中", "次") and bool(_CONGRESS.match(text, stop))


def _lone_reason(text: str, at: int, stop: int, prev: str, following: str) -> Reason | None:
    """A single Chinese numeral: mostly part of a word. None where it may count something."""
    char = text[at]
    if char in _BARE and char != "十":
        if prev and (_NUMBER_WORD.match(prev) or prev == "每"):
            return "word"
        return "word" if _named(text, at, stop) else None
    if (prev in "“‘（(—－-" and prev) or following in "是、”’）)":
        return "ordinal" if following in ("是", "、") else "name"
    if following in ("成", "倍", "番"):
        return None
    if char in "零〇○":
        return "word"
    if following in ("月", "日", "届", "期", "级", "号"):
        return "date" if following in ("月", "日", "届") else "name"
    unit = _unit(text, stop)
    if unit is None or char == "一" or _named(text, at, stop):
        if unit is not None and unit[2] == "time":
            return "duration"
        return "word"
    if prev and (_NUMBER_WORD.match(prev) or prev in "十百千万第之每"):
        return "word"
    return None


def _named(text: str, at: int, stop: int) -> bool:
    """Whether the numeral stands inside a known name or word."""
    known = words.names()
    longest = _longest_name()
    for back in (0, 1, 2):
        begin = at - back
        if begin < 0:
            break
        for length in range(min(longest, len(text) - begin), stop - begin - 1, -1):
            if text[begin : begin + length] in known:
                return True
    return False


@cache
def _longest_name() -> int:
    return max(map(len, words.names()))


=======
>>>>>>> main
def _chinese_number(text: str, match: re.Match[str]) -> _Number | None:
    """The numeral's value; a 千 or 百 that begins the unit (百万千瓦) is handed back to it."""
    at, stop = match.span()
    run = match[0].translate(_NO_MORE)
    if len(run) > 1 and run[-1] in "千百" and text[stop : stop + 1] in tuple("瓦克米伏卡赫焦乏帕"):
        run, stop = run[:-1], stop - 1
    parsed = chinese(run)
    if parsed is None:
        return None
    bare = not match["more"] and not run.startswith("十") and BARE.issuperset(run)
    return _Number(
        at, stop, parsed[0], parsed[1], bare=bare, more=bool(match["more"]), roman=False, lone=len(run) == 1
    )


def _quantity(text: str, number: _Number, unit: Unit | None, start: int, end: int) -> Quantity | NotFigure:
    """Number → quantity, with range, unit and qualifiers; or the reason why it is none after all."""
    begin, before = qualifier_before(text, number.start, bare=number.bare)
    begin = max(begin, start)
    if text[number.start - 1 : number.start] == "第":
        return _rank(text, number)
    measured = _measure(text, number, unit)
    if text[number.start - 1 : number.start] == "前" and _FRONT_RANK.search(
        text[max(0, number.start - 16) : number.start]
    ):
        tail = RANK_TAIL.match(text, number.end)
        if tail:
            return Quantity(number.start, tail.end(), number.start, number.low, None, "位", "rank", "exact")
    if number.bare and not _bare_counts(text, number, measured, before):
        return NotFigure(number.start, number.end, "word")
    high, measured = _range(text, number, measured, begin, end)
    reason = _unmeasured(text, number, measured, before, begin, start)
    if reason is not None:
        return NotFigure(number.start, max(number.end, number.end), reason)
    return _finish(text, number, measured, high, (begin, before), end)


def _rank(text: str, number: _Number) -> Quantity:
    tail = RANK_TAIL.match(text, number.end)
    stop = tail.end() if tail else number.end
    return Quantity(number.start - 1, stop, number.start, number.low, None, "位", "rank", "exact")


def _measure(text: str, number: _Number, unit: Unit | None = None) -> _Measured:
    """Magnitude, "and more" and unit behind a number. The unit goes before the magnitude (66千伏)."""
    at = number.end
    if text.startswith("个多", at) and (split := unit_at(text, at + 2)) and split[2] in ("point", "time"):
        return _Measured(split[0], split[1], split[2], _ONE, True)
    if unit is not None:
        return _Measured(unit[0], unit[1], unit[2], _ONE, False)
    more = MORE.match(text, at)
    if more and not MAGNITUDE.match(text, at):
        at = more.end()
    unit = unit_at(text, at)
    if unit is not None:
        return _Measured(unit[0], unit[1], unit[2], _ONE, bool(more))
    magnitude = MAGNITUDE.match(text, at)
    if magnitude is None:
        return _Measured(at if more else number.end, "", "none", _ONE, bool(more))
    at = magnitude.end()
    more = more or MORE.match(text, at)
    if more and more.start() == at:
        at = more.end()
    factor = Decimal(MAGNITUDES[magnitude[1].translate(_PLAIN)])
    unit = unit_at(text, at)
    over = bool(more) or not _LOOSE.isdisjoint(magnitude[0])
    if unit is None:
        return _Measured(at, "", "none", factor, over)
    return _Measured(unit[0], unit[1], unit[2], factor, over)


def _bare_counts(text: str, number: _Number, measured: _Measured, before: str | None) -> bool:
    """Whether a bare magnitude (千, 百万, 万亿) states a number: 近千个, 超千亿元, 百万千瓦, 万亿级."""
    if text[number.start - 1 : number.start] in ("每", "几", "数"):
        return False
    if measured.kind == "none":
        if text[number.start - 1 : number.end + 1] == f"以{text[number.start : number.end]}计":
            return True
        return (
            (before is not None and (measured.more or number.low >= 10**11))
            or (text[number.end : number.end + 1] == "级" and number.low >= 10**6)
            or (number.low >= 10**10 and SIZE_CLASS.match(text, number.end) is not None)
            or bool(before and number.low >= 10**4 and noun_unit(text, number.end))
        )
    if before is not None or measured.more or text[number.start - 1 : number.start] in ("达", "到"):
        return True
    if measured.unit in ("元", "人", "吨") and _GROSS.match(text, measured.end):
        return False
    if measured.unit == "兆" and number.low < 10**4:
        return False
    return measured.kind in ("money", "physical") and measured.unit not in (
        "里",
        "方",
        "两",
        "卡",
        "石",
        "升",
        "米",
    )


def _range(
    text: str, number: _Number, measured: _Measured, begin: int, end: int
) -> tuple[Decimal | None, _Measured]:
    """The second number of a range and what it is measured in: 5%—5.5%, 30到40, 4.5-5%."""
    low_end = measured.end
    joined = _TO.match(text, low_end)
    if joined is None or text[begin - 1 : begin] in ("从", "由", "自"):
        return (number.high * measured.factor if number.high is not None else None), measured
    other = _CANDIDATE.match(text, joined.end(), end)
    if other is None or not (other["arabic"] or other["chinese"]):
        return (number.high * measured.factor if number.high is not None else None), measured
    second = _second(text, other)
    if second is None:
        return None, measured
    upper = _measure(text, second)
    if (measured.kind != "none" and upper.unit != measured.unit) or (
        upper.kind == "none" and measured.kind != "none"
    ):
        return None, measured
    if upper.kind == "none" and measured.factor == 1 and not upper.factor > 1:
        return None, measured
    low_factor = measured.factor if measured.factor != 1 or measured.kind != "none" else upper.factor
    if second.low * upper.factor <= number.low * low_factor:
        return None, measured
    return second.low * upper.factor, _Measured(upper.end, upper.unit, upper.kind, low_factor, upper.more)


def _second(text: str, match: re.Match[str]) -> _Number | None:
    if match["arabic"]:
        return _Number(
            match.start(), match.end(), arabic(match[0]), None, bare=False, more=False, roman=True, lone=False
        )
    return _chinese_number(text, match)


def _unmeasured(
    text: str, number: _Number, measured: _Measured, before: str | None, begin: int, start: int
) -> Reason | None:
    """Why a number that has been measured is still no figure: a duration, a name, a word."""
    if measured.kind == "time":
        return duration(text, measured.unit, measured.end, begin, start)
    if measured.kind == "rank":
        return None
    if (
        measured.kind == "count"
        and number.lone
        and measured.unit in ("步", "点", "线", "面", "道", "路", "环", "级", "手", "方", "字", "句")
    ):
        return "name"
    if measured.kind != "none":
        return None
    if measured.factor > 1 or (number.low >= 10**4 and not number.roman):
        return None
    if number.bare:
        return None
    if not number.roman:
        return "word"
    if noun_unit(text, measured.end) is not None or before is not None:
        return None
    return None if _stated(text, begin, start, measured.end) else "name"


def _stated(text: str, begin: int, start: int, stop: int) -> bool:
    """Whether a number without a unit is stated as a value: 指数为102.3, 系数降至0.35; or shares a later unit."""
    ahead = text[max(start, begin - 3) : begin]
    if ahead.endswith(_STATES):
        return True
    return text[stop : stop + 1] in ("、", "和", "与", "及")


def _finish(
    text: str,
    number: _Number,
    measured: _Measured,
    high: Decimal | None,
    front: tuple[int, str | None],
    end: int,
) -> Quantity:
    begin, before = front
    unit, kind, stop = measured.unit, measured.kind, measured.end
    scale = False
    if _is_size_class(text, number, measured):
        scale = True
        unit, kind = (unit or "元"), (kind if kind != "none" else "money")
    if unit in ("位", "名") and _RANKED_AT.search(text[max(0, begin - 8) : begin]):
        unit, kind = "位", "rank"
    if kind == "none":
        if number.roman and PLACES.match(text, stop):
            unit, kind = "个", "count"
        elif (noun := noun_unit(text, stop)) is not None:
            unit, kind = noun, "person" if noun == "人" else "count"
    after, behind = (stop, None) if scale else qualifier_behind(text, stop, unit)
    after = min(after, end) if after > end else after
    if text[stop : stop + 1] == "计" and number.bare:
        behind = "about"
    qualifier = before or behind or ("over" if measured.more or number.more else "exact")
    value = number.low * measured.factor
    return Quantity(begin, after, number.start, value, high, unit, kind, qualifier, scale)


def _is_size_class(text: str, number: _Number, measured: _Measured) -> bool:
    """Whether a number says which things are meant: 万亿级(产业), 3000吨级(泊位), 百亿(县)."""
    if measured.kind == "none":
        following = text[measured.end : measured.end + 1]
        return number.bare and (following == "级" or SIZE_CLASS.match(text, measured.end) is not None)
    if text[measured.end : measured.end + 1] != "级" or measured.kind not in ("money", "physical"):
        return False
    return number.low >= 10**6 or measured.unit in ("吨", "千瓦", "千伏")


def _share_units(text: str, found: list[Quantity | NotFigure]) -> list[Quantity | NotFigure]:
    """Hand a unit back to the numbers of a list that go without: 15、22个百分点."""
    following: Quantity | None = None
    for index in range(len(found) - 1, -1, -1):
        item = found[index]
        if isinstance(item, NotFigure):
            following = None
            continue
        if item.kind == "none" and following is not None and text[item.end : following.start] in _JOIN:
            item = found[index] = replace(item, unit=following.unit, kind=following.kind)
        following = item
    return [NotFigure(item.start, item.end, "name") if _orphan(text, item) else item for item in found]


def _orphan(text: str, item: Quantity | NotFigure) -> bool:
    """A small number that waited for a list's unit and got none."""
    return (
        isinstance(item, Quantity)
        and item.kind == "none"
        and item.value < 10**4
        and text[item.end : item.end + 1] in ("、", "和", "与", "及")
        and not text.endswith(_STATES, 0, item.start)
    )
