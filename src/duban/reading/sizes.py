"""Sizes that say which things are meant, and what each is a size in: 5000万元以上(项目), 百亿(县), 万吨级(泊位)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from duban.reading.lexicon import lexicon
from duban.reading.phrases import became, clean, predicate, split_verb, spoken_of
from duban.reading.slots import AGE, BY_SIZE, SIZES, SORTED, noun_behind

if TYPE_CHECKING:
    from duban.quantities.model import Quantity
    from duban.reading.slots import Slot

__all__ = ["A_YEAR", "Sizes"]

_WORDS = re.compile(r"[^，。；、：\d]*")
_CLASS = re.compile(r"^[级的]?(?:及?以[上下内]|范围内|内)?(?:的)?")
_COUNT_BEHIND = re.compile(r"[一二两三四五六七八九十百千]+多?余?[个座处项条家所台户艘]$")
"""How many there are, behind the things of a size: 一百万吨以上的矿井[二十八个]."""
A_YEAR = re.compile(r"(?:年产|日产|年处理|日处理)[^，]{0,6}$")
"""A capacity told by its year or day: 年产石油(一亿吨以上)的国家."""
_SIZED_BY = re.compile(r"(?:港口|深水)?泊位|(?:公共)?码头|航道|县(?![域城级区市乡镇中属])|城市|城(?=$)|区县")
"""Places known by their size: 百亿县 by what they make, 万吨级泊位 by their ships."""
_VILLAGE = re.compile(r"自然村(?:寨|屯|组)?|行政村|村民?小?组")
_SAID = re.compile(r"(?<=.)(?:有|成为|达到|占|实现|不断|为支撑|为主|提质|落地)")
_SIZE_OF = re.compile(r"((?:投资|产值|营收|资产)规模)的([^的]+)")
"""What a size is in, named before its things: 百亿级(投资规模)的(煤化工项目)."""
_SERVED = re.compile(r"做|进行|提供|实行|免费|享受")
_LONG_SIZE = 8


class Sizes:
    """The sizes of a sentence from left to right; each may be in what the one before was in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.measure = ""
        """What the last threshold was a size in."""
        self.unit = ""

    def of(self, slot: Slot, told: str) -> str:
        """What a threshold is a size of: 5000万元以上(项目) → 项目投资额; `told` is what the figure before measured."""
        quantity, noun = slot.quantity, noun_behind(slot)
        following = self.text[quantity.end : quantity.end + 12]
        if told and SORTED.match(following):
            return told
        if self.text.endswith("台阶", quantity.start, quantity.end):
            return f"{told}台阶"
        noun = _CLASS.sub("", noun or _WORDS.match(following)[0])  # type: ignore[index]  # it matches anything
        noun = _SAID.split(became(noun)[0])[0].removesuffix("建设")
        noun = _COUNT_BEHIND.sub("", noun.removeprefix("的"))
        noun = noun if quantity.unit in AGE else spoken_of(noun)
        noun = predicate(noun).rest or noun
        if named := _SIZE_OF.fullmatch(noun):
            return named[2] + named[1]
        measure = _size_in(slot) or self._before(slot)
        if known := _known_size(quantity, noun, measure):
            return known
        self.measure, self.unit = measure, quantity.unit
        if measure != "投资" and measure.endswith(SIZES) and (named := BY_SIZE.match(noun)):
            return measure if measure.startswith(named[0]) else named[0] + measure
        if measure != "投资" and lexicon().endings.at_end(measure) and len(measure) <= 8:
            return noun + measure
        if quantity.unit in AGE:
            noun = _SERVED.split(noun, maxsplit=1)[0]
            return "年龄" if not noun else noun[:4] + "年龄"
        if quantity.scale:
            return noun.removesuffix("规模") + "规模"
        works = quantity.kind == "money" and noun.endswith(("项目", "工程"))
        return noun + ("投资额" if works else measure if measure == "投资" else "")

    def _before(self, slot: Slot) -> str:
        """What the thresholds of a list are sizes in: 营收1亿元以上企业…、(5亿元以上)企业…."""
        same = not slot.pre.strip("、，") and slot.quantity.unit == self.unit
        return self.measure if same and self.measure.endswith(SIZES) else ""


def _known_size(quantity: Quantity, noun: str, measure: str) -> str:
    """A size that its unit or its things tell: 百亿县 by what they make, 万吨级泊位 by their ships, villages by households."""
    if yearly := A_YEAR.search(measure):
        return yearly[0] if len(yearly[0]) > len("年产") else noun + yearly[0]
    if measure.endswith(("平均每人", "人均")):
        return measure
    if quantity.scale and not measure.endswith(SIZES) and (named := _SIZED_BY.match(noun.strip("“”"))):
        return named[0] + ("吨级" if quantity.unit == "吨" else "经济总量")
    village = _VILLAGE.match(noun) if quantity.unit == "户" else None
    return f"{village[0]}户数" if village else ""


def _size_in(slot: Slot) -> str:
    """What a threshold is a size in, as said before it: 主营业务收入(超百亿元的企业)."""
    own = split_verb(clean(slot.pre))[1].rpartition("、")[2].removesuffix("在")
    own = own.rpartition("的")[2] or own
    metric = lexicon().metrics.at_end(slot.pre)
    measure = max(own, metric[0] if metric else "", key=len)
    if len(measure) > _LONG_SIZE:
        known = (size for size in SIZES if measure.endswith(size))
        measure = metric[0] if metric else next(known, measure)
    return measure.removeprefix("地区")
