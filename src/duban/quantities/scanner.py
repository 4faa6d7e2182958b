"""Text → quantities. Numbers are found by one expression; everything else happens only around them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from duban.quantities import words
from duban.quantities.model import NotFigure, Quantity
from duban.quantities.numerals import MAGNITUDES, arabic, beside, chinese
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

_NEIGHBOURS = "|".join(
    f"[{low}]、{high}" for low, high in zip(("一", "二两", *"三四五六七八"), "二三四五六七八九", strict=True)
)
_CN = "零〇○一二两三四五六七八九十百千万亿兩萬億廿卅"
_NUMERAL = (
    rf"(?P<arabic>[{DIGIT}]{{1,3}}(?:[,，][{DIGIT}]{{3}})+(?![{DIGIT}])(?:[.．][{DIGIT}]+)?"
    # 4 9 2 5 0 万吨, 8 ．8 ％: digits parted by the layout
    rf"|[{DIGIT}](?: [{DIGIT}])+(?: ?[.．] ?[{DIGIT}](?: [{DIGIT}])*)?(?= ?[％%‰一-鿿])"
    rf"|[{DIGIT}] ?[.．] ?[{DIGIT}](?: [{DIGIT}])*(?= [％%‰一-鿿])"
    rf"|[{DIGIT}]+(?:[.．·][{DIGIT}]+)?)"
    rf"|(?P<parts>[{_CN}]+)分之(?P<share>[{_CN}]+(?:[点點][{_CN}]+)?|[{DIGIT}]+(?:[.．][{DIGIT}]+)?)"
    rf"|(?P<half>一半|翻番|(?<!经)过半(?![年个月天小数]))"
    # 四、五十亿元, 二、三倍: neighbouring digits with a mark between them
    rf"|(?P<beside>(?<![第、\\s{_CN}])[{_CN}]*?(?:{_NEIGHBOURS})(?=[十百千万亿](?!年代)|[倍成]|个(?!五年))[{_CN}]*)"
    rf"|(?P<chinese>[{_CN}]+(?:[点點][{_CN}]+)?(?P<more>(?:[多余餘]|几十)[十百千万萬亿億]+)?)"
)
_CANDIDATE = re.compile(_NUMERAL)
# What a candidate begins with: a search for one character of a class is five times as fast as one for a candidate.
_BEGINS = re.compile(rf"[{DIGIT}{_CN}过翻]")
_NUMERALS = re.compile(rf"[{_CN}]*")
_ONGOING = frozenset(f"{_CN}多余餘几来")
_SLASH = re.compile(
    r"(?<![0-9/.])([1-9]{1,2})/([1-9][0-9]{0,2})(?=以[上下内]|左右|[，。；、的]|(?<=[减少占达超约近过的]./.)[一-鿿](?<![号期日月版批]))"
)
_MIXED = re.compile(rf"([亿万])([{DIGIT}]{{1,4}})([千百])([多余]?)(万?)")
"""What follows the first digits of a number told in two steps: 2万5千公里, 1亿3千多万."""
_TO = re.compile(r"\s?(?:[—－–~～―-]{1,2}|至|到|或)\s?")
_BREAK = re.compile(r"\s{1,4}(?=[多余餘]\S)")
"""What the layout put between a number and what more there is: 550 多万公里."""
_NEXT = re.compile(r"、[二三四五六七八九](?![点點分、是一-九十百千])")
"""The other end of a percentage: 百分之二、三."""
_JOIN = frozenset({"、", "和", "与", "及", "或", "，", ",", "以及"})
_FRONT_RANK = re.compile(r"(?:居|列|进入|跻身|排名|保持|稳居|全[国省市区球]|世界|位)[^，。；]{0,8}前$")
_RANKED_AT = re.compile(
    r"(?:排名|排位|名列|位列|位次|排在?|列|居|升至|升到|前进到|跃至|跃居|退至|倒数?|(?<!单)位、)$"
)
_GROSS = re.compile(r"(?:GDP|生产总值|ＧＤＰ|[国地][内区民]?[生]?产|产值|工业|农业|增加值)")
_NO_MORE = str.maketrans("", "", "多余餘")
_PLAIN = str.maketrans("億萬", "亿万", "多余餘几")
_ONE = Decimal(1)
# What stands before a number that is stated as a value, though it has no unit.
_STATES = (*tuple("达到为是由从至降升涨于数率比共计有"), "增长", "下降", "提高", "增加", "减少", "分别")
_LOOSE = frozenset("多余餘几来")


_COLONS = (":", "：", "∶")
_FAR = 14
_SHARES_OF_THREE = re.compile(
    rf"(?<![{DIGIT}.．])[{DIGIT}.．]+\s?[:：∶]\s?[{DIGIT}.．]+\s?[:：∶]\s?[{DIGIT}.．]+"
)
_SECTORS = re.compile("(?:三次|一二三)?产业(?:结构|比重|比例|增加值|构成|占比)")


class _Number(Struct, frozen=True, gc=False):
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


class _Measured(Struct, frozen=True, gc=False):
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
    form = match.lastgroup
    if form == "half":
        return _half(text, match)
    if form == "share":
        return _fraction(text, match, end)
    if form == "arabic":
        if text[match.end() : match.end() + 1] == "/" and (share := _SLASH.match(text, at, end)):
            return _of_whole(text, share)
        unit = unit_at(text, match.end())
        if unit is None and _is_sector(text, at, match.end()):
            unit = match.end(), "%", "ratio"
            return _quantity(text, _arabic_number(text, match), unit, start, end)
        reason = arabic_reason(text, match, start, unit)
        if reason is not None:
            return NotFigure(at, match.end(), reason)
        number = _arabic_number(text, match)
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


def _is_sector(text: str, at: int, stop: int) -> bool:
    """Whether a number is one of the shares of the three sectors: 三次产业比重为4.0∶37.7∶58.3."""
    if text[stop : stop + 1] not in _COLONS and text[at - 1 : at] not in _COLONS:
        return False
    shares = _SHARES_OF_THREE.search(text, max(0, at - _FAR), stop + _FAR)
    while shares and shares.end() < stop:
        shares = _SHARES_OF_THREE.search(text, shares.end(), stop + _FAR)
    return (
        shares is not None
        and shares.start() <= at
        and _SECTORS.search(text, max(0, at - 3 * _FAR), at) is not None
    )


def _arabic_number(text: str, match: re.Match[str]) -> _Number:
    at, stop, low, more = match.start(), match.end(), arabic(match["arabic"]), False
    if text[stop : stop + 1] in ("万", "亿") and (mixed := _MIXED.match(text, stop)):
        rest = arabic(mixed[2]) * (1000 if mixed[3] == "千" else 100) * (10**4 if mixed[5] else 1)
        whole = low * (10**8 if mixed[1] == "亿" else 10**4)
        if rest < (10**8 if mixed[1] == "亿" else 10**4):
            low, stop, more = whole + rest, mixed.end(), bool(mixed[4])
    return _Number(at, stop, low, None, bare=False, more=more, roman=True, lone=False)


def _half(text: str, match: re.Match[str]) -> Quantity | NotFigure:
    if match[0] == "过半":
        return Quantity(match.start(), match.end(), match.start(), Decimal(50), None, "%", "ratio", "over")
    if match[0] == "翻番" and text[match.start() - 1 : match.start()] in ("个", "的"):
        return NotFigure(match.start(), match.end(), "word")
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
    if text.startswith(("世纪", "个世纪", "个多世纪"), stop):
        return NotFigure(at, stop, "duration")
    number, unit = value
    low, high = number
    more = bool(MORE.match(text, stop))
    stop += more
    if near := _NEXT.match(text, stop):
        low, high = beside(f"{match['share']}{near[0]}") or number
        stop = near.end() if high is not None else stop
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


def _of_whole(text: str, match: re.Match[str]) -> Quantity | NotFigure:
    """占全国1/10以上 → 10 %."""
    part, whole = Decimal(match[1]), Decimal(match[2])
    if not 0 < part < whole:
        return NotFigure(match.start(), match.end(), "name")
    begin, before = qualifier_before(text, match.start())
    after, behind = qualifier_behind(text, match.end(), "%")
    value = round(part * 100 / whole, 2)
    return Quantity(begin, after, match.start(), value, None, "%", "ratio", before or behind or "exact")


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


def _chinese_number(text: str, match: re.Match[str]) -> _Number | None:
    """The numeral's value; a 千 or 百 that begins the unit (百万千瓦) is handed back to it."""
    at, stop = match.span()
    if match["beside"]:
        ends = beside(match["beside"])
        return ends and _Number(at, stop, *ends, bare=False, more=False, roman=False, lone=False)
    run = match[0].replace("几十", "").translate(_NO_MORE)
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
    ahead = text[number.start - 1 : number.start]
    if ahead == "第":
        return _rank(text, number)
    measured = _measure(text, number, unit)
    if ahead == "前" and _FRONT_RANK.search(text[max(0, number.start - 16) : number.start]):
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
    if text[at : at + 1].isspace() and (blank := _BREAK.match(text, at)) is not None:
        at = blank.end()
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
    if text[at : at + 1] in _METALS and _is_medals(text, number.start, at):
        return _Measured(at, "枚", "count", _ONE, False)
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


