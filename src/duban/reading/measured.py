"""What a number measures: the words before it and behind it, and what the sentence shares among its numbers.

`Measured` goes through the slots of a sentence from left to right and keeps what one slot leaves to the next.
A construction is one small method; to add one, add a method and a line in tests/reading/constructions.yaml.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from duban.reading.grants import grant
from duban.reading.lexicon import lexicon
from duban.reading.phrases import (
    GROWTH_NOUNS,
    POPULATION_RATES,
    became,
    clean,
    conjuncts,
    predicate,
    shorten_list,
    split_verb,
    spoken_of,
    turn_round,
)
from duban.reading.sizes import A_YEAR, Sizes
from duban.reading.slots import (
    PEOPLE,
    a_people,
    is_compared,
    is_pace,
    noun_behind,
)
from duban.reading.topics import topic_of

if TYPE_CHECKING:
    from duban.reading.phrases import Predicate
    from duban.reading.slots import Slot
    from duban.reading.times import Times

__all__ = ["Measured", "is_included", "is_rate"]

_SHARE = re.compile(r"占(?![地用比据线领道])")
_RANKED = re.compile(
    r"(?:继续|保持|稳定|稳)*(?:连续|[稳位]?居(?![民住家])|[名位]列|[列排]|排名|位次|跃[居升]|(?:提|上|跃|晋)?升[至到为]|跻身|进[入至到位]|由|从)"
)
_RANKED_IN = re.compile(r"全[国省市区球]|世界|国内|[东西中]部")
_AMONG_ALL = re.compile(r"^在?(?:全[国省市区球]|世界|国内)|(?:在?(?:全[国省市区球]|世界|国内)|中)$")
_HELD = re.compile(r"(?:继续|始终|稳定|稳|保持|维持|再次|重回|重返|均为?|都|分别为?)+$")
"""What stands between a subject and its rank: 保持全国第2位, 均居全国第2位."""
_MOVED = re.compile(r"^(?:.{2,16}?(?:带动|拉动|推动|促进|使得?(?!用))|带动)(?=.{3,})")
_COUNTED = ("person", "count", "money", "physical")
_BY_HEAD = re.compile(r"(?<=..)(?:按人口平均|人均|经济效益)$")
_EXTREME = re.compile(r"最?[高低多少快慢大小]的?|(?:增长|发展|提高)(?:较|最|很)[快慢大]的?")
"""What tells the one end of a range: 都在4%以上，高的达到(5.5%)."""
_OF_THIS = "方面的"
"""What is left of 这方面的."""
_IS_AT_END = re.compile(r"[^，]是([^，是]{2,12})$")
_USED_FOR = re.compile(r"用于([^，]{3,16})的(?:资金|投资|支出|经费)")
_ADDED_TO = re.compile(r"(?:再)?加上([^，0-9]{4,24})")
"""What more a total takes in: 加上粮食企业、商业企业的亏损，总额达(一百亿元)."""
_NEW = re.compile(r"新(?:增|登记|设立?|认定|注册|建)(?=.)|新登记$")
_PLAIN = re.compile(r"(?!新)(?:(?![占比率增减投入达超])[一-鿿])+")
_SHORT_PART = 6
_NAMED_AS = re.compile(r"被(?:评为|授予|列为|认定为)(.+)的")
_THINGS = ("person", "count")
_A_PEOPLE = 10**7
_EACH = re.compile(r"(?:全国)?(?:平均)?每[人户]|(?:全国)?人均|即")
_EACH_ONE = re.compile(r"(?<=.{4})(?:平均)?每(?:市?斤|公斤|亩|吨|人|户|月)$")
"""What ends the things of a list that are told by the piece: 小麦、稻谷最低收购价平均每斤(分别提高…)."""
_PART = re.compile(
    r"农村|城镇|城市|中央|地方|第?[一二三四]季度|[上下]半年|[0-9０-９一二三四五六七八九十]{1,2}月份|来自.{2,4}"
)
_SIDE = re.compile(r"^(?:城镇|农村|城市|中央|地方|第?[一二三四]季度|[上下]半年)(?=.{3,})")
"""What another part takes the place of: 城镇人均居住面积…，农村增加到…."""
_RAISED_TO = re.compile(r"(?:要|将|已)*(?:增加|提高|上升|下降|降低|减少|扩大)[到至](?=[^，]{2,14}的?$)")
_GOAL_BEHIND = re.compile(r"的([^，。的]{2,10})(?:增长|增速)(?:预期)?目标")
"""提出8%左右的[地区生产总值]增长目标."""
_REGION = re.compile(r"[一-鿿]{1,4}(?:省|市|自治区|县|州)")
_REGION_FIRST = re.compile(r"[一-鿿]{1,4}(?:省|市|自治区|县|州)(?:由|从)")
_PERIOD_OF = re.compile(r"^[^，的]{4,20}年的")
_THE_AIM = re.compile(r"的(?:目标|任务|要求|承诺).*$")
_THIS_SHARE = re.compile(r"[个一](?:比例|比重|比率|数字|数额)")
"""What is left of 这个比例, 这一比重."""
_SPANNING = re.compile(r"^(?:今明两年|(?:今后|未来|近|连续)[一二两三四五六七八九十0-9]+年)")
_BARE_NAME = re.compile(r"(?:(?![看说计据止年月是也又都而且此这其])[一-鿿]){2,8}(?<![上中下后前时里内])")
_YEAR_NEXT = re.compile(r"，(?:[12][0-9]{3}|[一二][零〇○九][一-十零〇○]{2})年")
_SHARE_AT_END = re.compile(r"(?:比重|比例|比率|占比)$")
_FIELD = re.compile(r"[^，、的一-十0-9]{0,8}?(?:工业|农业|商业|林业|渔业|畜牧业|服务业|行业|企业|公司|农场)")
_MEMBERS = re.compile(r"(?:国家|企业|单位|地区|城市|学校|工厂|农户|学生|职工|人员|乡镇)$")
_THINGS_OF = re.compile(r"的([^，、。的0-9]{2,10}(?:项目|工程|企业|产品|学校|设施|单位|公司))$")
"""The things that a clause names, some of which the next one counts: 施工的建设项目，全部建成的(400个)."""
_NAMES_THINGS = re.compile(r"[^，。0-9０-９]{2,16}的[^，。的]{2,6}")
_SECTOR = re.compile(r"(?:建设|工业|农业|事业|工程|行业|水利|交通|教育|卫生)$")
_DIGIT = re.compile(r"[0-9０-９]|[一二三四五六七八九十百千万]{2,}|百分之")
_GIVES_OF = re.compile(r"贡献了?(全[国省市区])的?$")
_WHOLES = ("国", "省", "市", "区", "球", "界", "的", "上")
"""What ends the name of a whole: 全省, 世界上, 全国的."""
_FEEDS = re.compile(r"(?:养育|养活)[了着]?(?:世界|全球)上?$")
_KEPT_OF = re.compile(r"(.*?)(?:稳定在|保持在|稳居|达到?|超过?)(全[国省市区球]|世界)的?")
"""The part of the nation's that something keeps: 城镇新增就业稳定在全国(1/10以上)."""
_IS_HALF = re.compile(r"(.*?)约?(?:为|等于|相当于)([^，是为]{3,14}?)的?")
_AIMED = re.compile(r"任务|计划|目标")
_NATION = re.compile(r"(?:全[国省市区]|世界|全球)的?")
_ENTITIES = ("企业", "公司", "行业", "产业", "园区", "开发区", "集群", "单位", "机构", "商户", "合作社")
_WORKS = ("项目", "工程", "基地", "生产线", "电站", "机组", "示范区", "产业园", "发电", "开工", "投产")
_WORKS_IN = re.compile(
    r"[一-鿿]{0,12}?(?:项目|工程|基地|生产线|电站|机组|一体化|炼化|乙烯|芳烃|扩产|技改|扩建|改造|装置|泊位|船|油轮)(?=$|等|进|主|全|建|开|投|顺|竣)"
)
_FIRST_OF = re.compile(r"(?:[^、和]|和(?=谐|平|田))*")
_SHORT_NAME = 10
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
_LONG_DOER = 8
"""Characters of one who does something, from which on the act is named without him."""
_LONG_OBJECT = 14
_ITS_WORK = re.compile(r"(?:制度|体系|机制|建设|工作|事业)+$")
_PLAIN_OBJECT = re.compile(r"(?:(?![的和与及首是由])[一-鿿“”])+")
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
_WHOSE = re.compile(
    r"(?:、[一-鿿]{0,4}[0-9０-９.．]+[^，。、的]{1,6})?的(?:[一二两三四五六七八九十0-9]+年)?(?:[0-9]+多?余?[个项条座家处所])?([一-鿿“”（）()、―A-Za-z]{3,40})"
)
_ATTAINED = re.compile(r"^(?:取得|保持|达到|创下)了?(?=.+[率比重度例]$)")
_AND = re.compile(r"(?:和|(?<![参给])与|(?<![惠涉普])及)$")
_REACHES = ("惠及", "受益", "覆盖")
_WHOLE_ACTS = ("林", "草", "树", "税")
"""What ends an act that needs no object: 修复湿地90万亩，造林(88万亩)."""
_OF_ENTERPRISES = ("家", "户")
_FOR_ENTERPRISES = re.compile(r"([^“”、，]{2,14}企业)[^“”、，]{0,6}(?:计划|行动|工程)")
_STAGES = ("在建", "续建", "在研", "在营")
_OWN_RATES = ("率", "比重", "占比", "比例", "度")
_KEEPS = frozenset({"需要保持", "保持", "实现", "保证", "达到", "安排", "需要"})
"""What is done to a growth told before: 今后需要保持每年递增(5.4%)的速度."""
_LETS = frozenset({"推动", "支持", "促进", "引导", "帮助", "助力", "组织", "鼓励"})
"""What lets the counted things do what follows them: 支持(300家)企业实施数字化改造."""
_AROUND = re.compile(r"(?:[一二三四五六七八九十]+是)?(围绕[^，、0-9]{2,10})")
"""What acts told by no more than their number are about: 围绕经济发展，提出(6项)指标."""
_SERVING = re.compile(r"(?<=[一-鿿]{2}[员生师])服务(?:[县企乡群基]).*")
"""What those sent out are sent for: 选派(2000名)科技特派员[服务企业]."""
_COME_NEW = frozenset({"新增", "新登记", "新设立", "新设", "新注册", "新登记注册"})
_IN_TOTAL = re.compile(r"(?<=..)(?:总量|总数|数量|总户数)$")
_NEWLY = frozenset({"新增"})
_BROUGHT_TO = re.compile(r"(?:实现|纳入|通过|进入|入选|获批|获评|完成|达到)(?=..)")
"""What the things that came new came to: 新增(7个)开发区实现管道供气."""
_ALL_OVER = re.compile(r"(?:已|要|将|再|扩大|推广|扩展)*到全[国省市区](?:的)?|各地区?")
"""What tells where, and not what: 试点扩大到全国(86%)的县; 各地可降至(16%)."""
_EXTENTS = {"长": "长度", "全长": "长度", "总长": "长度", "高": "高度", "占地": "占地面积", "绵延": "长度"}
"""What a length or a size is of the thing named behind it: 长达(4000公里)的管道."""
_OF_ALL = re.compile(r"(?<=..)(?:分别|均|各)?(?:稳定在|保持在|达到?|超过?|占)?(全[国省市区])的?$")
"""What several things are shares of: 苹果、猕猴桃产量稳定在全国(1/4)、(1/3)."""
_THEN_HOPED = re.compile(r"、(?:力争|确保|争取)(?=..)")
_IN_FIELDS = re.compile(r"(?:(?!每)[^，]){2,24}?等?(?:方面|领域)(?=..)")
"""Where something is done: 在种源、医疗等方面[突破关键技术](125项)."""
_IS_TO = re.compile(r"[^，、是]{1,6}是([^，、的]{2,12})$")
"""What is to be done, behind what it is for: 底线是严守(18亿亩)耕地红线."""
_LONG_ACT = 20
_DOES = re.compile(
    r"(?:在|由|按照?|可以?|已经?|能够?|达到|实现|来自|投入|服务于|使用|出庭|享受|参加|留)(?=[一-鿿])"
)
"""What begins that which part of the things do: 人口(80%以上)在农村."""
_USED = re.compile(r"^(?:用于|投向|集中用|来自|投入到)")


