"""Sentences → figures: each quantity tied to what it measures, with kind, status, period and place.

A clause with numbers is cut into slots (slots.py); from left to right each is given what it measures (measured.py),
its kind (here), its status and period (tense.py).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from duban.quantities.model import Quantity
from duban.reading.lexicon import lexicon
from duban.reading.measured import GOAL_SET, Measured, is_included, is_rate
from duban.reading.model import Kind, Status
from duban.reading.phrases import GROWTH_NOUNS, POPULATION_RATES, Predicate, clean, predicate, split_verb
from duban.reading.slots import Slot, cut, noun_behind, without_notes
from duban.reading.tense import Tense
from duban.reading.times import Background, Left, Times

if TYPE_CHECKING:
    from duban.reading.clauses import Sentence

__all__ = ["RawFigure", "find"]

_OF_GROWTH = re.compile(
    r"的(?:发展)?(?:速度|增速)|(?:的[^，。的]{2,10})?(?:增长|增速)(?:预期)?目标|的预期(?:增长|增速)目标|的?(?:经济)?(?:增长|增速)(?:目标|预期|速度|率|$)"
)
_AT_RATE = re.compile(r"的(?:增长|平均)?(?:速度|水平|幅度|要求)")
"""What makes a number the growth of what is compared with: 超过重工业增长3.4%的速度, 超过计划增长4%的要求."""
_ONLY_YEARS = re.compile(r"[0-9０-９零〇○一二三四五六七八九十年至到的间中内里来]+")
_OF_LAST = re.compile(
    r"(?:上年|去年|上年同期|去年同期|[12][0-9]{3}年)((?!年初|预算|决算|预计|实际|平均|执行|计划|水平|[初末底])[^，的期]{2,12})"
)
"""What grew, named behind what it is compared with: 比上年产值(增长14.9%)."""
_RECKONED = re.compile(r"实际|计划|预计|原定")
"""What a plan is held against: 计划为3.7%，实际达到4.6%."""
_PLANNED = re.compile(r"(?:原定|原计划|预定)的?$")
"""Behind it, what was passed is what was planned, not by how much: 超过原定的(2万亿元)规模."""
_FUNDS = re.compile(r"[^，、的]{0,12}?(?:资金|补助|补贴|贷款|国债|债券|经费|基金|救灾款|款项)")
_AMOUNTS = re.compile(r"产值|生产总值|GDP|总量|增加值|收入|投资|总额|资金|营收|交易额|存款|贷款|进出口")
_THINGS = ("count", "person")
_TELLING = GROWTH_NOUNS | {"安排"}
"""Words before a number that say what it is where nothing else does."""
_NUMBER_OF = re.compile(r"[数量额率]$")
_AT_LEAST = re.compile(r"至少[^0-9，。]{1,12}$")
"""What makes a number a floor though words stand between: 每县至少建设1家."""
_WIDENED = re.compile(r"扩大[^，的、]{2,8}面积$")
"""What a size more is told by: 扩大杂交水稻面积1500万亩."""
_THAT_IS = re.compile(r"[，、（(]?(?:也就是|即)")
"""What says the same in percent: 增产2200万吨，即7.8%."""
_AT_BEST = re.compile(r"最?[高低多少快慢]的达?到?$")
_ROUGHLY = re.compile(r"大[约概致](?!为|是|有)[^，、]{2,16}$|大体[^，、]{2,10}$")
"""What says of a number further on that it is not exact: 全国大约损失工业总产值1000亿元."""
_NEAR = {"接近": "nearly", "超过": "over", "不超过": "at_most"}
_NEAR_SHARE = re.compile("(接近|不?超过)(?!计划|预)[^，、0-9比]{2,16}的$")
"""What says of a share that it is nearly reached, or passed: 已接近学生人数的(50%)."""
_THE_WHOLE = re.compile("全[国省市区球]的?|世界的?")
"""What more than a share of is no comparison: 新增装机超过全球(一半)."""
_HOPED = re.compile(r"力争|争取|确保|努力")
_SIZED_IN = re.compile(r"级?(?:人次|(?:核心|旅游)*(集装箱|景区|客流|流量|机场|枢纽))")
"""What tells that a size is no sum of money: 千万级核心景区, 千万级集装箱泊位群."""
_WITHIN = re.compile("以?内")
_OR_MORE = re.compile(r"级?(?:及以上|以上)")
_SUM = 10**8
"""From which on a size without a unit is one of money: 产值过百亿的园区."""
_COUNTED_IN = re.compile(
    r"人口|人才|带头人|用户|人数|就业|裁员|军队|人员|职工|学生|老年人|劳动力|家庭|户数|市场主体|企业|人次|(?:游客|旅客|师生|儿童|群众|农民)$"
)
"""What tells, the last of it, the unit of a number that goes without."""
_ADDED = re.compile(
    r"(?:^|每年|平均|再)(?:新?增加(?!值)|增产|增收|多增)[^，的]{1,12}$|[一-鿿]增加的?[^，的]{0,2}(?:收入|支出|产值|产量|利润|贷款|存款|投资)$"
)


class RawFigure(Struct, frozen=True, gc=False):
    """A figure before it is numbered: offsets of the text, everything else as in `Figure`."""

    quantity: Quantity
    value: Decimal
    high: Decimal | None
    unit: str
    indicator: str
    kind: Kind
    status: Status
    period: str | None
    place: str | None


def find(
    sentence: Sentence, quantities: list[Quantity], text: str, ground: Background
) -> tuple[list[RawFigure], Left]:
    """The figures of a sentence, and what it leaves to the rest of its paragraph."""
    return _Reader(quantities, sentence, text, ground).read(quantities)


class _Reader:
    def __init__(self, quantities: list[Quantity], sentence: Sentence, text: str, ground: Background) -> None:
        self.text = text
        self.ground = ground
        self.times = Times(sentence, text, ground, [quantity.number for quantity in quantities])
        self.tense = Tense(self.times)
        self.measured = Measured(self.times)
        self.found: list[RawFigure] = []
        self.floor = False
        """Whether the number before is a floor (至少)."""
        self.averaged = -1
        """The clause of the figure before where that was a yearly average."""
        self.came = False
        """Whether the figure before is where the next one came from (由9.8%降至7.5%)."""

    def read(self, quantities: list[Quantity]) -> tuple[list[RawFigure], Left]:
        for group in cut(quantities, self.times):
            self._read_group(group)
        if not self.found:
            return self.found, self.times.left()
        last = self.found[-1]
        return self.found, self.times.left(last.indicator, grew=last.kind is Kind.GROWTH)

    def _read_group(self, group: list[Slot]) -> None:
        """One quantity, or a list of quantities that share their words (374个、242个)."""
        slots = [slot for slot in group if not slot.inside]
        for slot in group:
            if slot.inside:
                self._reference(slot)
        if not slots:
            return
        head = slots[0]
        if head.alone:
            self._references(slots)
            return
        said = self._said(head)
        self._set_floor(slots)
        if len(slots) > 1 and head.quantity.kind == "rank":
            for slot, indicator in zip(slots, self.measured.ranks(slots), strict=True):
                self._emit(slot, said, indicator, Kind.RANK)
        elif len(slots) > 1:
            _share_qualifier(slots, said)
            for slot, (indicator, rate) in zip(slots, self.measured.of_list(slots, said), strict=True):
                own = said if rate or said.word not in GROWTH_NOUNS else replace(said, kind="level")
                self._emit(slot, own, indicator, self._kind(slot, own, indicator, rate=rate))
        elif head.quantity.kind == "rank":
            self._emit(head, said, self.measured.ranked(head), Kind.RANK)
        else:
            self._read_one(head, said)

    def _references(self, slots: list[Slot]) -> None:
        """Sizes that say which things are meant: 一批(超50亿元)、(百亿元)大项目."""
        last = slots[-1]
        for slot in slots:
            slot.post = slot.post or last.post
            slot.quantity = replace(slot.quantity, scale=last.quantity.scale)
            self._reference(slot)

    def _read_one(self, slot: Slot, said: Predicate) -> None:
        indicator = self.measured.of(slot, said)
        inherited = None
        if not clean(said.rest) and not indicator.endswith(POPULATION_RATES):
            inherited = lexicon().growth_nouns.at_end(indicator)
        rate = is_rate(said.rest) or inherited is not None
        kind = self._kind(slot, said, indicator, rate=rate)
        if kind is Kind.AVG_GROWTH and not said.average:
            said = replace(said, average=True)
        bare = indicator.removesuffix(inherited[0]) if inherited else indicator
        self._emit(slot, said, bare or indicator, kind)

    def _set_floor(self, slots: list[Slot]) -> None:
        """至少 holds for the numbers of its list: 每县至少建设2个示范区、20个示范村."""
        head = slots[0]
        if head.quantity.start < head.quantity.number and GOAL_SET.match(head.post):
            head.quantity = replace(head.quantity, qualifier="exact")
        if head.quantity.qualifier == "exact" and "大" in head.pre and _ROUGHLY.search(head.pre):
            head.quantity = replace(head.quantity, qualifier="about")
        if (
            head.quantity.qualifier == "exact"
            and head.quantity.unit == "%"
            and (near := _NEAR_SHARE.search(head.pre))
        ):
            head.quantity = replace(head.quantity, qualifier=_NEAR[near[1]])
        goes_on = self.floor and head.opens and not head.pre
        self.floor = goes_on or ("至少" in head.pre and _AT_LEAST.search(head.pre) is not None)
        if not self.floor:
            return
        for slot in slots:
            if slot.quantity.qualifier == "exact":
                slot.quantity = replace(slot.quantity, qualifier="at_least")

    def _said(self, head: Slot) -> Predicate:
        """The predicate before a quantity; a change of counted things is an act done to them (减少三道关卡)."""
        said = predicate(self.times.without(head.pre, head.quantity.start))
        if said.compared:
            said = self._compared(said, head)
        if said.kind == "up" and head.quantity.kind != "ratio" and (_is_act(said) or _works_done(said, head)):
            said = replace(said, kind="none", rest=said.rest + said.word)
        if head.source and not said.source:
            said = replace(said, source=True)
        if said.kind == "none" and (acted := _done_to(said, head)) is not None:
            said = acted
        elif head.opens and said.rest in _SAVED and self.found and self._cut_before(head):
            said = replace(said, kind="down", word="减")
        if (
            said.kind in ("up", "down") and said.rest and noun_behind(head) and head.quantity.kind in _THINGS
        ) or (said.word == "安排" and self._arranged(head, said)):
            said = replace(said, kind="none", rest=self.times.without(head.pre, head.quantity.start))
        if said.kind in ("up", "down") and not said.rest and self._still_average(head, said):
            said = replace(said, average=True)
        self.averaged = head.clause if said.average else -1
        return said

    @staticmethod
    def _compared(said: Predicate, head: Slot) -> Predicate:
        """The predicate where something is held against another, or against what it is part of."""
        other = said.compared or ""
        if head.post.startswith("的") and head.quantity.unit != "番" and _AT_RATE.match(head.post):
            said = predicate(other)
            if _ONLY_YEARS.fullmatch(said.rest):
                head.base, said = True, replace(said, rest="")
        if said.compared and said.kind == "up" and (named := _OF_LAST.fullmatch(said.compared)):
            said = replace(said, rest=said.rest + named[1])
        if said.word == "超过" and head.quantity.unit == "%" and _THE_WHOLE.fullmatch(other):
            said = replace(said, kind="none", word="", compared=None, rest=f"{said.rest}超过{other}")
            if head.quantity.qualifier == "exact":
                head.quantity = replace(head.quantity, qualifier="over")
        return said

    def _cut_before(self, head: Slot) -> bool:
        """Whether the share before was taken off the like of it: 平均压减时间58%、材料(52%)."""
        last = self.found[-1]
        return head.quantity.unit == last.unit == "%" and last.kind is Kind.GROWTH and last.value < 0

    @staticmethod
    def _arranged(head: Slot, said: Predicate) -> bool:
        """Whether 安排 is what is done to what is counted: 安排6万人, 安排200亿元[技改专项资金]; not 招生数安排27万人."""
        if head.quantity.kind == "person":
            return _NUMBER_OF.search(said.rest) is None
        behind = noun_behind(head)
        if head.quantity.kind == "money":
            return _FUNDS.match(behind) is not None
        return head.quantity.kind == "count" and bool(behind)

    def _still_average(self, head: Slot, said: Predicate) -> bool:
        """Whether a growth says in percent what was told of each year before: 平均每年增加42亿元，增长4.9%."""
        if said.compared is not None:
            return False
        if not self.found or self.found[-1].kind is not Kind.CHANGE or head.quantity.kind != "ratio":
            return False
        follows = head.first and self.averaged == head.clause - 1
        return follows and not self.times.marked(head.clause, head.quantity.start)

    def _reference(self, slot: Slot) -> None:
        q = slot.quantity
        indicator = self.measured.size(slot)
        unit = q.unit or ("元" if q.value >= _SUM else "")
        if q.scale and unit in ("", "元") and (sized := _SIZED_IN.match(self.text, q.end)):
            unit = "标箱" if sized[1] == "集装箱" else "人次"
        if q.kind == "physical" and _WITHIN.match(self.text, q.end):
            q = replace(q, qualifier="at_most")
        if q.scale and _OR_MORE.match(self.text, q.end):
            q = replace(q, qualifier="at_least")
        self.found.append(
            RawFigure(q, q.value, q.high, unit, indicator, Kind.LEVEL, Status.REFERENCE, None, None)
        )

    def _kind(self, slot: Slot, said: Predicate, indicator: str, *, rate: bool) -> Kind:
        """`rate`: what is measured is itself a growth (增速, 涨幅)."""
        quantity = slot.quantity
        ratio = quantity.kind == "ratio"
        if quantity.kind == "rank":
            return Kind.RANK
        if said.kind in ("more", "less") and (quantity.kind == "point" or not _PLANNED.search(slot.pre)):
            relative = ratio and (quantity.unit != "%" or said.word.endswith(("多", "多出")))
            return Kind.GROWTH if relative else Kind.CHANGE
        if said.kind in ("up", "down") and not ratio:
            return Kind.LEVEL if indicator.startswith(said.word) and indicator != said.word else Kind.CHANGE
        if quantity.unit == "番":
            return Kind.GROWTH
        if ratio and self._goes_on(slot, said):
            last = self.found[-1].kind if self.found else Kind.GROWTH
            return Kind.GROWTH if last is Kind.CHANGE else last
        if ratio and (said.kind in ("up", "down") or self._is_growth(slot, said, rate=rate)):
            return Kind.AVG_GROWTH if said.average else Kind.GROWTH
        if quantity.kind == "point" or (
            not ratio
            and (
                ("增" in said.rest and _ADDED.search(clean(said.rest)))
                or ("扩大" in said.rest and _WIDENED.search(said.rest))
            )
        ):
            return Kind.CHANGE
        return Kind.LEVEL

    @staticmethod
    def _is_growth(slot: Slot, said: Predicate, *, rate: bool) -> bool:
        """Whether a percentage without a verb of change is one: 涨幅3%左右; 4.5%的增长目标."""
        if said.kind not in ("none", "level", "to"):
            return False
        return rate or bool(_OF_GROWTH.match(slot.post))

    def _goes_on(self, slot: Slot, said: Predicate) -> bool:
        """Whether a percentage says more of the figure before: 增长7%以上、力争达到8%; （包括村办工业为6%）."""
        grew = self.found[-1].kind in (Kind.GROWTH, Kind.AVG_GROWTH) if self.found else self.ground.grew
        if self.found and self.found[-1].kind is Kind.CHANGE and _THAT_IS.fullmatch(slot.pre):
            return True
        if not grew:
            return False
        if said.kind == "to":
            return self.came or (not clean(said.rest) and _RECKONED.search(slot.pre) is not None)
        if said.kind not in ("none", "level"):
            return False
        if (
            _AT_BEST.match(slot.pre)
            or is_included(slot)
            or (said.word == "" and _THAT_IS.fullmatch(slot.pre))
        ):
            return True
        if said.kind == "none" and slot.post.startswith("的") and GOAL_SET.match(slot.post):
            return True
        return not clean(said.rest) and bool(_HOPED.search(slot.pre) or _RECKONED.search(slot.pre))

    def _emit(self, slot: Slot, said: Predicate, indicator: str, kind: Kind) -> None:
        q = slot.quantity
        sign = -1 if self._falls(said, kind) else 1
        unit = q.unit or self._unit_of(indicator, q)
        if kind is Kind.CHANGE and indicator.startswith("增加") and not indicator.startswith("增加值"):
            indicator = indicator.removeprefix("增加") or indicator
        indicator = _tidy(indicator)
        if (indicator == "经济" or indicator.endswith("的经济")) and kind in (Kind.GROWTH, Kind.AVG_GROWTH):
            indicator = "经济增长"
        if indicator in ("", said.word):
            indicator = self.ground.measured or (said.word if said.word in _TELLING else indicator)
        when = self.times.at(q.number)
        status = self.tense.status(slot, said, when)
        period = self.tense.period(slot, said, kind, status, when)
        high = None if q.high is None else q.high * sign
        self.found.append(RawFigure(q, q.value * sign, high, unit, indicator, kind, status, period, None))
        self.measured.note(indicator, unit, slot.clause)
        self.came = said.source

    def _falls(self, said: Predicate, kind: Kind) -> bool:
        if kind not in (Kind.GROWTH, Kind.CHANGE, Kind.AVG_GROWTH):
            return False
        noun = lexicon().growth_nouns.at_end(said.rest.rstrip())
        if (noun and noun[1] == "-1") or (said.word == "改善" and said.rest.endswith("浓度")):
            return True
        return said.kind in ("down", "less")

    def _unit_of(self, indicator: str, quantity: Quantity) -> str:
        """The unit of a number that goes without: 农村贫困人口减少1386万 → 人."""
        if quantity.unit or quantity.value < 10**4:
            return quantity.unit
        if _AMOUNTS.search(indicator) and (quantity.value >= 10**8 or "人均" in indicator):
            return "元"
        found = _COUNTED_IN.findall(indicator)
        if not found:
            return ""
        return {"家庭": "户", "用户": "户", "户数": "户", "市场主体": "户", "企业": "家", "人次": "人次"}.get(
            found[-1], "人"
        )


def _done_to(said: Predicate, head: Slot) -> Predicate | None:
    """What a share is taken off or added to by an act named before it: 压减公用经费(15%), 提高养老金(5%).

    Of people the number does as well: 减少农村贫困人口(1000万人).
    """
    if head.quantity.unit == "%" and "减" in said.rest and (cut := _CUT_SHORT.fullmatch(said.rest)):
        return replace(said, rest=(cut[1] or "") + cut[2], kind="down", word="减")
    people = head.quantity.unit == "人" or (not head.quantity.unit and head.quantity.value >= 10**4)
    if head.quantity.unit != "%" and not people:
        return None
    verb, thing = split_verb(clean(said.rest))
    if people and not (verb in _CUTS and thing.endswith(("人口", "人数", "文盲"))):
        return None
    if len(thing) < 2 or verb not in _CUTS | _RAISES or thing.endswith(_SHARES):
        return None
    return replace(said, rest=thing, kind="down" if verb in _CUTS else "up", word=verb)


_CUT_SHORT = re.compile(r"(.{2,}?)?(?:平均)?(?:再|共|压)?减少?(时间|时限|材料|环节|跑动|次数|流程|成本|费用)")
"""What services are told to save: 办理平均减时间(83%)、减材料(54%)."""
_SAVED = frozenset({"时间", "时限", "材料", "环节", "跑动", "次数", "流程", "成本", "费用"})
_CUTS = frozenset({"压减", "压缩", "削减", "核减", "减少", "降低", "下调", "精简", "压降"})
_RAISES = frozenset({"提高", "上调", "增加"})
_SHARES = ("率", "比重", "占比", "比例", "度", "水平", "标准")


def _is_act(said: Predicate) -> bool:
    """Whether the word for a rise ends a verb of two parts: 改造提升(43万亩)."""
    first = clean(said.rest)
    return bool(first) and split_verb(first) == (first, "") and split_verb(first + said.word)[1] == ""


def _works_done(said: Predicate, head: Slot) -> bool:
    """Whether the word for a rise is the work done to what is counted: 完成林相改善(6.88万亩), 推动农房风貌提升(26.4万户)."""
    if said.word not in _WORKS or head.quantity.unit not in _WORKED_ON:
        return False
    return len(clean(said.rest)) > 1 and lexicon().endings.at_end(said.rest) is None


_WORKS = frozenset({"提升", "改善"})
_WORKED_ON = frozenset({"亩", "公顷", "公里", "平方米", "平方公里", "户", "座", "处", "栋", "个", "条"})


def _share_qualifier(slots: list[Slot], said: Predicate) -> None:
    """分别控制在5%和3%以内, 分别超过98%、85%, 不低于740元和485元: the qualifier at either end of a list holds for all."""
    first, last = slots[0].quantity, slots[-1].quantity
    if first.qualifier in ("over", "at_least", "at_most") and first.start < first.number:
        for slot in slots[1:]:
            alike = said.shared or slot.quantity.unit == first.unit
            if alike and slot.quantity.qualifier == "exact":
                slot.quantity = replace(slot.quantity, qualifier=first.qualifier)
        return
    if last.qualifier == "exact" or last.start < last.number or not (said.shared or said.kind == "level"):
        return
    for slot in slots[:-1]:
        if slot.quantity.qualifier == "exact":
            slot.quantity = replace(slot.quantity, qualifier=last.qualifier)


_BROKEN = re.compile(r"[\s\u3000]+")
_NUMBERED = re.compile(r"^(?:[0-9]+[.．]|[①-⑳]|[0-9]{1,2}月(?:份|[底末初])?)(?=[一-鿿])")
_EDGE = re.compile(r"^[，、：；\)）”’》\]]+|[，、：；\(（“‘《\[的]+$")


def _tidy(indicator: str) -> str:
    """An indicator without line breaks, numbers and marks of notes, and half brackets."""
    if indicator.isalnum():
        return indicator.strip("的")
    indicator = _BROKEN.sub("", without_notes(indicator))
    if indicator[:1].isdigit():
        indicator = _NUMBERED.sub("", indicator)
    if indicator.count("“") == indicator.count("”") and indicator.count("（") == indicator.count("）"):
        return indicator.strip("，、：；的")
    return _EDGE.sub("", indicator)
