"""Score distinctions in the manner in which shared/gold/score.py scores figures.

A gold distinction is found where a said one of the same type overlaps it; each said one is used once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaluation.annotated import Record

    Pairs = list[tuple[Record, Record | None]]

__all__ = ["FIELDS", "match_distinctions", "score_distinctions", "wrong_fields"]

FIELDS = ("scope", "n", "subject")
ENOUGH = 0.8
"""The F1 of characters from which a subject counts as right: score.py asks the same of an indicator."""


def score_distinctions(
    gold: Sequence[Record], said: Sequence[Record], phrase_f1: Callable[[str, str], float]
) -> dict[str, float]:
    """Precision, recall and F1 of finding, and the share of found distinctions with each field right."""
    pairs, _ = match_distinctions(gold, said)
    found = [(g, s) for g, s in pairs if s is not None]
    precision = len(found) / len(said) if said else 0.0
    recall = len(found) / len(gold) if gold else 0.0
    both = precision + recall
    result = {
        "gold": float(len(gold)),
        "said": float(len(said)),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / both if both else 0.0,
    }
    wrong = [wrong_fields(g, s, phrase_f1) for g, s in found]
    for field in FIELDS:
        result[field] = sum(field not in w for w in wrong) / len(found) if found else 0.0
    return result


def match_distinctions(gold: Sequence[Record], said: Sequence[Record]) -> tuple[Pairs, list[Record]]:
    """Pair each gold distinction with the first unused said one of its type that overlaps it.

    Also returned: what was said without need.
    """
    left = sorted(said, key=lambda s: (s["start"], s["end"]))
    pairs: Pairs = []
    for g in gold:
        hit = next((s for s in left if s["type"] == g["type"] and _overlap(g, s)), None)
        if hit is not None:
            left.remove(hit)
        pairs.append((g, hit))
    return pairs, left


def wrong_fields(gold: Record, said: Record, phrase_f1: Callable[[str, str], float]) -> list[str]:
    """The fields of a found distinction that differ from the annotation."""
    wrong = [field for field in ("scope", "n") if (gold.get(field) or None) != (said.get(field) or None)]
    subjects = [gold["subject"], *gold.get("alt", [])]
    if max(phrase_f1(subject, said["subject"]) for subject in subjects) < ENOUGH:
        wrong.append("subject")
    return wrong


def _overlap(a: Record, b: Record) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])
