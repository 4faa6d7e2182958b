"""A promise, its target and its outcome in a few words, as people read them beside a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.reconcile.labels import label
from duban.reading.formats.table import clean

if TYPE_CHECKING:
    from decimal import Decimal

    from duban.ledger.model import Outcome, Settlement

__all__ = ["named", "outcome", "shortened", "target"]

_LONGEST = 60


def named(settlement: Settlement, lang: str) -> str:
    """What is promised: 地区生产总值 增速, or of a tie both sides."""
    promise = settlement.promise
    if promise.relation and promise.against:
        gap = " " if lang == "en" else ""
        return clean(gap.join((promise.name, label("relations", promise.relation, lang), promise.against)))
    name = clean(promise.name)
    return name if promise.kind in {"deed", "level"} else f"{name} {label('kinds', promise.kind, lang)}"


def target(settlement: Settlement, lang: str) -> str:
    """The number as written; of what goes down, said so."""
    promise = settlement.promise
    if promise.target is None:
        return ""
    return _as_written(promise.evidence[0].quote, promise.target.value, lang)


def outcome(settlement: Settlement, lang: str) -> str:
    """The number as written, of a tie both numbers, else the words of the answer."""
    found: Outcome | None = settlement.outcome
    if found is None:
        return ""
    written = found.evidence[0].quote
    if found.value is None:
        return clean(shortened(written))
    shown = _as_written(written, found.value, lang)
    if settlement.promise.relation and len(found.evidence) > 2:
        return f"{shown} : {clean(found.evidence[-1].quote)}"
    return shown


def _as_written(text: str, value: Decimal, lang: str) -> str:
    text = clean("".join(text.split()))
    fell = value < 0 and not text.startswith(("-", "−", "－"))
    return ("降" if lang == "zh" else "down ") + text if fell else text


def shortened(text: str) -> str:
    """A quotation without line breaks, cut where it is long."""
    text = "".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
