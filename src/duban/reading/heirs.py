"""What a number without words of its own takes over: from the clause before, the sentence so far, the sentence before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.reading.lexicon import lexicon
from duban.reading.phrases import (
    became,
    clean,
    conjuncts,
    predicate,
    split_verb,
    spoken_of,
)
from duban.reading.sizes import Sizes
from duban.reading.topics import ON_GROUNDS, topic_of

if TYPE_CHECKING:
    from duban.reading.slots import Slot
    from duban.reading.times import Times

__all__ = ["DIGIT", "ITS_WORK", "THIS_SHARE", "Heirs"]

_BY_HEAD = re.compile(r"(?<=..)(?:按人口平均|人均|经济效益)$")
_OF_THIS = "方面的"
"""What is left of 这方面的."""
_IS_AT_END = re.compile(r"[^，]是([^，是]{2,12})$")
_USED_FOR = re.compile(r"用于([^，]{3,16})的(?:资金|投资|支出|经费)")
THIS_SHARE = re.compile(r"[个一](?:比例|比重|比率|数字|数额)")
"""What is left of 这个比例, 这一比重."""
_BARE_NAME = re.compile(r"(?:(?![看说计据止年月是也又都而且此这其])[一-鿿]){2,8}(?<![上中下后前时里内])")
_YEAR_NEXT = re.compile(r"，(?:[12][0-9]{3}|[一二][零〇○九][一-十零〇○]{2})年")
_SHARE_AT_END = re.compile(r"(?:比重|比例|比率|占比)$")
_FIELD = re.compile(r"[^，、的一-十0-9]{0,8}?(?:工业|农业|商业|林业|渔业|畜牧业|服务业|行业|企业|公司|农场)")
_MEMBERS = re.compile(r"(?:国家|企业|单位|地区|城市|学校|工厂|农户|学生|职工|人员|乡镇)$")
_NAMES_THINGS = re.compile(r"[^，。0-9０-９]{2,16}的[^，。的]{2,6}")
DIGIT = re.compile(r"[0-9０-９]|[一二三四五六七八九十百千万]{2,}|百分之")
_ENTITIES = ("企业", "公司", "行业", "产业", "园区", "开发区", "集群", "单位", "机构", "商户", "合作社")
_LONG_OBJECT = 14
ITS_WORK = re.compile(r"(?:制度|体系|机制|建设|工作|事业|力度)+$")
_FOR_WHOM = re.compile(r"(?:向|对|给|为)[^，、]{2,8}?(?=发放|提供|实施|开展|给予|免费|减免)")
"""Whom something is done for, before the act: 向困难群众发放一次性生活补助."""
_PLAIN_OBJECT = re.compile(r"(?:(?![的和与及首是由])[一-鿿“”])+")
_WHOSE = re.compile(
    r"(?:、[一-鿿]{0,4}[0-9０-９.．]+[^，。、的]{1,6})?的(?:[一二两三四五六七八九十0-9]+年)?(?:[0-9]+多?余?[个项条座家处所])?([一-鿿“”（）()、―A-Za-z]{3,40})"
)
_BOTH_MOVED = re.compile(
    r"(?:近年来|首次|再次|连续)*(?:出现|实现|保持)?(?:了|较快|稳定|大幅|持续|较大|首次)*(?:[双齐全]|同步|双双)(?:下降|增长|上升|提高|提升|增加|减少)$"
)
"""What is said of several things before their numbers: 化学需氧量、二氧化硫排放量首次双下降，分别下降…."""
_LONG_LIST = 40


_FULFILLED = ("计划", "预算", "任务", "指标")
_FULFILLING = re.compile(r"完成[^，]{0,6}(?:计划|预算|任务|指标)$")
"""What a plan was fulfilled by names nothing that goes on behind it: 工业总产值完成计划(101.5%)，比上年增长…."""


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


class Heirs:
    """What the sentence and the clauses before it leave to a number."""

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
        if THIS_SHARE.fullmatch(topic) and _SHARE_AT_END.search(self.ground.before):
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
        first = next((i for i, c in enumerate(self.sentence.clauses) if DIGIT.search(c.text)), 0)
        return self._topic(first) or self._object(first)

    def _object(self, clause: int) -> str:
        """What the clause before does something to, where it gives no number: 推进幸福河湖建设，年底达到(45条)."""
        if clause == 0:
            return ""
        words = clean(self.sentence.clauses[clause - 1].text)
        if words.endswith(ON_GROUNDS):
            return ""
        verb, thing = split_verb(_FOR_WHOM.sub("", words))
        thing = ITS_WORK.sub("", thing)
        if len(verb) < 2 or not 2 <= len(thing) <= _LONG_OBJECT or _PLAIN_OBJECT.fullmatch(thing) is None:
            return ""
        return thing

    def note(self, indicator: str, unit: str, clause: int) -> None:
        """Keep what a figure leaves to those after it."""
        self.names.append(indicator)
        if unit == "%" and indicator.endswith(_FULFILLED):
            indicator = _FULFILLING.sub("", indicator)
        self.state.indicator = indicator or self.state.indicator
        self.state.unit, self.state.clause = unit, clause

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
        if dependent.startswith("在校") and owner.endswith(("学生", "毕业")):
            return ""
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
        if before.endswith(ON_GROUNDS):
            return ""
        found = _NAMES_THINGS.fullmatch(clean(before))
        return found[0] if found and predicate(before).kind == "none" else ""

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
