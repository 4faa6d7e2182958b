"""Sentences → figures: each quantity tied to what it measures, with kind, status, period and place.

A clause with numbers is cut into slots: a quantity with the words before it (`pre`) and behind it (`post`)
that belong to it. `_Reader` goes through the slots of a sentence from left to right and keeps what one slot
leaves to the next: the subject, the verb, the time, the mood. A construction is one small method; to add
one, add a method and a line in tests/reading/constructions.yaml.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from duban.documents.model import Part
from duban.quantities.model import Quantity
from duban.reading.lexicon import lexicon
from duban.reading.model import Kind, Status
from duban.reading.periods import Span, TimeMark, base_phrase, time_marks
from duban.reading.phrases import (
    Predicate,
    became,
    clean,
    conjuncts,
    predicate,
    shorten_list,
    split_verb,
    turn_round,
)

if TYPE_CHECKING:
    from duban.reading.clauses import Clause, Sentence

__all__ = ["Background", "Left", "RawFigure", "find", "passing"]

_JOINED = re.compile(r"[、,，]?\s?(?:和|与|及|以及|或|并)?\s?")
_OPENS = re.compile(r"^\s?(?:以及|、|和|与|及|并|；|,)")
_CLOSES = re.compile(r"(?:、|和|与|及|以及|或)\s?$")
_THRESHOLD = re.compile(r"(?:及以上|以上|以下|及以下|级)$")
_SHARE = re.compile(r"占(?![地用比据线领道])")
_ESTIMATE = re.compile(r"预计|预期(?!目标|性)|初步核算|初步统计|预测")
_TARGET = re.compile(
    r"力争|争取(?=[^，]{0,12}(?:达|增长|以上|左右|实现|突破|完成))|确保(?=.{0,20})|目标(?:是|为|定为)|拟(?=[安按定于将])|计划(?=.{0,12})|将(?=达|增|新|建|完|实|投|开|提|有|是|会)|要(?=达|增|完|实|力|努|提|确|使|在)|达到.{0,8}目标|规划(?=到|建|投)|预期目标"
)
_PAST = re.compile(
    r"已(?:经)?(?=[达建完有超突成累实增])|目前|截至|累计已|我[国省市区县州](?:现)?有|(?:家庭|人数|人口|企业)以$"
)
_AIM = re.compile(r"力争|确保(?!了)")
_AGE = ("岁", "周岁")
_PLANS = (Part.PLAN_YEAR, Part.PLAN_OUTLINE)


_FROM = re.compile(r"(?<![自])[由从](?!事|业|严)[^，。由从]{0,14}$")
_STOPGAP = re.compile(
    r"(?:的|\s|每[年月人户]|月|年|现在|目前|去年|今年|今后|全[国省]|世界|第|左右|以上|[一二][九零〇○][^年]{2}年的?|\d{4}年的?|年的?)+"
)
_DURATION = re.compile(
    r"(?:连续)?(?:[一二三四五六七八九十百两]+|[0-9]+)(?:多|余|个)?年(?:间|内|中|里|来|合计|共)(?:的)?|两年(?=合计)|(?:两|三|四|五)年(?=建成|完成|投入|新增|达到)"
)
_GRADE = re.compile(r"[^、，]{0,6}([级类型性])")
_AMONG = re.compile(r"^([^中，、]{2,14})中(?=[^，]{2,})")
_RANKED = re.compile(
    r"(?:增速|总量|规模|继续|保持|稳定|稳)?(?:连续|居|列|排|位|名|跃|升|跻|进|全[国省市区球]|世界|国内|[东西中]部|由|从)"
)
_MOVED = re.compile(r"^.{2,16}?(?:带动|拉动|推动|促进|使得?)(?=.{3,})")
_COUNTED = ("person", "count", "money", "physical")
_SUMMED = re.compile(r"合计|累计|总额|投资|新增|竣工|完成|安排|共|总共|经费|支出|平均|年均")
_ONLY_WORDS = re.compile(r"[^，,。；;0-9]*")
_SIZED = re.compile(r"(?:一批|一个|一家|若干|多个|打造|培育)$")
_BY_SIZE = re.compile(
    r"(?:企业|项目|园区|县|产业|集群|基地|工程|镇|村|公司|单位|纳税人|开发区|投资项目|市场主体|大)"
)
_OWN_COUNT = re.compile(r"(?:主要|约束性|预期性)?指标|(?:个)?领域的?(?:重点)?任务")
_ADDED = re.compile(r"(?:^|每年|平均|再)(?:新?增加|增产|增收|多增)[^，]{1,12}$")
_OPENS_CLAUSE = re.compile(r"(?:^|[，,])[^，,]{0,7}$")
_MULTIPLE = re.compile(r"的?\s?[0-9０-９.．一二三四五六七八九十点]+倍")
_USED = re.compile(r"^(?:用于|投向|集中用|来自|投入到)")
_PEOPLE = re.compile(r"^(?:人口|中国人|人民|各族|儿女|同胞|父老|.{0,8}人民)")


@dataclass(frozen=True, slots=True)
class Background:
    """What a sentence inherits from where it stands."""

    part: Part
    year: int | None
    span: Span | None
    """The years its section speaks of."""
    place: str | None
    ended: bool = False
    """Whether the span was named by its end (到2030年)."""
    before: str = ""
    """The last clause of the sentence before."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a sentence leaves to those after it in its paragraph."""

    lasting: Span | None = None
    """Years that hold for the rest of the paragraph (五年来，…)."""
    carried: Span | None = None
    """Years that hold for the next sentence, behind a semicolon."""
    ended: bool = False
    before: str = ""
    """Its last clause."""


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
    source: bool = False
    """Where the next quantity came from: 由9.8%(降至7.5%)."""


