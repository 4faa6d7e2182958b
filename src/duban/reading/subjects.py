"""What a claim is about: the noun phrase before it, after it or in it, without its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from duban.reading.lexicon import knowledge

__all__ = ["subject"]

# A quantity: what stands before it is the thing measured. Digits inside a name (PM2.5, 5G, 500强) are none.
_QUANTITY = re.compile(
    r"(?:分别|累计|达到?|超过?|突破|约|近|新增|超)*(?<![A-Za-z0-9.第])(?![0-9.]+(?:[户人]及以上|[万千]?吨级|热线))[0-9０-９][0-9０-９.．,，]*(?![A-Za-z0-9])(?![强年]|多年)"
    r"(?:[%％‰]|个百分点|[万亿千百]*多?(?:[^、和0-9]{0,6}/[^、和0-9]{1,4}|元|美元|吨|公斤|斤|亩|公里|千米|千瓦时?|平方米|立方米"
    r"|人次|人|标准箱|标箱|户|家|个|项|件|条|座|所|处|名|台|辆|艘|天|套|批|种|位|倍|张|只|头|列|册|公顷|立方米|起|次|篇|片|场)?)(?:以上|左右|以内)?"
    # The same in Chinese numerals: 平均每年递增百分之八点一, 总额二千三百亿美元.
    r"|(?:分别|累计|达到?|超过?|约|近)*(?:百分之[〇零○一二两三四五六七八九十百点]+"
    r"|[一二两三四五六七八九十][〇零○一二两三四五六七八九十百千万点]*[十百千万亿][一二三四五六七八九]?(?:多|余)?[万亿]?(?:元|美元|吨|公斤|斤|担|亩|公里|人次|人|户|家|个|项|件|平方米|千瓦)(?:以上|左右|以内)?)"
)
_BLANK = ' \t\r\n\u3000、的“”"—'


@dataclass(frozen=True, slots=True)
class _Words:
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    predicates: re.Pattern[str]
    relational: frozenset[str]
    generic: frozenset[str]


def subject(where: str, before: str, after: str, earlier: list[str]) -> str:
    """The phrase a claim is about, "" if none was found.

    `before` and `after` are the rest of its clause, `earlier` the clauses before it, nearest last. `where` says
    which to ask first: before (then earlier, then after), own (before, after, earlier), after (then the others),
    modified (before, with what follows 的), both (before and after together, else as after) or named (`before` is
    the phrase itself, of what earlier clauses speak of).
    """
    own = before if where == "named" else _noun_phrase(before)
    following = _following(after)
    if where == "both" and own and following and not _relational(own) and before[-1] not in _COORDINATE:
        return own + following
    if where == "modified":
        return own + following if after.startswith("的") and following else _topic(own, earlier) or following
    if where in {"after", "both"} and following:
        return _topic(following, [*earlier, own])
    if where == "own" and not own and following:
        return following
    return _topic(own, earlier) or following


_COORDINATE = frozenset("和与及、")


def _following(text: str) -> str:
    """A noun phrase at the beginning of `text`, up to the verb or the next claim after it."""
    words = _words()
    text = _MODAL.sub("", text)
    cut = words.predicates.search(text, 1)
    phrase = _bare(_ENDED.split(text[: cut.start()] if cut else text)[0]).lstrip("了着过")
    phrase = _COUNT.sub("", phrase)
    phrase = _SPARE.sub("", phrase)
    if named := _NAMED.match(text):
        phrase = named[1]
    return "" if phrase in words.generic or phrase.startswith("一次") else phrase


_COUNT = re.compile("^[0-9]+(?:[.][0-9]+)?[万亿]?(?:多|余)?(?:个|项|家|名|件|条|座|所|元)(?=[^以及、]{2})")
# What a phrase after a claim may do without: its number, and what a disaster does (最强降雨考验, 工厂30家).
_SPARE = re.compile(
    "(?<=..)(?:(?<![和、])(?:考验|冲击)|(?<![0-9])[0-9]+(?:多|余)?(?:家|个|项|名|件|条|座|所))$"
)
# A name that runs on past a verb in it, or of which only the kind follows: 《…实施纲要》, “冠军之城”的招牌.
_NAMED = re.compile("(《[^》]{2,30}》|“[^”]{2,16}”(?=的))")
# Between all of them and what they do: 所有家庭(都能)享受, 所有企业(都必须)完成.
_MODAL = re.compile("^(?:都|均)(?:能够?|要|应当?|必须|可以?)*")
# Where a phrase after a claim ends: at the next claim of a list, a note, what its kind is, what is made of it.
_ENDED = re.compile(
    "(?<=[^、])、(?=全[国球省市]|世界|国内|首|最|居|位)|、(?=[^、]{0,8}最[低高大小好快多少])"
    r"|\^?[\[［][0-9]+[\]］]|(?<=..)等(?=一批|一系列|[0-9])|和(?=[0-9]+[届个])"
)


def _topic(own: str, earlier: list[str]) -> str:
    """`own`, or what the clauses before speak of where `own` alone says nothing (改善幅度)."""
    if own and not _relational(own):
        return own
    if own in _PART:
        return next(filter(None, map(_noun_phrase, reversed(earlier))), own)
    for clause in reversed(earlier):
        phrase = _PREDICATE.sub("", _noun_phrase(clause))
        if phrase and not own and _relational(phrase) and phrase not in _MOVES:
            own = phrase
        elif phrase and not _relational(phrase):
            if own in _RATES:
                phrase = phrase.removesuffix("增长").removesuffix("下降").rstrip("、")
            return phrase if phrase.endswith(own) else phrase.removesuffix(own[:2]) + own
    return own


def _relational(phrase: str) -> bool:
    return phrase.startswith("占") or all(part in _words().relational for part in re.split("[、和]", phrase))


def _noun_phrase(text: str) -> str:
    """The phrase measured or spoken of in `text`: without adverbials, its number and what follows it."""
    words = _words()
    if not _BRACKETS.isdisjoint(text):
        text = _ASIDE.sub("", text)
    text = words.leading.sub("", text)
    if _ONLY_GROWN.match(text):
        return ""
    grown = _GROWN.search(text)
    text = _SO_MUCH.sub("", _counted(text[: grown.start()] if grown else text))
    text = words.trailing.sub("", text)
    if for_years := _FOR_YEARS.search(text):
        text = words.trailing.sub("", text[: for_years.start()])
    text = _SO_MUCH.sub("", text)
    text = _REACHED.sub("", _bare(text))
    return _bare(text)


_BRACKETS = frozenset("（）［[")
# Notes and what a number leaves out, also where a comma parts it: （不含定州，下同）, ^[3].
_ASIDE = re.compile(
    r"（[^（）]*(?:含|同|口径|包括)[^（）]*）|^[^（）]{1,4}）|（[^（）]*含[^（）]*$|［[0-9]*］|\^?\[[0-9]*\]"
)
# From here a clause says how a thing grew: …产量比上年增长百分之五, …总额由七亿元增加到九亿元, …总额9亿元、增长5%.
_GROWN = re.compile(
    "[由从比较同增下提](?:"
    "(?<=[由从])[^，]{1,14}(?:上升|增加|提高|增长|提升|下降|扩大|减少)[到至](?=[0-9０-９一二三四五六七八九十])"
    "|(?<=[比较同])(?<!占比)(?!(?<=比)[重例])[^，]{1,18}?(?:增长|增加|提高|上升|上涨|下降|减少|递增|改善|翻)"
    "|(?<=[增下提])(?:长|降|高|加)(?<=[0-9０-９元吨%％、]..)(?=[0-9０-９一二两三四五六七八九百约近]))"
)
# A clause that only says how fast, of what one before it names: 平均每年递增百分之八点一, 增长两倍多.
_ONLY_GROWN = re.compile(
    "(?:平均每年|每年平均|年均|实际|分别|同比)(?:增长|增加|提高|上升|下降|减少|递增)(?=[0-9０-９一二三四五六七八九十百约近])"
    "|(?:增长|提高|增加)[一二两三四五六七八九十]+(?:点[一二三四五六七八九])?多?[倍成]"
)
# 力度之大、范围之广前所未有: of the force and the range.
_SO_MUCH = re.compile("之[大多广硬快高深猛严强](?=[、和]|$)")
# What an earlier clause said of its thing: 综合实力大幅攀升, 主要指标保持平稳增长.
_PREDICATE = re.compile(
    "(?<=..)(?:大幅|稳步|持续|显著|明显|不断|快速|健康|进一步|蓬勃|平稳|十分|已经|保持|稳中)+"
    "(?:[^，]{0,4}(?:攀升|提升|发展|增长|改善|增强|提高|优化|向好|推进|壮大|上升|回升|迅速)|打开[^，]{0,6})$"
)
_MOVES = frozenset({"增长", "下降", "增加", "提高", "均", "而且"})
# Some of what was spoken of before: 取得成果5万项，其中一部分达到先进水平.
_PART = frozenset({"一部分", "一些", "有的", "不少", "大部分"})
_RATES = frozenset({"增速", "增幅", "降幅", "增长速度", "增速均"})
_FOR_YEARS = re.compile("连续[0-9一二两三四五六七八九十]*个?(?:年|月|季度|届)(?:被[^，]{1,10}评?)?$")
# Between a thing and the part of it that is covered or broken through: 卫生服务中心实现“医联体”全覆盖.
_REACHED = re.compile("(?<=[^，]{2})(?:实现|做到|取得|完成)(?!率)")


def _counted(text: str) -> str:
    """Counts before their nouns are dropped (17个国省考断面); at an amount after its noun the phrase ends."""
    pieces: list[str] = []
    last = 0
    for found in _QUANTITY.finditer(text):
        following = text[found.end() : found.end() + 1]
        pieces.append(text[last : found.start()])
        last = found.end()
        ended = not following or following in "、，和"
        if ended and "".join(pieces).strip("、和") and not _QUANTITY.search(text, last):
            return "".join(pieces)
    return "".join([*pieces, text[last:]])


def _bare(text: str) -> str:
    bare = text.strip(_BLANK)
    if "”" in bare and bare.count("”") > bare.count("“"):
        return f"“{bare}"
    return f"{bare}”" if "“" in bare and bare.count("“") > bare.count("”") else bare


@cache
def _words() -> _Words:
    data = knowledge("subjects.yaml")
    lists = {name: "|".join(sorted(words, key=len, reverse=True)) for name, words in data.items()}
    return _Words(
        leading=re.compile(f"^(?:{lists['leading']}|[0-9０-９]{{4}}年(?!前|底前|以前))+"),
        trailing=re.compile(f"(?:{lists['trailing']})+$"),
        predicates=re.compile(lists["predicates"]),
        relational=frozenset(data["relational"]),
        generic=frozenset(data["generic"]),
    )
