"""Score figures by the definitions of annotations/GUIDE.md.

The numbers are those of shared/gold/score.py, which a test holds this module to. A gold figure is found by the
first unused said one that overlaps it. Small counts in Chinese numerals (三大平台, 两条路) are a matter of taste:
figures on a lone numeral up to ten are left out on both sides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaluation.matching import Record, agree, found_share, overlap, phrase_f1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluation.matching import Pairs

__all__ = ["FIELDS", "match_figures", "score_figures", "wrong_fields"]

FIELDS = ("value", "unit", "qualifier", "kind", "status", "period", "indicator")
SMALL = re.compile("[一二两三四五六七八九十双]")
ENOUGH = 0.8
"""The F1 of characters from which an indicator counts as right."""


def score_figures(marks: Sequence[Record], said: Sequence[Record]) -> dict[str, float]:
    """Precision, recall and F1 of finding, the share with each field right, and F1 of whole claims.

    `marks` are all lines of an annotation, those of no figure too.
    """
    pairs, extra = match_figures(marks, said)
    wrong = [wrong_fields(gold, hit) for gold, hit in pairs if hit is not None]
    counts = (len(pairs), len(wrong) + len(extra))
    precision, recall, f1 = found_share(len(wrong), *counts)
    result = {
        "gold": float(counts[0]),
        "said": float(counts[1]),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "claim_f1": found_share(sum(not fields for fields in wrong), *counts)[2],
    }
    for field in FIELDS:
        result[field] = sum(field not in fields for fields in wrong) / len(wrong) if wrong else 0.0
    return result


def match_figures(marks: Sequence[Record], said: Sequence[Record]) -> tuple[Pairs, list[Record]]:
    """Each gold figure with the said one that found it, or None; and what was said without need."""
    small = [mark for mark in marks if SMALL.fullmatch(mark["text"])]
    gold = [mark for mark in marks if "not_figure" not in mark and not SMALL.fullmatch(mark["text"])]
    left = sorted(
        (s for s in said if not any(overlap(s, m) for m in small) or any(overlap(s, g) for g in gold)),
        key=lambda s: int(s["start"]),
    )
    pairs: Pairs = []
    for mark in gold:
        hit = next((s for s in left if overlap(s, mark)), None)
        if hit is not None:
            left.remove(hit)
        pairs.append((mark, hit))
    return pairs, left


def wrong_fields(gold: Record, said: Record) -> list[str]:
    """The fields of a found figure that differ from the annotation."""
    return [field for field in FIELDS if not _right(field, gold, said)]


def _right(field: str, gold: Record, said: Record) -> bool:
    if field == "value":
        return all(_same_number(gold.get(end), said.get(end)) for end in ("value", "high"))
    if field == "indicator":
        return max(phrase_f1(w, said[field]) for w in (gold[field], *gold.get("alt", []))) >= ENOUGH
    return agree(field, gold, said)


def _same_number(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is None and b is None
    return abs(a - b) <= 2e-4 * max(1.0, abs(a), abs(b))
