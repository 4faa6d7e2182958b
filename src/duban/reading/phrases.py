"""What stands around a number, taken apart: predicate behind the thing measured, adverbs and verbs before it."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from duban.reading.lexicon import lexicon
from duban.reading.periods import base_phrase

__all__ = [
    "GROWTH_NOUNS",
    "POPULATION_RATES",
    "Predicate",
    "became",
    "clean",
    "conjuncts",
    "predicate",
    "shorten_list",
    "split_verb",
    "spoken_of",
    "turn_round",
]

_JUNK = "，,、：:；;。 \u3000\n\r\t\xa0—-–"
_COMPARED = re.compile(
    r"(?P<word>高于|低于|快于|慢于|多于|少于|优于|高出|超出|高过|好于|大于|超过)(?<!不..)(?!(?<=优于)[ⅠⅡⅢⅣⅤ一二三四五]类)(?P<other>[^，]{1,24})$"
)
_RATIOS = ("比", "比值")
"""What ends the name of a ratio and compares with nothing: 城乡居民收入比(缩小至2.3), 生师比."""
_MARKS = re.compile(r"[“”‘’\"'《》〈〉]")
_OPEN = re.compile(r"[（(][^（）()]*$")
_CLOSED = re.compile(r"^[^（）()]*[）)]")


class Predicate(Struct, frozen=True, gc=False):
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
    whole = phrase.rstrip(_JUNK).removeprefix("由于")
    tail = _Tail(whole)
    tail.strip()
    compared: str | None = None
    cut = base_phrase(tail.rest)
    if cut >= 0 and tail.rest[cut:] not in _RATIOS and tail.kind != "none":
        compared = tail.rest[cut + 1 :]
        tail.rest = tail.rest[:cut].rstrip(_JUNK)
        tail.strip()
    elif tail.kind in ("more", "less") and len(tail.word) == 1:
        tail = _Tail(whole)
        tail.kind, tail.word = "level", ""
    tail.rest = "" if _ONLY_WHEN.fullmatch(tail.rest) else _MEASURE_OF.sub("", tail.rest)
    if tail.kind == "none" and (each := _TO_EACH.search(tail.rest)):
        tail.rest = tail.rest[: each.start()]
        tail.strip()
    if tail.kind == "none" and tail.rest.endswith(("完成", "新增")) and (done := _ACHIEVED.search(tail.rest)):
        tail.rest, tail.kind, tail.word = tail.rest[: done.start()], "level", done[0]
    aims = "目标" in tail.rest or "预期" in tail.rest
    if aims and tail.kind not in {"more", "less"} and (goal := _GOAL_OF.search(tail.rest)):
        tail.rest = tail.rest[: goal.start()]
        tail.strip()
        if tail.kind == "up":
            tail.rest = tail.rest.removesuffix("增长")
    if tail.kind in ("up", "level") and tail.rest.startswith(_YEARLY) and len(tail.rest) > 2:
        tail.rest, tail.average = tail.rest[2:], True
    if compared is None:
        against = _COMPARED.search(whole)
        if against:
            less = against["word"] in ("低于", "慢于", "少于")
            subject = whole[: against.start()].rstrip(_JUNK)
            shared = subject.endswith("分别")
            return Predicate(
                subject.removesuffix("分别"),
                "less" if less else "more",
                against["word"],
                tail.shared or shared,
                tail.average,
                source=False,
                compared=against["other"],
            )
    return Predicate(tail.rest, tail.kind, tail.word, tail.shared, tail.average, tail.source, compared)


_YEARLY = "年均"
"""What makes a growth named behind it a yearly one: 年均经济增长速度(为8%)."""
_GOAL_OF = re.compile(
    r"(?<=.{2})的?(?:宏观调控|主要|调控|预期|年度|控制)*(?:目标|(?<=增长)预期|(?<=速度)预期)(?:是|为|定为|定|设定为?|设为|确定为|定在)?$"
)
"""What is aimed at, behind its name: 经济增长速度的调控目标(定为8%)."""
_MEASURE_OF = re.compile(
    r"(?:[要将][按在]|[按在])照?(?!人口|人均|每)[^，、]{0,16}(?:数额|水平|基数|基础)(?:的?基础)?上?$"
)
"""What only says by what measure: 按上年实际数额(核减)."""
_ONLY_WHEN = re.compile(
    r"(?:做到)?在[^，]{1,8}(?:[初中后]期|年景下|前提下|期间|时期|过程中|方面|[以之]后|以来)|在(?:计划)?(?:实际)?的?执行中|(?:实际)?执行的?结果|[^，、]{2,8}(?<![工耗用课学小瓦历同平定限及])时|(?:精简|调整|改革|合并|改组|改造|整顿|重组)后"
)
"""What only says when: 在调整初期(降低)."""
_TO_EACH = re.compile(
    r"(?<=[到至为达])(?:人均|每人)?(?:每[人月年户亩斤升]|每立方米|每平方公里)?(?<=.{4})$|(?<=浓度)每立方米$"
)
"""What a standard is told by: 新标准提高到人均1196元, 低保标准提高到每月745元."""
_ACHIEVED = re.compile(
    r"(?<=[^，]{2}(?:产值|投资|收入|支出|能力|容量|里程|总量|利润|税收|任务|指标))(?:已|共|累计)?(?:完成|新增)$"
    r"|(?:(?<=[^，][值额资积])|(?<=[产总容运电务流货客]量))(?:已|共|累计)?完成$"
)
"""What stands between a measure and its number as 达到 does: 工业总产值完成(2万亿元), 装机容量新增(912万千瓦)."""


class _Tail:
    """A phrase that loses the words of its predicate from the end."""

    def __init__(self, rest: str) -> None:
        self.rest = rest
        self.kind, self.word = "none", ""
        self.shared = self.average = self.source = False

    def strip(self) -> None:
        words = lexicon()
        while self.rest and not self.source:
            found = words.tails.at_end(self.rest)
            if found is None or (len(found[0]) == 1 and _inside_word(self.rest, found[0])):
                return
            text, group = found
            if group in _VERBS and not self._takes(text, group):
                return
            self.shared = self.shared or group == "dist"
            self.average = self.average or group == "avg"
            if group == "avg" and text.endswith("递增") and self.kind in ("none", "level"):
                self.kind, self.word = "up", "递增"
            self.source = group == "from"
            self.rest = self.rest[: -len(text)].rstrip(_JUNK)
            if text in GROWTH_NOUNS and self.rest.endswith(_EACH_YEAR):
                self.rest = self.rest[:-1]

    def _takes(self, text: str, group: str) -> bool:
        """Whether a verb may join those already stripped: 增长 before 达到, 为 before anything."""
        if text == "增长率" and self.rest.endswith(POPULATION_RATES):
            return False
        if self.kind == "none":
            self.kind, self.word = group, text
            if text == "降幅":
                self.kind = "down"
            return True
        if self.kind == "level" and group in ("up", "down", "to"):
            if text in GROWTH_NOUNS and not self.rest.endswith(POPULATION_RATES):
                self.kind, self.word = ("down" if text == "降幅" else "up"), text
                return True
            if text == "增长" and self.word in _HELD:
                self.kind = "up"
                return True
            return False
        return group == "level" and (self.kind == "level" or text in _BEFORE_CHANGE)


GROWTH_NOUNS = frozenset(
    {
        "增速",
        "涨幅",
        "增长率",
        "增长速度",
        "增幅",
        "降幅",
        "增长幅度",
        "递增的速度",
        "增长的速度",
        "递增速度",
        "增长的幅度",
    }
)
POPULATION_RATES = ("自然增长率", "人口增长率", "人口净增率", "人口净增长率")
"""Rates that are what is measured, whatever their name says of growing: a people's."""
_EACH_YEAR = ("每年的", "年平均的", "平均的")
_BEFORE_CHANGE = frozenset({"是", "有", "实现", "按", "安排为", "计划为"})
"""Levels that may stand before the word of a change: 实现增长(8%), 计划为增长(4%)."""
_HELD = frozenset({"达到", "保持在", "稳定在", "控制在", "维持在", "定为", "设定为", "确定为", "为", "是"})
"""What says of a growth how large it is: 年均增长保持在6.5%."""
_VERBS = frozenset({"up", "down", "more", "less", "to", "level"})
_WHOLE = {
    "高": "提新最",
    "多": "",
    "快": "加",
    "低": "降最",
    "少": "减",
    "共": "公",
    "有": "国所公私民",
    "为": "作成行认人",
    "是": "",
    "达": "到通抵送",
    "计": "合累统设会审预",
    "按": "",
    "列": "系班",
    "排": "减",
    "占": "侵",
    "居": "民",
    "增": "新",
    "减": "",
    "降": "",
    "升": "提上",
    "均": "人户年平日月",
    "能": "性产智功职节动机电热储光",
    "可": "许认",
    "再": "",
    "就": "",
    "还": "",
    "各": "",
    "将": "",
    "在": "存",
    "到": "",
    "至": "",
    "的": "",
    "等": "平高初中",
    "新": "创更革翻高换",
    "应": "供适响",
    "净": "",
    "直接": "",
    "间接": "",
    "涨": "",
    "跌": "",
    "慢": "",
    "好": "良美友办做抓用建管搞",
    "又": "",
    "也": "",
    "都": "首京成",
    "要": "主重需",
    "了": "",
    "只": "",
    "仅": "",
    "从": "",
    "由": "自理",
    "自": "各独来",
    "于": "",
    "约": "节合签履公",
    "需": "急内必",
    "才": "人英",
    "拟": "虚模",
    "仍": "",
    "超": "",
    "改为": "",
    "量": "",
    "以": "可所予得加何难足用",
}