_DONE_SO = re.compile(r"(?<=[一-鿿]{2})了")
_BY_DEGREES = re.compile(r"(?:不同程度地?|普遍|基本|都|全部)+$")
"""What only says how, before what part of the things did: (60%)的职工不同程度地增加了工资."""
_AT_TIME = re.compile(
    r"(?<=[一-鿿]{2})(?:年底|年末|期末|第?[一二三四]季度|[上下]半年|[一二三四五六七八九十]+月份)$"
)
"""When it was, behind the name of what is measured: 工业总产值第一季度(下降0.2%)."""
_BOTH_MOVED = re.compile(
    r"(?:近年来|首次|再次|连续)*(?:出现|实现|保持)?(?:了|较快|稳定|大幅|持续|较大|首次)*(?:[双齐全]|同步|双双)(?:下降|增长|上升|提高|提升|增加|减少)$"
)
"""What is said of several things before their numbers: 化学需氧量、二氧化硫排放量首次双下降，分别下降…."""
_LONG_LIST = 40
_TIMES_OF = re.compile(r"(.*?)(?:是|为|等于|相当于)[^，、]{2,12}$")
"""What is so many times what: 用地指标是下达计划的(2倍); 是十年前的(3倍)."""
_WITH = re.compile(r"(?:^|[将已要再共]|[一-鿿]{2})(?<![利使费作应专公信采任占启运食适])用$")
_HELD_IN = re.compile(r"(?:^|[一-鿿])在$")
_HELD_THERE = re.compile(
    r"(?P<where>[^，、的]{1,14}?)(?:中|内|里|先后|率先|全面|都|已)?(?:进行|开展|实行|推行|试行|实施|组织|启动)了?(?P<what>[^，、]{2,16}?)的?试点"
)


