"""Score distinctions in the manner in which figures are scored.

A gold distinction is found where a said one of the same type overlaps it; each said one is used once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation.matching import Record, agree, found_share, overlap, phrase_f1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluation.matching import Pairs

__all__ = ["FIELDS", "match_distinctions", "score_distinctions", "wrong_fields"]

FIELDS = ("scope", "n", "subject")
ENOUGH = 0.8
"""The F1 of characters from which a subject counts as right: the same is asked of an indicator."""


def score_distinctions(gold: Sequence[Record], said: Sequence[Record]) -> dict[str, float]:
    """Precision, recall and F1 of finding, and the share of found distinctions with each field right."""
    pairs, _ = match_distinctions(gold, said)
    wrong = [wrong_fields(g, s) for g, s in pairs if s is not None]
    precision, recall, f1 = found_share(len(wrong), len(gold), len(said))
    result = {
        "gold": float(len(gold)),
        "said": float(len(said)),
        "precision": precision,
        "recall": recall,
        "f1": f1,
    }
    for field in FIELDS:
        result[field] = sum(field not in w for w in wrong) / len(wrong) if wrong else 0.0
    return result


def match_distinctions(gold: Sequence[Record], said: Sequence[Record]) -> tuple[Pairs, list[Record]]:
    """Each gold distinction with the said one that found it, or None; and what was said without need."""
    left = sorted(said, key=lambda s: (s["start"], s["end"]))
    pairs: Pairs = []
    for g in gold:
        hit = next((s for s in left if s["type"] == g["type"] and overlap(g, s)), None)
        if hit is not None:
            left.remove(hit)
        pairs.append((g, hit))
    return pairs, left


def wrong_fields(gold: Record, said: Record) -> list[str]:
    """The fields of a found distinction that differ from the annotation."""
    wrong = [field for field in ("scope", "n") if not agree(field, gold, said)]
    if max(phrase_f1(w, said["subject"]) for w in (gold["subject"], *gold.get("alt", []))) < ENOUGH:
        wrong.append("subject")
    return wrong