def _inside_word(phrase: str, last: str) -> bool:
    """Whether a single character at the end belongs to the word before it (人均, 最高, 职能)."""
    before = phrase[-2:-1]
    return bool(before) and before in _WHOLE.get(last, "")


_TAKES_IN = re.compile(r"[（(](?:不?包括|不?含)[^（）()]*$")
"""A remark that the next comma parts: 工业总产值（不包括手工业产值，下同）."""
_PRICE_NOTE = re.compile(r"[（(](?:按|以)?[^（）()]{0,10}(?:不变|可比|现|当年)价[^（）()]*[）)]")
"""A remark of the prices that things are told in: 工农业总产值（1980年不变价）."""
_PRICED = re.compile(
    r"(?:按|以)[^，]{2,14}(?:计算|口径)|(?:扣除|剔除|考虑)[^，]{2,10}(?:因素|影响)后?|要?[按在][^，]{0,10}(?:数额|水平|基数|基础)[上的]*"
)


@lru_cache(maxsize=8192)
def clean(phrase: str) -> str:
    """Strip adverbs, pronouns, conjunctions and time from the beginning of what is measured.

    >>> clean("大力培育科技型中小企业")
    '培育科技型中小企业'
    """
    words = lexicon()
    rest = phrase.strip(_JUNK)
    if priced := _PRICED.match(rest):
        rest = rest[priced.end() :]
    if "价" in rest:
        rest = _PRICE_NOTE.sub("", rest)
    taken = rest.rfind("把")
    if 0 <= taken < len(rest) - 2 and rest[taken + 1] not in "手关握":
        rest = rest[taken + 1 :]
    while True:
        found = words.heads.at_start(rest)
        if found is None or rest.startswith(words.heads_keep) or len(rest) <= len(found[0]):
            break
        rest = rest[len(found[0]) :].lstrip(_JUNK)
    if rest in words.heads or _ONLY_LEADS.fullmatch(rest):
        return ""
    return rest if rest.isalnum() else _without_brackets(rest).strip(_JUNK)


