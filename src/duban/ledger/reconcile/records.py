"""Settlements as records: what `duban reconcile --format jsonl` prints, one line a promise (docs: reference, reconcile)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duban.ledger.model import Evidence, Outcome, Settlement
    from duban.ledger.reconcile.claimed import Unannounced
    from duban.reading.formats.records import Record

__all__ = ["flat", "settlement_record", "unannounced_record"]


def settlement_record(settlement: Settlement) -> Record:
    """One promise: names and meanings that other programs rely on; new fields come at the end."""
    promise = settlement.promise
    return {
        "place": promise.place,
        "year": promise.year,
        "indicator": promise.code,
        "name": promise.name,
        "kind": promise.kind,
        "target": _target(settlement),
        "outcome": _outcome(settlement.outcome),
        "verdict": settlement.verdict.value,
        "reasons": list(settlement.reasons),
        "score": Decimal(str(settlement.score)),
        "relation": promise.relation,
        "against": promise.against,
        "section": promise.section,
        "id": promise.id,
        "rules": settlement.rules,
    }


def unannounced_record(claim: Unannounced) -> Record:
    """One claim that no promise announced."""
    return {
        "place": claim.place,
        "year": claim.year,
        "indicator": claim.code,
        "name": claim.name,
        "kind": claim.kind,
        "outcome": _outcome(claim.outcome),
        "section": claim.section,
    }


def flat(record: Record) -> Record:
    """The record with `target` and `outcome` spread over columns of their own."""
    found: Record = {}
    for field, value in record.items():
        if field in {"target", "outcome"}:
            inner: Any = value or {}
            for name in ("value", "high", "unit", "qualifier", "status", "quote"):
                found[f"{field}_{name}"] = inner.get(name)
        elif isinstance(value, list):
            found[field] = " ".join(map(str, value))
        else:
            found[field] = value
    return found


def _target(settlement: Settlement) -> Record:
    """What was promised; of a promise without a number only the quotation."""
    promise = settlement.promise
    target, words = promise.target, promise.evidence[min(1, len(promise.evidence) - 1)]
    return {
        "value": target.value if target else None,
        "high": target.high if target else None,
        "unit": target.unit if target else None,
        "qualifier": target.qualifier if target else None,
        "period": target.period if target else None,
        "text": promise.evidence[0].quote if target else None,
        "quote": words.quote,
        "evidence": [_place(each) for each in promise.evidence],
    }


def _outcome(outcome: Outcome | None) -> Record | None:
    if outcome is None:
        return None
    number = outcome.value is not None
    words = outcome.evidence[1] if number else outcome.evidence[0]
    return {
        "value": outcome.value,
        "high": outcome.high,
        "unit": outcome.unit or None,
        "qualifier": outcome.qualifier or None,
        "status": outcome.status,
        "text": outcome.evidence[0].quote if number else None,
        "quote": words.quote,
        "evidence": [_place(each) for each in outcome.evidence],
    }


def _place(evidence: Evidence) -> Record:
    return {
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }
