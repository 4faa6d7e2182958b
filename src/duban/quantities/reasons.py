"""Why a number is no figure: dates, ordinals, names, words, durations, noise."""

from __future__ import annotations

import re
from string import ascii_letters
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.quantities import words
from duban.quantities.qualifiers import qualifier_behind
from duban.quantities.units import DIGIT, Unit, unit_at

if TYPE_CHECKING:
    from duban.quantities.model import Reason

__all__ = [
    "BARE",
    "MAGNITUDE",
    "MORE",
    "RANK_TAIL",
    "SIZE_CLASS",
    "arabic_reason",
    "chinese_reason",
    "duration",
]

MAGNITUDE = re.compile(
    r"[多余餘来几]?\s{0,2}([百千]?[亿億](?![纬])|[十百千]?[万萬](?:[多余餘几]?[亿億])?|[百千](?![瓦克米伏卡赫焦乏帕古])|兆(?![瓦帕赫比]))"
)
MORE = re.compile(r"[多余餘几來来](?!年来|样|元化|渠道|方|层|边|功能)")
_YEAR = re.compile(r"\s?年(?!来|以[来上]|[内多])")
_YEARS = re.compile(
    rf"\s?(?:[—－–~～―-]{{1,2}}|至|到|、|和|与)\s?(?:[12１２][{DIGIT}]{{3}}|[{DIGIT}]{{1,2}})\s?[学财]?年"
)
_CENTURIES = ("19", "20", "１９", "２０")
_WIDE = (
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
)
_LATIN = frozenset(f"{ascii_letters}{_WIDE}+＋×_@#№")
_NAME_TAIL = re.compile(
    r"\s?(?:号|版|期|型|式|代(?!表)|[Gg](?![Ww])|热线|强(?!度)|[A-ZＡ-Ｚ]级|路(?!径)|机组|级|团|师|院校)"
)
_DAY = re.compile(r"\s?(?:月(?!均)|日(?!均))")
_BUILT = frozenset("建形完")
_NUMBER_WORD = re.compile(r"[几数若成]")
_QUOTED_PLAN = re.compile(r"十?[一二三四五六七八九]?五")
_CONGRESS = re.compile(
    r"\s?(?:届(?!中小)|中全会|次(?:[、和][一二三四五六七八九十]{1,3}次)*(?:全会|全国|会议|党代会|代表|大会)|大(?:以来|精神|报告|召开|胜利|代表|提出|确定|部署|闭幕|开幕|和|、|，|。|；|的|关于|之后|后|制定|通过))"
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
    r"(?:(?:[居列排榜]|名列|排名|跃升|保持|稳定在?|进入|跻身|荣获|获得|夺得)[^，。；、]{0,8}|[居列排榜]|位[、和]|第[0-9一二三四五六七八九十]{1,3}[、和]|名|全[国省市区球]|世界|国内|东北|[东西中]部|[位]|[跃升进跻]|省|市|[到至为])$"
)
RANK_TAIL = re.compile(
    r"(?:位(?![置居列于数])|名(?![单称誉])|(?=[，。、；！）,;.)”]|$|并|且|和|与|的(?:地位|位次|位置|成绩)))"
)
_LIST_MARK = re.compile(r"(?:\s*[、.．）)](?![0-9０-９]))")
BARE = frozenset("十百千万亿萬億")
SIZE_CLASS = re.compile(r"[强大]?(?:县|区县|园区|开发区|产业|集群|企业|项目|基地|乡镇|村|台阶|大关|关口)")
"""What a bare magnitude is a size class of: 百亿县, 千亿产业链."""
_NUMBERED = ("附件", "附表", "附图", "专栏")
_NUMBERED_LAST = frozenset("件表图栏")
_BRACKETS = frozenset("[〔^［{")
_NAMING = _LATIN | _BRACKETS | frozenset("./从到")
"""What may make a name of a number behind it."""
_YEARS_COUNTED = re.compile(r"[两三四五](?=个?(?:年|财年))")
"""What counts the years named right before it: 1979、1980两年."""
_CHANGED_TIME = re.compile(r"(?:延长|缩短|压缩|压减|增加|减少|提高|降低)[到至为]")
"""What makes a length of time one that was measured: 由109天延长到127天."""
_NICKNAMED = re.compile(r"条(?=[，。、；”）]|$)")
"""What makes a number behind 新 the nickname of a paper: 民间投资新36条."""
_YEARS_SINCE = ("多年来", "余年来")
_BEST_IN = re.compile(r"年(?:以来|来)?的?(?:最[高低好快多大佳优]|新[高低]|同期)")
"""What makes a number of years tell when: 为近6年最高."""
_STEPS = re.compile(r"从[0-9]到(?:[0-9]{1,3}|N)(?=[”“、，。的])")
"""The steps from an idea to a trade, a slogan: “从0到1”."""
_RENEWS = frozenset("创更革翻维刷焕出")
_LINES = ("12315", "12333", "12345", "12348", "12388")
"""Numbers of public lines, known by themselves: 12345市民服务热线."""
_HOTLINE = ("便民", "为民", "服务热线", "政务", "热线", "平台", "投诉")


