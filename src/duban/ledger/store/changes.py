"""What a newer reading says otherwise than the one it takes the place of: figures added, gone and changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Record = dict[str, Any]

__all__ = ["FIELDS", "compared"]

FIELDS = (
    *("text", "value_text", "high_text", "unit", "qualifier", "indicator"),
    *("kind", "status", "period", "place"),
)
"""The fields of a figure that are compared; where it stands does not count, since another text moves it."""


def compared(before: Iterable[Record], now: Iterable[Record]) -> list[Record]:
    """Rows of the table `changes`, less the readings' ids, in the order of the newer text and then of the older.

    Both are rows of `figures` with their statement as `quote`. Figures that agree in words and fields are set aside; of
    the others those with the same words in the same statement are one figure that changed, then those of one
    indicator, kind, status, period and place.
    """
    gone, added = _without_common(list(before), list(now))
    found: list[tuple[tuple[int, int], Record]] = []
    for same in (_words, _measure):
        for old, new in _pairs(gone, added, same):
            found += [
                ((0, new["index"]), _changed(old, new, field)) for field in FIELDS if old[field] != new[field]
            ]
    found += [((0, each["index"]), _one("added", each)) for each in added]
    found += [((1, each["index"]), _one("gone", each)) for each in gone]
    return [record for _, record in sorted(found, key=lambda each: each[0])]


def _without_common(before: list[Record], now: list[Record]) -> tuple[list[Record], list[Record]]:
    common = Counter(map(_whole, before)) & Counter(map(_whole, now))
    return _less(before, common), _less(now, common)


def _less(figures: list[Record], common: Counter[tuple[Any, ...]]) -> list[Record]:
    left = common.copy()
    kept = []
    for each in figures:
        if left[_whole(each)] > 0:
            left[_whole(each)] -= 1
        else:
            kept.append(each)
    return kept


def _pairs(
    gone: list[Record], added: list[Record], same: Callable[[Record], tuple[Any, ...]]
) -> Iterator[tuple[Record, Record]]:
    """Figures of the two that are the same by some measure, in order; they are taken out of the lists."""
    waiting: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for each in gone:
        waiting[same(each)].append(each)
    for new in tuple(added):
        if waiting[same(new)]:
            old = waiting[same(new)].pop(0)
            gone.remove(old)
            added.remove(new)
            yield old, new


def _whole(figure: Record) -> tuple[Any, ...]:
    return (figure["quote"], *(figure[field] for field in FIELDS))


def _words(figure: Record) -> tuple[Any, ...]:
    return figure["quote"], figure["text"]


def _measure(figure: Record) -> tuple[Any, ...]:
    return tuple(figure[field] for field in ("indicator", "kind", "status", "period", "place"))


def _changed(old: Record, new: Record, field: str) -> Record:
    was, now = (None if each[field] is None else str(each[field]) for each in (old, new))
    return {**_one("changed", new), "field": field, "was": was, "now": now}


def _one(change: str, figure: Record) -> Record:
    return {"change": change, "figure": figure["id"], "text": figure["text"], "quote": figure["quote"]}
