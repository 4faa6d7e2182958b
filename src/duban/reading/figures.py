"""Sentences → figures: each quantity tied to what it measures, with kind, status, period and place.

A clause with numbers is cut into slots: a quantity with the words before it (`pre`) and behind it (`post`)
that belong to it. `_Reader` goes through the slots of a sentence from left to right and keeps what one slot
leaves to the next: the subject, the verb, the time, the mood. A construction is one small method; to add
one, add a method and a line in tests/reading/constructions.yaml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from duban.documents.model import Part
from duban.quantities.model import Quantity
from duban.reading.lexicon import lexicon
from duban.reading.model import Kind, Status
from duban.reading.periods import Span, TimeMark, time_marks
from duban.reading.phrases import (
    Predicate,
    clean,
    conjuncts,
    predicate,
    shorten_list,
    split_verb,
    turn_round,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from duban.reading.clauses import Clause, Sentence

__all__ = ["Background", "RawFigure", "find"]

_JOINED = re.compile(r"[、,，]?\s?(?:和|与|及|以及|或|并)?\s?")
_OPENS = re.compile(r"^\s?(?:以及|、|和|与|及|并|；|,)")
_CLOSES = re.compile(r"(?:、|和|与|及|以及|或)\s?$")
_THRESHOLD = re.compile(r"(?:及以上|以上|以下|及以下|级)$")
_SHARE = re.compile(r"占(?![地用比据线领道])")
_ESTIMATE = re.compile(r"预计|预期(?!目标|性)|初步核算|初步统计|预测")
_TARGET = re.compile(r"力争|争取(?=[^，]{0,12}(?:达|增长|以上|左右|实现|突破|完成))|确保(?=.{0,20})|目标(?:是|为|定为)|拟(?=[安按定于将])|计划(?=.{0,12})|将(?=达|增|新|建|完|实|投|开|提|有|是|会)|要(?=达|增|完|实|力|努|提|确|使|在)|达到.{0,8}目标|规划(?=到|建|投)|预期目标")
_PAST = re.compile(r"已(?:经)?(?=[达建完有超突成累实增])|去年|上年|目前|截至|过去|累计已")
_AGE = ("岁", "周岁")
_NOUN_END = re.compile(r"[，。；：]")


@dataclass(frozen=True, slots=True)
class Background:
    """What a sentence inherits from where it stands."""

    part: Part
    year: int | None
    span: Span | None
    """The years its section speaks of."""
    place: str | None
    status: Status = Status.ACTUAL


@dataclass(frozen=True, slots=True)
class RawFigure:
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


@dataclass(slots=True)
class _Slot:
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


class _Mood(NamedTuple):
    status: Status | None
    at: int


@dataclass(slots=True)
class _State:
    """What one slot leaves to those after it."""

    indicator: str = ""
    subject: str = ""
    verb: str = ""
    thing: str = ""
    """What was counted, without its verb."""
    kind: Kind | None = None
    span: Span | None = None
    ended: bool = False
    topic: str = ""
    sign: int = 1
    sources: list[int] = field(default_factory=list)


def find(sentence: Sentence, quantities: list[Quantity], text: str, ground: Background) -> tuple[list[RawFigure], Span | None]:
    """The figures of a sentence, and the span of years it leaves to the rest of its paragraph (or None)."""
    return _Reader(sentence, text, ground).read(quantities)


class _Reader:
    def __init__(self, sentence: Sentence, text: str, ground: Background) -> None:
        self.sentence = sentence
        self.text = text
        self.ground = ground
        self.marks = self._marks()
        self.state = _State()
        self.found: list[RawFigure] = []

    def read(self, quantities: list[Quantity]) -> tuple[list[RawFigure], Span | None]:
        for group in _groups(self._slots(quantities)):
            self._read_group(group)
        return self.found, self._left()

    # --- time -------------------------------------------------------------------------------------------

    def _marks(self) -> list[TimeMark]:
        marks = time_marks(self.text, self.sentence.start, self.sentence.end, self.ground.year)
        return [mark for mark in marks if not self._is_base(mark)]

    def _is_base(self, mark: TimeMark) -> bool:
        """Whether the years are only what something is compared with (比上年, 与2020年相比)."""
        before = self.text[max(self.sentence.start, mark.start - 2) : mark.start]
        after = self.text[mark.end : mark.end + 8]
        if re.search(r"(?:[比较]|高于|低于|快于|超过|好于)$", before) and not re.search(r"[占对同环]比$", before):
            return True
        return bool(re.search(r"[与同和]$", before) and re.match(r"[^，。]{0,6}相?比", after))

    def _left(self) -> Span | None:
        """A span of years that opens the sentence holds for the rest of the paragraph."""
        if self.marks and self.marks[0].start - self.sentence.start <= 4:
            mark = self.marks[0]
            if mark.span.first != mark.span.last and not mark.fixed:
                return mark.span
        return None

    def _span(self, at: int) -> tuple[Span | None, bool]:
        """The years in force at an offset of the text, and whether they name the end of a period."""
        current: TimeMark | None = None
        for mark in self.marks:
            if mark.start >= at:
                break
            current = mark
        if current is None:
            return self.ground.span, False
        return current.span, current.fixed

    # --- slots ------------------------------------------------------------------------------------------

    def _slots(self, quantities: list[Quantity]) -> list[_Slot]:
        slots: list[_Slot] = []
        for index, clause in enumerate(self.sentence.clauses):
            inside = [q for q in quantities if clause.start <= q.number < clause.end]
            if inside:
                slots.extend(self._clause_slots(clause, index, inside))
        return slots

    def _clause_slots(self, clause: Clause, index: int, quantities: list[Quantity]) -> list[_Slot]:
        text = self.text
        slots = [_Slot(q, "", "", index) for q in quantities]
        slots[0].pre = text[clause.start : max(clause.start, quantities[0].start)]
        slots[0].first = True
        for before, slot in zip(slots, slots[1:], strict=False):
            self._part_gap(before, slot, text[before.quantity.end : max(before.quantity.end, slot.quantity.start)])
        slots[-1].post = text[quantities[-1].end : clause.end] if quantities[-1].end < clause.end else ""
        for outer, inner in zip(slots, slots[1:], strict=False):
            if inner.inside and not outer.post and inner.pre == "":
                outer.post = text[inner.quantity.start : inner.quantity.end] + inner.post
        return slots

    def _part_gap(self, before: _Slot, slot: _Slot, gap: str) -> None:
        """Share out the words between two quantities of a clause."""
        if gap and _JOINED.fullmatch(gap):
            slot.joined = True
        elif self._names_threshold(before.quantity, gap) and not _OPENS.match(gap) and (before.pre == "" or gap):
            before.inside = True
            slot.pre = before.pre + self._words(before.quantity) + gap
        elif not gap:
            if self._is_threshold(slot.quantity):
                slot.inside = True
            else:
                slot.opens = True
        elif _OPENS.match(gap):
            slot.pre = _OPENS.sub("", gap, count=1)
            slot.opens = True
        elif predicate(gap).kind != "none" or predicate(gap).source:
            slot.pre = gap
        elif _CLOSES.search(gap):
            before.post = _CLOSES.sub("", gap)
            slot.opens = True
        elif "、" in gap:
            before.post, _, slot.pre = gap.partition("、")
            slot.opens = True
        else:
            before.post = gap
            slot.opens = True

    def _words(self, quantity: Quantity) -> str:
        return self.text[quantity.start : quantity.end]

    def _names_threshold(self, quantity: Quantity, gap: str) -> bool:
        return self._is_threshold(quantity) and predicate(gap).kind == "none" and "、" not in gap

    def _is_threshold(self, quantity: Quantity) -> bool:
        """5000万元以上(项目), 60岁以上(人口), 万亿级(基地): a size that says which things are meant."""
        if quantity.unit in _AGE or quantity.scale:
            return True
        if quantity.kind not in ("money", "physical"):
            return False
        words = self._words(quantity)
        following = self.text[quantity.end : quantity.end + 1]
        return bool(_THRESHOLD.search(words)) and bool(following) and following not in "，。；、！,;）)的"

    # --- reading ----------------------------------------------------------------------------------------

    def _read_group(self, group: list[_Slot]) -> None:
        """One quantity, or a list of quantities that share their words (374个、242个)."""
        slots = [slot for slot in group if not slot.inside]
        for slot in group:
            if slot.inside:
                self._reference(slot)
        if not slots:
            return
        head = slots[0]
        if self._is_alone_threshold(head):
            self._reference(head)
            return
        phrase = head.pre
        said = predicate(self._without_time(phrase, head.quantity.start))
        self._mood_at(head)
        if len(slots) > 1:
            self._distribute(slots, said)
        else:
            self._single(head, said)

    def _is_alone_threshold(self, slot: _Slot) -> bool:
        q = slot.quantity
        if q.unit in _AGE:
            return bool(re.match(r"[^，。；]", self.text[q.end : q.end + 1])) and predicate(slot.pre).kind in ("none",)
        return q.scale and not re.search(r"迈[入上]|跻身|跃[升上]|突破|达到?|成为|跨[入上]", slot.pre)

    def _without_time(self, phrase: str, end: int) -> str:
        """The words before a quantity less the time words in them."""
        start = end - len(phrase)
        for mark in reversed(self.marks_all(start, end)):
            a, b = mark.start - start, mark.end - start
            if 0 <= a < b <= len(phrase) and not self._is_base(mark):
                left, right = phrase[:a], phrase[b:]
                left = re.sub(r"(?:到|至|在|从|自|于)$", "", left)
                right = re.sub(r"^(?:的|，|时|期间|以来|间|，)", "", right)
                phrase = left + right
        return phrase

    def marks_all(self, start: int, end: int) -> list[TimeMark]:
        return [m for m in self.marks if start <= m.start and m.end <= end]

    def _single(self, slot: _Slot, said: Predicate) -> None:
        if slot.quantity.kind == "rank":
            self._rank(slot, said)
            return
        indicator = self._indicator(slot, said)
        self._add(slot, said, indicator)

    def _rank(self, slot: _Slot, said: Predicate) -> None:
        subject = self._subject_of(said) or self.state.indicator
        subject = re.sub(r"(?:居|列|位居|排名|全[国省市球]|世界|国内|总量|稳居|继续|保持|排)+$", "", subject) or self.state.indicator
        self._emit(slot, said, subject, Kind.RANK)

    def _subject_of(self, said: Predicate) -> str:
        return clean(shorten_list(clean(said.rest)))

    # the thing measured

    def _indicator(self, slot: _Slot, said: Predicate) -> str:
        """What a quantity measures, from the words before it, behind it and left by earlier slots."""
        before = self._subject_of(said)
        if said.kind in ("up", "down", "to", "more", "less"):
            return self._changed(slot, said, before)
        share = self._share(said, slot)
        if share:
            return share
        verb, thing = split_verb(before)
        behind = self._behind(slot)
        if before and not thing:
            return self._counted_by(verb, behind, slot)
        if before and slot.post and slot.quantity.unit_end == slot.quantity.end and self._closes_list(said, slot):
            return self._what_became(behind)
        if before:
            return self._named(before, verb, thing, slot, said)
        if behind:
            return self._begins_with_number(slot, behind)
        return self._inherited()

    def _changed(self, slot: _Slot, said: Predicate, before: str) -> str:
        """Something grew, fell, or rose to N."""
        if said.compared and said.kind in ("more", "less") and not before:
            return self._inherited()
        if not before:
            behind = self._behind(slot)
            if behind and said.kind in ("up", "down") and said.word and slot.quantity.kind in ("person", "count", "money", "physical"):
                return said.word + behind
            return self._inherited() or behind
        noun = lexicon().growth_nouns.at_end(before)
        if noun:
            before = before[: -len(noun[0])] or self._inherited()
        if before in lexicon().dependent:
            return self._owner(before) + before
        verb, thing = split_verb(before)
        self.state.verb, self.state.thing = verb, thing or before
        return self._shared_subject(before, slot)

    def _shared_subject(self, before: str, slot: _Slot) -> str:
        return before

    def _share(self, said: Predicate, slot: _Slot) -> str:
        """民生支出占一般公共预算支出77.9% → 民生支出占一般公共预算支出比重."""
        if slot.quantity.unit not in ("%", "‰"):
            return ""
        rest = clean(said.rest)
        found = _SHARE.search(rest)
        if found is None:
            if said.word in ("占", "占到") and rest:
                return ""
            return ""
        owner = rest[: found.start()]
        whole = rest[found.end() :]
        if not owner:
            owner = self.state.indicator if self.state.kind is Kind.LEVEL else self.state.indicator
        if not whole:
            return ""
        tail = "" if re.search(r"(?:比重|比例|份额|比率|百分比)$", whole) else "比重"
        whole = re.sub(r"的(?=比重|比例|份额)", "", whole)
        owner = re.sub(r"(?:也|已|就|均|都)$", "", owner)
        return f"{owner}占{whole}{tail}"

    def _counted_by(self, verb: str, behind: str, slot: _Slot) -> str:
        """A verb, a number, a thing: 建成10所养老服务中心; a verb alone: 投入1.4亿元."""
        if not behind:
            if verb in ("投入", "完成投资", "融资", "贷款", "扩招", "减税", "演出", "签约", "脱贫", "就业"):
                self.state.verb, self.state.thing = "", verb
                return verb
            owner = self._inherited()
            if slot.quantity.kind == "money" or not owner:
                return verb if not owner else owner
            return owner if owner else verb
        self.state.verb, self.state.thing = verb, behind
        return verb + behind

    def _behind(self, slot: _Slot) -> str:
        """The noun behind a quantity: 10所[养老服务中心]."""
        post = slot.post
        if slot.quantity.end > slot.quantity.unit_end and not post.startswith("的") and slot.quantity.kind in ("money", "physical", "ratio"):
            pass
        post = re.sub(r"^(?:的|多?个?的)", "", post.lstrip("、，, "))
        post = re.split(r"[，。；：]", post)[0]
        post = post.strip(" \u3000\n“”" if post.count("“") != post.count("”") else " \u3000\n")
        return post

    def _closes_list(self, said: Predicate, slot: _Slot) -> bool:
        """A list of names summed up by a number: 沈阳化工新材料、盘锦精细化工2个平台获评…"""
        rest = said.rest
        if slot.quantity.kind not in ("count", "person"):
            return False
        if rest.endswith("等") or predicate(slot.pre).kind == "none" and slot.pre.rstrip().endswith("等"):
            return True
        return "、" in rest and not split_verb(clean(rest))[0] or rest.endswith("等")

    def _what_became(self, behind: str) -> str:
        verb = self.state.verb if False else ""
        indicator = verb + turn_round(behind)
        self.state.verb, self.state.thing = "", indicator
        return indicator

    def _named(self, before: str, verb: str, thing: str, slot: _Slot, said: Predicate) -> str:
        """The thing stands before its number: 新增“个转企”1154户."""
        noun = lexicon().growth_nouns.at_end(before)
        if noun and slot.quantity.kind == "ratio" and len(before) > len(noun[0]):
            return before[: -len(noun[0])]
        behind = self._behind(slot)
        if behind and slot.quantity.kind in ("count", "person") and slot.quantity.end == slot.quantity.unit_end and said.kind == "none":
            tail = turn_round(behind)
            if not slot.opens or verb:
                joined = (verb + thing + tail) if verb else tail
                if verb:
                    self.state.verb, self.state.thing = verb, thing + tail
                    return joined
                self.state.verb, self.state.thing = "", before + tail
                return before + tail if len(before) <= 12 and "、" not in before else tail
        if slot.opens and not verb and self.state.verb and said.kind == "none":
            self.state.thing = before
            return self.state.verb + before
        if before in lexicon().dependent:
            return self._owner(before) + before
        self.state.verb, self.state.thing = verb, thing
        return before

    def _begins_with_number(self, slot: _Slot, behind: str) -> str:
        """The number comes first: 6个专科获评省级临床重点专科; or shares an earlier verb: 及20个社区级点位."""
        if slot.opens and self.state.verb:
            self.state.thing = behind
            return self.state.verb + behind
        indicator = turn_round(behind)
        self.state.verb, self.state.thing = "", indicator
        return indicator

    def _owner(self, dependent: str) -> str:
        """What an incomplete noun belongs to: the thing counted before it, without its verb."""
        owner = self.state.thing or self.state.indicator
        verb, thing = split_verb(owner)
        owner = thing or owner
        if dependent == "调查失业率" or dependent == "登记失业率":
            return "城镇"
        return owner if not owner.endswith(dependent) else owner[: -len(dependent)]

    def _inherited(self) -> str:
        return self.state.indicator

    # lists

    def _distribute(self, slots: list[_Slot], said: Predicate) -> None:
        """Several quantities, one phrase: 分别增长2.5%和3%; 6个世界级、7个国家级产业集群."""
        before = clean(said.rest)
        behind = self._behind(slots[-1])
        parts = conjuncts(before, len(slots)) if before else None
        if parts is None and before:
            parts = conjuncts(shorten_list(before), len(slots))
        if parts is None and not before:
            parts = self._inherited_parts(len(slots))
        if parts is None:
            whole = self._indicator(slots[0], said)
            parts = [whole] * len(slots)
            if behind and not before:
                parts = [whole] * len(slots)
        parts = [clean(p) for p in parts]
        noun = lexicon().growth_nouns.at_end(parts[-1])
        if noun:
            parts = [p.removesuffix(noun[0]) for p in parts]
        for slot, part in zip(slots, parts, strict=True):
            self._add(slot, said, part)

    def _inherited_parts(self, count: int) -> list[str] | None:
        """比上年分别增长3%和5%: the things of the list before."""
        if len(self.found) >= count and count > 1:
            names = [f.indicator for f in self.found[-count:]]
            if len(set(names)) == count:
                return names
        return None

    # --- figures ----------------------------------------------------------------------------------------

    def _reference(self, slot: _Slot) -> None:
        q = slot.quantity
        noun = self._behind(slot)
        self.found.append(
            RawFigure(
                q, q.value, q.high, q.unit, self._size_of(q, noun), Kind.LEVEL, Status.REFERENCE, None, None
            )
        )

    def _size_of(self, quantity: Quantity, noun: str) -> str:
        following = self.text[quantity.end : quantity.end + 12]
        noun = noun or (re.match(r"[^，。；、：\d]*", following) or [""])[0]
        noun = re.sub(r"^[级的]", "", noun)
        verb_at = turn_round(noun)
        noun = verb_at if len(verb_at) < len(noun) else noun
        if quantity.unit in _AGE:
            return "年龄" if not noun else noun[:4] + "年龄"
        if quantity.scale:
            return noun + "规模"
        return noun + ("投资额" if noun.endswith(("项目", "工程")) and quantity.kind == "money" else "")

    def _mood_at(self, slot: _Slot) -> None:
        pass

    def _add(self, slot: _Slot, said: Predicate, indicator: str) -> None:
        self._emit(slot, said, indicator, self._kind(slot.quantity, said, indicator))

    def _kind(self, quantity: Quantity, said: Predicate, indicator: str) -> Kind:
        if quantity.kind == "rank":
            return Kind.RANK
        if quantity.unit == "番":
            return Kind.GROWTH
        if said.kind in ("more", "less"):
            return Kind.GROWTH if quantity.kind == "ratio" and quantity.unit != "%" else Kind.CHANGE
        if said.kind in ("up", "down"):
            if quantity.kind == "ratio":
                return Kind.AVG_GROWTH if said.average else Kind.GROWTH
            return Kind.CHANGE if not indicator.startswith(said.word) else Kind.LEVEL
        if quantity.kind == "ratio" and self._grew(said):
            return Kind.AVG_GROWTH if said.average else Kind.GROWTH
        if quantity.kind == "point":
            return Kind.CHANGE
        verb = split_verb(clean(said.rest))[0]
        if verb in ("增加",) and quantity.kind != "ratio":
            return Kind.CHANGE
        return Kind.LEVEL

    def _grew(self, said: Predicate) -> bool:
        """居民消费价格涨幅3%左右; 增速保持在10%以上."""
        return bool(lexicon().growth_nouns.at_end(said.rest.rstrip())) and said.kind in ("none", "level")

    def _emit(self, slot: _Slot, said: Predicate, indicator: str, kind: Kind) -> None:
        q = slot.quantity
        sign = -1 if self._falls(said, kind) else 1
        unit = q.unit or self._unit_of(indicator, q)
        if kind is Kind.CHANGE and indicator.startswith("增加"):
            indicator = indicator.removeprefix("增加") or indicator
        indicator = _tidy(indicator)
        span, ended = self._span(q.number)
        status = self._status(slot, said)
        period = self._period(slot, said, kind, status, span, ended)
        figure = RawFigure(
            q, q.value * sign, None if q.high is None else q.high * sign, unit, indicator, kind, status, period, None
        )
        self.found.append(figure)
        self.state.indicator = indicator or self.state.indicator
        self.state.kind = kind

    def _falls(self, said: Predicate, kind: Kind) -> bool:
        if kind not in (Kind.GROWTH, Kind.CHANGE, Kind.AVG_GROWTH):
            return False
        noun = lexicon().growth_nouns.at_end(said.rest.rstrip())
        if noun and noun[1] == "-1":
            return True
        return said.kind in ("down", "less")

    def _unit_of(self, indicator: str, quantity: Quantity) -> str:
        """The unit of a number that goes without: 农村贫困人口减少1386万 → 人."""
        if quantity.unit or quantity.value < 10**4:
            return quantity.unit
        found = re.search(r"(?:人口|人数|就业|人员|职工|学生|劳动力|家庭|户数|市场主体|企业|人次)", indicator)
        if found is None:
            return ""
        return {"家庭": "户", "户数": "户", "市场主体": "户", "企业": "家", "人次": "人次"}.get(found[0], "人")

    def _status(self, slot: _Slot, said: Predicate) -> Status:
        """Actual, estimate, target: the nearest word that says so, else the part of the report."""
        ahead = self.text[self.sentence.start : slot.quantity.start]
        planned = self.ground.part in (Part.PLAN_YEAR, Part.PLAN_OUTLINE)
        if said.source:
            return Status.ACTUAL
        if planned:
            clause = self.sentence.clauses[slot.clause]
            near = self.text[clause.start : slot.quantity.start]
            if _PAST.search(near) and not _TARGET.search(near):
                return Status.ACTUAL
            return Status.TARGET
        if _ESTIMATE.search(ahead):
            return Status.ESTIMATE
        if self.ground.status is Status.TARGET:
            return Status.TARGET
        span, _ = self._span(slot.quantity.number)
        if span is not None and self.ground.year is not None and span.last >= self.ground.year and self.ground.part is not Part.OTHER:
            return Status.TARGET
        clause = self.sentence.clauses[slot.clause]
        near = self.text[clause.start : slot.quantity.start]
        if re.search(r"力争|确保(?!了)", near):
            return Status.TARGET
        return Status.ACTUAL

    def _period(
        self, slot: _Slot, said: Predicate, kind: Kind, status: Status, span: Span | None, ended: bool
    ) -> str | None:
        if span is None:
            return None
        if said.source:
            return str(span.first - 1) if not self._marked_in(slot) else span.end
        if span.first == span.last or ended:
            return span.end
        if kind in (Kind.GROWTH, Kind.AVG_GROWTH, Kind.CHANGE):
            return str(span)
        if said.average:
            return str(span)
        if said.kind in ("to",) or said.kind == "level" and said.word not in ("有", "是", "为", "共", "安排"):
            verb = split_verb(clean(said.rest))[0]
            return span.end if not verb else str(span)
        if slot.quantity.kind == "ratio":
            return span.end
        if slot.quantity.qualifier == "over" and not split_verb(clean(said.rest))[0] and said.rest and slot.quantity.start < slot.quantity.number:
            return span.end
        return str(span)

    def _marked_in(self, slot: _Slot) -> bool:
        clause = self.sentence.clauses[slot.clause]
        return any(clause.start <= m.start < slot.quantity.start for m in self.marks)


def _groups(slots: list[_Slot]) -> list[list[_Slot]]:
    groups: list[list[_Slot]] = []
    for slot in slots:
        if slot.joined and groups:
            groups[-1].append(slot)
        else:
            groups.append([slot])
    return groups


_BROKEN = re.compile(r"[\s\u3000]+")
_EDGE = re.compile(r"^[，、：；\)）”’》\]]+|[，、：；\(（“‘《\[的]+$")


def _tidy(indicator: str) -> str:
    """An indicator without line breaks and half brackets."""
    indicator = _BROKEN.sub("", indicator)
    if indicator.count("“") == indicator.count("”") and indicator.count("（") == indicator.count("）"):
        return indicator.strip("，、：；的")
    return _EDGE.sub("", indicator)