def _without_brackets(rest: str) -> str:
    """A phrase less the half of a remark in brackets, or the brackets."""
    if rest[0:1] not in "（(":
        rest = _TAKES_IN.sub("", rest)
    if _OPEN.search(rest) and "）" not in rest and ")" not in rest:
        rest = rest.rpartition("（其中")[2]
        rest = rest.replace("（", "").replace("(", "")
    elif _CLOSED.match(rest):
        rest = _CLOSED.sub("", rest, count=1)
    return rest


_ONLY_LEADS = re.compile(r"(?:保证|争取|做到|确保|使|让|有|把)+")
"""What leads to those who do something, and names nothing: 保证把(1/3)的企业建成…."""
_SUPPLY_WORKS = re.compile(r"(?:供热|供水|供电|供气|排水)(?:管网|管道|面积|能力|设施|系统|企业|工程|站|厂)")
_SUPPLIES = frozenset({"供热", "供水", "供电", "供气", "取暖", "用水", "排水"})
"""Verbs that are rather part of a noun behind another verb: 改造供热(管网)."""
_OF_A_KIND = ("性", "型", "区")
"""What makes of a verb an adjective: 新开工保障性(住房), 培育创新型(企业), 提升开发区(能力)."""
_TRADE = re.compile("业(?![务绩主态余界户]|$)")
"""What makes of a verb a trade: 制造业(企业), 服务业(增加值)."""
_NOUNS = (
    "授权点",
    "退耕还林",
    "退牧还草",
    "招商引资",
    "建议",
    "生产总值",
    "节能环保",
    "进出口",
    "研发费用",
    "研发投入",
    "出口交货值",
)
"""Nouns that begin like a verb."""


