"""What stands around a number, taken apart: predicate behind the thing measured, adverbs and verbs before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from duban.reading.lexicon import lexicon
from duban.reading.periods import base_phrase

__all__ = ["Predicate", "clean", "conjuncts", "predicate", "shorten_list", "split_verb", "turn_round"]

_JUNK = "，,、：:；;。 \u3000\n\r\t\xa0—-–"
_COMPARED = re.compile(r"^(?P<subject>.*?)(?P<word>高于|低于|快于|慢于|多于|少于|优于|高出|超出|高过|好于|大于|超过)(?P<other>[^，]{1,24})$", re.S)
_MARKS = re.compile(r"[“”‘’\"'《》〈〉]")
_OPEN = re.compile(r"[（(][^（）()]*$")
_CLOSED = re.compile(r"^[^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What joins the thing measured to its number."""

    rest: str
    """The words before the predicate, comparisons taken out."""
    kind: str
    """up, down, more, less, to, level or none."""
    word: str
    """The verb itself."""
    shared: bool
    """分别: several things, several numbers."""
    average: bool
    """年均."""
    source: bool
    """由, 从: the number is where something came from."""
    compared: str | None
    """What it is compared with (高于全国: 全国; 比上年: 上年)."""


@lru_cache(maxsize=8192)
def predicate(phrase: str) -> Predicate:
    """Take the predicate off the end of the words before a number.

    >>> found = predicate("空气优良天数同比增加")
    >>> found.rest, found.kind
    ('空气优良天数', 'up')
    """
    words = lexicon()
    rest = phrase.rstrip(_JUNK)
    kind, word = "none", ""
    shared = average = source = False
    compared: str | None = None
    while rest:
        found = words.tails.at_end(rest)
        if found is None:
            break
        text, group = found
        if len(text) == 1 and _inside_word(rest, text):
            break
        if group == "from":
            source = True
            rest = rest[: -len(text)].rstrip(_JUNK)
            break
        if group in _VERBS:
            if kind != "none" and not (kind == "level" and group in ("up", "down", "to")):
                if not (group == "level" and word in ("是", "为", "有")) and group != "level":
                    break
            elif kind == "none" or group != "level":
                kind, word = (group, text) if kind == "none" else (kind, word)
                if group == "up" and text in ("增速", "涨幅", "增长率", "增长速度", "增幅", "降幅"):
                    kind = "down" if text == "降幅" else "up"
        shared = shared or group == "dist"
        average = average or group == "avg"
        rest = rest[: -len(text)].rstrip(_JUNK)
    cut = base_phrase(rest)
    if cut >= 0:
        compared = rest[cut + 1 :]
        rest = rest[:cut].rstrip(_JUNK)
    else:
        against = _COMPARED.match(phrase.rstrip(_JUNK))
        if against:
            less = against["word"] in ("低于", "慢于", "少于")
            kind, word, compared = ("less" if less else "more"), against["word"], against["other"]
            rest = against["subject"].rstrip(_JUNK)
    return Predicate(rest, kind, word, shared, average, source, compared)


_VERBS = frozenset({"up", "down", "more", "less", "to", "level"})
_WHOLE = {
    "高": "提新最", "多": "", "快": "加", "低": "降最", "少": "减", "共": "公", "有": "国所公私民", "为": "作成行认人", "是": "", "达": "到",
    "计": "合累统设会审预", "按": "", "列": "系班", "排": "减", "占": "侵", "居": "民", "增": "新", "减": "", "降": "", "升": "提上", "均": "人户年平日月",
    "能": "性产智功职节动机电热储光", "可": "许认", "再": "", "就": "", "还": "", "各": "", "将": "", "在": "存", "到": "", "至": "", "的": "", "等": "平高初中",
    "新": "创更革翻高", "应": "供适响", "净": "", "直接": "", "间接": "", "涨": "", "跌": "", "慢": "", "好": "良美友", "又": "", "也": "", "都": "首京成", "要": "主重需", "了": "", "只": "", "仅": "",
    "从": "", "由": "自理", "自": "各独", "于": "", "约": "节合签履公", "需": "急内必", "才": "人英", "拟": "虚模", "仍": "", "超": "", "改为": "", "量": "",
}


