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
from duban.reading.measured import Measured, noun_behind
from duban.reading.model import Kind, Status
from duban.reading.phrases import Predicate, clean, predicate
from duban.reading.slots import Slot, cut
from duban.reading.tense import Tense
from duban.reading.times import Background, Left, Times

if TYPE_CHECKING:
    from duban.reading.clauses import Sentence

__all__ = ["RawFigure", "find"]

_ADDED = re.compile(r"(?:^|每年|平均|再)(?:新?增加|增产|增收|多增)[^，]{1,12}$")


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
    return _Reader(sentence, text, ground).read(quantities)


class _Reader:
    def __init__(self, sentence: Sentence, text: str, ground: Background) -> None:
        self.text = text
        self.ground = ground
        self.times = Times(sentence, text, ground)
        self.tense = Tense(self.times)
        self.measured = Measured(self.times)
        self.found: list[RawFigure] = []

    def read(self, quantities: list[Quantity]) -> tuple[list[RawFigure], Left]:
        for group in cut(quantities, self.times):
            self._read_group(group)
        return self.found, self.times.left()

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
            self._reference(head)
            return
        said = self._said(head)
        if len(slots) > 1:
            for slot, indicator in zip(slots, self.measured.of_list(slots, said), strict=True):
                self._emit(slot, said, indicator)
        elif head.quantity.kind == "rank":
            self._emit(head, said, self.measured.ranked(head))
        else:
            self._emit(head, said, self.measured.of(head, said))

    def _said(self, head: Slot) -> Predicate:
        """The predicate before a quantity; a change of counted things is an act done to them (减少三道关卡)."""
        said = predicate(self.times.without(head.pre, head.quantity.start))
        if head.source is not said.source:
            said = replace(said, source=head.source)
        if (
            said.kind in ("up", "down")
            and said.rest
            and head.quantity.kind in ("count", "person")
            and noun_behind(head)
        ):
            said = replace(said, kind="none", rest=head.pre)
        return said

    def _reference(self, slot: Slot) -> None:
        q = slot.quantity
        indicator = self.measured.size(slot)
        self.found.append(
            RawFigure(q, q.value, q.high, q.unit, indicator, Kind.LEVEL, Status.REFERENCE, None, None)
        )

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

    def _emit(self, slot: Slot, said: Predicate, indicator: str) -> None:
        q = slot.quantity
        kind = self._kind(q, said, indicator)
        sign = -1 if self._falls(said, kind) else 1
        unit = q.unit or self._unit_of(indicator, q)
        if kind is Kind.CHANGE and indicator.startswith("增加"):
            indicator = indicator.removeprefix("增加") or indicator
        indicator = _tidy(indicator)
        span, ended = self.times.at(q.number)
        status = self.tense.status(slot, said, span)
        period = self.tense.period(slot, said, kind, status, span, ended)
        high = None if q.high is None else q.high * sign
        self.found.append(RawFigure(q, q.value * sign, high, unit, indicator, kind, status, period, None))
        self.measured.note(indicator, unit, slot.clause)

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


_BROKEN = re.compile(r"[\s\u3000]+")
_EDGE = re.compile(r"^[，、：；\)）”’》\]]+|[，、：；\(（“‘《\[的]+$")


def _tidy(indicator: str) -> str:
    """An indicator without line breaks and half brackets."""
    indicator = _BROKEN.sub("", indicator)
    if indicator.count("“") == indicator.count("”") and indicator.count("（") == indicator.count("）"):
        return indicator.strip("，、：；的")
    return _EDGE.sub("", indicator)