def arabic_reason(text: str, match: re.Match[str], start: int, unit: Unit | None) -> Reason | None:
    """Why a run of Arabic digits is no quantity, or None."""
    at, stop = match.span()
    prev = text[at - 1] if at > start else ""
    if prev in ("\n", "\r") and at - 1 > start:
        prev = text[at - 2]
    before = text[at - 1 : at]
    if before == "第":
        return _ordinal(text, at, stop)
    if before in _NUMBERED_LAST and text[max(0, at - 2) : at] in _NUMBERED:
        return "ordinal"
    if prev in _NAMING and (reason := _behind_a_name(text, at, stop, prev)):
        return reason
    if prev == "每":
        return "word"
    if text.startswith(_CLOSES_NAME, stop) and _IN_QUOTES.search(text, start, at):
        return "name"
    if text.startswith(_YEARS_SINCE, stop) or _BEST_IN.match(text, stop):
        return "duration"
    if prev == "新" and text[at - 2 : at - 1] not in _RENEWS and _NICKNAMED.match(text, stop):
        return "name"
    run = _Run(text, at, stop, text[at:stop], text[stop : stop + 1], prev, at == start, unit)
    return _calendar(run) or _label(run)


def _behind_a_name(text: str, at: int, stop: int, prev: str) -> Reason | None:
    """Why what follows a letter, a bracket, or a step from one number to another is no quantity."""
    if prev in _BRACKETS:
        return "noise" if text[stop : stop + 1] in "]］^" else "name"
    return "name" if prev not in "从到" or _is_step(text, at, prev) else None


def _is_step(text: str, at: int, prev: str) -> bool:
    """Whether a number is one of the steps of a slogan: “从0到1”."""
    steps = _STEPS.match(text, at - 1 if prev == "从" else max(0, at - 3))
    return steps is not None and steps.end() > at


class _Run(Struct, frozen=True, gc=False):
    """A run of Arabic digits where it stands."""

    text: str
    at: int
    stop: int
    digits: str
    following: str
    prev: str
    opens: bool
    """Whether it begins what is scanned."""
    unit: Unit | None
    """The unit behind it."""


def _calendar(run: _Run) -> Reason | None:
    """Years, months, days, times of day, congresses."""
    text, stop = run.text, run.stop
    year = len(run.digits) == 4 and run.digits.isdecimal() and run.digits[0] in "12１２"
    if year and (run.following == "年" or _YEAR.match(text, stop) or _YEARS.match(text, stop)):
        return "date"
    if year and run.digits[:2] in _CENTURIES and _YEARS_COUNTED.match(text, stop):
        return "date"
    if run.unit is not None:
        return None
    if text.startswith("世纪", stop):
        return "date"
    if (_DAY.match(text, stop) and not text.startswith("个月", stop)) or _TIME.match(text, stop):
        return "date"
    if year and (
        run.following in ("/", "／")
        or (run.digits[:2] in _CENTURIES and not MAGNITUDE.match(text, stop) and not MORE.match(text, stop))
    ):
        return "date"
    return "date" if _CONGRESS.match(text, stop) else None


