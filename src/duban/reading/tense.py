"""Status and period of a figure: what was reached, expected or promised, and for which years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from duban.documents.model import PLANS, Part
from duban.reading.lexicon import lexicon
from duban.reading.model import Kind, Status
from duban.reading.periods import Span
from duban.reading.phrases import became, clean, split_verb, spoken_of
from duban.reading.slots import PEOPLE, a_people, is_compared, noun_behind
from duban.reading.times import When

if TYPE_CHECKING:
    from duban.reading.phrases import Predicate
    from duban.reading.slots import Slot
    from duban.reading.times import Times

__all__ = ["Tense"]

_ESTIMATE = re.compile(
    r"预计(?!数(?!字))|预期(?=可|能|将|全年|完成|实现|增长|达)|初步估算|预测(?=[^，、]{0,8}(?:将|达|增长|为))"
)
_TARGET = re.compile(
    r"力争|争取(?=[^，]{0,12}(?:达|增长|以上|左右|实现|突破|完成))|确保(?=.{0,20})|目标(?:是|为|定为)|拟(?=[安按定于将])|计划(?=.{0,12})|将(?=达|增|新|建|完|实|投|开|提|有|是|会)|要(?=达|增|完|实|力|努|提|确|使|在)|达到.{0,8}目标|规划(?=到|建|投)|预期目标"
)
_PAST = re.compile(
    r"已(?:经)?(?![往知故婚久])|原有|目前|截至|累计已|正在|现有$|^据|我[国省市区县州](?:现)?有|(?:家庭|人数|人口|企业)以$"
)
_LATELY = re.compile(r"\s*(?:(?:这|近|最近)几年(?:来)?|近年来|几年来|多年来|长期以来)")
_COMING = re.compile(r"将(?=[比达增减超近有]|可|$)|可(?=达|以|能|望|增|完)")
"""What is to come about by the end of the year under review, said before that."""
_UNMET = re.compile(r"(?:没有?能?|未能?)(?:实现|达到|完成)")
_THE_AIM = re.compile(r"的(?:预期|年度)?(?:目标|任务|要求|指标)")
_LEASE = re.compile(r"到期后.{0,3}延长")
"""For how long a right is given anew: 土地承包到期后再延长30年."""
_RECKONED = re.compile(r"估算|估计")
"""What a plan says of how things are likely to be: 收入估计将增加130亿元."""
_ASKED = re.compile(r"要(?=[把使将])|[^，]{2,8}要(?=[从由][0-9０-９一二三四五六七八九十百])")
"""What was asked for, told in a review: 曾提出，要把物价涨幅控制在10%以内; 物价涨幅要从14.8%降到10%."""
_IF = re.compile(r"如果(?!加上|算上|包括|扣除|按)|只要(?!求)|倘若|假如|假定")
_ELSEWHERE = re.compile(r"美苏|苏联|超级大国|核大国|西方国家|发达国家|世界上|全世界(?:的|人|各|核|石)")
_OUR_OWN = re.compile(r"(?:目前|现在|当前)?(?:我[国省市区县]|全[国省市区县])")
_OF_US = re.compile(r"\s*(?:目前，?)?我[国省市区县州](?=[^，。]*[0-9０-９一二三四五六七八九十百千万亿])")
"""What a sentence of a plan tells how things are with: 我区每年接待游客近3亿人次."""
_IS_SO = re.compile(r"是|有|占|来自|在(?=农村|城市|城镇|山区)")
_THERE_ARE = re.compile(r"(?:今年[^，、将]{2,10}(?:达|有|超过?|近|预计)+|(?:全[国省市区县])?)约?近?")
_SO_WE = re.compile(r"，(?:要(?![素求点])|必须|务必|一定要)")
"""What follows from how things are: (全国近3亿人领取养老金)，必须确保按时足额发放."""
_AHEAD = re.compile(r"(?<![主重首需])要|将|必须|应当|力争|争取|确保|努力|计划|目标|达到|实现|建成|完成")
_OURS = re.compile(r"我[国们省市区县州]|中国|低于|高于|超过|比(?!重|例)")
_FOUND = re.compile(r"(?:增加|减少|上升|下降|扩大|提高|发展)[到为至了]|已经?|(?<![将要])有$")
"""What has come about in a review, though it is of the report's own year: 高等学校增加到今年的729所."""
_ONCE = re.compile(r"计划|原定|预定")
"""What a plan was, told beside what came of it: 计划建成118个，实际建成128个."""
_PLANNED_AT = re.compile(
    r"计划[为是]$|(?:原|年初|批[准回]的?|调整后的?)预算(?:数|总?收入|总?支出)?[为是]?$|(?:原定|原计划|预定)的?近?$"
)
_AIM = re.compile(r"力争|确保(?!了)")
_SUMMED = re.compile(
    r"合计|累计|总额|投资|利用外资|投入|转移支付|用于|新增|竣工|完成|安排|(?<!公)共(?![同享建产])|经费|支出|每年平均|平均每|年均|年平均|新[建修开辟]"
)
_MANY_YEARS = re.compile("(?<![近这])多年(?:来|累计|以来)")
"""Years of which nobody can tell how many: 多年累计改造棚户区(4200多万套)."""
_REACH_RATE = re.compile("(?:参保|覆盖|普及|入园|入学|合格|达标|优良)率$|满意度$")
"""Rates that tell how far something has come, at the end of years in which it was kept."""
_BY_NOW = re.compile(r"\s*已(?:设|建成|建立|开通|拥有|有|形成|认定|颁发|上线)(?!立?[^，]{0,2}累计)")
"""What says of a number how things stand at the end: 已设(21个)自由贸易试验区."""
_DEED = re.compile("获批|获评|入选|建成|举办|开展|出台|奏响|启动|完成|实现了|投入使用|挂牌|落地")
_HAS_NUMBER = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿]")
_STEPS = re.compile("(?:连续|接连|先后|相继|连)(?:迈上|跨过?|跨越|突破|越过|跃上|登上)")
_HAPPENED = re.compile("[^，。]{0,12}(?:受益|喜迁|迁入|搬进|入住)")
"""What became of people, told behind their number, over the years: (1亿)群众喜迁新居."""
_OF_HERE = re.compile(
    "在[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔滇藏陕甘青宁新我](?:[省市区州]|(?=投资|两院|院士|企业|高校|世界))"
)
"""Those that are here: 在鄂投资世界500强企业(325家), 在川两院院士(70位)."""
_STOCK = re.compile(
    r"(?:积累|结存|天数|余额|寿命|浓度|排名|排位|床位数|保有量|总人口|装机(?:容量|规模)?|(?:运营|通车|营业)里程)$"
)
_RATE = re.compile(r"(?:率|强度|占比)$")
"""What ends the name of a rate: it is no sum, whatever it is a rate of (研发经费投入强度)."""
_EVERY_YEAR = re.compile("(?:失业率|自然增长率|投资率|赤字率)$")
"""Rates that a plan keeps within bounds in each of its years."""
_BEGINS = re.compile("建设|打造|培育|创建|新建|建成|实施|推进|遴选|引进|选拔|布局|组建|开展")
"""What a note on a programme begins with that says what is to be done."""
_REACHED = re.compile("(?:提前|如期|圆满|顺利|[一二两]年|已经?|^)(?:实现|完成)了?[^，]*$")
"""What says of an aim that it was reached: 提前一年实现人均公用经费(500元)的目标."""
_TOTAL = re.compile(r"(?<![轨建修])总(?:装机(?:容量|规模)?|里程|库容)$")
_PASSED = re.compile("突破|跨过|跨上|迈上|站上|跃上")
_ADDED_UP = re.compile("累计|新增|合计")
_REACHES = re.compile(r"(惠及|覆盖)[^，]*$")
_CAME_FROM = re.compile(r"[由从]“?$")
_YEARLY = re.compile(
    r"平均(?!受教育|寿命|预期|浓度|工资|价格|水平|消费|收入|成本|年龄|亩产|单产|利率)|年均|递[增减]"
)
_GOAL = re.compile(r"的?(?:增长|预期|年度|预定|宏伟|战略|奋斗)*目标(?!任务)|的要求")
_OWN_COUNT = re.compile(r"(?:主要|约束性|预期性)?指标|(?:个)?领域的?(?:重点)?任务")


