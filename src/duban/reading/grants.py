"""Money that a treasury gives, and what for: 中央财政安排50亿元，支持农村学校建设 → 中央财政支持农村学校建设资金."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from duban.reading.phrases import clean, shorten_list, split_verb

if TYPE_CHECKING:
    from duban.reading.clauses import Sentence
    from duban.reading.slots import Slot

__all__ = ["grant"]

_GIVES = re.compile(
    r"(?P<giver>(?:[一-鿿]{1,8}?财政|国务院|国家|各级政府|(?:省|市|县|区)级))(?:预算)?(?:从[^，、]{2,14}中)?"
    r"(?P<when>为此|决定|准备|计划|将为此|[拟还将再又已要共每年今明累计先后统筹连续两三四五]){0,6}"
    r"(?P<gives>安排|投入|拿出|拨出|拨付|下拨|下达|增拨|筹措|筹集)了?(?P<fund>(?:专项|国债|建设|补助)?资金)?"
)
"""Who gives, and no word of what: 国家财政还将拨出, 中央财政安排专项资金."""
_FUND = re.compile(r"的?(?:[^，。、的0-9]{0,6}(?:资金|补助|补贴|款项|国债))?，?")
"""What the money is called behind its sum: 安排50亿元[专项资金]."""
_PURPOSE = re.compile(
    r"(?:主要|重点|专门|全部|集中)*(?P<how>直接)?"
    r"(?P<to>用于|用来|支持|扶持|帮助|资助|补助|补贴|解决|实施|推进|推动|促进|加强|加快|改善|增加对|增加|提高|改造|建设|发展|保障|保证)"
    r"(?P<what>[^，、。；0-9]{2,24}|[^，。；0-9]{2,20})"
)
_SPENDS = ("投资", "投入")
"""Money is spent, by nobody in particular."""
_NUMBERED = re.compile(r"[0-9０-９]")
_SHORT = 2
_INTO = re.compile(
    r"(?:资金)?(?:用于|启动|开工)?(?:建设|建成|办好|实施|开展|新建|改造|支持)(?:[0-9]+[件项个座所条])?"
    r"(?:[^，。；0-9的“]{0,16}(?P<named>“[^”]{2,16}”)|(?P<what>[^，、。；0-9的]{3,24}))"
)
"""What it is spent on: (4.3亿元)实施职业技能提升工程, (567亿元)办好民生实事."""
_SUM = {"安排": "资金", "拿出": "资金", "拨出": "资金"}
"""What the sum is where the sentence does not name it."""
_COMPARES = re.compile(r"(?:比|较|同比|增长|增加(?!对)|增幅|占)")
_AIM = re.compile(r"为(?:了|更好地|进一步)?(?P<what>[^，]{4,20})$")
"""An aim named before: 为加快社会保障体系建设，今年中央财政将安排…."""
_WORK = re.compile(r"[^，、。0-9]{3,18}(?:改造|建设|工程|计划|行动|项目|整治|治理|试点)")
"""The work that the clause before does: 实施农村中小学危房改造，中央财政将投入(60亿元)."""
_SPECIAL = 5
_GENERAL = re.compile("国债|建设|预算|扶贫|财政|^(?:专项|补助|奖补)?资金")
"""What names money too generally to tell what it is for."""
_ENOUGH = ("资金", "转移支付", "支出", "投入", "经费", "补贴", "投资")
_TELLING = 5
"""Characters that a purpose has at least: 十大节能工程等项目建设 is not to become 项目建设."""
_LOOSE = re.compile(r"(?:予以支持|等(?:方面|工作)?)$")


def grant(slot: Slot, words: str, sentence: Sentence, text: str) -> str:
    """What a sum given by a treasury is given for; "" where none gives, or the sentence names no purpose.

    `words` are those before the number, without the time in them.
    """
    giver = _GIVES.fullmatch(clean(words))
    if giver is None:
        return _spent(slot, clean(words), sentence, text)
    clause = sentence.clauses[slot.clause]
    behind = text[slot.quantity.end : clause.end]
    named = _FUND.match(behind)
    rest = behind[named.end() :] if named else behind
    called = giver["fund"] or (named[0].strip("，") if named else "")
    if len(called) >= _SPECIAL and _GENERAL.search(called) is None:
        return f"{giver['giver']}{giver['gives']}{called}"
    purpose = _purpose(rest) if rest else _in_next(slot.clause, sentence)
    if purpose in _ENOUGH:
        purpose = _before(slot, sentence) + purpose
    purpose = purpose or (_before(slot, sentence) if not rest else "")
    if not purpose:
        return "" if behind else f"{giver['giver']}{giver['gives']}{called or _SUM.get(giver['gives'], '')}"
    if purpose.endswith(_ENOUGH):
        return giver["giver"] + purpose
    return f"{giver['giver']}{purpose}{'投入' if giver['gives'] == '投入' and not called else '资金'}"


def _spent(slot: Slot, words: str, sentence: Sentence, text: str) -> str:
    """What money is put into, where nobody is said to give it: 投入(4.3亿元)实施职业技能提升工程 → 职业技能提升工程投入."""
    if words not in _SPENDS:
        return ""
    behind = text[slot.quantity.end : sentence.clauses[slot.clause].end]
    if not behind and slot.clause + 1 < len(sentence.clauses):
        behind = sentence.clauses[slot.clause + 1].text
        if _NUMBERED.search(behind):
            return ""
    found = _INTO.match(behind)
    what = shorten_list(found["named"] or found["what"]) if found else ""
    return f"{what}{words}" if len(what) > _SHORT else ""


def _purpose(words: str) -> str:
    """支持农村学校建设; 用于转移支付 → 转移支付; 增加对贫困县的转移支付 → 对贫困县的转移支付."""
    found = _PURPOSE.match(words)
    if found is None:
        return ""
    verb, whole = (found["how"] or "") + found["to"].removeprefix("增加"), _LOOSE.sub("", found["what"])
    short = shorten_list(whole)
    what = short if len(short) > _TELLING else whole
    return what if verb in ("用于", "用来") else verb + what


def _in_next(clause: int, sentence: Sentence) -> str:
    """The purpose in the clause behind, comparisons with other years passed over."""
    for following in sentence.clauses[clause + 1 :]:
        if _COMPARES.match(following.text) is None:
            return _purpose(following.text)
    return ""


def _before(slot: Slot, sentence: Sentence) -> str:
    """The aim that the clause before names."""
    if not slot.first or slot.clause == 0:
        return ""
    before = sentence.clauses[slot.clause - 1].text
    found = _AIM.match(before)
    if found is None:
        verb, work = split_verb(clean(before))
        return work if len(verb) > 1 and _WORK.fullmatch(work) else ""
    thing = split_verb(found["what"])[1]
    return thing if len(thing) > 2 else ""