def _label(run: _Run) -> Reason | None:
    """Numbers that name or number something: 5G, 3号机组, （1）, “十五条”."""
    text, stop, prev = run.text, run.stop, run.prev
    unit = run.unit
    opened = prev in ("“", "‘", "《")
    if unit is not None:
        return (
            "name"
            if (prev in ("“", "‘") and _closes_soon(text, unit[0], prev) and unit[2] != "money")
            or (text[unit[0] : unit[0] + 1] == "”" and "“" in text[max(0, run.at - 5) : run.at])
            else None
        )
    if run.following in _LATIN:
        return "name"
    if run.following == "年":
        return None
    if _NAME_TAIL.match(text, stop):
        return "name"
    if (run.opens and _LIST_MARK.match(text, stop)) or (prev in ("（", "(") and run.following in ("）", ")")):
        return "ordinal"
    if stop - run.at >= 3 and (text.startswith(_HOTLINE, stop) or run.digits in _LINES):
        return "name"
    if opened and (run.following in ("”", "’", "》") or _closes_soon(text, stop, prev)):
        return "name"
    if len(run.digits) >= 7 and run.digits.isdecimal() and not MAGNITUDE.match(text, stop):
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
    if RANK_TAIL.match(text, stop) is None:
        return False
    return bool(_RANK_BEFORE.search(text[max(0, at - 12) : at]))


_CLOSES_NAME = ("条”", "条’")
_IN_QUOTES = re.compile("[“‘][^”’]{2,16}$")
"""What makes of a number part of a name: “要素政策赋能清单(16)条”."""
_COUNTED_UP = re.compile("[一二三四五六七八九]{3}")
"""一二三(产业): one by one, no number."""


def chinese_reason(text: str, match: re.Match[str], start: int) -> Reason | None:
    """Why a run of Chinese numerals is no quantity, or None."""
    at, stop = match.span()
    run = match[0]
    prev = text[at - 1] if at > start else ""
    if prev == "第":
        return _ordinal(text, at, stop)
    if len(run) == 1:
        reason = _lone_reason(text, at, stop, prev, text[stop : stop + 1])
        return "name" if reason is None and _in_slogan(text, at, stop) else reason
    if _chinese_date(text, at, stop, prev):
        return "date"
    if ((len(run) == 2 and not BARE.intersection(run)) or _COUNTED_UP.fullmatch(run)) or (
        prev and _NUMBER_WORD.match(prev) and not (prev == "成" and text[at - 2 : at - 1] in _BUILT)
    ):
        return "word"
    if prev in ("“", "‘") and not (BARE.issuperset(run) and SIZE_CLASS.match(text, stop)):
        if _QUOTED_PLAN.fullmatch(run) and text[stop : stop + 1] in ("”", "’"):
            return "date"
        if _closes_soon(text, stop, prev):
            return "name"
    unit = unit_at(text, stop)
    if _named(text, at, stop if unit is None else unit[0] + 1):
        return "name"
    if text.startswith("级", stop) and run[-1] in "亿億":
        return None
    return "name" if _NAME_TAIL.match(text, stop) and not BARE.issuperset(run) else None


def _chinese_date(text: str, at: int, stop: int, prev: str) -> bool:
    """一九八三年, 九十年代, 三月二十五日, 十一届三中全会, 二十大."""
    run, following = text[at:stop], text[stop : stop + 1]
    counted = len(run) == 5 and run[4] in "两三四" and following in ("年", "个")  # 一九八一和一九八二两年
    if (
        run[:2] in ("一九", "二〇", "二○", "二零")
        and not BARE.intersection(run)
        and (len(run) == 4 or counted)
    ):
        return True
    if (
        following in ("届", "月", "世")
        or text.startswith("年代", stop)
        or (following == "日" and prev == "月")
    ):
        return True
    if following == "大" and run[0] in "十二" and len(run) in (2, 3):
        return True
    return following in ("中", "次") and bool(
        _CONGRESS.match(text, stop) or (prev == "届" and following == "次")
    )


