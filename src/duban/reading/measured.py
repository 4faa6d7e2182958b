"""What a number measures: the words before it and behind it, and what the sentence shares among its numbers.

`Measured` goes through the slots of a sentence from left to right and keeps what one slot leaves to the next.
A construction is one small method; to add one, add a method and a line in tests/reading/constructions.yaml.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from duban.reading.acts import COUNTED, LONG_ACT, REACHES, SHORT_NAME, Acts
from duban.reading.grants import grant
from duban.reading.heirs import DIGIT
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
)
from duban.reading.slots import (
    COLONS,
    FIRST_BATCH,
    PEOPLE,
    a_people,
    is_compared,
    is_pace,
    noun_behind,
    pace,
    subject_compared,
)

if TYPE_CHECKING:
    from duban.reading.phrases import Predicate
    from duban.reading.slots import Slot

__all__ = ["GOAL_SET", "Measured", "is_included", "is_rate"]

_SHARE = re.compile(r"占(?![地用比据线领道])")
_RANKED = re.compile(
    r"(?:继续|保持|稳定|稳)*(?:连续|[稳位]?居(?![民住家])|[名位]列|[列排]|排名|位次|跃[居升]|(?:提|上|跃|晋)?升[至到为]|跻身|进[入至到位]|由|从)"
)
_RANKED_IN = re.compile(r"全[国省市区球]|世界|国内|[东西中]部")
_AMONG_ALL = re.compile(r"^在?(?:全[国省市区球]|世界|国内)|(?:在?(?:全[国省市区球]|世界|国内)|中)$")
_HELD = re.compile(r"(?:继续|始终|稳定|稳|保持|维持|再次|重回|重返|均为?|都|分别为?)+$")
"""What stands between a subject and its rank: 保持全国第2位, 均居全国第2位."""
_MOVED = re.compile(r"^(?:.{2,16}?(?:带动|拉动|推动|促进|使得?(?!用))|带动)(?=.{3,})")
_CAME_NEW = re.compile("^(?:新增|净增|新建|新认定|新培育)(?=..)")
_MEDALS = ("金牌", "银牌", "铜牌")
_EVENTS = re.compile(
    r"(?:在|和|、|，|^)?((?:(?![在和、，。；上首届]|(?<=[0-9])年)[一-鿿“”]){0,10}(?:奥运会|残奥会|亚运会|全运会|运动会|锦标赛|比赛|联赛|大赛|竞赛))"
)
"""Games and matches in which medals are won."""
_FROM_ABOUT = re.compile(r"(?<=..)[从由](?=[一二两三四五六七八九十几数半])[^，从由]{2,10}$")
"""Where something came from, told in a word that is no figure: 从一个月以上(压缩到4个工作日)."""
_ADDED_TO = re.compile(r"(?:再)?加上([^，0-9]{4,24})")
"""What more a total takes in: 加上粮食企业、商业企业的亏损，总额达(一百亿元)."""
_NAMED_AS = re.compile(r"被(?:评为|授予|列为|认定为)(.+)的")
_THINGS = ("person", "count")
_A_PEOPLE = 10**7
_EACH_ONE = re.compile(r"(?<=.{4})(?:平均)?每(?:市?斤|公斤|亩|吨|人|户|月)$")
"""What ends the things of a list that are told by the piece: 小麦、稻谷最低收购价平均每斤(分别提高…)."""
_RAISED_TO = re.compile(r"(?:要|将|已)*(?:增加|提高|上升|下降|降低|减少|扩大)[到至](?=[^，]{2,14}的?$)")
_FULFILS = re.compile(
    r"(?:已|仅|只|均)?完成了?(?:(?:国家|年度|全年|年|原|原定|调整|当年)*(计划|预算|任务|指标))的?"
)
"""What a share of a plan is: 完成计划(101.5%), 完成预算的(98%)."""
_EACH_FULFILS = re.compile(
    r"(.+?)(?:分别|各自?)?(?:超额)?完成了?((?:国家|年度|全年|年|原定)*(?:目标任务|计划|预算|任务|指标|目标))的?"
)
"""The same of several: 治沙、造林、种草分别完成年度任务的(113%)、(220%)、(148%)."""
GOAL_SET = re.compile(
    r"的(?:年初|原定|原来|国家|年度)?(?:预定|预期|计划|规划|既定|调控|控制)(?:增长)?(?:目标|指标|要求|任务|数)"
)
_NEAR_GOAL = re.compile(
    r"(?:虽然|虽|尽管|但|也|并)?(?:略|稍|大大|远|明显|均|都)?(?:低于|高于|超过|好于|快于|接近|达到|实现|完成)?了?"
)
_AS_PLANNED = re.compile(
    r"(?:但|而|结果)?(?:大大|均|都)?(?:超过|低于|高于|没有达到|达到)?了?(?:原来?|当时|年初|国家|年度)?(?:预计|计划|预定|原定|实际)(?:上?完成|达到|执行|可以|能够?|可|将|达到|完成|超过|的?计划)*(?:规定|要求|安排|确定)?的?(?:数字?[为是]?)?(?:增长|增加|提高|下降|减少)?"
)
_OF_PLANS = re.compile("计划|实际|预计|原定")
_IN_WHOLE = re.compile(r"[^，、]{2,14}中所?占的?(?:比重|比例|份额)")
"""农业总产值中所占比重, of what was told before."""
_ASKED_FOR = re.compile(
    r"^《[^》]{2,20}》(?:中)?(?:提出|确定|规定|明确)了?的?|^(?:但|全[国省市区县])?(?:没有?能?|未能?|超额|提前|基本|较好|圆满)?(?:实现|达到|完成|超过)了?(?:年初|年度|原来?|预先|国家|上级)?(?:确定|提出|规定|预定|下达|制定|要求)的"
)
"""What only says that it was planned: 没有实现年初确定的(单位生产总值能耗)."""
_THE_TASK = re.compile("(?:年度|全年|目标|预期|计划)*(?:任务|目标|计划|指标)")
_OUT_OF = re.compile(
    r"^(?:从|由)?[^，、]{0,14}(?:收入|资金|经费|基金|结余|支出)中(?=(?:安排|拿出|划拨|提取|列支|拨出|抽出).)"
)
"""Where money came from: 从去年超收收入中(安排)."""
_GIVEN_THEM = re.compile(r"为[^，]{4,24}?(?=(?:提供|发放|办理|减免).{5})")
"""Whom something is done for: 为经济困难群众(提供法律咨询服务)."""
_IN_THEM = re.compile(
    r"在?(?:全[国省市区县])?((?:(?!发展)[^，、年]){3,24})(?<!计划)(?<!过程)(?<!工作)(?<!建设)中"
)
_AGENT = re.compile(
    "提请[^，、]{2,10}?(?:人大常委会|常委会|人大|大会)|(?:国家|国务院|中央|各级政府|各地|我们)(?:还|已经?|先后|决定|首先|再|将|要|又|也|共)+"
)
_SECTORS = ("第一产业", "第二产业", "第三产业")
"""What has three shares: 三次产业比重为4.0∶37.7∶58.3."""
_EACH_NEW = re.compile("(?:平均)?(每[天日月])(?:新增|新登记|净增)")
"""What came new each day of what came new: 新登记企业增长21.6%，平均每天新增(1.2万户)."""
_SETS = ("提出", "规定", "确定", "宣布")
_SETS_ONLY = re.compile("^(?:提出|规定|确定|宣布)了?的?")
"""What only says that a measure was set: 提出了(钢产量)1800万吨的指标."""
_EXPLAINED = re.compile(r"(?<=..)[（(](?=[^（）()]{9})[^（）()]*、[^（）()]*[）)]$")
"""What a name takes in, behind it: 国民收入（工业、农业等部门的净产值）."""
_OF_WHICH = re.compile(r"([^，、]{2,20}?的)有[^，]+、[^，]+")
"""Which of the things counted before, by name: 没有完成计划的有铜精矿、锌精矿等(11种)."""
_GOAL_BEHIND = re.compile(r"的(?!预期)([^，。的]{2,10})(?:增长|增速)(?:预期)?目标")
"""提出8%左右的[地区生产总值]增长目标."""
_REGION = re.compile(r"[一-鿿]{1,4}(?:省|市|自治区|县|州)")
_REGION_FIRST = re.compile(r"[一-鿿]{1,4}(?:省|市|自治区|县|州)(?:由|从)")
_PERIOD_OF = re.compile(r"^[^，的]{4,20}年的")
_THE_AIM = re.compile(r"的(?:目标|任务|要求|承诺).*$")
_SPANNING = re.compile(r"^(?:今明两年|(?:今后|未来|近|连续)[一二两三四五六七八九十0-9]+年)")
_GIVES_OF = re.compile(r"贡献了?(全[国省市区])的?$")
_WHOLES = ("国", "省", "市", "区", "球", "界", "的", "上")
"""What ends the name of a whole: 全省, 世界上, 全国的."""
_FEEDS = re.compile(r"(?:养育|养活)[了着]?(?:世界|全球)上?$")
_KEPT_OF = re.compile(r"(.*?)(?:稳定在|保持在|稳居|达到?|超过?)(全[国省市区球]|世界)的?")
"""The part of the nation's that something keeps: 城镇新增就业稳定在全国(1/10以上)."""
_IS_HALF = re.compile(r"(.*?)约?(?:为|等于|相当于)([^，是为]{3,14}?)的?")
_AIMED = re.compile(r"任务|计划|目标")
_NATION = re.compile(r"(?:全[国省市区]|世界|全球)的?")
_ATTAINED = re.compile(r"^(?:取得|保持|达到|创下)了?(?=.+[率比重度例]$)")
_AND = re.compile(r"(?:和|(?<![参给])与|(?<![惠涉普])及)$")
_OWN_RATES = ("率", "比重", "占比", "比例", "度")
_KEEPS = frozenset({"需要保持", "保持", "实现", "保证", "达到", "安排", "需要"})
"""What is done to a growth told before: 今后需要保持每年递增(5.4%)的速度."""
_ALL_OVER = re.compile(r"(?:已|要|将|再|扩大|推广|扩展)*到全[国省市区](?:的)?|各地区?")
"""What tells where, and not what: 试点扩大到全国(86%)的县; 各地可降至(16%)."""
_NO_NAME = re.compile(
    r"(?:全国)?(?:平均)?每[人户]|(?:全国)?人均|即|最?[高低多少快慢大小]的?|(?:增长|发展|提高)(?:较|最|很)[快慢大]的?|"
    + _ALL_OVER.pattern
)
"""The same, and what tells of how many or the one end of a range: 全国平均每人(355元); 都在4%以上，高的达到(5.5%)."""
_EXTENTS = {"长": "长度", "全长": "长度", "总长": "长度", "高": "高度", "占地": "占地面积", "绵延": "长度"}
"""What a length or a size is of the thing named behind it: 长达(4000公里)的管道."""
_OF_ALL = re.compile(r"(?<=..)(?:分别|均|各)?(?:稳定在|保持在|达到?|超过?|占)?(全[国省市区])的?$")
"""What several things are shares of: 苹果、猕猴桃产量稳定在全国(1/4)、(1/3)."""
_THEN_HOPED = re.compile(r"、(?:力争|确保|争取)(?=..)")
_IN_FIELDS = re.compile(r"(?:(?!每)[^，]){2,24}?等?(?:方面|领域)(?=..)")
"""Where something is done: 在种源、医疗等方面[突破关键技术](125项)."""
_IS_TO = re.compile(r"[^，、是]{1,6}是([^，、的]{2,12})$")
"""What is to be done, behind what it is for: 底线是严守(18亿亩)耕地红线."""
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
_TIMES_OF = re.compile(r"(.*?)(?:是|为|等于|相当于)[^，、]{2,12}$")
"""What is so many times what: 用地指标是下达计划的(2倍); 是十年前的(3倍)."""
_WITH = re.compile(r"(?:^|[将已要再共]|[一-鿿]{2})(?<![利使费作应专公信采任占启运食适])用$")
_HELD_IN = re.compile(r"(?:^|[一-鿿])在$")
_HELD_THERE = re.compile(
    r"(?P<where>[^，、的]{1,14}?)(?:中|内|里|先后|率先|全面|都|已)?(?:进行|开展|实行|推行|试行|实施|组织|启动)了?(?P<what>[^，、]{2,16}?)的?试点"
)


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
    if words.verbs.at_end(thing) or len(behind) > LONG_ACT:
        return False
    return _DOES.match(behind) is not None or len(split_verb(behind)[0]) > 1