class _State(Struct):
    """What one slot leaves to those after it."""

    indicator: str = ""
    verb: str = ""
    thing: str = ""
    """What was counted, without its verb."""
    modifier: str = ""
    """What stood between verb and number (实施[乡村振兴]10大工程)."""
    unit: str = ""
    clause: int = -1
    """The clause of the last figure."""


class Measured:
    """What each number of one sentence measures, the sentence's slots taken in order."""

    def __init__(self, times: Times) -> None:
        self.times = times
        self.text = times.text
        self.sentence = times.sentence
        self.ground = times.ground
        self.state = _State()
        self.sizes = Sizes(times.text)
        self.names: list[str] = []
        """The indicators of the sentence's figures so far."""

    def _topic(self, clause: int) -> str:
        """What the clause before `clause` says grew, fell or came about, where it gives no number."""
        if clause == 0:
            return topic_of(self.ground.before)
        before = self.sentence.clauses[clause - 1]
        if self.text[before.end : before.end + 1] in ("：", ":") and len(before.text) <= 8:
            return clean(before.text)
        topic = topic_of(before.text) or self._bare(clause - 1)
        if _THIS_SHARE.fullmatch(topic) and _SHARE_AT_END.search(self.ground.before):
            return split_verb(clean(self.ground.before))[1]
        return topic

    def _bare(self, clause: int) -> str:
        """A clause that is no more than the name of what the next ones measure: 小学生，2024年有(51万人)."""
        words = clean(self.sentence.clauses[clause].text)
        if _BARE_NAME.fullmatch(words) is None or split_verb(words)[0] or predicate(words).kind != "none":
            return ""
        end = self.sentence.clauses[clause].end
        return words if _YEAR_NEXT.match(self.text, end) else ""

    def _field(self) -> str:
        """The trade or the enterprises that the sentence opens with: 机械工业任务不足，自找门路，总产值(增长8.1%)."""
        found = _FIELD.match(clean(self.sentence.clauses[0].text))
        return found[0] if found and not split_verb(found[0])[0] else ""

    def _topic_before(self) -> str:
        """What the clause before the sentence's first figure spoke of."""
        first = next((i for i, c in enumerate(self.sentence.clauses) if _DIGIT.search(c.text)), 0)
        return self._topic(first) or self._object(first)

    def _object(self, clause: int) -> str:
        """What the clause before does something to, where it gives no number: 推进幸福河湖建设，年底达到(45条)."""
        if clause == 0:
            return ""
        words = clean(self.sentence.clauses[clause - 1].text)
        verb, thing = split_verb(words)
        thing = _ITS_WORK.sub("", thing)
        if len(verb) < 2 or not 2 <= len(thing) <= _LONG_OBJECT or _PLAIN_OBJECT.fullmatch(thing) is None:
            return ""
        return thing

    def note(self, indicator: str, unit: str, clause: int) -> None:
        """Keep what a figure leaves to those after it."""
        self.names.append(indicator)
        self.state.indicator = indicator or self.state.indicator
        self.state.unit, self.state.clause = unit, clause

    def ranked(self, slot: Slot) -> str:
        """…居全国第4位: ranks what stands before 居, else what the sentence spoke of."""
        words = self.times.without(slot.pre, slot.quantity.start)
        found = _RANKED.search(words) or _RANKED_IN.search(words)
        subject = _HELD.sub("", _AMONG_ALL.sub("", clean(words[: found.start()] if found else words)))
        if subject in lexicon().dependent:
            subject = self._owner(subject) + subject
        return subject or self._heir(slot)

    def ranks(self, slots: list[Slot]) -> list[str]:
        """分别居全国第五和第六: what each of several ranks is of."""
        words = self.times.without(slots[0].pre, slots[0].quantity.start)
        found = _RANKED.search(words) or _RANKED_IN.search(words)
        subject = _HELD.sub("", clean(words[: found.start()] if found else words))
        parts = conjuncts(subject, len(slots)) if subject else self._inherited(slots)
        return parts or [self.ranked(slots[0])] * len(slots)

    def _subject_of(self, said: Predicate) -> str:
        subject = clean(shorten_list(clean(said.rest)))
        if "、" in subject and (hoped := _THEN_HOPED.search(subject)):
            subject = subject[hoped.end() :]
        subject = _last_of_series(subject)
        where = _IN_FIELDS.match(subject) if "方面" in subject or "领域" in subject else None
        if where and not split_verb(subject)[0] and len(split_verb(subject[where.end() :])[0]) > 1:
            subject = subject[where.end() :]
        if (done := _IS_TO.match(subject)) and split_verb(done[1])[0]:
            subject = done[1]
        timeless = _AT_TIME.sub("", subject)
        return timeless if timeless == subject or split_verb(timeless)[1] else ""

    def of(self, slot: Slot, said: Predicate) -> str:
        """What a quantity measures, from the words before it, behind it and left by earlier slots."""
        behind = noun_behind(slot)
        if known := self._known(slot, said, behind):
            return known
        before = self._completed(self._subject_of(said), slot)
        if slot.quantity.unit == "倍" and said.kind == "none" and (times := _TIMES_OF.match(before)):
            return times[1] or self._heir(slot)
        if slot.source or said.source or said.kind in ("up", "down", "to", "more", "less"):
            return self._changed(slot, said, before)
        share = self._share(said, slot, behind)
        if share:
            return share
        if before:
            return self._behind_words(before, slot, said, behind)
        if behind and slot.quantity.unit == "%":
            whole = self._group(slot) if _DOES.match(behind) else ""
            return f"{whole}{clean(behind)}比例" if whole else self._proportion(behind)
        if behind:
            return self._begins_with_number(slot, behind)
        return self._heir(slot) or ("经济" if is_pace(slot) else "")

    def _known(self, slot: Slot, said: Predicate, behind: str) -> str:
        """What a construction tells by itself, whatever words stand before the number; "" where none does."""
        quantity = slot.quantity
        if quantity.unit in ("人", "个") and (people := a_people(slot)):
            return people
        if slot.post.startswith("的") and (goal := _GOAL_BEHIND.match(slot.post)):
            return goal[1] or self._heir(slot)
        if quantity.unit == "人" and quantity.value >= _A_PEOPLE and (all_of := PEOPLE.match(behind)):
            return all_of[0]
        if said.kind == "none" and is_compared(slot):
            return self._heir(slot)
        if self.names and is_included(slot):
            return self.state.indicator + said.rest[said.rest.rfind("（") :].rstrip("为") + "）"
        if quantity.kind == "money":
            return self._granted(slot)
        return self._held_in(behind) if quantity.kind in _THINGS and _HELD_IN.search(slot.pre) else ""

    def _granted(self, slot: Slot) -> str:
        """What a treasury gives money for: 中央财政安排(50亿元)，支持农村学校建设."""
        words = self.times.without(slot.pre, slot.quantity.start)
        given = grant(slot, words, self.sentence, self.text) or self._spent_on(slot, words)
        if given:
            self.state.verb, self.state.thing = "", given
        return given

    @staticmethod
    def _spent_on(slot: Slot, words: str) -> str:
        """全国将用(30亿元)建设职工住宅 → 建设职工住宅资金."""
        if _WITH.search(words) is None:
            return ""
        use = noun_behind(slot).partition("（")[0]
        verb, thing = split_verb(use)
        return f"{use}资金" if verb and 2 <= len(thing) <= _SHORT_NAME else ""

    def _held_in(self, behind: str) -> str:
        """What is done in the places counted: 在40个企业中进行了以税代利的试点 → 以税代利试点企业."""
        found = _HELD_THERE.match(behind)
        if found is None:
            return ""
        self.state.verb, self.state.thing = "", found["where"]
        return f"{found['what']}试点{found['where']}"

    def _proportion(self, behind: str) -> str:
        """80%的县级医院达到三级水平 → 达到三级水平县级医院比例."""
        thing, act = became(behind)
        if not act:
            thing = spoken_of(behind)
            act = behind[len(thing) :]
        act, thing = _DONE_SO.sub("", act), _BY_DEGREES.sub("", thing)
        indicator = f"{act}{thing}比例" if act else behind
        self.state.verb, self.state.thing = "", thing
        return indicator

    def _completed(self, before: str, slot: Slot) -> str:
        """Words that need what the sentence spoke of: 其中农村(1万个), 全部建成的(3.9万个), 全国平均每人(355元)."""
        if (
            not before
            or _EACH.fullmatch(before)
            or _ALL_OVER.fullmatch(before)
            or self._opens_after(before, slot)
        ):
            return ""
        named = _NAMED_AS.fullmatch(before)
        if named:
            return named[1]
        if _EXTREME.fullmatch(before):
            return ""
        before = self._meant(before, slot)
        if before == "总额" and (added := _ADDED_TO.fullmatch(self._clause_before(slot))):
            return added[1] + before
        if slot.quantity.unit == "%":
            before = _ATTAINED.sub("", before)
        if self.state.indicator and (known := self._of_last(before, slot)):
            return known
        return self._some_of(before, slot)

    def _of_last(self, before: str, slot: Slot) -> str:
        """What says which part or share of the last figure's thing is meant: 这个比例, 占全国, 其中农村."""
        if before.startswith("占") and len(before) > 2:
            return self.state.indicator + before
        if _THIS_SHARE.fullmatch(before):
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
        if self.state.thing and before.endswith("的") and not noun_behind(slot):
            same = self.state.unit == slot.quantity.unit
            return before.removesuffix("的") + (self.state.thing if same else "")
        return before

    def _clause_before(self, slot: Slot) -> str:
        """The clause before the one that a quantity opens; "" where it opens none."""
        return self.sentence.clauses[slot.clause - 1].text if slot.first and slot.clause else ""

    def _meant(self, words: str, slot: Slot) -> str:
        """What 这方面 stands for: 重点是能源、交通建设，这方面的投资 → 能源、交通建设投资; else without it."""
        if not words.startswith(_OF_THIS):
            return words
        earlier = self._clause_before(slot)
        found = _IS_AT_END.search(earlier) or _USED_FOR.search(self.ground.before)
        return (found[1] if found else "") + words[len(_OF_THIS) :]

    def _newly_among(self, before: str, slot: Slot) -> bool:
        """Whether a part is one of what came new: 新登记147万户、其中企业(57万家)."""
        if not slot.pre.lstrip().startswith("其中") or slot.quantity.kind not in _COUNTED:
            return False
        new = _NEW.match(self.state.indicator)
        return new is not None and len(before) <= _SHORT_PART and _PLAIN.fullmatch(before) is not None

    @staticmethod
    def _opens_after(before: str, slot: Slot) -> bool:
        """Whether what stands before a number is another thing: 良好的基础和(超百万亿元的)经济总量."""
        if before[-1] not in "和与及" or (before[-1] == "与" and slot.quantity.kind in ("count", "person")):
            return False
        return _AND.search(before) is not None and noun_behind(slot) != ""

    def _behind_words(self, before: str, slot: Slot, said: Predicate, behind: str) -> str:
        """Words stand before the quantity: a verb, or what is measured, or a list summed up."""
        verb, thing = split_verb(before)
        if before in _EXTENTS and slot.quantity.kind == "physical" and (owner := self._owner_behind(slot)):
            return owner + _EXTENTS[before]
        measure = (thing or verb).rpartition("、")[2]
        summed = slot.quantity.kind == "money" and measure in lexicon().dependent
        if summed and (owner := self._owner_behind(slot)):
            return owner + measure
        if not thing and verb in lexicon().dependent and self.state.thing and slot.quantity.kind == "money":
            return self._owner(verb) + verb
        if not thing:
            return self._counted_by(verb, behind, slot)
        if behind and slot.quantity.kind in ("count", "person"):
            if behind in lexicon().states:
                return self._became(before, behind)
            if self._closes_list(said, slot):
                return self._sums_up(verb, behind)
        return self._named(before, verb, thing, slot, said, behind)

    def _changed(self, slot: Slot, said: Predicate, before: str) -> str:
        """Something grew, fell, or rose to N."""
        before = _MOVED.sub("", before)
        if said.word in GROWTH_NOUNS:
            before = before.removesuffix("的")
        if slot.quantity.kind == "ratio" and before in _KEEPS:
            before = ""
        if _REGION.fullmatch(before) and (rate := self._rate_before(slot)):
            return rate
        if not before or before.endswith("的"):
            behind = noun_behind(slot)
            if not said.compared and not said.source and (part := self._part_changed(slot, said, behind)):
                return part
            if (
                behind
                and said.kind in ("up", "down")
                and slot.quantity.kind in _COUNTED
                and not said.compared
            ):
                self.state.verb, self.state.thing = said.word, behind
                return said.word + behind
            return self._acted_on(slot, said) or self._heir(slot) or behind or said.word
        noun = lexicon().growth_nouns.at_end(before)
        if noun and not before.endswith(POPULATION_RATES):
            before = before[: -len(noun[0])] or self._heir(slot)
        if before in lexicon().dependent or (before in lexicon().metrics and self._entity()):
            return self._owner(before) + before
        verb, thing = split_verb(before)
        self.state.verb, self.state.thing = verb, thing or before
        return before + self._metric(before, slot)

    def _part_changed(self, slot: Slot, said: Predicate, behind: str) -> str:
        """What so much of is taken away or raised, behind the number: 减少(1/3)行政审批事项的目标."""
        if said.kind not in ("up", "down") or slot.quantity.unit != "%" or said.rest:
            return ""
        measured = behind.endswith(("量", "额", "数"))
        if not behind or not slot.post[0].isalpha() or (slot.post.startswith("的") and not measured):
            return ""
        return _THE_AIM.sub("", behind)

    def _rate_before(self, slot: Slot) -> str:
        """The rate that a clause before names, which places had: 人口自然增长率，甲省由29‰降到6‰，乙市由…."""
        for clause in reversed(self.sentence.clauses[: slot.clause]):
            words = _PERIOD_OF.sub("", clean(clause.text))
            if (
                lexicon().endings.at_end(words)
                and predicate(words).kind == "none"
                and not split_verb(words)[0]
            ):
                return words if _DIGIT.search(words) is None else ""
            if _REGION_FIRST.match(clause.text) is None:
                return ""
        return ""

    def _acted_on(self, slot: Slot, said: Predicate) -> str:
        """What the clause before does the same to: 逐步降低农业税税率，平均每年降低(1个百分点)."""
        lowers = said.kind == "to" and "降" in said.word
        if not (lowers or said.kind in ("up", "down")) or not slot.first:
            return ""
        if not slot.clause > self.state.clause + 1:
            return ""
        verb, thing = split_verb(clean(_SPANNING.sub("", self.sentence.clauses[slot.clause - 1].text)))
        same = lexicon().tails.at_end(verb)
        return (
            thing
            if same is not None and same[1] == ("down" if lowers else said.kind) and 2 <= len(thing) <= 16
            else ""
        )

    def _metric(self, before: str, slot: Slot) -> str:
        """粮食产量由A增加到B，棉花由…: a bare product takes the measure of the one before."""
        if not slot.source or self.state.unit != slot.quantity.unit or len(before) > 5:
            return ""
        if lexicon().endings.at_end(before):
            return ""
        measure = re.search(r"(?:年平均|平均|总)?产量$", self.state.indicator)
        return measure[0] if measure else ""

    def _share(self, said: Predicate, slot: Slot, behind: str) -> str:
        """民生支出占一般公共预算支出77.9% → 民生支出占一般公共预算支出比重; 新增财力80%用于民生领域."""
        if slot.quantity.unit not in ("%", "‰"):
            return ""
        rest = self._meant(clean(said.rest), slot)
        if rest and _ALL_OVER.fullmatch(rest):
            return self._heir(slot)
        if part := self._part_of(rest, slot, behind):
            return part
        if rest and (_USED.match(behind) or (said.kind == "none" and _does(rest, behind))):
            return f"{rest.removesuffix('的')}{behind}比例"
        found = _SHARE.search(rest) or (_RAISED_TO.search(rest) if said.kind == "none" else None)
        if found is None or not rest[found.end() :]:
            return ""
        owner, whole = rest[: found.start()] or self._heir(slot), rest[found.end() :]
        tail = "" if re.search(r"(?:比重|比例|份额|比率|百分比)$", whole) else "比重"
        whole = re.sub(r"的(?=比重|比例|份额)", "", whole)
        owner = re.sub("[也已就均都约]$", "", owner)
        if behind and _NATION.fullmatch(whole) and not behind.endswith(("国家", "大国")):
            whole += behind
        if owner in lexicon().dependent:
            owner = self._owner(owner) + owner
        return f"{owner}占{whole}{tail}"

    def _part_of(self, rest: str, slot: Slot, behind: str) -> str:
        """就业稳定在全国(1/10) → 就业占全国比重; 贡献了全省(74%)的工业增加值; 约为预算收入的(一半)."""
        found = _IS_HALF.fullmatch(rest) if not behind and slot.pre.rstrip().endswith("的") else None
        if rest.endswith(_WHOLES):
            if (gave := _GIVES_OF.search(rest)) and behind:
                return f"{rest[: gave.start()]}贡献{gave[1]}{behind}"
            if _FEEDS.search(rest) and behind:
                return rest + behind
            found = _KEPT_OF.fullmatch(rest) or found
        if found is None:
            return ""
        owner = found[1] or self._heir(slot)
        return f"{owner}占{found[2]}比重" if owner else ""

    def _counted_by(self, verb: str, behind: str, slot: Slot) -> str:
        """A verb, a number, a thing: 建成10所养老服务中心; a verb alone: 投入1.4亿元, 竣工200个."""
        if behind:
            thing, act = became(behind)
            thing = _SERVING.sub("", thing)
            self.state.verb, self.state.thing = verb, thing
            turned = turn_round(behind) if act and not act.startswith("取得") else thing
            if verb in _LETS and turned != thing:
                return turned
            if thing in lexicon().general and (about := _AROUND.fullmatch(self._clause_before(slot))):
                return about[1] + verb + thing
            return verb + (turned if verb in _NEWLY and _BROUGHT_TO.match(act) else thing)
        if (
            self.state.unit == slot.quantity.unit
            and self.state.thing
            and not verb.endswith(_WHOLE_ACTS)
            and (len(verb) < (4 if slot.quantity.kind == "count" else 5) or verb in lexicon().states)
            and (slot.quantity.kind in ("count", "physical") or slot.pre.lstrip().startswith("已"))
        ):
            return verb + self.state.thing
        if verb in _REACHES and (self.state.thing or verb == "覆盖") and self.state.unit != "%":
            return self.state.indicator + verb
        if slot.quantity.unit in _OF_ENTERPRISES and (thing := self._enterprises(slot)):
            verb += thing
        elif (
            verb in _COME_NEW and self.state.indicator and slot.first and slot.clause == self.state.clause + 1
        ):
            return verb + _IN_TOTAL.sub("", self.state.indicator)
        self.state.verb, self.state.thing = "", verb
        return self._sector(slot) + verb

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

    def _sums_up(self, verb: str, behind: str) -> str:
        if verb:
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
        gives = giving is not None and len(giving[0]) > 1
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
        if act or not 2 <= len(works) <= _SHORT_NAME:
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
        tail = turn_round(behind)
        did = lexicon().verbs.at_end(before)
        if did is not None and did[0] in _ACHIEVES and len(before) - len(did[0]) >= _LONG_DOER:
            self.state.verb, self.state.thing = did[0], tail
            return did[0] + tail
        self.state.verb, self.state.thing = "", before + tail
        general = became(behind)[0] in lexicon().general
        return before + tail if general or len(before) <= 12 else tail

    def _begins_with_number(self, slot: Slot, behind: str) -> str:
        """The number comes first: 6个专科获评省级临床重点专科; or shares an earlier verb: 及20个社区级点位."""
        if _FOR_THEM.fullmatch(slot.pre) and len(behind) <= _LONG_ACT and became(behind)[1]:
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

    def _entity(self) -> bool:
        """Whether the figure before was of an enterprise, a park, a trade: 国有企业资产总额…、税收."""
        metric = lexicon().metrics.at_end(self.state.indicator)
        return metric is not None and self.state.indicator[: -len(metric[0])].endswith(_ENTITIES)

    def _owner(self, dependent: str) -> str:
        """What an incomplete noun belongs to: the thing counted before it, without its verb."""
        owner = self.state.thing or self.state.indicator or self._topic_before() or self._field()
        if owner in lexicon().metrics:
            owner = self.state.indicator or owner
        if self.state.indicator in lexicon().metrics:
            return topic_of(self.ground.before).removesuffix("生产")
        if owner in lexicon().general and self.state.indicator.endswith(owner):
            owner = self.state.indicator
        _verb, thing = split_verb(owner)
        owner = owner if not thing or thing in lexicon().general else thing
        if dependent in {"调查失业率", "登记失业率"}:
            return "城镇"
        if owner.endswith(dependent):
            return owner[: -len(dependent)]
        metric = lexicon().metrics.at_end(owner) if dependent in lexicon().metrics else None
        return _BY_HEAD.sub("", owner[: -len(metric[0])] if metric else owner) or owner

    def _owner_behind(self, slot: Slot) -> str:
        """What follows a measure that tells which things are meant: 总投资52亿元的(34个)配套项目."""
        found = _WHOSE.match(self.text, slot.quantity.end, self.sentence.clauses[slot.clause].end)
        return spoken_of(became(found[1])[0]) if found else ""

    def _heir(self, slot: Slot) -> str:
        """What a number without words of its own measures: what the clause before told of, else the last figure."""
        if slot.first and slot.clause != self.state.clause:
            for clause in range(slot.clause, self.state.clause, -1):
                if clause - 1 == self.state.clause and clause > 0:
                    break
                topic = self._topic(clause)
                if topic:
                    return topic
            if slot.clause > self.state.clause + 1 and _MEMBERS.search(group := self._group(slot)):
                return group
        return self.state.indicator or self._group(slot) or (self._object(slot.clause) if slot.first else "")

    def _group(self, slot: Slot) -> str:
        """Which things the clause before names, at the head of a sentence: 组建城市银行的大中城市，由35个增加到…."""
        if not slot.first or slot.clause == 0:
            return ""
        before = self.sentence.clauses[slot.clause - 1].text
        found = _NAMES_THINGS.fullmatch(clean(before))
        return found[0] if found and predicate(before).kind == "none" else ""

    def of_list(self, slots: list[Slot], said: Predicate) -> list[tuple[str, bool]]:
        """Several quantities, one phrase: 分别增长2.5%和3%; 6个世界级、7个国家级产业集群.

        For each what it measures, and whether that is itself a growth (居民消费价格涨幅).
        """
        before = _EACH_ONE.sub("", clean(said.rest))
        if slots[0].quantity.unit == "%" and (among := _OF_ALL.search(before)):
            shares = conjuncts(before[: among.start()], len(slots))
            if shares:
                return [(f"{share}占{among[1]}比重", False) for share in shares]
        if said.kind in ("up", "down"):
            before = _MOVED.sub("", before)
        parts = (
            _each_did(before, len(slots)) or conjuncts(before, len(slots))
            if before
            else self._inherited(slots)
        )
        if parts is None and before in lexicon().dependent:
            parts = self._listed_before(slots, before)
        if parts is None and before:
            parts = conjuncts(shorten_list(before), len(slots))
        if parts is None:
            slots[0].post = slots[0].post or noun_behind(slots[-1])
            if "分别" in said.rest:
                said = replace(said, rest=said.rest.replace("分别", ""))
            parts = [self.of(slots[0], said)] * len(slots)
        parts = [clean(part) for part in parts]
        noun = lexicon().growth_nouns.at_end(parts[-1])
        if noun and (bare := _without_rate(before, noun[0], parts)):
            return [(part, True) for part in bare]
        if noun is None:
            named = is_rate(said.rest) or said.word in GROWTH_NOUNS
            return [(part, named and not part.endswith(_OWN_RATES)) for part in parts]
        rates = [part.endswith(noun[0]) or not part.endswith(_OWN_RATES) for part in parts]
        return [(part.removesuffix(noun[0]), rate) for part, rate in zip(parts, rates, strict=True)]

    def _inherited(self, slots: list[Slot]) -> list[str] | None:
        """比上年分别增长3%和5%: the things of the list before, or those that the clause before spoke of."""
        if self.state.clause < slots[0].clause - 1 and (listed := self._listed_before(slots)):
            return listed
        topic = self._topic(slots[0].clause) if slots[0].clause > self.state.clause + 1 else ""
        parts = conjuncts(topic, len(slots)) if topic else None
        if parts is not None:
            return parts
        names = self.names[-len(slots) :]
        return names if len(set(names)) == len(slots) else None

    def _listed_before(self, slots: list[Slot], measure: str = "") -> list[str] | None:
        """The things that the clause before lists: 规范论坛、展会，数量分别压减(95%)、(73%)."""
        if not slots[0].first or slots[0].clause == 0:
            return None
        words = clean(self.sentence.clauses[slots[0].clause - 1].text)
        if "、" not in words and "和" not in words:
            return None
        moved = _BOTH_MOVED.search(words)
        thing = split_verb(words[: moved.start()] if moved else words)[1]
        if not (moved or measure) or len(thing) > _LONG_LIST:
            return None
        parts = conjuncts(thing, len(slots))
        return [part + measure for part in parts] if parts else None

    def size(self, slot: Slot) -> str:
        """What a threshold is a size of: 5000万元以上(项目) → 项目投资额."""
        return self.sizes.of(slot, self.state.indicator)