@lru_cache(maxsize=8192)
def split_verb(phrase: str) -> tuple[str, str]:
    """Verb and object of a cleaned phrase; ("", phrase) where it begins with no verb.

    >>> split_verb("维修改造市政道路")
    ('维修改造', '市政道路')
    """
    words = lexicon()
    if phrase.startswith(_NOUNS) or _SUPPLY_WORKS.match(phrase):
        return "", phrase
    at = 0
    while at < len(phrase):
        found = words.verbs.at_start(phrase, at)
        if found is None or (len(found[0]) == 1 and found[0] != "设") or (at and found[0] in _SUPPLIES):
            break
        if at and phrase.startswith(_NOUNS, at):
            break
        if at and phrase[at + len(found[0]) : at + len(found[0]) + 1] in _OF_A_KIND:
            break
        if _TRADE.match(phrase, at + len(found[0])):
            break
        at += len(found[0])
        if phrase[at : at + 1] in ("、", "和", "及"):
            following = words.verbs.at_start(phrase, at + 1)
            if following is not None and len(following[0]) > 1:
                at += 1
                continue
        if phrase[at : at + 1] in ("了", "好"):
            at += 1
    return phrase[:at], phrase[at:]


@lru_cache(maxsize=4096)
def shorten_list(phrase: str) -> str:
    """Leave out the examples before 等: 组织汽车嘉年华、房交会等主题促消费活动 → 组织主题促消费活动."""
    at = _etc(phrase)
    if at < 0:
        return phrase
    after = phrase[at + 1 :].lstrip("的")
    if after.startswith(_KINDS):
        return phrase
    if not after or (len(after) < 2 and after not in ("县", "村", "市")):
        return phrase
    verb, _ = split_verb(phrase)
    return verb + after if at >= len(verb) else phrase


_KINDS = ("方面", "事业", "领域", "行业", "部门")
"""What says nothing without the list before it: 科技、教育等方面的支出."""
_ETC = re.compile(r"(?<![立平高初中同均优上下头何])等(?!级|待|于|额|效|次|候|同|价|量|离|着|级别|高线)")


def _etc(phrase: str) -> int:
    last = -1
    for match in _ETC.finditer(phrase):
        if phrase.count("“", 0, match.start()) == phrase.count("”", 0, match.start()):
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
    if parts is not None and (found := _SECTORS.fullmatch(parts[-1])) and set(parts[:-1]) <= set("一二三"):
        return [f"第{number}产业{found[2]}" for number in (*parts[:-1], found[1])]
    if parts is None:
        if count == 2 and "城乡" in phrase:
            return [phrase.replace("城乡", "城镇", 1), phrase.replace("城乡", "农村", 1)]
        return None
    return _share_words(parts)


_SECTORS = re.compile(r"([二三])产(?:业)?(.*)")
_CROPS = re.compile("([粮棉油糖肉蛋奶菜果茶鱼]+)(总?产量|播种面积|种植面积|产值|生产)")
"""Products of a character each: 粮肉奶产量."""
_PER_GDP = re.compile(r"(单位(?:国内|地区)?(?:生产总值|GDP|工业增加值))")
_PER = re.compile(r"二氧化碳排放.*|碳排放.*|能耗|水耗|用水量|电耗|能源消耗")


