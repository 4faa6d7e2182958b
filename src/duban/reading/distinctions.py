"""Claims of rank, record, first, streak, completeness and comparison (位次与首创).

The constructions are data: `knowledge/distinctions.yaml` holds the words and the patterns with their slots.
This module compiles them, tries them on the clauses that hold one of their anchors, and says what each claim
is about.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from duban.quantities.numerals import arabic, chinese
from duban.reading.lexicon import alternatives, anywhere, knowledge
from duban.reading.model import DistinctionType
from duban.reading.subjects import subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.reading.clauses import Clause, Sentence

__all__ = ["RawDistinction", "find"]


class RawDistinction(Struct, frozen=True, gc=False):
    """A claim with offsets into the document's text; the reader adds section and statement."""

    start: int
    end: int
    type: DistinctionType
    scope: str | None
    subject: str
    n: int | None


class _Construction(Struct, frozen=True, gc=False):
    type: DistinctionType
    pattern: re.Pattern[str]
    subject: str
    scope: str | None
    free: bool
    unless: re.Pattern[str] | None
    """What before a match, beside what denies every claim, says that it is none."""


class _Claim(Struct, frozen=True, gc=False):
    construction: _Construction
    match: re.Match[str]


class _Grammar(Struct, frozen=True, gc=False):
    anchor: re.Pattern[str]
    """Any anchor of any construction, for a first look."""
    denied: re.Pattern[str]
    scope: re.Pattern[str]
    within: re.Pattern[str]
    """Where something holds, said just before the claim: 在全国农村全面建立."""
    adverbs: re.Pattern[str]
    last_of_adverbs: frozenset[str]
    opening: re.Pattern[str]
    nation: re.Pattern[str]
    national: frozenset[str]
    began: dict[str, int]
    """The year of what something is said to be the most since."""
    by_anchor: dict[str, tuple[int, ...]]
    constructions: tuple[_Construction, ...]


def find(sentence: Sentence) -> Iterator[RawDistinction]:
    """The claims of a sentence, in the order of the text."""
    grammar = _grammar()
    first_claims: dict[int, int] = {}
    for index, clause in enumerate(sentence.clauses):
        if grammar.anchor.search(clause.text) is None:
            continue
        claims = _settle(_claims(grammar, clause))
        if claims:
            first_claims[index] = claims[0].match.start()
            earlier = [
                grammar.opening.sub("", c.text[: first_claims.get(i)])
                for i, c in enumerate(sentence.clauses[:index])
            ]
            yield from _listed([_distinction(claim, clause, claims, earlier) for claim in claims])


def _listed(found: list[RawDistinction]) -> list[RawDistinction]:
    """Of claims of one type in a list the later are compared in the field of the first: 全市发展最快、实力最强."""
    for i in range(1, len(found)):
        last, claim = found[i - 1 : i + 1]
        if (
            claim.scope is None
            and last.type is claim.type
            and last.type in _COMPARED
            and claim.start - last.end <= 1
        ):
            found[i] = replace(claim, scope=last.scope)
    return found


_AGAINST = frozenset({DistinctionType.ABOVE, DistinctionType.SINCE})
"""What these are compared with may be any phrase, of which a known field is but a part: 群众和国家的承受能力."""
_COMPARED = frozenset({DistinctionType.BEST, DistinctionType.RANK})


def _claims(grammar: _Grammar, clause: Clause) -> Iterator[_Claim]:
    """Every match of every construction one of whose anchors is there, in order of precedence."""
    tried: set[int] = set()
    anchor = grammar.anchor.search(clause.text)
    while anchor:
        tried.update(grammar.by_anchor[anchor.group()])
        anchor = grammar.anchor.search(clause.text, anchor.start() + 1)
    for i in sorted(tried):
        construction = grammar.constructions[i]
        for match in construction.pattern.finditer(clause.text):
            denied = (grammar.denied, construction.unless)
            if not any(words and words.search(clause.text, 0, match.start()) for words in denied):
                yield _Claim(construction, match)


