"""What in a report cannot all be true: sums done with its figures and with those of other reports."""

from __future__ import annotations

from duban.ledger.audit.audit import Examination, audit, examine
from duban.ledger.audit.checks import CHECKS
from duban.ledger.audit.rules import Rules, load, rules
from duban.ledger.audit.series import ReadingSeries, Series
from duban.ledger.audit.sheet import Sheet
from duban.ledger.audit.stated import Claim, Stated, claim, stated

__all__ = [
    "CHECKS",
    "Claim",
    "Examination",
    "ReadingSeries",
    "Rules",
    "Series",
    "Sheet",
    "Stated",
    "audit",
    "claim",
    "examine",
    "load",
    "rules",
    "stated",
]