def _split(phrase: str, count: int) -> list[str] | None:
    if (crops := _CROPS.fullmatch(phrase)) and len(crops[1]) == count:
        return [crop + crops[2] for crop in crops[1]]
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
        parts = [p if p.endswith(ending) or _stands_alone(p) else p + _joining(p, ending) for p in parts]
        parts[-1] = last
    first = parts[0]
    if ending and (whose := _WHOSE.fullmatch(first.removesuffix(ending))):
        parts[1:] = [whose[1] + p if len(p) <= len(ending) + 3 else p for p in parts[1:]]
    verb, thing = split_verb(first)
    head = words.endings.at_end(first)
    shared = []
    for index, part in enumerate(parts):
        begin = ""
        if index and part in words.dependent | _AMOUNTS and head and len(first) > len(head[0]):
            begin = _BY_SCALE.sub("", first[: -len(head[0])])
        elif index and verb and not split_verb(part)[0] and thing:
            begin = verb
        elif index and first.startswith("实际") and not part.startswith("实际"):
            begin = "实际"
        elif index and (spent := _SPENT_FOR.match(first)) and ending and "用于" not in part:
            begin = spent[0]
        elif index and first.startswith(_SCOPES) and ending and not part.startswith(_SCOPES):
            begin = next(scope for scope in _SCOPES if first.startswith(scope))
        elif index and _PER.fullmatch(part) and (per := _PER_GDP.match(first)):
            begin = per[1]
        shared.append(begin + part)
    return shared


_AMOUNTS = frozenset({"利润总额", "税收", "实现利税", "营收"})


def _joining(part: str, ending: str) -> str:
    """The ending without what the part ends with already: 高技术制造业 + 制造业增加值."""
    overlap = next((n for n in range(min(len(part), len(ending) - 1), 0, -1) if part.endswith(ending[:n])), 0)
    return ending[overlap:]


def _stands_alone(part: str) -> bool:
    """Whether a part of a list is measured as it is: 利润总额, not 高新技术企业 (贷款)."""
    own = lexicon().endings.at_end(part)
    if part in _MEASURES:
        return True
    if own is None:
        return _OWN_MEASURE.search(part, 3) is not None
    return own[0] not in _OFTEN_MODIFIERS and len(part) > 3


_MEASURES = frozenset({"能耗", "水耗", "电耗", "物耗"})


def _bare_modifier(part: str) -> bool:
    return len(part) <= 2


_SHARE_OF = re.compile(
    r"(?:增加值|总产值|产值|营业收入|收入|产量|投资|出口|贷款余额|贷款|支出|人口)?占(?![比地用据线领道]).+$"
)
"""A share that several things have: A、B增加值占C的比重."""
_MEMBERS = re.compile(r"(?:学生|居民|职工|教师|人员|案件|养育|供养|孤儿)人?")
"""Whose measure the modifiers of a list share: 小学、初中[学生人均公用经费]."""
_GROUP = re.compile(r"(?:孤儿|特困人员|残疾人|老年人|学生)(?=.{2,})")
"""Whose measure a list of modifiers has, behind the last of them: 集中养育和社会散居[孤儿养育标准]."""
_SPENT_FOR = re.compile(r"[^、]{0,8}用于")
_BY_SCALE = re.compile(r"(?<=..)(?:规模以上|规模|规上)?工业$")
_SCOPES = ("限额以上", "限上", "规模以上", "规上")
"""Which of the things are counted, said with the first of a list: 限额以上新能源汽车、家电类零售额."""
_WHOSE = re.compile(r"(.{2,}的).{1,3}")
"""Whose measures a list names with its first alone: 每万元工业产值的能源和电力消耗."""
_PLACE = re.compile(r"[一-鿿]{1,4}?[县州盟旗]")
_CITY = {"城镇", "农村", "城市", "乡村", "城乡"}


_RANKS = frozenset("高中初低大小新老上下前后")


def _by_length(parts: list[str]) -> str:
    """Bare modifiers of two characters before the last part: 供热、燃气、排水管网 share 管网."""
    last = parts[-1]
    alike = all(len(part) == 2 and split_verb(part)[0] == "" for part in parts[1:-1])
    return last[2:] if alike and len(parts) > 2 and len(last) in (4, 5) else ""


_OWN_MEASURE = re.compile("(?:(?:发送|接待|开行|运送|处理|供应|消费|生产|出栏|存栏)量|额|率)$")
_OFTEN_MODIFIERS = frozenset(
    {
        "企业",
        "产业",
        "行业",
        "出口",
        "进口",
        "项目",
        "县",
        "区",
        "村",
        "能力",
        "公司",
        "中心",
        "机构",
        "平台",
        "基地",
        "园区",
    }
)


_ENTITIES = _OFTEN_MODIFIERS - {"出口", "进口", "能力"}
"""What things of a list end with that share no measure: 总部机构、创新中心."""


