"""What the scores of figures and of distinctions are made of."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["Pairs", "Record", "agree", "found_share", "overlap", "phrase_f1"]

Record = dict[str, Any]
"""One line of an annotation, or one finding."""

Pairs = list[tuple[Record, Record | None]]
"""Each gold record with the said one that found it, or None."""

_PUNCTUATION = re.compile(r"[\s“”\"'‘’《》〈〉()（）、,，·—\-]")


def overlap(a: Record, b: Record) -> bool:
    """Whether two spans share a character."""
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def agree(field: str, gold: Record, said: Record) -> bool:
    """Whether a field is the same; a missing one, null and an empty string are one."""
    return (gold.get(field) or None) == (said.get(field) or None)


def found_share(hits: int, gold: int, said: int) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    precision = hits / said if said else 0.0
    recall = hits / gold if gold else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def phrase_f1(a: str, b: str) -> float:
    """F1 of the longest common subsequence of characters, punctuation and blanks left out.

    >>> phrase_f1("粮食总产量", "粮食产量")
    0.8888888888888888
    """
    a, b = _PUNCTUATION.sub("", a), _PUNCTUATION.sub("", b)
    if not a or not b:
        return float(a == b)
    row = [0] * (len(b) + 1)
    for x in a:
        left = 0
        for j, y in enumerate(b, 1):
            keep = row[j]
            row[j] = left + 1 if x == y else max(row[j], row[j - 1])
            left = keep
    return 2 * row[-1] / (len(a) + len(b))