def _inside_word(phrase: str, last: str) -> bool:
    """Whether a single character at the end belongs to the word before it (人均, 最高, 职能)."""
    before = phrase[-2:-1]
    return bool(before) and before in _WHOLE.get(last, "")


_PAST_PLACE = re.compile(r"^(?:[“”\"]?)")


@lru_cache(maxsize=8192)
def clean(phrase: str) -> str:
    """Strip adverbs, pronouns, conjunctions and time from the beginning of what is measured.

    >>> clean("大力培育科技型中小企业")
    '培育科技型中小企业'
    """
    words = lexicon()
    rest = phrase.strip(_JUNK)
    while True:
        found = words.heads.at_start(rest)
        if found is None or rest.startswith(words.heads_keep) or len(rest) <= len(found[0]):
            break
        rest = rest[len(found[0]) :].lstrip(_JUNK)
    if rest in words.heads:
        rest = ""
    if _OPEN.search(rest) and not re.search(r"[）)]", rest):
        rest = rest.replace("（", "").replace("(", "")
    elif _CLOSED.match(rest):
        rest = _CLOSED.sub("", rest, count=1)
    return rest.strip(_JUNK)


@lru_cache(maxsize=8192)
def split_verb(phrase: str) -> tuple[str, str]:
    """Verb and object of a cleaned phrase; ("", phrase) where it begins with no verb.

    >>> split_verb("维修改造市政道路")
    ('维修改造', '市政道路')
    """
    words = lexicon()
    at = 0
    while at < len(phrase):
        found = words.verbs.at_start(phrase, at)
        if found is None or (len(found[0]) == 1 and found[0] != "设"):
            break
        at += len(found[0])
        if phrase[at : at + 1] in ("、", "和", "及") and words.verbs.at_start(phrase, at + 1) is not None:
            following = words.verbs.at_start(phrase, at + 1)
            if following is not None and len(following[0]) > 1:
                at += 1
                continue
        if phrase[at : at + 1] == "了":
            at += 1
    return phrase[:at], phrase[at:]


@lru_cache(maxsize=4096)
def shorten_list(phrase: str) -> str:
    """Leave out the examples before 等: 组织汽车嘉年华、房交会等主题促消费活动 → 组织主题促消费活动."""
    at = _etc(phrase)
    if at < 0:
        return phrase
    after = phrase[at + 1 :].lstrip("的")
    if not after or len(after) < 2 and after not in ("县", "村", "市"):
        return phrase
    verb, _ = split_verb(phrase)
    return verb + after if at >= len(verb) else phrase


_ETC = re.compile(r"(?<![平高初中同均优上下头何])等(?!级|待|于|额|效|次|候|同|价|量|离|着|级别|高线)")


def _etc(phrase: str) -> int:
    last = -1
    for match in _ETC.finditer(phrase):
        last = match.start()
    return last


_STRONG = re.compile(r"以及|、")
_WEAK = re.compile(r"以及|[、和与及]")


def conjuncts(phrase: str, count: int) -> list[str] | None:
    """Part a phrase into the `count` things that share what follows, shared words put back; None if it cannot.

    >>> conjuncts("城乡居民人均可支配收入", 2)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> conjuncts("快递、电信业务量", 2)
    ['快递业务量', '电信业务量']
    """
    parts = _split(phrase, count)
    if parts is None:
        if count == 2 and "城乡" in phrase:
            return [phrase.replace("城乡", "城镇", 1), phrase.replace("城乡", "农村", 1)]
        return None
    return _share_words(parts)


def _split(phrase: str, count: int) -> list[str] | None:
    strong = [p for p in _STRONG.split(phrase) if p]
    if len(strong) == count:
        return strong
    weak = [p for p in _WEAK.split(phrase) if p]
    if len(weak) == count:
        return weak
    if len(strong) == count - 1:
        head, joined, tail = _last_and(strong[-1])
        if joined:
            return [*strong[:-1], head, tail]
    if count == 2 and len(weak) > 2:
        head, joined, tail = _last_and(phrase)
        if joined:
            return [head, tail]
    return None


