"""Making findings: the same contradiction has the same id in every run."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from duban.ledger.model import Evidence, Finding, Gravity

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["finding"]


def finding(
    check: str, gravity: Gravity, *, done: str, tolerance: str, evidence: Iterable[Evidence], version: str
) -> Finding:
    """A finding; of evidence given twice the first stands."""
    spans = tuple({(each.document, each.start, each.end): each for each in evidence}.values())
    named = "\n".join([check, version, *(f"{each.document} {each.start} {each.end}" for each in spans)])
    return Finding(
        id=hashlib.sha256(named.encode()).hexdigest()[:16],
        check=check,
        version=version,
        gravity=gravity,
        sum=done,
        tolerance=tolerance,
        evidence=spans,
    )
