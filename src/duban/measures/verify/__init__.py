"""Verify: the claims of a report held to the records behind them, each with its verdict and the rows it rests on."""

from __future__ import annotations

from duban.measures.verify.claims import claims
from duban.measures.verify.model import Claim, Computed, Outcome, Verdict, Way, Why
from duban.measures.verify.verify import Verification, folders, verify

__all__ = [
    "Claim",
    "Computed",
    "Outcome",
    "Verdict",
    "Verification",
    "Way",
    "Why",
    "claims",
    "folders",
    "verify",
]