def _settle(claims: Iterator[_Claim]) -> list[_Claim]:
    """Of claims that overlap the first stands; a free one stands beside those of other types."""
    kept: list[_Claim] = []
    for claim in claims:
        if not any(_excludes(other, claim) for other in kept):
            kept.append(claim)
    return sorted(kept, key=lambda claim: claim.match.span())


def _excludes(kept: _Claim, claim: _Claim) -> bool:
    if kept.match.start() >= claim.match.end() or claim.match.start() >= kept.match.end():
        return False
    same = kept.construction.type is claim.construction.type
    return same or not (kept.construction.free or claim.construction.free)


def _distinction(claim: _Claim, clause: Clause, claims: list[_Claim], earlier: list[str]) -> RawDistinction:
    start, end = claim.match.span()
    groups = claim.match.groupdict()
    return RawDistinction(
        start=clause.start + start,
        end=clause.start + end,
        type=claim.construction.type,
        scope=_scope(claim, groups),
        subject=_subject(claim, clause, claims, earlier),
        n=None if claim.construction.type is DistinctionType.ABOVE else _n(claim, groups),
    )


def _subject(claim: _Claim, clause: Clause, claims: list[_Claim], earlier: list[str]) -> str:
    """Of several claims in a clause each has its own words before it, or shares those of the first."""
    start = claim.match.start()
    groups, kind = claim.match.groupdict(), claim.construction.type
    if what := groups.get("what"):
        return subject("named", what, "", earlier) if kind is DistinctionType.BEST else what
    ended = max((other.match.end() for other in claims if other.match.end() <= start), default=0)
    within = _within(claim)
    before = _without_adverbs(clause.text[ended : within.start() if within else start])
    if within is None and len(before.strip("、")) < _SHORTEST_SUBJECT:
        before = clause.text[: min(claims[0].match.start(), start)]
    before = _grammar().opening.sub("", before)
    if kind is DistinctionType.BEST:
        before = _FOR_YEARS.sub("", before)
    after = groups.get("object") or clause.text[_listed_to(claim, claims) :]
    found = subject(claim.construction.subject, before, after, earlier)
    if claim.construction.subject == "after" and _OF_ITS_KIND.search(claim.match.group()):
        found = _foremost(found)
    return _respective(found, claim) if "分别" in before else found


# How long it was judged so, and by whom, is no part of what was judged good.
_FOR_YEARS = re.compile("连续[0-9０-９一二两三四五六七八九十]+年(?:获评?|在)?(?:国家|全国|全省|省级)?$")


def _without_adverbs(before: str) -> str:
    """What stands before a claim, without 也, 大大 and the like: a look at the last character first."""
    grammar = _grammar()
    return grammar.adverbs.sub("", before) if before[-1:] in grammar.last_of_adverbs else before


def _foremost(found: str) -> str:
    """What is the first of its kind, without what it is one of: 首届(消博会)等重大展会."""
    one = _ONE_OF.match(found)
    return one[1] if one and one[1].count("“") == one[1].count("”") else _AFTERMATH.sub("", found)


_OF_ITS_KIND = re.compile("首(?!次|创|考)|第一(?!次)|最.{1,2}$")
_ONE_OF = re.compile("([^、]{2,}?)(?:(?<![化级])、.{2,})?(?<![高中优同平])等(?!级|次|奖|教育|职业|学校|院)")
# What befell it, left of a predicate: 首款重卡(试产), 首批(项目进展)顺利.
_AFTERMATH = re.compile("(?<=..)(?:先后|相继|全部|陆续|试产|试行|获得|扎实推进|建设进展|进展)+$")


def _respective(found: str, claim: _Claim) -> str:
    """Of things measured one after the other, the one the claim is about: 污水治理率、覆盖率分别达90%、(100%)."""
    text, start = claim.match.string, claim.match.start()
    begin = text.rindex("分别", 0, start)
    things, values = _ITEMS.split(found), _ITEMS.split(text[begin:])
    alike = len({thing[-1:] for thing in things}) == 1 and len(things) == len(values)
    return things[len(_ITEMS.findall(text, begin, start))] if alike else found


_ITEMS = re.compile("[、和]")