_PROGRAMME = re.compile(r"[^，。、；：“”（）《》的\n0-9]{2,18}?(?:行动|计划|工程)(?!项目|投资|建设|以|量)")
"""The rest of a programme's name that begins with a round number: 千万吨粮食增产计划, 千亿级特色产业培育行动."""
_PER_VOLUME = re.compile("每立方米(?:约|不超过|低于|控制在)?$")
_METALS = frozenset("金银铜")
_MEDALS = re.compile(r"[0-9]{1,3}[金银铜][0-9]{1,3}[银铜]")


def _is_medals(text: str, start: int, stop: int) -> bool:
    """Whether a number with a metal behind it is one of a run of medals: 2金2银1铜."""
    if _MEDALS.match(text, start):
        return True
    return text[stop] != "金" and text[start - 1 : start] in _METALS and text[start - 2 : start - 1].isdigit()


def _bare_counts(text: str, number: _Number, measured: _Measured, before: str | None) -> bool:
    """Whether a bare magnitude (千, 百万, 万亿) states a number: 近千个, 超千亿元, 百万千瓦, 万亿级."""
    if text[number.start - 1 : number.start] in ("每", "几", "数"):
        return False
    if before is None and measured.kind != "money" and _PROGRAMME.match(text, measured.end):
        return False
    if measured.kind == "none":
        if text[number.start - 1 : number.end + 1] == f"以{text[number.start : number.end]}计":
            return text[number.start - 2 : number.start - 1] != "数"
        return (
            (before is not None and (measured.more or number.low >= 10**10))
            or (number.low >= 10**10 and text[number.start - 1 : number.start] in ("达", "到"))
            or (text[number.end : number.end + 1] == "级" and number.low >= 10**6)
            or (number.low >= 10**10 and SIZE_CLASS.match(text, number.end) is not None)
            or bool(before and number.low >= 10**4 and noun_unit(text, number.end))
        )
    if before is not None or measured.more or text[number.start - 1 : number.start] in ("达", "到"):
        return True
    if measured.unit in ("元", "人", "吨") and _GROSS.match(text, measured.end):
        return False
    if measured.unit == "名":
        return number.low >= 10**4 and text[number.start - 1 : number.start] not in ("“", "‘")
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
    if (
        noun_unit(text, measured.end) is not None
        or before is not None
        or _counts_places(text, number, measured)
    ):
        return None
    return None if _stated(text, begin, start, measured.end) else "name"