@dataclass(slots=True)
class _State:
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


def find(
    sentence: Sentence, quantities: list[Quantity], text: str, ground: Background
) -> tuple[list[RawFigure], Left]:
    """The figures of a sentence, and what it leaves to the rest of its paragraph."""
    return _Reader(sentence, text, ground).read(quantities)


def passing(sentence: Sentence, text: str, ground: Background) -> Left:
    """What a sentence without numbers leaves to those after it."""
    before = sentence.clauses[-1].text
    end = min(sentence.end, sentence.start + 26)
    if "年" not in text[sentence.start : end] and "五" not in text[sentence.start : end]:
        return Left(before=before)
    marks = time_marks(text, sentence.start, end, ground.year, planned=ground.part in _PLANS)
    lasting = _lasting(marks[0], sentence, text, ground) if marks and not marks[0].local else None
    return Left(lasting=lasting, before=before)


def _lasting(mark: TimeMark, sentence: Sentence, text: str, ground: Background) -> Span | None:
    """The years that a time word at the head of a sentence sets for the rest of the paragraph, if it does."""
    ahead = mark.start - sentence.start
    if mark.fixed or ahead > 20:
        return None
    if mark.span.first != mark.span.last:
        return mark.span if ahead <= 4 else None
    apart = text[mark.end : mark.end + 1] in ("，", ",")
    opens = ground.part is Part.REVIEW_TERM and _OPENS_CLAUSE.search(text[sentence.start : mark.start])
    return mark.span if apart and opens else None


