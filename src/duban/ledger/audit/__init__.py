"""What in a report cannot all be true: sums done with its figures and with those of earlier reports."""

from __future__ import annotations

from duban.ledger.audit.audit import Examination, audit, examine
from duban.ledger.audit.checks import CHECKS
from duban.ledger.audit.rules import Rules, load, rules
from duban.ledger.audit.series import ReadingSeries, Series

__all__ = ["CHECKS", "Examination", "ReadingSeries", "Rules", "Series", "audit", "examine", "load", "rules"]