def _counts_places(text: str, number: _Number, measured: _Measured) -> bool:
    """Whether a small number sums up places: 甲县、乙县2县, 8市州."""
    places = PLACES.match(text, measured.end)
    if places is None or number.low >= 100:
        return False
    listed = text.rfind("、", max(0, number.start - 6), number.start) > 0
    return listed or len(places[0]) > 1


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
    if unit in ("微克", "毫克") and _PER_VOLUME.search(text, max(0, number.start - 8), number.start):
        unit += "/立方米"
    scale = False
    following = text[stop : stop + 1]
    if (number.bare or following == "级") and _is_size_class(text, number, measured, following):
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
    if following == "计" and number.bare:
        behind = "about"
    qualifier = before or behind or ("over" if measured.more or number.more else "exact")
    value = number.low * measured.factor
    if unit == "成":
        unit, value, high = "%", value * 10, None if high is None else high * 10
    return Quantity(begin, after, number.start, value, high, unit, kind, qualifier, scale)


def _is_size_class(text: str, number: _Number, measured: _Measured, following: str) -> bool:
    """Whether a number says which things are meant: 万亿级(产业), 3000吨级(泊位), 百亿(县)."""
    if measured.kind == "none":
        if following == "级" and number.low * measured.factor >= 10**8:
            return True
        return number.bare and (following == "级" or SIZE_CLASS.match(text, measured.end) is not None)
    if following != "级" or measured.kind not in ("money", "physical"):
        return False
    return number.low >= 10**6 or measured.unit in ("吨", "千瓦", "千伏")


def _share_units(text: str, found: list[Quantity | NotFigure]) -> list[Quantity | NotFigure]:
    """Hand a unit back to the numbers of a list that go without: 15、22个百分点, 2.2个和3.7个百分点."""
    following: Quantity | None = None
    for index in range(len(found) - 1, -1, -1):
        item = found[index]
        if isinstance(item, NotFigure):
            following = None
            continue
        waits = item.kind == "none" or (item.unit == "个" and following and following.unit == "个百分点")
        if waits and following is not None and text[item.end : following.start] in _JOIN:
            item = found[index] = replace(item, unit=following.unit, kind=following.kind)
        if item.kind == "none" and _orphan(text, item):
            found[index] = NotFigure(item.start, item.end, "name")
        following = item
    return found


def _orphan(text: str, item: Quantity) -> bool:
    """A small number that waited for a list's unit and got none."""
    return (
        item.value < 10**4
        and text[item.end : item.end + 1] in ("、", "和", "与", "及")
        and not text.endswith(_STATES, 0, item.start)
    )