def _listed_to(claim: _Claim, claims: list[_Claim]) -> int:
    """Where the list ends that a claim about what follows begins: 最短时间、最小代价(处置), 全球领先、国内唯一(的平台)."""
    end = claim.match.end()
    if claim.construction.subject in {"after", "modified"}:
        for other in claims:
            follows = other.match.start() == end + 1 and claim.match.string[end] == "、"
            if follows and other.construction.subject == "after":
                end = other.match.end()
    return end


def _within(claim: _Claim) -> re.Match[str] | None:
    """Where something holds or is compared, said just before the claim."""
    kind, found = claim.construction.type, None
    if kind in _COMPARED:
        found = _AMONG.search(claim.match.string, 0, claim.match.start())
    if found is None and kind in _COMPARED | _PLACED:
        found = _grammar().within.search(claim.match.string, 0, claim.match.start())
    return found


_SHORTEST_SUBJECT = 2
_PLACED = frozenset({DistinctionType.ALL, DistinctionType.NONE, DistinctionType.STREAK})
_THROUGHOUT = re.compile("(?:对|实现|推动)?(全[国省市区县])")


def _scope(claim: _Claim, groups: dict[str, str | None]) -> str | None:
    """The field compared in, as written; "history" for 历史, 全国 for 国家."""
    found = _field(claim, groups)
    if not found:
        return None
    if found.startswith(("历史", "历年")):
        return "history"
    if found in _OURS and claim.match.group().startswith(found):
        return f"全{found[1:]}"
    known = _grammar().scope.search(found)
    if known is None:
        record = claim.construction.type is DistinctionType.RECORD_HIGH
        return None if record and found != claim.construction.scope and not _TIME.search(found) else found
    whole_phrase = claim.construction.type in _AGAINST or found.endswith("以来")
    plain = found if whole_phrase else found[known.start() :]
    plain = plain if known.end() == len(found) else plain.rstrip("上中内")
    return "全国" if plain in _grammar().national else plain


def _field(claim: _Claim, groups: dict[str, str | None]) -> str | None:
    """What the claim or the words around it call the field."""
    kind = claim.construction.type
    if kind is DistinctionType.SINCE and _BARE_YEAR.fullmatch(groups.get("n") or ""):
        return None
    found = next((groups[name] for name in _SCOPES if groups.get(name)), None) or claim.construction.scope
    if found and not (kind is DistinctionType.RANK and _MOVED.search(found)):
        # 我国农业发展最快 is of the country's farming, not of the fastest in the country.
        ours = kind is DistinctionType.BEST and found in _COUNTRY and f"{found}最" not in claim.match.group()
        return None if ours else found
    if kind is DistinctionType.FIRST:
        return "国家" if _grammar().nation.match(claim.match.string, claim.match.end()) else None
    if kind is DistinctionType.STREAK:
        held = _grammar().scope.search(claim.match.group())
        if held and not _STANDARD.match(claim.match.string, claim.match.start() + held.end()):
            return held.group()
        if "连冠" in claim.match.group():
            return "全国" if "全国" in claim.match.string[: claim.match.start()] else None
    return _surroundings(claim)


def _surroundings(claim: _Claim) -> str | None:
    """The field that the words before a claim name, or who judged."""
    kind, within = claim.construction.type, _within(claim)
    if within is None and kind in _PLACED:
        within = _THROUGHOUT.match(claim.match.string)
    if within is None and kind is DistinctionType.BEST and _GRADE.search(claim.match.group()):
        return "全省" if _JUDGE.search(claim.match.string, 0, claim.match.end()) else None
    return within and within[within.lastindex or 0]


_STANDARD = re.compile("[一二三]级|标准")
_TIME = re.compile("[年来期届前]|^本")
_AMONG = re.compile(
    "在([^，、在中]{2,14}?(?:经济体|国家|省份|地区|城市|区|省|市|县|企业|同行))(?:综合|考核|评价|评估)*中$"
)
# Who judged it good says among whom it was: 省级考核优秀等次, 被省政府评为优秀.
_GRADE = re.compile("优秀|优良|好等次|“好”|A级")
_JUDGE = re.compile("省委|省政府|省级")
_COUNTRY = frozenset({"我国", "中国"})
_BARE_YEAR = re.compile("[0-9０-９]{4}")
_MOVED = re.compile("[至为到]$")
_OURS = frozenset({"我省", "我市", "我区", "我县", "我州"})
_SCOPES = ("scope", "scope0", "scope2", "history")
_NUMBERS = ("n0", "n", "n2", "top", "top2")


