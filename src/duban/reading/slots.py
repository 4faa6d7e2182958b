"""A clause's numbers, each with the words before it and behind it that belong to it.

`cut` makes the slots of a sentence; what the words mean is decided elsewhere.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from duban.quantities.model import Quantity
from duban.reading.lexicon import lexicon
from duban.reading.periods import base_phrase
from duban.reading.phrases import became, clean, predicate, split_verb

if TYPE_CHECKING:
    from duban.reading.clauses import Clause
    from duban.reading.times import Times

__all__ = [
    "AGE",
    "BY_SIZE",
    "COLONS",
    "FIRST_BATCH",
    "PEOPLE",
    "SIZES",
    "SORTED",
    "Slot",
    "a_people",
    "cut",
    "is_compared",
    "is_pace",
    "noun_behind",
    "pace",
    "subject_compared",
    "without_notes",
]

_JOINED = re.compile(r"[、,，]?\s?(?:和|与|及|以及|或|并)?\s?")
_OPENS = re.compile(r"^\s?(?:以及|、|和|与|及|并|；|,)")
_CLOSES = re.compile(r"(?:、|和|与|及|以及|或)\s?$")
_THRESHOLD = re.compile(r"(?:及以上|以上|以下|及以下|级)$")
AGE = ("岁", "周岁")
PEOPLE = re.compile(r"^(?:人口|中国人|人民|各族|儿女|同胞|父老|.{0,8}人民)")
"""A whole people, counted: 14亿人口."""
_MOST = 5 * 10**8
_THEIR = re.compile("的(?:粮食|吃饭|饭碗|生活|温饱|需求|衣食|健康|智慧|力量)")
"""What a people has or needs: 保障好(14亿人)的粮食安全."""
_OF_THE_COUNTRY = re.compile(r"农民(?!工)")
_ALL_NATIONALITIES = 100
_NATIONALITIES = re.compile(r"民族(?![乡县自团区文地特工教学村风歌企医])")
_FROM = re.compile(r"(?<![自])[由从](?!事|业|严)[^，。由从]{0,14}$")
_STOPGAP = re.compile(
    r"(?:的|\s|每[年月人户]|月|年|现在|目前|去年|今年|今后|全[国省]|世界|第|左右|以上|[一二][九零〇○][^年]{2}年的?|\d{4}年的?|年的?)+"
)
_ENUMERATOR = re.compile(r"[一二三四五六七八九十]+(?:是要?|要)(?=.)")
_STOPS = ("", "，", "。", "；")
FIRST_BATCH = re.compile(
    r"(?:(?:全[球国省市区]|世界|国内|亚洲|我[国省市区])?(?:最[大高长深快多新]|首[批个座条套台艘]|第[一二三四五六七八九十]批|唯一)(?:单[体套机个])?(?:年[产处加])?)+"
)
"""What only says which of the things behind a number are meant: 首批(121个)重点项目, 全球最大(26兆瓦)机组."""
_RANKED = re.compile(r"(?:稳|均|分别)?(?:居|位居|列|位列|排名?)(?:在?(?:全[国省市区球]|世界|[东西中]部))?$")
"""What stands between things and their rank: (14种)农产品产量居全国(第1位)."""
_CAME_NEW = ("新增", "净增", "增加", "新建")
_REACHED = re.compile(r"重[回返]|迈[入上]|跻身|跃[升上]|突破|达到?|成为|跨[入上]")
_SCALE = re.compile(r"级?(?:规模|行列|水平)?")
"""What ends the name of a size that is reached: 迈入万亿级规模."""
_CAME_TO = re.compile(r"(?:完成|实现|增加|新增|达到)$")
_NEXT_LIST = re.compile(r"([^、和与及]{2,}?)(?:和|与|及|以及)([^、和与及]{1,10}(?:、.+)?等)")
"""The next number sums up a list of its own: (4大)功能类平台和汽车、医药等(8个)."""
_GRADED = re.compile(r"(?:国家|省|市|区|县|乡|镇|村|校|院)级$")
COLONS = frozenset(":：∶")
_TO_ONE = re.compile(r"^[:：∶]\s?1(?![0-9])")
"""The other side of a ratio: 由2.5:1缩小至2.3:1."""
_NOTE = re.compile(r"\^?\[[0-9]+\]")
_GROWTH = re.compile(r"的?(?:增长|增速|增幅)")
_PACE = re.compile(
    r"(?:宏伟|预期|战略|奋斗)*目标$|(?:预期)?(?:增长|增速)(?:预期)?目标|(?:经济)?(?:(?:增长|递增)(?:的)?(?:速度|率|水平)|增速|速度)"
)
_ACTS = re.compile(r"(?:提升)?(?:改造|建设|整治|治理|创建|提升)$")
_DOES = re.compile(r"(?:实施|推进|开展|启动|加快|抓好|做好)了?$")
_RATE_OF = re.compile(
    r"(?<=[一-鿿]{2})(?:水质|水体|空气质量)?(?:平均)?(?:优良|达标|合格|优质)(?:水体|水质|天数)?(?:率|比例)$"
)
"""What of counted things a percentage behind them is: (12个)国考断面[优良比例]达到91%."""
_REACHED_BY_ALL = re.compile(
    r"被(?:命名|评|授予|认定|确定|列|推)[^，]{2,}|(?:已经?)?(?:初步|基本)?建立了?(?=..).+|(?:荣?获评?|实现(?=脱贫|就业|达标)|入选|获批|入围|进入|跻身|通过|达到|完成|创成)(?=..).+"
)
"""What the things of a list did together: 10家单位、10名个人[获表彰]."""
_WITH_PEOPLE = re.compile(r"^[^，、的]{2,10}(?:问题|困难)$")
"""What places and people have together: 解决200个村、20万人[饮水安全问题]."""
_SHARES = re.compile(r"([^，占]{2,})占(?![地用比据线领道])")
_OF_TRADE = re.compile(r"(?<=..)(?:规模以上|规上)?工业$")
"""What of the counted things has the share: (45个)开发区[规模以上工业]总产值占全省的(84%)."""
_COUNTED = ("count", "person")
_MEASURED = ("money", "ratio")
_COUNTED_OR_MEASURED = (*_COUNTED, "money", "physical")
_MANNER = re.compile(r"(?:基础上|(?:平均)?(?:水平|速度|幅度|增速|比例)(?:上|内|向前|递|增|发展|$))")
"""What a number qualifies rather than counts: 以7.5%的速度, 在增长7.9%的基础上."""
_BUILT_IN = re.compile(r"(?<=..)(?:中|内)?(?:新建|建设|建成|建立|设立|开展|实施|进行|布局|推广)$")
"""What is done in the things counted, with another number behind it: 在等十五个港口[建设](132个泊位)."""
_ABOUT_THEM = re.compile(r"(?<=..)的(?:总?产量|总?产值|结构|规划|计划|设想|方案|检查|调查|统计|总和)$")
"""What is told of things rather than counted: (65种)主要产品[的产量]."""
_ON_THAT = re.compile(r"(?<=..)的?基础上.*$")
"""What is done on top of the things counted: 在完成(13个)事项[基础上又推出](10个)."""
_TOWARDS = re.compile(r"(?<=..)(?<![方流导走取定双纵横志去意面动偏倾航风])向$")
_IS_FOR = re.compile(r"^是(?=用)")
_OF = re.compile(r"^(?:的|多?个?的)")
_NOUN_ENDS = re.compile(r"[，。；：]|等一批|等(?=重大|重点)")
_FIRST_NAMED = re.compile(r"(?:[^和及、]|和(?=谐|平|田)|及(?=时))*")
"""Of several things that 等 sums up the number counts the first: (5件)大中型水库和滇中引水二期骨干等重点工程."""
_AIM_BEHIND = re.compile(r"(?<=..)的?目标(?:任务)?(?:已|顺利|如期|提前|基本|圆满)*(?:实现|完成)$")
"""What only says that an aim was reached: (1亿)农业转移人口落户目标顺利实现."""
_ARRANGED = ("安排、比", "安排、较", "把握、比", "把握、较")
"""What closes the clause of an aim: 赤字率拟按4%左右[安排]、比上年提高1个百分点."""
_COMPARED_BY = re.compile(
    r"([^，比较]{2,}?)(?:将|要|又|还|也|已|均|都|可)*(?:比(?![重例率值较])|较)[^，。比]{0,12}(?:[0-9０-９]{4}|[一二][九零〇○０][一二三四五六七八九零〇○]{2}|[上去前]|[五六七八九]五[”\"]?(?:时期|期间))年?[^，。比]{0,6}的"
)
_YEAR_FIRST = re.compile(r"^(?:[12][0-9]{3}|[一二][九零〇○][一二三四五六七八九零〇○]{2})年的?(?=..)")
_HELD_AGAINST = re.compile("(?:作|相)?比[较，]?")
"""What closes a comparison behind a number: 同1950年的(170亿元)作比较."""
_SHORT_RATE = 7
"""Characters of a rate that is of the things counted before it: (5个)医疗集团、区级覆盖率达80%."""
_SHORT_NOUN = 6
_LONG_NOUN = 12
_AMOUNT_CHANGED = re.compile(r"[一-鿿]{1,6}[量额数率](?:增长|下降|提高|减少|增加)")
"""What is told behind a share of something else: 投放50%以上号源、转诊量增长90%."""
_PASSING = ("过", "超", "破")
"""What makes of a sum the size of the things counted before it: 3个过(3000亿元)城市."""
_BRACKETS = frozenset("（(")
_BY_PRICES = re.compile(r"[（(](?:注|[按以]|[^（）()]{0,8}价)")
"""A remark behind a number, which names nothing: 628亿元（按1952年不变价格计算）."""
_METALS = ("金", "银", "铜")
"""What a number in a run of medals is followed by: 2金2银1铜."""
_AND_DID = re.compile("并(?![网购轨联行发用条])")
"""What says more of the same thing behind its number: 突破(40万亿元)并连续多年居世界首位."""
_MARK_PASSED = re.compile("(?:新?的?台阶|大关|关口)(?:、|和|并)(?=.)")
"""What ends the name of a mark before the next number: 跃上(1.4万亿斤)新台阶、亩产提升(10.1斤)."""
_TAKING_IN = re.compile(r"[（(](?:不?包括|不?含|扣除|剔除|加上|其中)[^）)]{2,16}")
"""What the number behind it says the same of more or less for: 增长7.5%（不包括村办工业(7%)）, 学校12所（其中小学(8所)）."""
_AGED_TO = re.compile(r"(?:左右)?(?:提高|提升|上升|增加|增长|延长|升|增|延)[到至为]")
"""What makes of an age no group of people: 预期寿命由(77岁)提高到(79岁)."""
_SIZES_OF_EACH = (
    "营业收入",
    "营收",
    "年营业收入",
    "主营业务收入",
    "销售收入",
    "产值",
    "年产值",
    "总产值",
    "规模",
    "税收",
)
_PASSED = re.compile(r"(?:超过?|突破|过)(?:[十百千万]?亿|10{0,3}亿|50{0,2}亿|[1-9]000万)元")
"""A round sum that each of several things passed."""
_WITHIN = re.compile(r"(?:以?内|范围内|半径)(?:的)?(?=[一-鿿])")
"""After a distance or a time that belongs to the name of a rate: 50米内(换乘比例)."""
SIZES = (
    "经济总量",
    "生产总值",
    "总值",
    "GDP",
    "销售额",
    "产值",
    "能耗",
    "收入",
    "营收",
    "投资额",
    "投资",
    "规模",
    "税收",
    "交易额",
    "资产",
    "收益",
    "人口",
    "装机容量",
    "库容",
)
_GRADE = re.compile(r"[^、，]{0,6}([级类型性])")
_AMONG = re.compile(r"^([^中，、]{2,14})中(?=[^，]{2,})")
_SIZED = re.compile(r"(?:一批|一个|一家|若干|多个|打造|培育)$")
BY_SIZE = re.compile(
    r"(?:重点|骨干|自然|连片)?(?:陡?坡|企业|项目|园区|县域|县(?:（[^）]{1,6}）)?|产业|集群|基地|工程|镇|村|公司|单位|纳税人|开发区|投资项目|市场主体|大)"
)
SORTED = re.compile(r"的(?:达到?|占比?(?:达到?)?)(?=[0-9０-９百])")
"""The share of what a floor sorts out: 收入50万元以上的达到50%."""
_FIRSTS = tuple(f"首{measure}" for measure in "台套条艘列座架支")
"""What leads a thing that is known by its size: 首台十二米(立式加工中心)."""
_ROUND = re.compile(r"[十百千万亿]+(?![分一二三四五六七八九两几])")
"""A numeral without digits: 百万吨乙烯, 千万吨炼化."""
_OF_SIZE = re.compile(
    rf"{SORTED.pattern}|的(?:{BY_SIZE.pattern}|[一-鿿“”]{{0,10}}?(?:企业|项目|工程|村|县)(?=[0-9达占有]))"
)
"""What a floor or a ceiling sorts out: (综合能耗5万吨以上)的企业, (投资2000万元以上)的技改项目(3000个)."""


_SIZED_THINGS = re.compile(
    rf"{BY_SIZE.pattern}|[一-鿿“”]{{2,12}}(?:企业|项目|园区|县域|集群|基地|公司|镇|村)(?:数量|总数)?"
)
_COUNTED_BY_SIZE = re.compile(rf"(?:{_SIZED_THINGS.pattern})(?=[达有增]|[0-9])")
"""Things of a size that are counted behind their name: (年销售收入超10亿元)农业产业化龙头企业达到100家."""
_SORTED = re.compile(rf"的?(?:重[大点])?[一-鿿]{{0,4}}?(?:{BY_SIZE.pattern})")
_LEAST_SIZE = 10**6


class Slot(Struct):
    """A quantity with the words that belong to it."""

    quantity: Quantity
    pre: str
    post: str
    clause: int
    joined: bool = False
    """Only a comma parts it from the quantity before: one of a list."""
    inside: bool = False
    """It stands within the name of what another quantity counts (604个5000万元以上项目)."""
    first: bool = False
    """First of its clause."""
    opens: bool = False
    """Its words begin with a conjunction: it may share the verb."""
    alone: bool = False
    """It says only which things are meant, with no other quantity to count them (60岁以上老人)."""
    base: bool = False
    """It says how much the past years had that something is compared with (高于过去28年平均每年递增2.6%的水平)."""
    source: bool = False
    """Where the next quantity came from: 由9.8%(降至7.5%)."""


def cut(quantities: list[Quantity], times: Times) -> list[list[Slot]]:
    """The slots of a sentence in groups: one quantity each, or a list that shares its words (374个、242个)."""
    cutter = _Cutter(times)
    groups = _groups(cutter.slots(quantities))
    for group in groups:
        head = next((slot for slot in group if not slot.inside), None)
        if head is not None:
            head.alone = cutter.is_alone(head) or cutter.are_sizes(group)
    return groups


def is_compared(slot: Slot) -> bool:
    """比“五五”时期的577亿元(增长一倍): the number is the one compared with."""
    pre = slot.pre.rstrip()
    if not pre.endswith("的"):
        return False
    return base_phrase(pre) == 0 or subject_compared(slot) != "" or _HELD_AGAINST.match(slot.post) is not None


def subject_compared(slot: Slot) -> str:
    """What is held against a number of other years, in the same clause: 工农业总产值将比1958年的(2050亿元)增长40%."""
    found = _COMPARED_BY.fullmatch(slot.pre.rstrip())
    return clean(predicate(_YEAR_FIRST.sub("", found[1])).rest) if found else ""


def is_pace(slot: Slot) -> bool:
    """Whether a percentage says how fast something grows, or is aimed at: 保持(7%)的增长速度."""
    return slot.quantity.kind == "ratio" and _PACE.match(_OF.sub("", slot.post)) is not None


def pace(slot: Slot) -> str:
    """What the words behind a pace call it: 确定(4.5%)的[增长目标]; else 经济."""
    found = _PACE.match(_OF.sub("", slot.post))
    named = found is not None and found[0].startswith(("增长", "经济", "预期增"))
    return found[0] if found and named else "经济"


def without_notes(phrase: str) -> str:
    """A phrase without the marks of footnotes: “四化”行动[5]."""
    return _NOTE.sub("", phrase) if "]" in phrase else phrase


def a_people(slot: Slot) -> str:
    """What the number says that the country has of, as everybody knows: 13亿中国人, 8亿农民, 56个民族; else ""."""
    behind: re.Match[str] | None = None
    if (
        slot.quantity.unit == "人"
        and slot.quantity.value >= _MOST
        and not slot.pre.startswith(("覆盖", "惠及"))
    ):
        if _THEIR.match(slot.post):
            return "人口"
        behind = PEOPLE.match(slot.post) or _OF_THE_COUNTRY.match(slot.post)
    elif slot.quantity.unit == "个" and slot.quantity.value < _ALL_NATIONALITIES:
        behind = _NATIONALITIES.match(slot.post)
    return behind[0] if behind else ""


def noun_behind(slot: Slot) -> str:
    """The noun behind a quantity: 10所[养老服务中心]."""
    post = without_notes(slot.post).lstrip("，, \n\u3000")
    if not post or post[0] in "、）)" or _goes_on(slot, post):
        return ""
    if slot.quantity.unit == "枚" and post[0] in _METALS:
        return post[0] + "牌"
    post = _OF.sub("", post)
    if aimed := _AIM_BEHIND.search(post):
        post = post[: aimed.start()]
    if ends := _NOUN_ENDS.search(post):
        post = post[: ends.start()]
        if slot.opens and ends[0].startswith("等"):
            post = _FIRST_NAMED.match(post)[0]  # type: ignore[index]  # it matches anything
    if _MANNER.match(post) or _GROWTH.fullmatch(post) or post == "中" or is_pace(slot):
        return ""
    if slot.pre.startswith("在"):
        post = post.removesuffix("中")
    post = _IS_FOR.sub("", post)
    if slot.quantity.kind in _COUNTED or slot.quantity.kind == "money":
        post = _ON_THAT.sub("", _ABOUT_THEM.sub("", post))
    post = _TOWARDS.sub("", post)
    return post.strip(" \u3000\n“”" if post.count("“") != post.count("”") else " \u3000\n")


def _goes_on(slot: Slot, post: str) -> bool:
    """Whether what follows a number is no noun but more about it: 按可比价格计算, 并居首位, (万亿元)规模."""
    if (slot.quantity.scale or slot.quantity.kind == "money") and _SCALE.fullmatch(post):
        return True
    return _BY_PRICES.match(post) is not None or _AND_DID.match(post) is not None


def _owner_of(phrase: str) -> str:
    """Whose measure a phrase names: 重大项目完成投资 → 重大项目; "" where it names none."""
    metric = lexicon().metrics.at_end(phrase)
    if metric is None:
        return ""
    return _CAME_TO.sub("", phrase[: -len(metric[0])])


class _Cutter:
    def __init__(self, times: Times) -> None:
        self.times = times
        self.text = times.text
        self.sentence = times.sentence

    def slots(self, quantities: list[Quantity]) -> list[Slot]:
        slots: list[Slot] = []
        for index, clause in enumerate(self.sentence.clauses):
            inside = [q for q in quantities if clause.start <= q.number < clause.end]
            if inside:
                slots.extend(self._clause_slots(clause, index, inside))
        return slots

    def _clause_slots(self, clause: Clause, index: int, quantities: list[Quantity]) -> list[Slot]:
        text = self.text
        slots = [Slot(q, "", "", index) for q in quantities]
        before_all = max(clause.start, quantities[0].start)
        numbered = _ENUMERATOR.match(text, clause.start, before_all)
        slots[0].pre = text[numbered.end() if numbered else clause.start : before_all]
        slots[0].first = True
        for before, slot in itertools.pairwise(slots):
            gap = text[before.quantity.end : max(before.quantity.end, slot.quantity.start)]
            if gap.startswith(_ARRANGED):
                gap = gap[gap.index("、") :]
            self._part_gap(before, slot, _TO_ONE.sub("", gap) if gap[:1] in COLONS else gap)
        slots[-1].post = text[quantities[-1].end : clause.end] if quantities[-1].end < clause.end else ""
        self._mark_sources(slots)
        self._share_fragments(slots)
        self._share_nouns(slots)
        return slots

    def _mark_sources(self, slots: list[Slot]) -> None:
        """由9.8%降至7.5%, 从每月70元提高到88元, 将现行16%的税率降至13%: the first number is where it came from."""
        for slot, following in itertools.pairwise(slots):
            said = predicate(self.times.without(following.pre, following.quantity.start))
            if said.kind != "to":
                continue
            head = self._head_of(slots, slot)
            if head is not slot and (origin := _FROM.search(head.pre)) and not said.rest:
                for each in slots[slots.index(head) : slots.index(slot) + 1]:
                    each.source = True
                head.pre, following.pre = head.pre[: origin.start()], said.word
                continue
            origin = _FROM.search(slot.pre)
            if origin and (not said.rest or _STOPGAP.fullmatch(said.rest)):
                slot.source = True
                slot.pre = slot.pre[: origin.start()]
                following.pre = said.word
            elif following.pre.startswith("的") and "现行" in slot.pre:
                slot.source = True
                thing = slot.pre.replace("现行", "").removeprefix("将") + said.rest[1:]
                slot.pre, following.pre = thing, said.word

    @staticmethod
    def _head_of(slots: list[Slot], slot: Slot) -> Slot:
        """The first of the list that a slot ends: 分别从(209元)、280元提高到217元、290元."""
        at = slots.index(slot)
        while slots[at].joined:
            at -= 1
        return slots[at]

    def _share_fragments(self, slots: list[Slot]) -> None:
        """6个世界级、7个国家级产业集群: the last thing's noun belongs to all; 2个百亿级园区: so does a size's."""
        for slot, following in zip(reversed(slots[:-1]), reversed(slots[1:]), strict=False):
            if following.inside and not slot.post and (not following.pre or following.pre.endswith(SIZES)):
                slot.post = following.pre + self._words(following.quantity) + following.post
            self._share_act(slot, following)
            found = _GRADE.fullmatch(slot.post)
            if found and following.post:
                at = following.post.find(found[1])
                if 0 <= at < 8:
                    slot.post += following.post[at + 1 :]

    def _share_act(self, slot: Slot, following: Slot) -> None:
        """实施3000个老旧小区、120个老旧街区改造: the act at the end is done to both."""
        if following.quantity.unit == "人" and not following.pre and _WITH_PEOPLE.search(following.post):
            slot.post += following.post if lexicon().endings.at_end(slot.post) else ""
        act = _ACTS.search(following.post)
        gap = self.text[slot.quantity.end : following.quantity.start]
        listed = gap.endswith("、")
        if (
            (slot.first or slot.opens)
            and not clean(slot.pre)
            and slot.post
            and not following.pre
            and gap[-1:] in ("、", "和")
        ):
            reached = _REACHED_BY_ALL.search(following.post)
            if reached and not _REACHED_BY_ALL.search(slot.post):
                slot.post += reached[0]
        if act and listed and slot.post and not _ACTS.search(slot.post) and _DOES.search(slot.pre):
            slot.post += act[0]

    def _share_nouns(self, slots: list[Slot]) -> None:
        """12类55件民生实事, 市级51项、县级216项备案事项: both count the same."""
        for slot, following in itertools.pairwise(slots):
            counted = slot.quantity.kind in _COUNTED and following.quantity.kind in _COUNTED
            if not counted or slot.post or following.inside:
                continue
            graded = following.opens and _GRADED.search(slot.pre) and _GRADED.fullmatch(following.pre)
            if graded or slot.quantity.end == following.quantity.start:
                slot.post = following.post

    def _part_gap(self, before: Slot, slot: Slot, gap: str) -> None:
        """Share out the words between two quantities of a clause."""
        opening = _OPENS.match(gap)
        if self._lists(before.quantity, slot.quantity, gap):
            slot.joined = True
        elif not self._size_gap(before, slot, gap, opening=opening is not None):
            if gap[:1] in _BRACKETS and _TAKING_IN.fullmatch(gap):
                slot.opens = gap.startswith("（其中")
                slot.pre = gap[1:] if slot.opens else gap
            elif mark := _MARK_PASSED.match(gap):
                slot.pre, slot.opens = gap[mark.end() :], True
            elif not gap:
                slot.inside = self._is_threshold(slot.quantity)
                slot.opens = not slot.inside
            elif opening:
                slot.pre = gap[opening.end() :]
                slot.opens = True
            elif not self._predicated(before, slot, gap):
                slot.opens = True
                self._part_words(before, slot, gap)

    def _size_gap(self, before: Slot, slot: Slot, gap: str, *, opening: bool) -> bool:
        """Whether one of two quantities is the size of what the other counts; marks it."""
        if before.quantity.kind == "count" and (passed := self._passes(slot.quantity, gap)):
            slot.inside, slot.quantity = True, replace(slot.quantity, qualifier=passed)
            if passed == "exact":
                before.quantity = replace(before.quantity, qualifier=passed)
        elif self._names_threshold(before.quantity, gap) and not opening and (before.pre == "" or gap):
            before.inside = True
            slot.pre = before.pre + self._words(before.quantity) + gap
        elif self._names_size(before, slot, gap):
            before.inside, before.post = True, gap[1:]
            slot.pre = before.pre + self._words(before.quantity) + gap
        elif gap.endswith(SIZES) and self._sorts(slot.quantity):
            slot.inside, slot.pre, before.post = True, gap, ""
        else:
            return False
        return True

    def _passes(self, quantity: Quantity, gap: str) -> str:
        """The qualifier of a sum that is the size of the things counted before it: 3个过(3000亿元)城市, 2个(万亿元台阶)."""
        if gap in _PASSING and self._is_sum(quantity):
            return "over"
        return "exact" if not gap and self._words(quantity).endswith("台阶") else ""

    @staticmethod
    def _is_sum(quantity: Quantity) -> bool:
        return quantity.kind in ("money", "none") and quantity.value >= _LEAST_SIZE

    def _lists(self, before: Quantity, quantity: Quantity, gap: str) -> bool:
        """Whether no more than a mark parts two quantities of a list: 374个、242个; 4.0∶37.7∶58.3."""
        if gap in COLONS:
            return quantity.unit == before.unit == "%"
        return gap != "" and _JOINED.fullmatch(gap) is not None and not self._says_other(before, quantity)

    def _says_other(self, before: Quantity, quantity: Quantity) -> bool:
        """Whether a number says what was reached, behind how much was added: 增长19.2%、突破8500亿元."""
        passed = quantity.qualifier == "over" and quantity.start < quantity.number
        added = before.unit == quantity.unit and self.text.endswith(_CAME_NEW, 0, before.start)
        return passed and (before.kind == "ratio" or added) and quantity.kind in _COUNTED_OR_MEASURED

    def _predicated(self, before: Slot, slot: Slot, gap: str) -> bool:
        """Words with a predicate belong to the number behind it: 17个制造业[增加值增长]8%, 1299个项目[完成投资]1.4万亿元."""
        said = predicate(self.times.without(gap, slot.quantity.start))
        owner = _owner_of(said.rest)
        head, _, tail = gap.rpartition("、")
        if (
            before.quantity.kind == "ratio"
            and 2 <= len(head) <= _SHORT_NOUN
            and _AMOUNT_CHANGED.fullmatch(tail)
        ):
            before.post, slot.pre = before.post or head, tail
            return True
        grew = before.quantity.kind == "ratio" and _GROWTH.fullmatch(head)
        if head and (grew or before.quantity.kind in _COUNTED) and self._says_more(tail):
            before.post, slot.pre = before.post or head, tail
            return True
        if self._ranked(before, slot, gap):
            return True
        if said.kind == "none" and not said.source and (not owner or slot.quantity.kind not in _MEASURED):
            return False
        if said.rest.endswith(("并", "且")) and said.kind != "none" and before.quantity.kind in _COUNTED:
            before.post, slot.pre = said.rest[:-1], gap[len(said.rest) :]
            return True
        slot.pre = gap
        if owner and self._passed_size(before, slot, said.rest[len(owner) :]):
            before.post = said.rest[len(owner) :] + self._words(slot.quantity) + owner
        elif before.quantity.kind in _COUNTED and (not before.pre or FIRST_BATCH.fullmatch(before.pre)):
            before.post = self._measured_of(owner, said.rest) or before.post
        return True

    @staticmethod
    def _measured_of(owner: str, measured: str) -> str:
        """The things counted, of what is measured behind their number: (45个)开发区[总产值占全省的](84%)."""
        if owner:
            return owner
        if share := _SHARES.match(measured):
            return _OF_TRADE.sub("", _owner_of(share[1]) or share[1])
        return _RATE_OF.sub("", measured) if len(measured) <= _LONG_NOUN else ""

    @staticmethod
    def _ranked(before: Slot, slot: Slot, gap: str) -> bool:
        """Whether a rank is of what was counted before it: (14种)农产品产量居全国(第1位)."""
        ranked = _RANKED.search(gap) if slot.quantity.kind == "rank" else None
        if ranked is None or before.quantity.kind not in _COUNTED:
            return False
        if not before.pre or before.pre.endswith("等"):
            before.post = before.post or _owner_of(gap[: ranked.start()]) or gap[: ranked.start()]
        slot.pre = gap
        return True

    def _passed_size(self, before: Slot, slot: Slot, measure: str) -> bool:
        """Whether things are told by the size each passed: (191家)企业营业收入(超百亿元); not 完成投资超800亿元."""
        counted = before.quantity.kind == "count" and not before.pre and not before.post
        return counted and measure in _SIZES_OF_EACH and _PASSED.match(self._words(slot.quantity)) is not None

    @staticmethod
    def _says_more(words: str) -> bool:
        """Whether words say more of the things counted before them: (13个)集群、增长(8%), (35家)企业、总数达(81家)."""
        said = predicate(words)
        rest = clean(said.rest)
        rate = len(rest) <= _SHORT_RATE and rest.endswith(("率", "占比", "比例"))
        return rate or rest in lexicon().dependent or (said.kind != "none" and not said.rest)

    def _part_words(self, before: Slot, slot: Slot, gap: str) -> None:
        """Words without a predicate belong to the number before, up to a mark that opens what is next."""
        among = _AMONG.match(gap)
        if closing := _CLOSES.search(gap):
            before.post = _RATE_OF.sub("", gap[: closing.start()])
        elif among and slot.quantity.kind == "ratio":
            before.post, slot.pre = among[1], gap[among.end() :]
            slot.opens = False
        elif listed := _NEXT_LIST.fullmatch(gap):
            before.post, slot.pre = listed[1], listed[2]
        elif not clean(before.pre) and (did := self._did(before, slot, gap)):
            before.post, slot.pre = did
        elif "、" in gap:
            before.post, _, slot.pre = gap.partition("、")
        else:
            before.post = _BUILT_IN.sub("", gap) if before.pre.startswith("在") else gap

    def _did(self, before: Slot, slot: Slot, gap: str) -> tuple[str, str] | None:
        """Things that come first and what they did with as many others: (62个)组团[实施重点项目](1000多个)."""
        counted = before.quantity.kind in _COUNTED and slot.quantity.kind in ("count", "person", "physical")
        if not counted or self.text[slot.quantity.end : slot.quantity.end + 1].isalpha():
            return None
        thing, act = became(gap)
        verb, target = split_verb(act)
        named = len(verb) > 1 and len(target) > 1 and thing not in lexicon().general
        return (thing, act) if named else None

    def _words(self, quantity: Quantity) -> str:
        return self.text[quantity.start : quantity.end]

    def _names_threshold(self, quantity: Quantity, gap: str) -> bool:
        if "、" in gap or gap.endswith(("和", "与", "及")) or not self._is_threshold(quantity):
            return False
        said = predicate(gap)
        return (
            quantity.unit in AGE
            or said.kind == "none"
            or (said.kind in ("level", "to") and bool(_SIZED_THINGS.fullmatch(said.rest.removeprefix("的"))))
            or (quantity.scale and gap.startswith("级"))
            or self._is_extent(quantity)
        )

    def _names_size(self, before: Slot, slot: Slot, gap: str) -> bool:
        """100万吨以上的大型矿井(28个), 投资3亿元的项目(5个): a size in the name of what the next number counts."""
        noun = gap[1:]
        if (
            not gap.startswith("的")
            or not 1 < len(noun) <= 10
            or before.quantity.kind not in ("money", "physical")
        ):
            return False
        if (
            slot.quantity.kind != "count"
            or re.search(r"[、和与及，的]", noun)
            or predicate(noun).kind != "none"
        ):
            return False
        return lexicon().verbs.at_end(noun) is None

    def _sorts(self, quantity: Quantity) -> bool:
        """Whether a sum behind the name of a measure says which things are meant: (投资额百亿元以上)项目."""
        if not self._is_sum(quantity):
            return False
        floor = quantity.qualifier in ("at_least", "over")
        return floor and _SORTED.match(self.text, quantity.end) is not None

    def _is_extent(self, quantity: Quantity) -> bool:
        """A distance or a time in the name of a rate: 50米内(换乘比例), 半小时内(到达率)."""
        return quantity.kind in ("physical", "time") and _WITHIN.match(self.text, quantity.end) is not None

    def _is_threshold(self, quantity: Quantity) -> bool:
        """5000万元以上(项目), 60岁以上(人口), 万亿级(基地): a size that says which things are meant."""
        if quantity.scale or (quantity.unit in AGE and _AGED_TO.match(self.text, quantity.end) is None):
            return True
        words = self._words(quantity)
        if self._names_work(quantity) or (quantity.kind == "count" and words.endswith("及以上")):
            return True
        if self._is_extent(quantity):
            return True
        before = self.text[max(0, quantity.start - 4) : quantity.start]
        over = quantity.qualifier == "over"
        sized = (quantity.kind == "money" or over) and before.endswith(SIZES)
        sized = sized or (quantity.kind == "money" and over and quantity.start < quantity.number)
        if sized and (
            BY_SIZE.match(self.text, quantity.end) or _COUNTED_BY_SIZE.match(self.text, quantity.end)
        ):
            return True
        if quantity.kind not in ("money", "physical") and quantity.unit not in ("户", "度"):
            return False
        if quantity.kind == "money" and _SIZED.search(self.text[max(0, quantity.start - 2) : quantity.start]):
            return bool(
                BY_SIZE.search(self.text[quantity.end : quantity.end + 8].split("，")[0].split("。")[0])
            )
        if _THRESHOLD.search(words) is None:
            return False
        following = self.text[quantity.end : quantity.end + 1]
        if following == "的":
            return _OF_SIZE.match(self.text, quantity.end) is not None
        return bool(following) and following not in "，。；、！,;）)"

    def _names_work(self, quantity: Quantity) -> bool:
        """Whether a measure is part of a name: 500千伏(变电站), 8英寸(衬底), 时速250公里(列车), 延安千万吨(炼化)."""
        if quantity.unit in ("千伏", "千伏特", "英寸"):
            return True
        following = self.text[quantity.end : quantity.end + 1]
        if quantity.kind != "physical" or not following.isalpha():
            return False
        before = self.text[max(0, quantity.start - 4) : quantity.start]
        if before.endswith(("时速", *_FIRSTS)):
            return True
        round_ = _ROUND.match(self.text, quantity.number) is not None and quantity.qualifier == "exact"
        return round_ and before[-1:].isalpha() and lexicon().verbs.at_end(before) is None

    def are_sizes(self, group: list[Slot]) -> bool:
        """Whether a list of sums says which things are meant: 一批(超50亿元)、(百亿元)大项目."""
        last = group[-1]
        if (
            len(group) == 1
            or last.inside
            or not all(slot.quantity.kind in ("money", "none") for slot in group)
        ):
            return False
        return self.is_alone(last) and _SIZED.search(group[0].pre) is not None

    def is_alone(self, slot: Slot) -> bool:
        q = slot.quantity
        if q.unit in AGE and _AGED_TO.match(self.text, q.end) is None:
            given = slot.pre.strip() in ("为", "对", "给", "向")
            return self.text[q.end : q.end + 1] not in _STOPS and (
                given or predicate(slot.pre).kind == "none"
            )
        if not q.scale and self._is_threshold(q):
            of = self.text.startswith("的", q.end)
            named = BY_SIZE.match(self.text, q.end + of) or _SIZED.search(slot.pre)
            sorts = named or SORTED.match(self.text, q.end)
            return sorts is not None or self._names_work(q)
        return q.scale and _REACHED.search(slot.pre + self._words(q)) is None


def _groups(slots: list[Slot]) -> list[list[Slot]]:
    groups: list[list[Slot]] = []
    for slot in slots:
        if slot.joined and groups:
            groups[-1].append(slot)
        else:
            groups.append([slot])
    return groups