def _behind_modifier(first: str, last: str) -> str:
    """What follows a modifier such as the first part is: 城镇、农村[居民收入], 小学、初中[学生人均公用经费]."""
    if first in _CITY:
        for word in _CITY:
            if last.startswith(word) and last != word:
                return last[len(word) :]
    if _PLACE.fullmatch(first) and (place := _PLACE.match(last)) and len(last) > place.end() + 1:
        return last[place.end() :]
    if len(first) == 1 and len(last) > 2 and last[0] in _RANKS and first in _RANKS:
        return last[1:]
    if len(first) == 2 and (_MEMBERS.match(last, 2) or _alike(first, last)):
        return last[2:]
    if len(first) <= 6 and lexicon().endings.at_end(first) is None and not _GROUP.search(first):
        return last[group.start() :] if (group := _GROUP.search(last, 2)) else ""
    return ""


def _alike(first: str, last: str) -> bool:
    """Whether a list's last part begins with a word of the kind of the first: 进口、出口[通关时间], 职工、居民[住院报销比例]."""
    word = last[:2]
    if len(last) <= _SHORT_WORDS or first == word:
        return False
    return {first, word} <= _GROUPS or (first[1] == word[1] and first[1] in _SAME_KIND)


_SHORT_WORDS = 3
_GROUPS = frozenset(
    {"职工", "居民", "农民", "学生", "教师", "企业", "个人", "单位", "男性", "女性", "城市", "乡村"}
)
_SAME_KIND = frozenset("口镇村市县省级民学路业")


def _shared_ending(parts: list[str]) -> str:
    words = lexicon()
    last = parts[-1]
    first = parts[0]
    if behind := _behind_modifier(first, last):
        return behind
    if (share := _SHARE_OF.search(last, 1)) and not _SHARE_OF.search(first):
        return share[0]
    found = words.endings.at_end(last)
    if found is None or len(found[0]) >= len(last):
        return _by_length(parts)
    ending = found[0]
    own = words.endings.at_end(first)
    if own and not _bare_modifier(first) and (own[0] not in _OFTEN_MODIFIERS or ending in _ENTITIES):
        return ""
    before = last[: -len(ending)]
    for more in ("行业", "产业", "产品", "总"):
        if before.endswith(more) and len(before) > len(more) and not first.endswith(more):
            return more + ending
    return ending


@lru_cache(maxsize=4096)
def turn_round(noun: str) -> str:
    """What is counted, with what became of it put first.

    >>> turn_round("专科获评省级临床重点专科")
    '获评省级临床重点专科'
    """
    if benefits := _BENEFITS.fullmatch(noun):
        return "受益" + benefits[1]
    quoted = _QUOTED_LAST.fullmatch(noun)
    if quoted:
        return quoted[2] + quoted[1]
    thing, act = became(noun)
    if not act:
        return spoken_of(noun)
    thing = spoken_of(thing)
    verb, target = split_verb(act)
    if not verb and (reached := _REACHES.match(act)) and not _MANNER.search(thing):
        verb, target = reached[0].removesuffix("了"), act[reached.end() :]
        act = verb + target
    if _FARED_WELL.match(act):
        return thing
    act, target = _THEN_RANKED.sub("", act), _THEN_RANKED.sub("", target)
    if verb == act and (came_to := _CAME_TO.match(act)):
        return "实现" + act[came_to.end() :] + thing
    if not target or not verb:
        return act + thing if len(thing) <= 2 and act in lexicon().states else thing
    if target in ("年度任务", "目标任务", "任务"):
        return verb + thing
    if thing in lexicon().general and target.endswith(thing):
        return act
    return act + thing


_REACHES = re.compile(
    r"(?:荣?获|被(?=[^，]{3,})|入围|上榜(?!数)|晋级|跻身|进入|达到|享受|得到了?(?=[^，]{3,}(?:支持|资助|扶持|保障|救助|补助|帮扶|安置)$)|实现了?|搬进|住进)(?=..)"
)
"""What tells, without being an act, which of the counted things are meant: 6个企业进入全国500强."""
_CAME_TO = re.compile("实现了?(?=..)(?!.{0,3}突破|.{0,2}增长)")
_FARED_WELL = re.compile(r"取得.{0,8}(?:进展|成效|突破|成果)")
_THEN_RANKED = re.compile(
    r"、(?:数量|总数|规模)?(?:(?:位?居|列)|(?:明显|大大)?(?:大于|高于|超过|多于|好于)|同比|比上年|增长).*$"
)
_MANNER = re.compile(r"[在凭将都]|提前")
_BENEFITS = re.compile(r"([^，、的]{2,14}?)(?:直接|普遍|将|可以?)*受益")
"""(7651所)学校受益 → 受益学校."""
_QUOTED_LAST = re.compile(r"([^“”被]{1,8})(“[^“”]+”)")