def _each_did(phrase: str, count: int) -> list[str] | None:
    """煤炭、电解铝分别淘汰落后产能(1亿吨)和(120万吨): what each of them did."""
    things, _, act = phrase.partition("分别")
    parts = conjuncts(things, count) if split_verb(act)[0] and not _AIMED.search(act) else None
    return [part + act for part in parts] if parts else None


def _without_rate(phrase: str, rate: str, parts: list[str]) -> list[str] | None:
    """小微企业、“三农”贷款增速: what the parts share before the word for a growth that stands with the last of them."""
    if (
        len(parts) < 2
        or not phrase.endswith(rate)
        or any(part.endswith((*_OWN_RATES, rate)) for part in parts[:-1])
    ):
        return None
    return conjuncts(phrase.removesuffix(rate), len(parts))


def _does(thing: str, behind: str) -> bool:
    """Whether what follows a percentage is what so many of the things do: 规上企业(80%以上)开展研发活动."""
    words = lexicon()
    if words.endings.at_end(thing) and thing.endswith(_OWN_RATES):
        return False
    if words.verbs.at_end(thing) or len(behind) > _LONG_ACT:
        return False
    return _DOES.match(behind) is not None or len(split_verb(behind)[0]) > 1


@lru_cache(maxsize=4096)
def _last_of_series(phrase: str) -> str:
    """Of acts in a row the last has the number: 打击犯罪、挽回损失 → 挽回损失; 医保实现统筹、参保率 → 医保参保率."""
    head, mark, last = phrase.rpartition("、")
    if not mark or last.endswith("等") or phrase.count("（") != phrase.count("）"):
        return phrase
    verb, thing = split_verb(last)
    if len(verb) > 1 and len(thing) > 1:
        first, done = split_verb(head)
        return last if first and len(done) > 1 else phrase
    if last in lexicon().dependent:
        owner, act = became(head)
        return owner + last if act and not split_verb(owner)[0] else phrase
    return phrase


def is_rate(phrase: str) -> bool:
    """Whether what is measured is a growth by its own name: 居民消费价格涨幅, not 人口自然增长率."""
    phrase = phrase.rstrip()
    if _GROWTH_GOAL.search(phrase):
        return True
    return bool(lexicon().growth_nouns.at_end(phrase)) and not phrase.endswith(POPULATION_RATES)


def is_included(slot: Slot) -> bool:
    """Whether a number says the same of more or less: 增长4%（包括村办工业为6%）."""
    return bool(_INCLUDED.search(slot.pre))


_GROWTH_GOAL = re.compile(r"增长(?:预期|年度)?(?:目标|预期)+$")
_INCLUDED = re.compile(r"[（(](?:不?包括|不?含|扣除|剔除|加上)[^）)]*$")
