"""What a report says of itself at its head: title, place, level, year, who gave it, where and when."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from duban.documents.model import Level

__all__ = ["Metadata", "ascii_years", "digits", "level_of_place", "read_metadata"]

_WIDE_DIGIT = re.compile("[０-９]")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_NUMERALS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "○": 0,
    "零": 0,
    "Ｏ": 0,
    "O": 0,
}
_HAN_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_HAN_YEAR = re.compile(
    "一九[〇○零Ｏ一二三四五六七八九]{2}|二[〇○零Ｏ]{1,2}[〇○零Ｏ一二三四五六七八九]{1,2}(?=年)"
)
_SPACED_YEAR = re.compile(r"(?<![0-9])(?:1 ?9|2 ?0) ?[0-9] ?[0-9](?= ?年)")
_ANY_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年)")
_HEAD = 1500
_HAN = r"[\u4e00-\u9fff]"
_NUMERAL = "[一二三四五六七八九十百]+"
_YEAR = r"[0-9](?:\s?[0-9]){3}|[一二][〇○零ＯO一二三四五六七八九]{3}"
_DATE = re.compile(
    rf"({_YEAR})\s*年\s*([0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*([0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*日"
)
_OCCASION = re.compile(
    rf"(?:第{_NUMERAL}[届屆]全[国國]|(?:[0-9]\s*日\s*)?(?P<place>(?:(?!在){_HAN}){{2,14}}?)第{_NUMERAL}[届屆])\s*人民代表大[会會]\s*第{_NUMERAL}\s*次\s*[会會][议議議]"
)
_POST = "(?:代理?)?(?:省长|市长|县长|区长|州长|盟长|旗长|乡长|镇长|专员|主席|总理)"
_NAME = rf"{_HAN}{{1,8}}(?:[·•・]{_HAN}{{1,10}})+|{_HAN}[\s]{{1,3}}{_HAN}(?!{_HAN})|{_HAN}{{2,4}}"
_SPEAKER = re.compile(
    rf"(?P<post>国务院总理|{_POST})\s*[:：]?\s*(?P<name>{_NAME})(?=\s|$|作|在|各位|[，。）)\n])"
)
_SPEAKER_FIRST = re.compile(rf"日\s*(?P<name>{_NAME})(?P<post>{_POST})(?=在|作)")
_BARE_NAME = re.compile(rf"^[\s]*(?P<name>{_NAME})[\s]*$", re.MULTILINE)
_SALUTATION = re.compile(r"各位(?:代表|委员)")
_TITLE = re.compile(r"^.{0,60}工作\s*报\s*告.{0,20}$", re.MULTILINE)
_TITLE_YEAR = re.compile(rf"({_YEAR})\s*年.{{0,14}}工作\s*报告|工作\s*报告.{{0,3}}[（(]({_YEAR})年?[）)]")
_TITLE_PLACE = re.compile(
    rf"(?:(?:{_YEAR})年)?\s*({_HAN}{{2,12}}?(?:省|市|自治区|自治州|盟|县|区|旗|乡|镇))(?:人民)?(?:{_YEAR})?"
)
_PLAN_YEAR = re.compile(
    r"(?P<y>[12][0-9]{3})年(?:的)?(?:政府)?(?:主要|重点|总体|经济社会发展)*(?:工作)?(?:的)?(?:主要|重点|总体)*(?:安排|任务|目标|的?工作(?=\s)|计划的|要求|部署|建议|重点|打算|思路)"
)
_REVIEW_YEAR = re.compile(
    r"(?:(?P<y>[12][0-9]{3})年(?:政府|国内|的)*(?:主要)?工作(?:的)?(?:主要)?(?:回顾|总结)|(?:刚刚?过去的|过去的?)(?P<z>[12][0-9]{3})年?)"
)
_STATE_COUNCIL = re.compile(
    r"代表(?:中华人民共和国)?国务院|受国务院|国务院的(?:委托|决定)|国务院总理|第.[届屆]全[国國]人民代表大[会會]|中央人民政府|中華人民共和國"
)
_GOVERNMENT = re.compile(rf"代表\s*({_HAN}{{2,12}}?(?:省|市|自治区|自治州|盟|县|区|旗|乡|镇))(?:人民)?政府")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What could be told; None where it could not."""

    title: str | None = None
    place: str | None = None
    level: Level | None = None
    year: int | None = None
    speaker: str | None = None
    occasion: str | None = None
    date: str | None = None


def digits(text: str) -> str:
    """The text with full-width digits as ASCII: as long as before, so that offsets hold."""
    return text.translate(_DIGITS) if _WIDE_DIGIT.search(text) else text