def _lone_reason(text: str, at: int, stop: int, prev: str, following: str) -> Reason | None:
    """A single Chinese numeral: mostly part of a word. None where it may count something."""
    char = text[at]
    if char in BARE and char != "十":
        part = prev and (_NUMBER_WORD.match(prev) or prev == "每") and text[at - 2 : at - 1] not in _BUILT
        return "word" if part or _named(text, at, stop) else None
    if (prev in "“‘（(—－-" and prev) or following in "是、”’）)":
        return "ordinal" if following in ("是", "、") else "name"
    if following in ("成", "倍", "番"):
        return "word" if prev in ("几", "数") else None
    if char in "零〇○":
        return "word"
    if following in ("月", "日", "届") or (following in ("次", "中") and _CONGRESS.match(text, stop)):
        return "date"
    if following in ("期", "级", "号"):
        return "name"
    unit = unit_at(text, stop)
    if unit is None or char == "一" or _named(text, at, stop):
        if unit is not None and unit[2] == "time":
            return "duration"
        return "word"
    if prev and (_NUMBER_WORD.match(prev) or prev in "十百千万第之每"):
        return "word"
    return None


def _in_slogan(text: str, at: int, stop: int) -> bool:
    """Whether a small numeral is part of a slogan: “一区两园”, “两翼、两区、三群、六带”, 三个一批."""
    if _ALL_ONES.match(text, stop):
        return True
    opened = text.rfind("“", max(0, at - 20), at)
    if opened < 0 or text[stop : stop + 1] in ("成", "倍", "番"):
        return False
    if _SHORT.fullmatch(text, opened + 1, at) and _QUOTE_ENDS.match(text, stop):
        return True
    in_row = text[stop + 1 : stop + 2] in ("”", "、") and _ROW.fullmatch(text, opened + 1, at)
    return bool(in_row) and text.find("”", stop, stop + 20) > 0


_ALL_ONES = re.compile(r"个一(?=[”、，。批]|工程|行动|$)")
"""What makes a numeral part of a slogan: “五个一”行动, 三个一批."""
_ROW = re.compile(r"(?:[一二两三四五六七八九十百千万][一-鿿]、?)+")
"""What a quoted row of numerals with a character each begins with: “两翼、两区、."""
_SHORT = re.compile(r"[^“”，。；0-9]{1,8}")
_QUOTE_ENDS = re.compile(r"[^“”，。；]{0,8}”")


def _named(text: str, at: int, stop: int) -> bool:
    """Whether the numeral stands inside a known name or word."""
    known = words.names_by_beginning()
    for begin in range(at, max(at - 6, -1), -1):
        for name in known.get(text[begin : begin + 2], ()):
            if begin + len(name) >= stop and text.startswith(name, begin):
                return True
    return False


def duration(text: str, unit: str, end: int, begin: int, start: int) -> Reason | None:
    """A length of time is a figure where the text measures it (缩短到3天), else it tells when."""
    if unit in ("岁", "周岁") or _CHANGED_TIME.match(text, end):
        return None
    ahead = text[max(start, begin - 6) : begin]
    if text[begin - 1 : begin] in "×xX*" and begin > start:
        return "name"
    if _SPAN_BEFORE.search(ahead) and not _MEASURED_TIME.search(ahead):
        return "duration"
    if unit in ("月", "日", "年", "季度", "周", "星期"):
        if unit in ("月", "日"):
            return "date"
        if unit == "年" and ahead.endswith("提前"):
            return "duration"
        if _DURATION_TAIL.match(text, end) and not qualifier_behind(text, end, "")[1]:
            return "duration"
        return (
            None
            if re.search(r"(?:达到?|延长|缩短|增加|减少|提前|寿命|年限|期限|提高到|为)$", ahead)
            else "duration"
        )
    if _DURATION_TAIL.match(text, end) and not _MEASURED_TIME.search(ahead):
        return "duration"
    return (
        None
        if _MEASURED_TIME.search(ahead) or (text[end : end + 1] in "压缩缩减" and text[end : end + 1])
        else "duration"
    )
