"""Numerals to exact numbers: 3.3, １，２００, 一千二百亿, 七点八, 二三十."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

__all__ = ["MAGNITUDES", "arabic", "beside", "chinese"]

MAGNITUDES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "兆": 10**12,
}

_ASCII = str.maketrans("０１２３４５６７８９．·", "0123456789..", ",， ")
_SAME = str.maketrans(
    {"〇": "零", "○": "零", "兩": "两", "萬": "万", "億": "亿", "點": "点", "廿": "二十", "卅": "三十"}
)
_APPROXIMATE = re.compile(r"(.*?)([一二两三四五六七八九])([二三四五六七八九])([十百千万亿].*)?")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}


@lru_cache(maxsize=4096)
def arabic(numeral: str) -> Decimal:
    """The number a run of Arabic digits writes, full-width digits and thousands separators included.

    >>> arabic("１，３６１．５")
    Decimal('1361.5')
    """
    return Decimal(numeral.translate(_ASCII))


@lru_cache(maxsize=4096)
def chinese(numeral: str) -> tuple[Decimal, Decimal | None] | None:
    """Low and high end of a Chinese numeral; the high end is None unless two digits stand side by side.

    >>> chinese("一千二百亿"), chinese("二三十")
    ((Decimal('120000000000'), None), (Decimal('20'), Decimal('30')))
    """
    numeral = numeral.translate(_SAME)
    if numeral in MAGNITUDES:
        return Decimal(MAGNITUDES[numeral]), None
    pair = _APPROXIMATE.fullmatch(numeral)
    if pair and _DIGITS[pair[3]] == _DIGITS[pair[2]] + 1 and (pair[4] or pair[1].endswith("十")):
        low, high = (_exact(pair[1] + digit + (pair[4] or "")) for digit in (pair[2], pair[3]))
        return (low, high) if low is not None else None
    exact = _exact(numeral)
    return None if exact is None else (exact, None)


def beside(numeral: str) -> tuple[Decimal, Decimal] | None:
    """Both ends of a numeral whose neighbouring digits are parted by a mark; None where they are no neighbours.

    >>> beside("四、五十亿"), beside("二、三"), beside("二、四")
    ((Decimal('4000000000'), Decimal('5000000000')), (Decimal('2'), Decimal('3')), None)
    """
    before, _, after = numeral.partition("、")
    first, second = before[-1:], after[:1]
    if _DIGITS.get(second) != _DIGITS.get(first, 0) + 1:
        return None
    low, high = (_exact(before[:-1] + digit + after[1:]) for digit in (first, second))
    return None if low is None or high is None else (low, high)


def _exact(numeral: str) -> Decimal | None:
    import cn2an

    if numeral and numeral[0] in "百千":
        numeral = "一" + numeral
    try:
        return Decimal(str(cn2an.cn2an(numeral, "normal")))
    except (ValueError, KeyError):  # the library looks some malformed numerals up in vain
        return None