@lru_cache(maxsize=4096)
def _last_of_series(phrase: str) -> str:
    """Of acts in a row the last has the number: 打击犯罪、挽回损失 → 挽回损失; 医保实现统筹、参保率 → 医保参保率."""
    head, mark, last = phrase.rpartition("、")
    if mark and last in REACHES:
        return split_verb(head)[1] + last
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
    if phrase.endswith(("目标", "预期")) and _GROWTH_GOAL.search(phrase):
        return True
    return bool(lexicon().growth_nouns.at_end(phrase)) and not phrase.endswith(POPULATION_RATES)


def is_included(slot: Slot) -> bool:
    """Whether a number says the same of more or less: 增长4%（包括村办工业为6%）."""
    return bool(_INCLUDED.search(slot.pre))


_GROWTH_GOAL = re.compile(r"增长(?:预期|年度)?(?:目标|预期)+$")
_INCLUDED = re.compile(r"[（(](?:不?包括|不?含|扣除|剔除|加上)[^）)]*$")


class Measured(Acts):
    """What each number of one sentence measures, the sentence's slots taken in order."""

    def ranked(self, slot: Slot) -> str:
        """…居全国第4位: ranks what stands before 居, else what the sentence spoke of."""
        words = self.times.without(slot.pre, slot.quantity.start)
        found = _RANKED.search(words) or _RANKED_IN.search(words)
        subject = _HELD.sub("", _AMONG_ALL.sub("", clean(words[: found.start()] if found else words)))
        if subject and all(part in lexicon().dependent for part in subject.split("和")):
            subject = self._owner(subject) + subject
        return subject or self._heir(slot)

    def ranks(self, slots: list[Slot]) -> list[str]:
        """分别居全国第五和第六: what each of several ranks is of."""
        words = self.times.without(slots[0].pre, slots[0].quantity.start)
        found = _RANKED.search(words) or _RANKED_IN.search(words)
        subject = _HELD.sub("", clean(words[: found.start()] if found else words))
        named = subject and subject not in lexicon().dependent
        parts = conjuncts(subject, len(slots)) if named else self._inherited(slots)
        return parts or [self.ranked(slots[0])] * len(slots)

    def _subject_of(self, said: Predicate, *, summed: bool) -> str:
        """`summed`: whether the number sums up the list before it (…等4个方面)."""
        rest = _ASKED_FOR.sub("", said.rest) if "的" in said.rest or said.rest.startswith("《") else said.rest
        if "中" in rest:
            rest = _OUT_OF.sub("", rest)
        if rest.startswith("为") and (given := _GIVEN_THEM.match(rest)):
            rest = rest[given.end() :]
        if rest.endswith(("）", ")")):
            rest = _EXPLAINED.sub("", rest)
        subject = clean(shorten_list(clean(rest)))
        if "、" in subject and (hoped := _THEN_HOPED.search(subject)):
            subject = subject[hoped.end() :]
        subject = subject if summed else _last_of_series(subject)
        where = _IN_FIELDS.match(subject) if "方面" in subject or "领域" in subject else None
        if where and not split_verb(subject)[0] and len(split_verb(subject[where.end() :])[0]) > 1:
            subject = subject[where.end() :]
        if "是" in subject and (done := _IS_TO.match(subject)) and split_verb(done[1])[0]:
            subject = done[1]
        if (
            subject.startswith(_SETS)
            and (named := _SETS_ONLY.sub("", subject))
            and lexicon().endings.at_end(named)
        ):
            subject = named
        if not subject.endswith(("底", "末", "度", "年", "份")):
            return subject
        timeless = _AT_TIME.sub("", subject)
        return timeless if timeless == subject or split_verb(timeless)[1] else ""

    def of(self, slot: Slot, said: Predicate) -> str:
        """What a quantity measures, from the words before it, behind it and left by earlier slots."""
        behind = noun_behind(slot)
        if known := self._known(slot, said, behind):
            return known
        before = self._before(slot, said)
        if slot.quantity.unit == "倍" and said.kind == "none" and (times := _TIMES_OF.match(before)):
            return times[1] or self._heir(slot)
        if slot.source or said.source or said.kind in ("up", "down", "to", "more", "less"):
            return self._changed(slot, said, before)
        if share := self._as_share(before, slot, said, behind):
            return share
        if before:
            return self._behind_words(before, slot, said, behind)
        if behind:
            return self._of_behind(slot, behind)
        return self._came_to(slot, said, self._heir(slot)) or (pace(slot) if is_pace(slot) else "")

    @staticmethod
    def _came_to(slot: Slot, said: Predicate, heir: str) -> str:
        """What a number reached is of, behind what came new: 新增公园141座、累计达到(973座) → 公园."""
        reached = "达" in said.word or (
            slot.quantity.qualifier == "over" and slot.quantity.start < slot.quantity.number
        )
        return _CAME_NEW.sub("", heir) if reached and slot.quantity.kind != "ratio" else heir

    def _before(self, slot: Slot, said: Predicate) -> str:
        """The words before a quantity that tell what it measures; "" where they name nothing by themselves."""
        before = self._completed(self._subject_of(said, summed=slot.pre.rstrip().endswith("等")), slot)
        if before and slot.quantity.kind in _THINGS:
            before = self._without_agent(before)
        return "" if before and is_pace(slot) and split_verb(before) == (before, "") else before

    def _as_share(self, before: str, slot: Slot, said: Predicate, behind: str) -> str:
        """What a percentage is the share of, with what the clause before says it is taken of."""
        share = self._share(said, slot, behind)
        whole = self._whole_before(slot) if slot.quantity.unit == "%" else ""
        if share or not whole:
            return f"{whole}中{share}" if whole else share
        return f"{before}占{whole}比重" if before and not before.endswith(_OWN_RATES) else ""

    def _of_behind(self, slot: Slot, behind: str) -> str:
        """What only the words behind a quantity tell."""
        if slot.quantity.unit != "%":
            return self._begins_with_number(slot, behind)
        whole = self._group(slot) if _DOES.match(behind) else ""
        return f"{whole}{clean(behind)}比例" if whole else self._proportion(behind)

    @staticmethod
    def _without_agent(before: str) -> str:
        """Words before a count without those who did it: 国家已经组织(57户)企业集团试点."""
        found = _AGENT.match(before)
        if found is None:
            return before
        act = before[found.end() :]
        return act if split_verb(act)[0] else before

    def _whole_before(self, slot: Slot) -> str:
        """What a share is of, where the clause before says no more: 高中阶段学生中，职业学校在校生达到(56.8%)."""
        found = _IN_THEM.fullmatch(self._clause_before(slot))
        whole = clean(found[1]) if found else ""
        return "" if split_verb(whole)[0] else whole

    def _known(self, slot: Slot, said: Predicate, behind: str) -> str:
        """What a construction tells by itself, whatever words stand before the number; "" where none does."""
        quantity = slot.quantity
        if quantity.unit in ("人", "个") and (people := a_people(slot)):
            return people
        if slot.post.startswith("的") and (goal := _GOAL_BEHIND.match(slot.post)):
            return goal[1] or self._heir(slot)
        if quantity.kind in _THINGS and behind and (named := self._named_behind(slot, behind)):
            return named
        if quantity.unit == "人" and quantity.value >= _A_PEOPLE and (all_of := PEOPLE.match(behind)):
            return all_of[0]
        if said.kind == "none" and is_compared(slot):
            return subject_compared(slot) or self._heir(slot)
        if self._goes_with_plan(slot):
            return self._heir(slot) or self.ground.measured
        if quantity.unit == "%" and (
            plan := _FULFILS.fullmatch(self.times.without(slot.pre, quantity.start))
        ):
            return f"{self._heir(slot)}完成{plan[1]}"
        if self.names and is_included(slot):
            return self.state.indicator + said.rest[said.rest.rfind("（") :].rstrip("为") + "）"
        if quantity.kind == "money":
            return self._granted(slot)
        return self._held_in(behind) if quantity.kind in _THINGS and _HELD_IN.search(slot.pre) else ""

    def _named_behind(self, slot: Slot, behind: str) -> str:
        """Medals by where they were won, people by what reaches them: 惠及(3400万人)的引水工程; else ""."""
        if slot.quantity.unit == "枚" and behind in _MEDALS and (event := self._event(slot)):
            return event + behind
        reaches = slot.post.startswith("的") and slot.pre.endswith(REACHES)
        return became(behind)[0] + slot.pre[-2:] if reaches else ""

    def _event(self, slot: Slot) -> str:
        """Where medals were won: 奥运会和残奥会上，分别摘得(2金)1银、(2金); "" where the sentence does not say."""
        clause = self.sentence.clauses[slot.clause].start
        events = _EVENTS.findall(self.text, self.sentence.start, slot.quantity.start)
        if not events:
            return ""
        nth = (
            self.text.count("、", clause, slot.quantity.start)
            if "分别" in self.text[clause : slot.quantity.start]
            else -1
        )
        return str(events[nth] if nth < len(events) else events[-1])

    def _goes_with_plan(self, slot: Slot) -> bool:
        """Whether a number says what was planned for the same thing, or what came of that.

        略低于(8%)的预定目标; 原预计可以达到计划规定的(1690亿元)，…，实际完成(1720亿元); 超过计划规定增长(4%)的要求.
        """
        if _THE_TASK.match(slot.post) and _ASKED_FOR.fullmatch(slot.pre):
            return True
        if slot.post.startswith("的") and GOAL_SET.match(slot.post):
            return bool(self.state.indicator) and _NEAR_GOAL.fullmatch(slot.pre) is not None
        if _OF_PLANS.search(slot.pre) is None:
            return False
        return _AS_PLANNED.fullmatch(self.times.without(slot.pre, slot.quantity.start)) is not None

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
        return f"{use}资金" if verb and 2 <= len(thing) <= SHORT_NAME else ""

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
        if not before or _NO_NAME.fullmatch(before) or self._opens_after(before, slot):
            return ""
        if self.state.indicator.startswith("新") and (each := _EACH_NEW.fullmatch(before)):
            return each[1] + self.state.indicator
        if before.startswith("被") and (named := _NAMED_AS.fullmatch(before)):
            return named[1]
        if FIRST_BATCH.fullmatch(before) and noun_behind(slot):
            return ""
        before = self._meant(before, slot)
        if before == "总额" and (added := _ADDED_TO.fullmatch(self._clause_before(slot))):
            return added[1] + before
        if slot.quantity.unit == "%":
            before = _ATTAINED.sub("", before)
        if self.state.indicator and (known := self._of_last(before, slot)):
            return known
        if slot.pre.startswith(("在", "占")) and _IN_WHOLE.fullmatch(before) and (owner := self._heir(slot)):
            return f"{owner}在{before}"
        if "的有" in before and (which := _OF_WHICH.fullmatch(before)):
            return which[1] + (self.state.thing if self.state.unit == slot.quantity.unit else "")
        return self._some_of(before, slot)

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
        if not thing:
            if (
                verb in lexicon().dependent
                and slot.quantity.kind == "money"
                and (whose := self._whose(verb, slot))
            ):
                return whose + verb
            return self._counted_by(verb, behind, slot)
        if behind and slot.quantity.kind in ("count", "person"):
            if before.endswith(REACHES):
                self.state.verb, self.state.thing = "", became(behind)[0]
                return before + self.state.thing
            if behind in lexicon().states:
                return self._became(before, behind)
            if self._closes_list(said, slot):
                return self._sums_up(verb, behind, slot)
        return self._named(before, verb, thing, slot, said, behind)

    def _whose(self, measure: str, slot: Slot) -> str:
        """Whose measure it is, by the things before it or what the clause before is about: 推进重大工程建设，完成投资(2400亿元)."""
        if self.state.thing:
            return self._owner(measure)
        whose = self._object(slot.clause) if slot.first and not self.state.indicator else ""
        return "" if whose.endswith(("行动", "计划", "”")) else whose

    def _changed(self, slot: Slot, said: Predicate, before: str) -> str:
        """Something grew, fell, or rose to N."""
        before = self._what_moved(slot, said, before)
        if _REGION.fullmatch(before) and (rate := self._rate_before(slot)):
            return rate
        if not before or before.endswith("的"):
            behind = noun_behind(slot)
            if not said.compared and not said.source and (part := self._part_changed(slot, said, behind)):
                return part
            if behind and said.kind in ("up", "down") and slot.quantity.kind in COUNTED and not said.compared:
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

    @staticmethod
    def _what_moved(slot: Slot, said: Predicate, before: str) -> str:
        """The words before a change without what moved it, or where it came from: 粮食(增产…) → 粮食产量."""
        before = _MOVED.sub("", before)
        if said.word in ("增产", "减产") and before and not lexicon().endings.at_end(before):
            return before + "产量"
        if said.kind == "to":
            before = _FROM_ABOUT.sub("", before)
        if said.word in GROWTH_NOUNS:
            before = before.removesuffix("的")
        return "" if slot.quantity.kind == "ratio" and before in _KEEPS else before

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
                return words if DIGIT.search(words) is None else ""
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
        owner = re.sub("[也已就均都约]$", "", rest[: found.start()]) or self._heir(slot)
        whole = rest[found.end() :]
        tail = "" if re.search(r"(?:比重|比例|份额|比率|百分比)$", whole) else "比重"
        whole = re.sub(r"的(?=比重|比例|份额)", "", whole)
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

    def of_list(self, slots: list[Slot], said: Predicate) -> list[tuple[str, bool]]:
        """Several quantities, one phrase: 分别增长2.5%和3%; 6个世界级、7个国家级产业集群.

        For each what it measures, and whether that is itself a growth (居民消费价格涨幅).
        """
        before = _EACH_ONE.sub("", clean(said.rest))
        if len(slots) == len(_SECTORS) and self.text[slots[0].quantity.end] in COLONS:
            return [(f"{sector}比重", False) for sector in _SECTORS]
        if slots[0].quantity.unit == "%" and (shares := self._shares_of(before, len(slots))):
            return [(share, False) for share in shares]
        if said.kind in ("up", "down"):
            before = _MOVED.sub("", before)
        parts = self._parts_of(before, slots)
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

    @staticmethod
    def _shares_of(before: str, count: int) -> list[str]:
        """What several percentages are of one whole, or of their plans: 苹果、猕猴桃产量稳定在全国的, 治沙、造林完成任务的."""
        if among := _OF_ALL.search(before):
            return [f"{thing}占{among[1]}比重" for thing in conjuncts(before[: among.start()], count) or ()]
        plan = _EACH_FULFILS.fullmatch(before)
        return [f"{thing}完成{plan[2]}" for thing in conjuncts(plan[1], count) or ()] if plan else []

    def _parts_of(self, before: str, slots: list[Slot]) -> list[str] | None:
        """What each of several quantities is of, by the words before them or left by earlier ones; None if it cannot be told."""
        if not before:
            return self._inherited(slots)
        parts = _each_did(before, len(slots)) or conjuncts(before, len(slots))
        if parts is None and before in lexicon().dependent:
            parts = self._listed_before(slots, before)
        return parts or conjuncts(shorten_list(before), len(slots))

    def size(self, slot: Slot) -> str:
        """What a threshold is a size of: 5000万元以上(项目) → 项目投资额."""
        return self.sizes.of(slot, self.state.indicator)