class _Reader:
    def __init__(self, sentence: Sentence, text: str, ground: Background) -> None:
        self.sentence = sentence
        self.text = text
        self.ground = ground
        self.marks = self._marks()
        self.state = _State()
        self.found: list[RawFigure] = []

    def read(self, quantities: list[Quantity]) -> tuple[list[RawFigure], Left]:
        for group in _groups(self._slots(quantities)):
            self._read_group(group)
        return self.found, self._left()

    # --- time -------------------------------------------------------------------------------------------

    def _marks(self) -> list[TimeMark]:
        planned = self.ground.part in _PLANS
        marks = time_marks(
            self.text, self.sentence.start, self.sentence.end, self.ground.year, planned=planned
        )
        self.bases = [mark for mark in marks if self._is_base(mark)]
        return [mark for mark in marks if not self._is_base(mark)]

    def _is_base(self, mark: TimeMark) -> bool:
        """Whether the years are only what something is compared with (比上年, 与2020年相比)."""
        before = self.text[max(self.sentence.start, mark.start - 2) : mark.start]
        after = self.text[mark.end : mark.end + 8]
        if _MULTIPLE.match(after):
            return True
        if re.search(r"(?:[比较]|高于|低于|快于|超过|好于)$", before) and not re.search(
            r"[占对同环]比$", before
        ):
            return True
        return bool(re.search(r"[与同和]$", before) and re.match(r"[^，。]{0,6}相?比", after))

    def _left(self) -> Left:
        """A span of years that opens the sentence holds for the paragraph; any year holds across a semicolon."""
        marks = [mark for mark in self.marks if not mark.local]
        before = self.sentence.clauses[-1].text
        if not marks:
            return Left(before=before)
        carried = self.text[self.sentence.end - 1] in "；;"
        return Left(
            lasting=_lasting(marks[0], self.sentence, self.text, self.ground),
            carried=marks[-1].span if carried else None,
            ended=carried and marks[-1].fixed,
            before=before,
        )

    def _topic(self, clause: int) -> str:
        """What the clause before `clause` says grew, fell or came about, where it gives no number."""
        return topic_of(self.ground.before if clause == 0 else self.sentence.clauses[clause - 1].text)

    def _span(self, at: int) -> tuple[Span | None, bool]:
        """The years in force at an offset of the text, and whether they name the end of a period."""
        current: TimeMark | None = None
        for mark in self.marks:
            if mark.start >= at:
                break
            if not mark.local or _ONLY_WORDS.fullmatch(self.text, mark.end, at):
                current = mark
        if current is None:
            return self.ground.span, self.ground.ended
        return current.span, current.fixed

    def _streak(self, at: int) -> bool:
        """Whether 连续N年 stands right before the number."""
        return any(
            m.local and "连续" in self.text[m.start : m.end] and _ONLY_WORDS.fullmatch(self.text, m.end, at)
            for m in self.marks
            if m.start < at
        )

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
        for before, slot in itertools.pairwise(slots):
            self._part_gap(
                before, slot, text[before.quantity.end : max(before.quantity.end, slot.quantity.start)]
            )
        slots[-1].post = text[quantities[-1].end : clause.end] if quantities[-1].end < clause.end else ""
        self._mark_sources(slots)
        self._share_fragments(slots)
        for outer, inner in itertools.pairwise(slots):
            if inner.inside and not outer.post and inner.pre == "":
                outer.post = text[inner.quantity.start : inner.quantity.end] + inner.post
        return slots

    def _mark_sources(self, slots: list[_Slot]) -> None:
        """由9.8%降至7.5%, 从每月70元提高到88元, 将现行16%的税率降至13%: the first number is where it came from."""
        for slot, following in itertools.pairwise(slots):
            said = predicate(self._without_time(following.pre, following.quantity.start))
            if said.kind != "to":
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

    def _share_fragments(self, slots: list[_Slot]) -> None:
        """6个世界级、7个国家级产业集群: the last thing's noun belongs to all."""
        for slot, following in zip(reversed(slots[:-1]), reversed(slots[1:]), strict=False):
            found = _GRADE.fullmatch(slot.post)
            if found and following.post:
                at = following.post.find(found[1])
                if 0 <= at < 8:
                    slot.post += following.post[at + 1 :]

    def _part_gap(self, before: _Slot, slot: _Slot, gap: str) -> None:
        """Share out the words between two quantities of a clause."""
        if gap and _JOINED.fullmatch(gap):
            slot.joined = True
        elif (
            self._names_threshold(before.quantity, gap)
            and not _OPENS.match(gap)
            and (before.pre == "" or gap)
        ):
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
        elif _AMONG.match(gap) and slot.quantity.kind == "ratio":
            found = _AMONG.match(gap)
            before.post, slot.pre = (found[1], gap[found.end() :]) if found else ("", gap)
        elif "、" in gap:
            before.post, _, slot.pre = gap.partition("、")
            slot.opens = True
        else:
            before.post = gap
            slot.opens = True

    def _words(self, quantity: Quantity) -> str:
        return self.text[quantity.start : quantity.end]

    def _names_threshold(self, quantity: Quantity, gap: str) -> bool:
        named = quantity.unit in _AGE or predicate(gap).kind == "none"
        return self._is_threshold(quantity) and named and "、" not in gap

    def _is_threshold(self, quantity: Quantity) -> bool:
        """5000万元以上(项目), 60岁以上(人口), 万亿级(基地): a size that says which things are meant."""
        if quantity.unit in _AGE or quantity.scale:
            return True
        if quantity.kind not in ("money", "physical"):
            return False
        words = self._words(quantity)
        if quantity.kind == "money" and _SIZED.search(self.text[max(0, quantity.start - 2) : quantity.start]):
            return bool(
                _BY_SIZE.search(self.text[quantity.end : quantity.end + 8].split("，")[0].split("。")[0])
            )
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
        if head.source is not said.source:
            said = replace(said, source=head.source)
        if (
            said.kind in ("up", "down")
            and said.rest
            and head.quantity.kind in ("count", "person")
            and self._behind(head)
        ):
            said = replace(said, kind="none", rest=phrase)
        if len(slots) > 1:
            self._distribute(slots, said)
        else:
            self._single(head, said)

    def _is_alone_threshold(self, slot: _Slot) -> bool:
        q = slot.quantity
        if q.unit in _AGE:
            return (
                bool(re.match(r"[^，。；]", self.text[q.end : q.end + 1]))
                and predicate(slot.pre).kind == "none"
            )
        if not q.scale and self._is_threshold(q):
            return bool(_BY_SIZE.match(self.text, q.end)) or bool(_SIZED.search(slot.pre))
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
        multiple = [b for b in self.bases if start <= b.start < end and _MULTIPLE.match(self.text, b.end)]
        if multiple:
            phrase = re.sub(r"(?:为|是|相当于)?$", "", phrase[: multiple[0].start - start])
        return _DURATION.sub("", phrase)

    def marks_all(self, start: int, end: int) -> list[TimeMark]:
        return [m for m in self.marks if start <= m.start and m.end <= end]

    def _single(self, slot: _Slot, said: Predicate) -> None:
        if slot.quantity.kind == "rank":
            self._rank(slot, said)
            return
        indicator = self._indicator(slot, said)
        self._add(slot, said, indicator)

    def _rank(self, slot: _Slot, said: Predicate) -> None:
        """…居全国第4位: ranks what stands before 居, else what the sentence spoke of."""
        words = self._without_time(slot.pre, slot.quantity.start)
        found = _RANKED.search(words)
        subject = clean(words[: found.start()] if found else words)
        if subject in lexicon().dependent:
            subject = self._owner(subject) + subject
        self._emit(slot, said, subject or self._heir(slot), Kind.RANK)

    def _subject_of(self, said: Predicate) -> str:
        return clean(shorten_list(clean(said.rest)))

    # the thing measured

    def _indicator(self, slot: _Slot, said: Predicate) -> str:
        """What a quantity measures, from the words before it, behind it and left by earlier slots."""
        behind = self._behind(slot)
        people = _PEOPLE.match(behind)
        if people and slot.quantity.unit == "人" and slot.quantity.value >= 10**7:
            return people[0]
        if said.kind == "none" and self._is_compared(slot):
            return self._heir(slot)
        before = self._subject_of(said)
        counted = slot.quantity.kind in ("count", "person") and bool(behind)
        if slot.source or said.kind in ("up", "down", "to", "more", "less"):
            return self._changed(slot, said, before)
        share = self._share(said, slot, behind)
        if share:
            return share
        verb, thing = split_verb(before)
        if before and not thing:
            return self._counted_by(verb, behind, slot)
        if before and counted and self._closes_list(said, slot):
            return self._sums_up(verb, behind)
        if before:
            return self._named(before, verb, thing, slot, said, behind)
        if behind:
            return self._begins_with_number(slot, behind)
        return self._heir(slot)

    def _is_compared(self, slot: _Slot) -> bool:
        """比“五五”时期的577亿元(增长一倍): the number is the one compared with."""
        return slot.pre.rstrip().endswith("的") and base_phrase(slot.pre) == 0

    def _changed(self, slot: _Slot, said: Predicate, before: str) -> str:
        """Something grew, fell, or rose to N."""
        before = _MOVED.sub("", before)
        if not before or before.endswith("的"):
            behind = self._behind(slot)
            if (
                behind
                and said.kind in ("up", "down")
                and slot.quantity.kind in _COUNTED
                and not said.compared
            ):
                self.state.verb, self.state.thing = said.word, behind
                return said.word + behind
            return self._heir(slot) or behind or said.word
        noun = lexicon().growth_nouns.at_end(before)
        if noun:
            before = before[: -len(noun[0])] or self._heir(slot)
        if before in lexicon().dependent:
            return self._owner(before) + before
        verb, thing = split_verb(before)
        self.state.verb, self.state.thing = verb, thing or before
        return before + self._metric(before, slot)

    def _metric(self, before: str, slot: _Slot) -> str:
        """粮食产量由A增加到B，棉花由…: a bare product takes the measure of the one before."""
        last = self.found[-1] if self.found else None
        if last is None or not slot.source or last.unit != slot.quantity.unit or len(before) > 5:
            return ""
        if lexicon().endings.at_end(before):
            return ""
        measure = re.search(r"(?:年平均|平均|总)?产量$", last.indicator)
        return measure[0] if measure else ""

    def _share(self, said: Predicate, slot: _Slot, behind: str) -> str:
        """民生支出占一般公共预算支出77.9% → 民生支出占一般公共预算支出比重; 新增财力80%用于民生领域."""
        if slot.quantity.unit not in ("%", "‰"):
            return ""
        rest = clean(said.rest)
        if rest and _USED.match(behind):
            return f"{rest}{behind}比例"
        found = _SHARE.search(rest)
        if found is None or not rest[found.end() :]:
            return ""
        owner, whole = rest[: found.start()] or self._heir(slot), rest[found.end() :]
        tail = "" if re.search(r"(?:比重|比例|份额|比率|百分比)$", whole) else "比重"
        whole = re.sub(r"的(?=比重|比例|份额)", "", whole)
        return f"{re.sub('[也已就均都]$', '', owner)}占{whole}{tail}"

    def _counted_by(self, verb: str, behind: str, slot: _Slot) -> str:
        """A verb, a number, a thing: 建成10所养老服务中心; a verb alone: 投入1.4亿元, 竣工200个."""
        if behind:
            behind = became(behind)[0]
            self.state.verb, self.state.thing = verb, behind
            return verb + behind
        if (
            self.state.unit == slot.quantity.unit
            and self.state.thing
            and len(verb) < 4
            and slot.quantity.kind == "count"
        ):
            return verb + self.state.thing
        self.state.verb, self.state.thing = "", verb
        return verb

    def _behind(self, slot: _Slot) -> str:
        """The noun behind a quantity: 10所[养老服务中心]."""
        post = re.sub(r"^(?:的|多?个?的)", "", slot.post.lstrip("、，, \n\u3000"))
        post = re.split(r"[，。；：]|等一批|等(?=重大|重点)", post)[0]
        return post.strip(" \u3000\n“”" if post.count("“") != post.count("”") else " \u3000\n")

    def _closes_list(self, said: Predicate, slot: _Slot) -> bool:
        """A list of names summed up by a number: 沈阳化工新材料、盘锦精细化工2个平台获评…"""
        return slot.pre.rstrip().endswith("等") or "、" in said.rest

    def _sums_up(self, verb: str, behind: str) -> str:
        if verb:
            self.state.verb, self.state.thing = verb, became(behind)[0]
            return verb + self.state.thing
        indicator = turn_round(behind)
        self.state.verb, self.state.thing = "", indicator
        return indicator

    def _named(self, before: str, verb: str, thing: str, slot: _Slot, said: Predicate, behind: str) -> str:
        """The thing stands before its number: 新增“个转企”1154户."""
        noun = lexicon().growth_nouns.at_end(before)
        if (
            noun
            and slot.quantity.kind == "ratio"
            and len(before) > len(noun[0])
            and not before.endswith("自然增长率")
        ):
            return before[: -len(noun[0])]
        if behind and slot.quantity.kind in ("count", "person") and said.kind == "none":
            return self._between(before, verb, thing, behind)
        if slot.opens and not verb and self.state.verb and said.kind == "none":
            self.state.thing = before
            return self.state.verb + before
        if before in lexicon().dependent:
            return self._owner(before) + before
        self.state.verb, self.state.thing = verb, thing
        return before

    def _between(self, before: str, verb: str, thing: str, behind: str) -> str:
        """Words on both sides of a count: 实施乡村振兴10大工程, 辽宁实验室集聚…, 全市12个县."""
        if verb:
            noun = became(behind)[0]
            self.state.verb, self.state.thing, self.state.modifier = verb, thing + noun, thing
            return verb + thing + noun
        tail = turn_round(behind)
        self.state.verb, self.state.thing = "", before + tail
        return before + tail if len(before) <= 12 else tail

    def _begins_with_number(self, slot: _Slot, behind: str) -> str:
        """The number comes first: 6个专科获评省级临床重点专科; or shares an earlier verb: 及20个社区级点位."""
        if slot.opens and self.state.verb:
            noun = became(behind)[0]
            self.state.thing = noun
            adjacent = bool(slot.pre == "" and self.text[slot.quantity.start - 1] not in "、和与及")
            return self.state.verb + (self.state.modifier if adjacent else "") + noun
        indicator = turn_round(behind)
        self.state.verb, self.state.thing = "", indicator
        return indicator

    def _owner(self, dependent: str) -> str:
        """What an incomplete noun belongs to: the thing counted before it, without its verb."""
        owner = self.state.thing or self.state.indicator
        _verb, thing = split_verb(owner)
        owner = thing or owner
        if dependent in {"调查失业率", "登记失业率"}:
            return "城镇"
        return owner if not owner.endswith(dependent) else owner[: -len(dependent)]

    def _heir(self, slot: _Slot) -> str:
        """What a number without words of its own measures: what the clause before told of, else the last figure."""
        if slot.first and slot.clause != self.state.clause:
            for clause in range(slot.clause, self.state.clause, -1):
                if clause - 1 == self.state.clause and clause > 0:
                    break
                topic = self._topic(clause)
                if topic:
                    return topic
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
            slots[0].post = slots[0].post or behind
            parts = [self._indicator(slots[0], said)] * len(slots)
        parts = [clean(p) for p in parts]
        noun = lexicon().growth_nouns.at_end(parts[-1])
        if noun:
            parts = [p.removesuffix(noun[0]) for p in parts]
        for slot, part in zip(slots, parts, strict=True):
            self._add(slot, said, part)

    def _inherited_parts(self, count: int) -> list[str] | None:
        """比上年分别增长3%和5%: the things of the list before."""
        if len(self.found) >= count > 1:
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
        noun = became(noun)[0].removesuffix("建设")
        if quantity.unit in _AGE:
            return "年龄" if not noun else noun[:4] + "年龄"
        if quantity.scale:
            return noun + "规模"
        return noun + ("投资额" if noun.endswith(("项目", "工程")) and quantity.kind == "money" else "")

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
            return Kind.LEVEL if indicator.startswith(said.word) and indicator != said.word else Kind.CHANGE
        if quantity.kind == "ratio" and self._grew(said):
            return Kind.AVG_GROWTH if said.average else Kind.GROWTH
        if quantity.kind == "point":
            return Kind.CHANGE
        if _ADDED.search(clean(said.rest)) and quantity.kind != "ratio":
            return Kind.CHANGE
        return Kind.LEVEL

    def _grew(self, said: Predicate) -> bool:
        """居民消费价格涨幅3%左右; 增速保持在10%以上."""
        rest = said.rest.rstrip()
        return (
            bool(lexicon().growth_nouns.at_end(rest))
            and said.kind in ("none", "level")
            and not rest.endswith("自然增长率")
        )

    def _emit(self, slot: _Slot, said: Predicate, indicator: str, kind: Kind) -> None:
        q = slot.quantity
        sign = -1 if self._falls(said, kind) else 1
        unit = q.unit or self._unit_of(indicator, q)
        if kind is Kind.CHANGE and indicator.startswith("增加"):
            indicator = indicator.removeprefix("增加") or indicator
        indicator = _tidy(indicator)
        span, ended = self._span(q.number)
        status = self._status(slot, said, span)
        period = self._period(slot, said, kind, status, span, ended)
        figure = RawFigure(
            q,
            q.value * sign,
            None if q.high is None else q.high * sign,
            unit,
            indicator,
            kind,
            status,
            period,
            None,
        )
        self.found.append(figure)
        self.state.indicator = indicator or self.state.indicator
        self.state.unit, self.state.clause = unit, slot.clause

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
        found = re.search(
            r"(?:人口|人数|就业|裁员|军队|人员|职工|学生|劳动力|家庭|户数|市场主体|企业|人次)", indicator
        )
        if found is None:
            return ""
        return {"家庭": "户", "户数": "户", "市场主体": "户", "企业": "家", "人次": "人次"}.get(
            found[0], "人"
        )

    def _status(self, slot: _Slot, said: Predicate, span: Span | None) -> Status:
        """Actual, estimate, target: the nearest word that says so, else the part of the report."""
        year, part = self.ground.year, self.ground.part
        if (
            _PEOPLE.match(slot.post)
            and slot.quantity.unit == "人"
            and slot.quantity.value >= 10**6
            and not split_verb(clean(said.rest))[0]
        ):
            return Status.REFERENCE if said.word in ("有", "") else Status.ACTUAL
        if said.source:
            return Status.ACTUAL
        near = self.text[self.sentence.clauses[slot.clause].start : slot.quantity.start]
        if part in _PLANS:
            if self._counts_itself(slot):
                return Status.ACTUAL
            gone = span is not None and year is not None and span.last < year
            return (
                Status.ACTUAL if gone or (_PAST.search(near) and not _TARGET.search(near)) else Status.TARGET
            )
        if _ESTIMATE.search(self.text, self.sentence.start, slot.quantity.start):
            return Status.ESTIMATE
        if span is not None and year is not None and span.last >= year and part is not Part.OTHER:
            return Status.TARGET
        return Status.TARGET if _AIM.search(near) else Status.ACTUAL

    def _period(
        self, slot: _Slot, said: Predicate, kind: Kind, status: Status, span: Span | None, ended: bool
    ) -> str | None:
        if span is None:
            return None
        known = self._settled(slot, said, status, span)
        if known is not None:
            return known
        if span.first == span.last or ended:
            return self._averaged(span) if said.average else span.end
        if kind in (Kind.GROWTH, Kind.AVG_GROWTH, Kind.CHANGE) or said.average or self._between_plans():
            return str(span)
        if self._streak(slot.quantity.start):
            return str(span)
        return span.end if self._is_state(slot, said) else str(span)

    def _settled(self, slot: _Slot, said: Predicate, status: Status, span: Span) -> str | None:
        """The time of a number that is compared with, comes from, or stands as a fact in a plan."""
        year = self.ground.year
        if self.bases and said.kind == "none" and self._is_compared(slot):
            return str(self.bases[-1].span)
        if status is Status.REFERENCE and year:
            return str(year - 1)
        if said.source:
            return self._origin(span, slot)
        if status is Status.ACTUAL and self.ground.part in _PLANS:
            if self._counts_itself(slot):
                return str(span)
            if year and not self._marked_in(slot):
                return str(year - 1)
        return None

    def _counts_itself(self, slot: _Slot) -> bool:
        """The plan's own indicators and tasks: 提出6项指标, 其中约束性指标9项."""
        return bool(_OWN_COUNT.match(self.text, slot.quantity.end)) or slot.pre.endswith("性指标")

    def _averaged(self, span: Span) -> str:
        """The years over which an average runs whose end the text names: 1987年达到N，平均每年增长…"""
        whole, year = self.ground.span, self.ground.year
        if whole is not None and whole.first < whole.last == span.last:
            return str(whole)
        if year is not None and span.last > year and self.ground.part in _PLANS:
            return str(Span(year, span.last))
        return span.end

    def _origin(self, span: Span, slot: _Slot) -> str:
        """The time of 由A in 由A降至B: the year named with it, the plan compared with, or the year before."""
        if self._between_plans():
            return str(self.bases[-1].span)
        clause = self.sentence.clauses[slot.clause]
        own = [m for m in self.marks if clause.start <= m.start < slot.quantity.start]
        if own and own[-1].span.first == own[-1].span.last:
            return own[-1].span.end
        if any(
            m.span == span
            and m.start < slot.quantity.start
            and "从" in self.text[max(0, m.start - 2) : m.start + 1]
            for m in self.marks
        ):
            return str(span.first)
        return str(span.first - 1)

    def _between_plans(self) -> bool:
        """“六五”时期同“五五”时期相比: both ends are spans of years."""
        return (
            bool(self.bases)
            and self.bases[-1].span.first != self.bases[-1].span.last
            and "相比" in self.text[self.bases[-1].end : self.bases[-1].end + 8]
        )

    def _is_state(self, slot: _Slot, said: Predicate) -> bool:
        """Whether a level is a state reached at the end of the years, not a sum over them."""
        rest = clean(said.rest)
        if said.average or _SUMMED.search(
            self.text, self.sentence.clauses[slot.clause].start, slot.quantity.start
        ):
            return False
        if slot.quantity.kind == "ratio" or said.kind == "to":
            return True
        if split_verb(rest)[0] or not rest:
            return False
        if said.kind == "level" and said.word not in ("有", "是", "为", "共", "安排", "实现"):
            return True
        return slot.quantity.qualifier == "over" and slot.quantity.start < slot.quantity.number

    def _marked_in(self, slot: _Slot) -> bool:
        clause = self.sentence.clauses[slot.clause]
        return any(clause.start <= m.start < slot.quantity.start for m in self.marks)


@lru_cache(maxsize=1024)
def topic_of(clause: str) -> str:
    """The subject of a clause that tells a change without a number: 城乡居民储蓄大幅度增加 → 城乡居民储蓄."""
    if len(clause) <= 20 and lexicon().endings.at_end(clause) and not split_verb(clean(clause))[0]:
        return clean(clause)
    said = predicate(clause)
    if said.kind in ("up", "down", "to"):
        thing = clean(_CAME.sub("", said.rest))
    else:
        thing, act = became(clean(clause))
        thing = thing if act and not split_verb(thing)[0] else ""
    return thing if 2 <= len(thing) <= 16 and not _NO_TOPIC.search(thing) else ""


_CAME = re.compile(r"(?:出现|实现|保持|呈现|有|得到|取得)了?(?:较|大幅|持续|稳定|明显|更|进一步)*$")
_NO_TOPIC = re.compile(r"[的“”\d年是]|大大")


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
