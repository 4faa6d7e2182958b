"""What is counted and what was done to it: 新建(37家), (6个)专科获评省级重点专科, 新增(7个)开发区实现管道供气."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from duban.reading.heirs import DIGIT, ITS_WORK, THIS_SHARE, Heirs
from duban.reading.lexicon import lexicon
from duban.reading.phrases import (
    POPULATION_RATES,
    became,
    clean,
    split_verb,
    spoken_of,
    turn_round,
)
from duban.reading.sizes import A_YEAR
from duban.reading.slots import noun_behind

if TYPE_CHECKING:
    from duban.reading.phrases import Predicate
    from duban.reading.slots import Slot

__all__ = ["COUNTED", "LONG_ACT", "REACHES", "SHORT_NAME", "Acts"]

COUNTED = ("person", "count", "money", "physical")
_NEW = re.compile(r"新(?:增|登记|设立?|认定|注册|建)(?=.)|新登记$")
_PLAIN = re.compile(r"(?!新)(?:(?![占比率增减投入达超])[一-鿿])+")
_SHORT_PART = 6
_PART = re.compile(
    r"农村|城镇|城市|中央|地方|第?[一二三四]季度|[上下]半年|[0-9０-９一二三四五六七八九十]{1,2}月份|来自.{2,4}"
)
_SIDE = re.compile(r"^(?:城镇|农村|城市|中央|地方|第?[一二三四]季度|[上下]半年)(?=.{3,})")
"""What another part takes the place of: 城镇人均居住面积…，农村增加到…."""
_THINGS_OF = re.compile(r"的([^，、。的0-9]{2,10}(?:项目|工程|企业|产品|学校|设施|单位|公司))$")
"""The things that a clause names, some of which the next one counts: 施工的建设项目，全部建成的(400个)."""
_SECTOR = re.compile(r"(?:建设|工业|农业|事业|工程|行业|水利|交通|教育|卫生)$")
_WORKS = ("项目", "工程", "基地", "生产线", "电站", "机组", "示范区", "产业园", "发电", "开工", "投产")
_WORKS_IN = re.compile(
    r"[一-鿿]{0,12}?(?:项目|工程|基地|生产线|电站|机组|一体化|炼化|乙烯|芳烃|扩产|技改|扩建|改造|装置|泊位|船|油轮)(?=$|等|进|主|全|建|开|投|顺|竣)"
)
_FIRST_OF = re.compile(r"(?:[^、和]|和(?=谐|平|田))*")
SHORT_NAME = 10
_ACHIEVES = frozenset(
    {
        "建成",
        "新建",
        "引进",
        "新引进",
        "新引入",
        "荣获",
        "夺得",
        "召开",
        "新组建",
        "制定修订",
        "培育",
        "新培育",
        "出台",
    }
)
_SETS_OUT = ("提出", "安排", "部署", "设置", "布局", "谋划")
_FIELD_OF = re.compile(r"(?:[^，。]{2,16})方面")
_MEASURES_TAKEN = ("方面", "措施", "政策措施", "举措", "条措施")
"""What sums up acts: 提出促进消费、推进产业转型升级等(16条)措施."""
_LONG_DONE = 16
_LONG_DOER = 8
"""Characters of one who does something, from which on the act is named without him."""
_OF_WORKS = re.compile(r"(?:等|[一-鿿])(?:重[点大])?(?:项目|工程)")
_MEASURED_SO = re.compile(r"(?:[长高宽重速深厚]|时速|里程|距离|亩产|面积|库容|容量|产能)$")
_FUNDS = re.compile(
    r"[^，、的]{0,12}?(?:资金|补助|补贴|贷款|国债|债券|经费|基金|救灾款|款项)(?=$|[^一-鿿]|支持|用于|补助|作用|用好|投运|[到落]位)"
)
"""What money a sum is, named behind it: 新增47亿元[专项补助资金]."""
_PUTS_TO_USE = {"发挥": "", "用好": "", "管好": "", "首期": "首期", "首批": "首批"}
"""What is said of money before its sum, and what of that belongs to its name: 发挥(10亿元)专项资金[作用]."""
_NEW_POWER = re.compile(r"新增\|[^，的]{2,10}能力(?:建设)?$")
"""新增千亿斤[粮食生产能力]."""
_FOR_THEM = re.compile(r"[^，、]{0,4}为(?:[^，]{2,10}等)?")
"""What stands before those whom something is done for: 为(7000户)老人家庭实施适老化改造."""
_IN_ALL = re.compile(r"[，、]?(?:一?共计?|总共|合计|总计|累计)")
_TAKES_PART = ("参与", "参加")
_STEPS = ("台阶", "大关", "关口")
_STEPPED = re.compile(r"(?:连续?|先后|接连)?(?:跨过?|迈上|迈过|跨上|越过|突破)$")
_ALL = re.compile(r"^(?:已|均|都|全部|全面(?!达标|完))+")
REACHES = ("惠及", "受益", "覆盖")
_WHOLE_ACTS = ("林", "草", "树", "税")
"""What ends an act that needs no object: 修复湿地90万亩，造林(88万亩)."""
_OF_ENTERPRISES = ("家", "户")
_FOR_ENTERPRISES = re.compile(r"([^“”、，]{2,14}企业)[^“”、，]{0,6}(?:计划|行动|工程)")
_STAGES = ("在建", "续建", "在研", "在营")
_LETS = frozenset({"推动", "支持", "促进", "引导", "帮助", "助力", "组织", "鼓励"})
"""What lets the counted things do what follows them: 支持(300家)企业实施数字化改造."""
_AROUND = re.compile(r"(?:[一二三四五六七八九十]+是)?(围绕[^，、0-9]{2,10})")
"""What acts told by no more than their number are about: 围绕经济发展，提出(6项)指标."""
_SERVING = re.compile(r"(?<=[一-鿿]{2}[员生师])服务(?:[县企乡群基]).*")
"""What those sent out are sent for: 选派(2000名)科技特派员[服务企业]."""
_BEGUN = frozenset({"新开工", "开工", "新建", "基本建成", "建成", "安排", "启动"})
"""What is done to that which the clause before speaks of: 加大保障性住房建设力度，新开工(700万套)."""
_COME_NEW = frozenset({"新增", "新登记", "新设立", "新设", "新注册", "新登记注册"})
_IN_TOTAL = re.compile(r"(?<=..)(?:总量|总数|数量|总户数)$")
_NEWLY = frozenset({"新增"})
_BROUGHT_TO = re.compile(
    r"(?:落户|入驻|[喝用吃住]上|搬[进入]|实现|纳入|通过|进入|入选|获批|获评|完成|达到)(?=..)"
)
"""What the things that came new came to: 新增(7个)开发区实现管道供气."""
LONG_ACT = 20


class Acts(Heirs):
    """Names counted things together with what was done to them, or what they did."""

    def _of_last(self, before: str, slot: Slot) -> str:
        """What says which part or share of the last figure's thing is meant: 这个比例, 占全国, 其中农村."""
        if before.startswith("占") and len(before) > 2:
            return self.state.indicator + before
        if THIS_SHARE.fullmatch(before):
            return self.state.indicator
        if _PART.fullmatch(before):
            return before + _SIDE.sub("", self.state.indicator)
        if self._newly_among(before, slot):
            return _NEW.match(self.state.indicator)[0] + before  # type: ignore[index]  # it matched
        return ""

    def _some_of(self, before: str, slot: Slot) -> str:
        """Those of the things counted before that are in some state: 在建(3个), 全部建成的(3.9万个)."""
        if before in _STAGES and self.state.thing and not noun_behind(slot):
            return before + self.state.thing
        if not self.state.thing and before.endswith("的") and not noun_behind(slot):
            things = _THINGS_OF.search(self._clause_before(slot)) if slot.quantity.kind == "count" else None
            return before + things[1] if things else before
        if self.state.thing and before.endswith("的") and not noun_behind(slot) and "占" not in slot.pre:
            same = self.state.unit == slot.quantity.unit
            return before.removesuffix("的") + (self.state.thing if same else "")
        return before

    def _newly_among(self, before: str, slot: Slot) -> bool:
        """Whether a part is one of what came new: 新登记147万户、其中企业(57万家)."""
        if not slot.pre.lstrip().startswith("其中") or slot.quantity.kind not in COUNTED:
            return False
        new = _NEW.match(self.state.indicator)
        return new is not None and len(before) <= _SHORT_PART and _PLAIN.fullmatch(before) is not None

    def _counted_by(self, verb: str, behind: str, slot: Slot) -> str:
        """A verb, a number, a thing: 建成10所养老服务中心; a verb alone: 投入1.4亿元, 竣工200个."""
        if behind:
            return self._done_to(verb, behind, slot)
        if verb in REACHES and (whom := self._reached(verb, slot)):
            return whom
        if self.text.startswith("家庭", slot.quantity.end - 2):
            return verb + "家庭"
        if (
            self.state.unit == slot.quantity.unit
            and self.state.thing
            and not verb.endswith(_WHOLE_ACTS)
            and (len(verb) < (4 if slot.quantity.kind == "count" else 5) or verb in lexicon().states)
            and (slot.quantity.kind in ("count", "physical") or slot.pre.lstrip().startswith("已"))
        ):
            return verb + self.state.thing
        if slot.quantity.unit in _OF_ENTERPRISES and (thing := self._enterprises(slot)):
            verb += thing
        elif (
            verb in _COME_NEW and self.state.indicator and slot.first and slot.clause == self.state.clause + 1
        ):
            return verb + _IN_TOTAL.sub("", self.state.indicator)
        self.state.verb, self.state.thing = "", verb
        if slot.first and verb in _BEGUN and (thing := self._object(slot.clause)):
            self.state.thing = thing
            return verb + thing
        return self._sector(slot) + verb

    def _done_to(self, verb: str, behind: str, slot: Slot) -> str:
        """What is counted behind its number, with what was done to it: 建成(10所)养老服务中心."""
        thing, act = became(behind)
        thing = _SERVING.sub("", thing)
        self.state.verb, self.state.thing = verb, thing
        turned = turn_round(behind) if act and not act.startswith("取得") else thing
        if verb in _LETS and turned != thing and not act.startswith("实现"):
            return turned
        if thing in lexicon().general and (about := _AROUND.fullmatch(self._clause_before(slot))):
            return about[1] + verb + thing
        if thing in lexicon().general and verb in _SETS_OUT and (field := self._in_field()):
            return field + thing
        return verb + (turned if verb in _NEWLY and _BROUGHT_TO.match(act) else thing)

    def _reached(self, verb: str, slot: Slot) -> str:
        """What reached so many: 改造小区523个、惠及(15万户); 门诊费用实现跨省直接结算，惠及(5700万人次)."""
        if (self.state.thing or verb == "覆盖") and self.state.unit != "%":
            return self.state.indicator + verb
        thing = (
            (self._object(slot.clause) or self._done_before(slot) or self._set_up(slot)) if slot.first else ""
        )
        return thing + verb if thing else ""

    def _set_up(self, slot: Slot) -> str:
        """What the clause before sets up, of more than one word: 建立困难和重度残疾人“两项补贴”制度，惠及(2100万人)."""
        verb, thing = split_verb(clean(self._clause_before(slot)))
        thing = ITS_WORK.sub("", thing)
        return thing if len(verb) > 1 and 2 <= len(thing) <= _LONG_DONE and not DIGIT.search(thing) else ""

    def _in_field(self) -> str:
        """The field that a sentence of a plan opens with: 绿色低碳方面，围绕降碳减污等提出(5项)指标."""
        found = _FIELD_OF.fullmatch(clean(self.sentence.clauses[0].text))
        return found[0] if found else ""

    def _done_before(self, slot: Slot) -> str:
        """What came about, by the clause before: 门诊费用实现跨省直接结算，惠及(5700万人次)."""
        thing, act = became(clean(self._clause_before(slot)))
        done = act.removeprefix("实现")
        short = len(thing) >= 2 and len(thing + done) <= _LONG_DONE and _PLAIN.fullmatch(thing + done)
        return thing + done if act and short else ""

    def _sector(self, slot: Slot) -> str:
        """The trade that the clause before names and no more: 煤炭工业建设，五年投资(179亿元)."""
        if not slot.first or slot.clause == 0 or slot.clause - 1 == self.state.clause:
            return ""
        trade = clean(self.sentence.clauses[slot.clause - 1].text)
        return trade if _SECTOR.search(trade) and len(trade) <= 14 and not split_verb(trade)[0] else ""

    def _enterprises(self, slot: Slot) -> str:
        """Those that the clause before plans for: 实施“规模以上工业企业倍增计划”，新增(450家)."""
        before = self.sentence.clauses[slot.clause - 1].text if slot.clause and slot.first else ""
        found = _FOR_ENTERPRISES.search(before)
        return split_verb(clean(found[1]))[1] if found else ""

    def _became(self, thing: str, state: str) -> str:
        """What became of things counted before it: 建议、提案923件全部办结 → 办结建议、提案."""
        self.state.verb, self.state.thing = "", thing
        return _ALL.sub("", state) + thing

    def _closes_list(self, said: Predicate, slot: Slot) -> bool:
        """A list of names summed up by a number: 沈阳化工新材料、盘锦精细化工2个平台获评…"""
        return slot.pre.rstrip().endswith("等") or "、" in said.rest

    def _sums_up(self, verb: str, behind: str, slot: Slot) -> str:
        sets_out = slot.pre.rstrip().removesuffix("等").endswith(_SETS_OUT)
        if sets_out and behind in lexicon().general and (field := self._in_field()):
            return field + behind
        if verb and (behind not in _MEASURES_TAKEN or verb in _SETS_OUT):
            thing, act = became(behind)
            self.state.verb, self.state.thing = verb, thing
            return turn_round(behind) if verb in _LETS and act else verb + thing
        indicator = turn_round(behind)
        self.state.verb, self.state.thing = "", indicator
        return indicator

    def _named(self, before: str, verb: str, thing: str, slot: Slot, said: Predicate, behind: str) -> str:
        """The thing stands before its number: 新增“个转企”1154户."""
        noun = lexicon().growth_nouns.at_end(before)
        if (
            noun
            and slot.quantity.kind == "ratio"
            and len(before) > len(noun[0])
            and not before.endswith(POPULATION_RATES)
        ):
            return before[: -len(noun[0])]
        if behind and slot.quantity.kind in ("count", "person") and said.kind == "none":
            return self._between(before, verb, thing, behind)
        if (
            slot.quantity.kind == "money"
            and said.kind == "none"
            and (funds := self._funds(before, slot, behind))
        ):
            self.state.verb, self.state.thing = verb, thing
            return funds
        if (
            slot.quantity.kind == "physical"
            and said.kind == "none"
            and _NEW_POWER.search(thing + "|" + behind)
        ):
            self.state.verb, self.state.thing = "", thing + behind
            return thing + behind
        if (
            slot.quantity.kind == "physical"
            and said.kind == "none"
            and (works := self._works(before, behind, slot))
        ):
            self.state.verb, self.state.thing = verb, thing + works
            if A_YEAR.fullmatch(before):
                return became(works)[0] + before
            return before.rpartition("、")[2] + works
        if before in lexicon().dependent:
            return self._owner(before) + before
        if (
            slot.opens
            and self.state.verb in _COME_NEW
            and thing in lexicon().general
            and not before.startswith(self.state.verb)
            and verb not in _ACHIEVES
        ):
            self.state.thing = before
            return self.state.verb + before
        if slot.opens and not verb and self.state.verb and said.kind == "none" and before[:2] not in _STAGES:
            self.state.thing = before
            return self.state.verb + before
        self.state.verb, self.state.thing = verb, thing
        return before

    @staticmethod
    def _funds(before: str, slot: Slot, behind: str) -> str:
        """What money a sum is, named behind it: 新增(47亿元)专项补助资金, 发挥(10亿元)专项资金作用, 节省出(70亿元)的资金."""
        funds = _FUNDS.match(behind)
        if funds is None:
            return ""
        if before in _PUTS_TO_USE:
            return _PUTS_TO_USE[before] + funds[0]
        giving = lexicon().verbs.at_end(before)
        gives = (giving is not None and len(giving[0]) > 1) or before.endswith(("增发", "发行"))
        saved = slot.post.startswith("的") and bool(split_verb(before.removesuffix("出"))[0])
        return before + funds[0] if gives or saved or slot.pre.rstrip().endswith("的") else ""

    def _works(self, before: str, behind: str, slot: Slot) -> str:
        """The works that a capacity or a size is of: 甲公司(120万吨)乙烯项目主体完工 → 乙烯项目."""
        if behind.endswith(_WORKS):
            return behind.partition("、")[0] if "等" in behind else behind
        if not behind or lexicon().endings.at_end(before) or _MEASURED_SO.search(before):
            return ""
        works, act = became(behind if slot.post.startswith("的") else _FIRST_OF.match(behind)[0])  # type: ignore[index]  # it matches anything
        if found := _WORKS_IN.match(spoken_of(works)):
            return found[0]
        if act or not 2 <= len(works) <= SHORT_NAME:
            return ""
        end = self.sentence.clauses[slot.clause].end
        return works if _OF_WORKS.search(self.text, slot.quantity.end, end) else ""

    def _between(self, before: str, verb: str, thing: str, behind: str) -> str:
        """Words on both sides of a count: 实施乡村振兴10大工程, 辽宁实验室集聚…, 全市12个县."""
        if verb:
            noun = became(behind)[0]
            self.state.verb, self.state.thing, self.state.modifier = verb, thing + noun, thing
            return verb + thing + noun
        if behind.endswith(_STEPS):
            self.state.verb, self.state.thing = "", _STEPPED.sub("", before)
            return self.state.thing
        tail = behind if before.endswith("使") else turn_round(behind)
        did = lexicon().verbs.at_end(before)
        if did is not None and did[0] in _ACHIEVES and len(before) - len(did[0]) >= _LONG_DOER:
            self.state.verb, self.state.thing = did[0], tail
            return did[0] + tail
        self.state.verb, self.state.thing = "", before + tail
        general = became(behind)[0] in lexicon().general
        return before + tail if general or len(before) <= 12 else tail

    def _begins_with_number(self, slot: Slot, behind: str) -> str:
        """The number comes first: 6个专科获评省级临床重点专科; or shares an earlier verb: 及20个社区级点位."""
        if _FOR_THEM.fullmatch(slot.pre) and len(behind) <= LONG_ACT and became(behind)[1]:
            self.state.verb, self.state.thing = "", became(behind)[0]
            return "为" + behind
        if _IN_ALL.fullmatch(slot.pre) and self.state.indicator.endswith(behind) and len(behind) > 1:
            return self.state.indicator
        if behind in _TAKES_PART and self.state.thing:
            return behind + split_verb(self.state.thing.removeprefix("连续"))[1]
        if slot.opens and self.state.verb:
            noun = became(behind)[0]
            self.state.thing = noun
            adjacent = bool(slot.pre == "" and self.text[slot.quantity.start - 1] not in "、和与及")
            return self.state.verb + (self.state.modifier if adjacent else "") + noun
        indicator = turn_round(behind)
        self.state.verb, self.state.thing = "", indicator
        return indicator