def spoken_of(noun: str) -> str:
    """What is counted, without what is said of it: 精品线路撬动乡村体验升级 → 精品线路."""
    found = lexicon().predicates.search(noun, 2)
    while found and noun.startswith("均衡", found.start()):
        found = lexicon().predicates.search(noun, found.start() + 2)
    return _MEANWHILE.sub("", noun[: found.start()]) if found else noun


_MEANWHILE = re.compile(r"(?<=..)(?<!首)(?:均|都|也|已经?|并)+$")

_PASSIVE = re.compile(
    r"(?<![一-鿿]的)(?:均|都|已)*(?P<act>被(?:命名|评|授予|认定|确定|确认|列|纳入|推广|推介|表彰|[^，、的]{2,10}(?:推[广介]|列为|列入|评为|授予|认定|采纳|表彰|命名))[^，]*)$"
)
"""What was done to things, told behind them: (7项)改革经验被中央改革办推介."""
_WON = re.compile(r"(?<![一-鿿]的)(?:荣?获|夺得?|摘得?|捧得?)[^，、的]{2,16}?(?:奖|奖项|称号|表彰|金牌)$")
"""What things won: (6部)作品获文华奖."""


@lru_cache(maxsize=4096)
def became(noun: str) -> tuple[str, str]:
    """Part what is counted from what is said of it: (专科, 获评省级临床重点专科); ("…", "") where nothing is."""
    words = lexicon()
    if (won := _WON.search(noun, 2)) is not None:
        return noun[: won.start()], won[0]
    if (passive := _PASSIVE.search(noun, 2)) is not None:
        return _ON_THE_WAY.sub("", noun[: passive.start()]), noun[passive.start("act") :]
    at = 0
    while found := words.became.search(noun, at + 1):
        at, rest = found.start(), noun[found.end() :]
        if noun[at - 1] in "（(“《、和与及的互新拟以" or rest.startswith("的"):
            continue
        if found[0] in _NOT_BEFORE and _NOT_BEFORE[found[0]].match(rest):
            continue
        if found[0] == "脱贫" and _POOR_ONCE.match(rest):
            continue
        if rest in words.general or (not rest and found[0] not in words.states):
            continue
        thing, act = _ON_THE_WAY.sub("", noun[:at]), noun[at:]
        if not thing and noun[0] == "已":
            continue
        while (adverb := _ADVERB.match(act)) and len(act) > adverb.end():
            act = act[adverb.end() :]
        return thing, act
    return noun, ""


_NOT_BEFORE = {
    "开放": re.compile("综合|试点|型|合作|平台|新?高地|水平|大会|口岸|区|城市|格局|创新|通道|大学|发展|先行"),
    "建立": re.compile("的"),
    "复工": re.compile("程"),
    "提档升级": re.compile("改造|工程|行动|项目"),
    "居住": re.compile("(?!在)"),
}
"""What makes of a verb a part of a name: 服务业扩大[开放]综合试点."""
_POOR_ONCE = re.compile(r"(?:人口|劳动力|户|县|村|地区|群众|家庭|不稳定)")
"""What makes 脱贫 a modifier: 脱贫人口, 脱贫县."""
_ON_THE_WAY = re.compile(
    r"(?:(?<=..)在[^，、在]{2,12}中|(?<=..)整[县村乡镇市]|(?<=[一-鿿])(?:[0-9０-９一二三四五六七八九十]+(?:个?月份?|季度)|年内|年底前?|春节前)|首批|将|并且?|在(?:城镇|农村|城市)|有望|初步|率先|普遍|可以|应当|要|均|已|就|都|全面|全部|圆满|顺利|如期|基本|稳步|有序)+$"
)
_ADVERB = re.compile(
    r"全面(?!达标|完)|全部(?!办|完)|均|已|都|就|正式|顺利|陆续|相继|成功|提前|如期|按期|首次|有序|加快(?!建设)|共同|大幅"
)
