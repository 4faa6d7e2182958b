"""Verify: the claims of a report held to the records behind them, each with its verdict and the rows it rests on."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duban.measures.verify.claims import claims
    from duban.measures.verify.model import Claim, Computed, Outcome, Verdict, Way, Why
    from duban.measures.verify.verification import Verification, folders, verify

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

_HOMES = {
    "claims": "claims",
    **dict.fromkeys(("Claim", "Computed", "Outcome", "Verdict", "Way", "Why"), "model"),
    **dict.fromkeys(("Verification", "folders", "verify"), "verification"),
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"duban.measures.verify.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