def _last_and(phrase: str) -> tuple[str, str, str]:
    for mark in ("以及", "和", "与", "及"):
        at = phrase.rfind(mark)
        if 0 < at < len(phrase) - len(mark):
            return phrase[:at], mark, phrase[at + len(mark) :]
    return phrase, "", ""


def _share_words(parts: list[str]) -> list[str]:
    """Put the shared ending and the shared beginning back to the parts of a list."""
    words = lexicon()
    last = parts[-1]
    ending = _shared_ending(parts)
    if ending:
        parts = [p if p.endswith(ending) or words.endings.at_end(p) and len(p) > 3 and not _bare_modifier(p) else p + ending for p in parts]
        parts[-1] = last
    first = parts[0]
    verb, thing = split_verb(first)
    head = words.endings.at_end(first)
    shared = []
    for index, part in enumerate(parts):
        if index and part in words.dependent and head and len(first) > len(head[0]):
            part = first[: -len(head[0])] + part
        elif index and verb and not split_verb(part)[0] and thing:
            part = verb + part
        elif index and first.startswith("实际") and not part.startswith("实际"):
            part = "实际" + part
        shared.append(part)
    return shared


def _bare_modifier(part: str) -> bool:
    return len(part) <= 2


_CITY = {"城镇", "农村", "城市", "乡村", "城乡"}


def _shared_ending(parts: list[str]) -> str:
    words = lexicon()
    last = parts[-1]
    first = parts[0]
    if first in _CITY:
        for word in _CITY:
            if last.startswith(word) and last != word:
                return last[len(word) :]
    found = words.endings.at_end(last)
    if found is None or len(found[0]) >= len(last):
        return ""
    ending = found[0]
    if words.endings.at_end(first) and not _bare_modifier(first) and words.endings.at_end(first)[0] not in ("企业", "产业", "行业", "出口", "进口", "项目", "县", "区", "村", "能力", "公司"):  # type: ignore[index]
        return ""
    before = last[: -len(ending)]
    for more in ("行业", "产业", "产品", "总"):
        if before.endswith(more) and len(before) > len(more) and not first.endswith(more):
            return more + ending
    return ending


@lru_cache(maxsize=4096)
def turn_round(noun: str) -> str:
    """What is counted, with what became of it put first: 专科获评省级重点专科 → 获评省级重点专科."""
    words = lexicon()
    for at in range(1, len(noun)):
        found = words.verbs.at_start(noun, at)
        if found is None or len(found[0]) < 2:
            continue
        thing, act = noun[:at], noun[at:]
        if len(thing) < 1 or _within(noun, at, found[0]):
            continue
        verb, target = split_verb(act)
        thing = thing.rstrip("全部均已正式成功顺利提前首次") or thing
        if not target:
            return act + thing if len(thing) <= 3 else thing
        if act in words.states or act.startswith(("全部", "全面")):
            return thing
        if thing in words.general or target.endswith(thing):
            return act if target.endswith(thing) else act + thing
        return act + thing
    state = _state(noun)
    return noun[:-len(state)].rstrip("全部均已") or noun if state and len(noun) - len(state) >= 2 else noun


def _state(noun: str) -> str:
    found = lexicon().states.at_end(noun)
    return found[0] if found else ""


_NOUNLIKE = re.compile(r"^(?:发展|服务|管理|保障|建设|生产|供应|监测|运输|运行|运营|改造|治理|保护|培训|创业|就业|出口|进口|管网|贷款|发电|检测|检查|评价|评估|考核|审批|审查|登记|许可|补贴|补助|供水|供电|供热|供气|灌溉|节水|节能|减排|装机|种植|造林|演出|招生|培养|研发|创新|转化|试验|试点|示范|联系|帮扶|救助|签约服务|公园|融资|上市|提升|整治|整合|整理|更新|升级|支撑|支持|引导|养护|维修|保持|稳定)")


def _within(noun: str, at: int, verb: str) -> bool:
    """Whether a verb's characters are part of a noun (农村公路建设项目, 就业人员)."""
    return bool(_NOUNLIKE.match(verb))