def ascii_years(text: str) -> str:
    """The text with digits and years as ASCII (一九八六年, 1 9 8 6 年 → 1986年); offsets do not hold."""
    text = digits(text)
    if " " in text:  # most texts have neither blanks nor years in Han
        text = _SPACED_YEAR.sub(lambda found: found.group().replace(" ", ""), text)
    return (
        text
        if "二" not in text and "一九" not in text
        else _HAN_YEAR.sub(lambda found: found.group().translate(_HAN_DIGITS), text)
    )


def read_metadata(text: str, start: int = 0, source: str = "") -> Metadata:
    """Metadata from the head of `text` (from `start`, after the page's furniture)."""
    window = digits(text[start : start + _HEAD])
    salutation = _SALUTATION.search(window)
    head = window[: salutation.start()] if salutation else window[:400]
    occasion = _OCCASION.search(head)
    date = _date(head, occasion)
    title = _title(head)
    place = _place(title, occasion, window)
    return Metadata(
        title=title,
        place=place,
        level=level_of_place(place),
        year=_year(title, date, text, start, source),
        speaker=_speaker(head, occasion),
        occasion=_plain(
            occasion.group()[occasion.group().find(occasion["place"]) if occasion["place"] else 0 :]
        )
        if occasion
        else None,
        date=date,
    )


def level_of_place(place: str | None) -> Level | None:
    """The level a place's name tells, or None.

    >>> level_of_place("鞍山市")
    <Level.CITY: 'city'>
    """
    if not place:
        return None
    if place in ("全国", "中国", "中华人民共和国"):
        return Level.NATIONAL
    if place in _MUNICIPALITIES or place.endswith(("省", "自治区", "特别行政区")):
        return Level.PROVINCE
    if place.endswith(("市", "自治州", "州", "盟", "地区")):
        return Level.CITY
    if place.endswith(("县", "区", "旗")):
        return Level.COUNTY
    return Level.TOWNSHIP if place.endswith(("乡", "镇", "街道", "苏木")) else None


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _number(text: str) -> int:
    text = _plain(text)
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
    return int("".join(str(_NUMERALS[char]) for char in text))


def _date(head: str, occasion: re.Match[str] | None) -> str | None:
    """The date nearest before the occasion, else None: a page's own date is not the report's."""
    if occasion is None:
        return None
    near = [
        found
        for found in _DATE.finditer(head)
        if found.end() <= occasion.start() and occasion.start() - found.end() < 60
    ]
    if not near:
        near = [found for found in _DATE.finditer(head) if 0 <= found.start() - occasion.end() < 20]
    if not near:
        return None
    year, month, day = (_number(part) for part in near[-1].groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _title(head: str) -> str | None:
    found = _TITLE.search(head)
    if found is None:
        return None
    title = re.sub(r"\s*\n\s*", "", found.group()).strip().split("——")[0].strip()
    return title or None


def _place(title: str | None, occasion: re.Match[str] | None, window: str) -> str | None:
    if occasion is not None:
        before = occasion.group("place")
        if before is None:
            return "全国"
        return _plain(before)
    if title is not None:
        found = _TITLE_PLACE.match(title)
        if found:
            return found.group(1)
    government = _GOVERNMENT.search(window[:600])
    if government:
        return government.group(1)
    return "全国" if _STATE_COUNCIL.search(window[:600]) else None


def _year(title: str | None, date: str | None, text: str, start: int, source: str) -> int | None:
    if date is not None:
        return int(date[:4])
    if title is not None:
        found = _TITLE_YEAR.search(title)
        if found:
            return _number(found.group(1) or found.group(2))
    window = ascii_years(text[start : start + 200_000])
    years = [int(found["y"]) for found in _PLAN_YEAR.finditer(window)]
    years += [int(found["y"] or found["z"]) + 1 for found in _REVIEW_YEAR.finditer(window)]
    if years:
        return max(years, key=lambda year: (years.count(year), year))
    return _year_by_name(source) or _year_by_mentions(window)


def _year_by_name(source: str) -> int | None:
    """The year a file's name tells: 云溪市2026年政府工作报告.docx."""
    found = re.findall(r"(?<![0-9])(?:19[5-9]|20[0-9])[0-9](?![0-9])", source)
    return int(found[0]) if len(set(found)) == 1 else None


def _year_by_mentions(window: str) -> int | None:
    """The year that is spoken of much together with the one before it."""
    counts = Counter(int(year) for year in _ANY_YEAR.findall(window))
    if sum(counts.values()) < 10:
        return None
    return max(counts, key=lambda year: ((counts[year - 1] + 0.5) * (counts[year] + 0.5), year))


def _speaker(head: str, occasion: re.Match[str] | None) -> str | None:
    found = _SPEAKER.search(head) or _SPEAKER_FIRST.search(head)
    if found is None and occasion is not None:
        found = _BARE_NAME.search(head, occasion.end())
    return _plain(found["name"]).removesuffix("同志") if found else None