def _n(claim: _Claim, groups: dict[str, str | None]) -> int | None:
    """The number a claim names: 第4位, 八连丰, 1951年以来, 建国以来, 创16年新高; the first place is 1."""
    if groups.get("one") or groups.get("one2"):
        return 1
    written = next((groups[name] for name in _NUMBERS if groups.get(name)), None)
    if written is None and claim.construction.type is DistinctionType.SINCE:
        began = _grammar().began
        known = next((year for event, year in began.items() if event in (groups.get("scope") or "")), None)
        if known is not None:
            return known
    if written is None:
        years = _YEARS.search(groups.get("scope") or "")
        written = years and years[1]
    return None if written is None else whole(written)


_YEARS = re.compile("(?<![几数])([0-9０-９]+|[一二两三四五六七八九十百]+)年(?!代)")


def whole(numeral: str) -> int | None:
    """A whole number in Arabic digits or Chinese numerals, years in digits (一九五一) included."""
    if numeral[0] not in _CHINESE:
        return int(arabic(numeral))
    if len(numeral) > 1 and all(c in _DIGITS for c in numeral):
        return int("".join(_DIGITS[c] for c in numeral))
    read = chinese(numeral)
    return None if read is None else int(read[0])


_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_CHINESE = frozenset("〇○零一二两三四五六七八九十百")


@cache
def _grammar() -> _Grammar:
    data = knowledge("distinctions.yaml")
    slots = {name: f"(?:{alternatives(words)})" for name, words in data["slots"].items()}
    by_anchor: dict[str, list[int]] = {}
    for i, entry in enumerate(data["constructions"]):
        for anchor in entry["anchors"]:
            for word in _expanded(anchor, data["slots"]):
                by_anchor.setdefault(word, []).append(i)
    return _Grammar(
        anchor=anywhere(by_anchor),
        denied=re.compile(data["denied"]),
        scope=re.compile(slots["scope"]),
        within=re.compile(
            f"在((?:{slots['scope']})(?:农村|城乡|城市)?|基层)(?:范围内)?$|(从[^，、从]{{1,8}}到[^，、]{{1,8}})$"
        ),
        last_of_adverbs=frozenset("地").union(word[-1] for word in data["adverbs"]),
        adverbs=re.compile(f"(?:{alternatives(data['adverbs'])})+地?$"),
        opening=re.compile(f"^(?:{alternatives(data['opening'])})+"),
        nation=re.compile("(?:[0-9]+个)?(?:国家|全国)"),
        national=frozenset(data["national"]),
        began=data["began"],
        by_anchor={anchor: tuple(_reached(anchor, by_anchor)) for anchor in by_anchor},
        constructions=tuple(_construction(entry, slots) for entry in data["constructions"]),
    )


def _expanded(anchor: str, slots: dict[str, list[str]]) -> list[str]:
    """最{extreme} → 最大, 最多, …"""
    slot = re.search(r"[{](\w+)[}]", anchor)
    return [anchor] if slot is None else [anchor.replace(slot[0], word) for word in slots[slot[1]]]


def _construction(entry: dict[str, Any], slots: dict[str, str]) -> _Construction:
    return _Construction(
        type=DistinctionType(entry["type"]),
        pattern=re.compile(entry["pattern"].format(**slots)),
        subject=entry["subject"],
        scope=entry.get("scope"),
        free=entry.get("free", False),
        unless=re.compile(entry["unless"]) if "unless" in entry else None,
    )


def _reached(anchor: str, by_anchor: dict[str, list[int]]) -> set[int]:
    """The constructions of an anchor and of the anchors it holds (连续多年 holds 连续)."""
    return {i for other, constructions in by_anchor.items() if other in anchor for i in constructions}