class Tense:
    """Says of the numbers of one sentence whether they are reached or aimed at, and when."""

    def __init__(self, times: Times) -> None:
        self.times = times
        self.text = times.text
        self.sentence = times.sentence
        self.ground = times.ground
        self.said: str | None = None
        """The period of the figure before."""
        self.reached = False
        """Whether the figure before was a state reached at the end of the years."""
        self.begun = False
        """Whether a note says what is to be done (建设10个示范县、100个示范乡镇)."""
        self.origin: str | None = None
        """The year from which the sentence's numbers came, where one of them named it."""

    def status(self, slot: Slot, said: Predicate, when: When) -> Status:
        """Actual, estimate, target: the nearest word that says so, else the part of the report."""
        near = self.text[self.sentence.clauses[slot.clause].start : slot.quantity.number]
        told = self._told(slot, said, near, when)
        if told is not None:
            return told
        return (
            self._planned(slot, when, near) if self.ground.part in PLANS else self._reviewed(slot, when, near)
        )

    def _told(self, slot: Slot, said: Predicate, near: str, when: When) -> Status | None:
        """What the number's own words say, whatever part of the report it stands in."""
        quantity = slot.quantity
        if quantity.unit in ("人", "个") and a_people(slot):
            return Status.REFERENCE
        if (
            quantity.unit == "人"
            and quantity.value >= 10**6
            and PEOPLE.match(slot.post)
            and not split_verb(clean(said.rest))[0]
        ):
            return Status.REFERENCE if said.word in ("有", "") else Status.ACTUAL
        if said.source or slot.base or (self.times.bases and said.kind == "none" and is_compared(slot)):
            expected = self.text[quantity.start - 3 : quantity.start].endswith(("预计的", "预计"))
            return Status.ESTIMATE if expected else Status.ACTUAL
        if slot.pre.startswith("比现有"):
            return Status.ACTUAL
        if self._unmet(slot, near):
            return Status.TARGET
        if _GOAL.match(slot.post):
            reached = self.ground.part not in PLANS and _REACHED.search(near)
            return Status.ACTUAL if reached else Status.TARGET
        if quantity.unit == "年" and _LEASE.search(near):
            return Status.REFERENCE
        if self.ground.noted:
            return Status.ACTUAL if _PAST.search(near) else self._explained(slot, when)
        elsewhere = _ELSEWHERE.search(near) is not None and _OURS.search(near) is None
        return Status.REFERENCE if elsewhere or self._supposed(slot) else None

    def _unmet(self, slot: Slot, near: str) -> bool:
        """Whether a number says what was aimed at and not reached: 没有实现年初确定的能耗降低(4%)、排放减少(2%)的目标."""
        if _UNMET.search(near) is None:
            return False
        clause = self.sentence.clauses[slot.clause]
        return _THE_AIM.search(self.text, slot.quantity.end, clause.end) is not None

    def _planned(self, slot: Slot, when: When, near: str) -> Status:
        """Of a number in a plan: a target, unless its words tell of what was or is."""
        span, year = when.span, self.ground.year
        if self._counts_itself(slot) or when.past:
            return Status.ACTUAL
        if span is not None and year is not None and span.last < year:
            return Status.ESTIMATE if _ESTIMATE.search(near) else Status.ACTUAL
        if _RECKONED.search(near):
            return Status.ESTIMATE
        is_so = _PAST.search(near) is not None or self._is_fact(slot, near) or self._lately(slot, near)
        return Status.ACTUAL if is_so and not _TARGET.search(near) else Status.TARGET

    def _lately(self, slot: Slot, near: str) -> bool:
        """Whether a sentence of a plan tells what was done of late: 这几年，先后在58个城市进行了试点."""
        if _LATELY.match(self.text, self.sentence.start) is None or _AHEAD.search(near):
            return False
        return not self.times.marked(slot.clause, slot.quantity.start)

    def _is_fact(self, slot: Slot, near: str) -> bool:
        """Whether a clause of a plan says how things are with us: 我国80%以上的人口在农村, 今年毕业生达874万人，要…"""
        if _SO_WE.match(self.text, self.sentence.clauses[slot.clause].end) and _THERE_ARE.fullmatch(near):
            return True
        if _OF_US.match(self.text, self.sentence.start) and not _AHEAD.search(
            self.text, self.sentence.start, slot.quantity.start
        ):
            return True
        if _OUR_OWN.match(near) is None:
            return False
        clause = self.sentence.clauses[slot.clause].text
        return _IS_SO.search(clause) is not None and _AHEAD.search(clause) is None

    def _reviewed(self, slot: Slot, when: When, near: str) -> Status:
        """Of a number outside a plan: what was reached, unless its words say that it is expected or aimed at."""
        span, year = when.span, self.ground.year
        if self._expected(slot) or self._likely(slot):
            return Status.ESTIMATE
        if span is not None and year is not None:
            if self.ground.late and span.last == year - 1 and _COMING.search(near):
                return Status.ESTIMATE
            if span.last >= year and self.ground.part is not Part.OTHER and self._ahead(when, near):
                return Status.TARGET
        aimed = self._was_planned(near, slot) or _AIM.search(near) or _ASKED.match(near)
        return Status.TARGET if aimed else Status.ACTUAL

    def _expected(self, slot: Slot) -> bool:
        """Whether 预计 holds for a number: up to the first clause behind it that tells a deed and no number."""
        found = _ESTIMATE.search(self.text, self.sentence.start, slot.quantity.start)
        if found is None:
            return False
        between = [c for c in self.sentence.clauses[: slot.clause] if c.start > found.start()]
        return not any(
            _DEED.search(clause.text) and not _HAS_NUMBER.search(clause.text) for clause in between
        )

    def _likely(self, slot: Slot) -> bool:
        """Whether the number's clause says what is likely: 排名有望升至第20位; 10个旗县有望退出高风险等级."""
        clause = self.sentence.clauses[slot.clause]
        return self.text.find("有望", clause.start, clause.end) >= 0

    def _supposed(self, slot: Slot) -> bool:
        """Whether the number stands in a supposition: 只要降低1%，一年就可以增加20亿元."""
        return _IF.search(self.text, self.sentence.start, slot.quantity.start) is not None

    def _explained(self, slot: Slot, when: When) -> Status:
        """In a note on words of the report: what a plan is for, what was done by then, else what the words mean."""
        if when.span is None or self.ground.year is None:
            return Status.REFERENCE
        if not self.times.named(slot.quantity.start):
            begins = _BEGINS.match(clean(slot.pre)) is not None
            self.begun = begins or (self.begun and slot.opens)
            return Status.TARGET if self.begun else Status.REFERENCE
        self.begun = False
        return Status.TARGET if when.span.last >= self.ground.year else Status.ACTUAL

    def _was_planned(self, near: str, slot: Slot) -> bool:
        """Whether a review says what a plan was, not what came of it."""
        if "计划" not in near and "定" not in near and "预算" not in near:
            return False
        if _PLANNED_AT.search(near):
            return True
        return bool(_ONCE.search(near)) and "实际" in self.text[slot.quantity.end : self.sentence.end]

    def _ahead(self, when: When, near: str) -> bool:
        """Whether a review speaks of years to come, or of its own year without saying that something came about."""
        year = self.ground.year
        if when.span is None or year is None or when.past or when.span.last < year:
            return False
        if "同期" in self.text[self.sentence.start : self.sentence.end]:
            return False
        return when.span.last > year or not _FOUND.search(near) or bool(_TARGET.search(near))

    def period(self, slot: Slot, said: Predicate, kind: Kind, status: Status, when: When) -> str | None:
        """The years a figure speaks of; kept for what is compared with them next (高于全国0.4个百分点)."""
        if said.kind in ("more", "less") and kind is Kind.CHANGE and self.said and not clean(said.rest):
            return self.said
        self.said = self._period(slot, said, kind, status, when)
        return self.said

    def _period(self, slot: Slot, said: Predicate, kind: Kind, status: Status, when: When) -> str | None:
        span = when.span
        if span is None or status is Status.REFERENCE:
            return self._of_reference(slot) if span else None
        if self.begun and self.ground.year:
            return str(self.ground.year)
        if "多年" in slot.pre and _MANY_YEARS.search(slot.pre):
            return None
        summed = self._summed(slot, kind)
        if summed is not None:
            span, when = summed, When(summed, False, self.ground.past)
        known = self._settled(slot, said, status, span, past=when.past)
        if known is None and said.average:
            known = self._since_base(slot, span)
        if known is not None:
            return known
        if span.first == span.last or when.ended:
            return self._averaged(span) if said.average else span.end
        return self._over_years(slot, said, kind, span)

    def _over_years(self, slot: Slot, said: Predicate, kind: Kind, span: Span) -> str:
        """Of a number in several years: all of them, or the last where it is what they came to."""
        average = said.average and bool(_YEARLY.search(slot.pre))
        if average or kind is Kind.AVG_GROWTH or self.times.between_plans():
            return str(span)
        if kind in (Kind.GROWTH, Kind.CHANGE):
            return span.end if self.times.compared(slot.clause, slot.quantity.start) else str(span)
        if self.times.streak(slot.quantity.start) or self._step_by_step(slot):
            return str(span)
        if self._is_kept(slot, said):
            return str(span)
        self.reached = self._is_state(slot, said) or (self.reached and self._goes_on(slot, said))
        return span.end if self.reached else str(span)

    def _step_by_step(self, slot: Slot) -> bool:
        """Whether marks were passed one after another: 经济总量连续迈上(4万亿)、5万亿两个台阶."""
        if slot.joined:
            return (
                _STEPS.search(self.text, self.sentence.clauses[slot.clause].start, slot.quantity.start)
                is not None
            )
        return _STEPS.search(slot.pre + self.text[slot.quantity.start : slot.quantity.number]) is not None

    def _since_base(self, slot: Slot, span: Span) -> str | None:
        """The years of an average that is held against a year before them: 比1978年增长…，平均每年增长…"""
        base = self.times.base(slot.quantity.start)
        if (
            base is None
            or base.span.last >= span.last - 1
            or self.times.named_since(base, slot.quantity.start)
        ):
            return None
        return str(Span(base.span.last + 1, span.last))

    def _of_reference(self, slot: Slot) -> str | None:
        """How many people there are is of the year under review; of other references no year can be told."""
        people = slot.quantity.unit in ("人", "户") and not (self.ground.noted or self._supposed(slot))
        return str(self.ground.year - 1) if people and self.ground.year else None

    def _goes_on(self, slot: Slot, said: Predicate) -> bool:
        """Whether things are counted on after others that had reached a number: 高新企业达到900家，研发平台300个."""
        rest = clean(said.rest)
        counted = slot.quantity.kind in ("count", "person") and not noun_behind(slot)
        if said.kind != "none" or not counted or len(rest) < 2:
            return False
        summed = _SUMMED.search(rest) or self.times.adds(slot.clause, slot.quantity.start)
        return not (summed or split_verb(rest)[0] or lexicon().verbs.at_end(rest))

    def _summed(self, slot: Slot, kind: Kind) -> Span | None:
        """The years of the whole part, where the number is a sum over them though another year was named last."""
        span, whole = self.ground.span, self.ground.whole
        if span is None:
            return None
        if span.first != span.last:
            return span if self.times.summed_up(slot.clause, slot.quantity.start) else None
        grew = kind is Kind.GROWTH and "累计" in slot.pre
        return whole if grew and whole is not None and whole.first < whole.last == span.last else None

    def _settled(self, slot: Slot, said: Predicate, status: Status, span: Span, *, past: bool) -> str | None:
        """The time of a number that is compared with, comes from, or stands as a fact in a plan."""
        year = self.ground.year
        if self.times.bases and (slot.base or (said.kind == "none" and is_compared(slot))):
            return str(self.times.bases[-1].span)
        if said.source:
            return self._origin(span, slot)
        if status is Status.ACTUAL and self.ground.part in PLANS:
            if self._counts_itself(slot):
                return str(span)
            this_year = span.runs(year, year) if year else False
            if (
                year
                and span.last >= year
                and not past
                and not (this_year and self.times.named(slot.quantity.start))
            ):
                return str(year - 1)
        return None

    def _counts_itself(self, slot: Slot) -> bool:
        """The plan's own indicators and tasks: 提出6项指标, 其中约束性指标9项."""
        return bool(_OWN_COUNT.match(self.text, slot.quantity.end)) or slot.pre.endswith("性指标")

    def _averaged(self, span: Span) -> str:
        """The years over which an average runs whose end the text names: 1987年达到N，平均每年增长…"""
        whole, year = self.ground.whole, self.ground.year
        if whole is not None and whole.first < whole.last == span.last:
            return str(whole)
        if year is not None and span.last > year:
            return str(Span(year, span.last))
        return span.end

    def _origin(self, span: Span, slot: Slot) -> str:
        """The time of 由A in 由A降至B: the year named with it, the plan compared with, or the year before."""
        if self.times.between_plans():
            return str(self.times.bases[-1].span)
        clause = self.sentence.clauses[slot.clause]
        own = [
            m
            for m in self.times.marks
            if clause.start <= m.start < slot.quantity.start
            and _CAME_FROM.search(self.text[max(clause.start, m.start - 3) : m.start])
        ]
        if own and (
            own[-1].span.first == own[-1].span.last or "年代" in self.text[own[-1].start : own[-1].end]
        ):
            self.origin = str(own[-1].span)
            return self.origin
        base = self.times.base(slot.quantity.start)
        if base is not None:
            return base.span.end
        if self.text.endswith(("年初的", "年初"), clause.start, slot.quantity.start):
            return span.end
        if self.origin is not None and not own:
            return self.origin
        if any(m.span.runs(span.first, span.last) and m.ranged for m in self.times.marks):
            return str(span.first)
        if any(
            m.span.runs(span.first, span.last)
            and m.start < slot.quantity.start
            and "从" in self.text[max(0, m.start - 2) : m.start + 1]
            for m in self.times.marks
        ):
            return str(span.first)
        whole = self.ground.whole
        if whole is not None and whole.first < whole.last == span.first == span.last:
            return str(whole.first - 1)
        return str(span.first - 1)

    def _is_kept(self, slot: Slot, said: Predicate) -> bool:
        """Whether something is kept within bounds in each of the years: 城镇调查失业率5.5%, 产量稳定在1亿吨."""
        if _REACH_RATE.search(clean(said.rest)):
            return False
        if "每年" in slot.pre and (slot.quantity.unit == "%" or _REACHES.search(slot.pre)):
            return True
        if said.word in ("稳定在", "保持在"):
            return True
        if self.ground.part not in PLANS:
            return said.word in ("控制在", "维持在")
        return said.kind != "to" and _EVERY_YEAR.search(clean(said.rest)) is not None

    def _reaches(self, slot: Slot) -> bool:
        """Whether the number says whom something reaches by the end: 惠及4亿城镇职工、8亿农村居民."""
        start = self.sentence.clauses[slot.clause].start
        found = _REACHES.search(self.text[start : slot.quantity.start])
        if found is not None and found[1] == "惠及":
            # 改造小区523个，惠及居民15万户: a sum as that before it
            return not any(number < start for number in self.times.numbers)
        return found is not None

    def _is_stock(self, slot: Slot) -> bool:
        """Whether things counted first are only said to be there (29家实验室聚力赋能), not to have come about."""
        noun = noun_behind(slot)
        if slot.quantity.kind not in ("count", "person") or not noun or self._counts_itself(slot):
            return False
        return not became(noun)[1] and spoken_of(noun) == noun

    def _is_mark(self, slot: Slot, said: Predicate, rest: str) -> bool:
        """Whether a number says where something stands, whatever was summed up before it in its clause.

        A rank, a rate, a total of what there is, a mark passed (突破1万亿元), the end reached (新增43万家、达到79万家).
        """
        quantity = slot.quantity
        if quantity.kind == "rank" or (quantity.kind == "ratio" and _RATE.search(rest)):
            return True
        clause = self.sentence.clauses[slot.clause].start
        added = _ADDED_UP.search(self.text, clause, quantity.start) is not None
        passed = _PASSED.match(self.text, quantity.start, quantity.number)
        if (_TOTAL.search(rest) and not added) or (
            (said.word.startswith("达") or passed) and not rest and not slot.first
        ):
            return True
        return passed is not None and not (added or split_verb(rest)[0])

    @staticmethod
    def _is_now(slot: Slot, rest: str) -> bool:
        """Whether a number says how things stand by now: 现有两院院士70位, 已设21个自由贸易试验区."""
        if slot.pre.rstrip().endswith(("现有", "尚有", "还有")) or "现已" in slot.pre:
            return True
        return _BY_NOW.match(slot.pre) is not None or _OF_HERE.match(rest) is not None

    def _is_state(self, slot: Slot, said: Predicate) -> bool:
        """Whether a level is a state reached at the end of the years, not a sum over them."""
        rest = clean(said.rest)
        yearly = bool(_YEARLY.search(slot.pre))
        if _HAPPENED.match(slot.post):
            return False
        if not yearly and (said.kind == "to" or self._is_mark(slot, said, rest) or self._is_now(slot, rest)):
            return True
        if (said.average and yearly) or _SUMMED.search(
            self.text, self.sentence.clauses[slot.clause].start, slot.quantity.start
        ):
            return False
        if slot.quantity.kind in ("ratio", "rank") or self._reaches(slot):
            return True
        stated = said.kind == "level" and said.word not in ("有", "是", "为", "共", "安排", "实现")
        if said.average or rest.startswith("在建"):
            return True
        if not rest and not stated:
            return slot.first and said.kind == "none" and self._is_stock(slot)
        if _STOCK.search(rest) and not self.times.adds(slot.clause, slot.quantity.start):
            return True
        if split_verb(rest)[0]:
            return False
        if stated:
            return True
        above = slot.quantity.qualifier == "over" and slot.quantity.start < slot.quantity.number
        return above and lexicon().verbs.at_end(rest) is None
