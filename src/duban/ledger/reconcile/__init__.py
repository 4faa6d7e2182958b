"""An earlier report's promises beside what the next report says of them, with a verdict and both quotations.

>>> import duban
>>> from duban.ledger.reconcile import reconcile
>>> for settled in reconcile(duban.read("2025.docx"), duban.read("2026.docx")):  # doctest: +SKIP
...     print(settled.verdict, settled.promise.name)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duban.ledger.reconcile.claimed import Account, Unannounced, account, unannounced
    from duban.ledger.reconcile.rules import Rules, default_rules, load_rules
    from duban.ledger.reconcile.settle import reconcile

__all__ = [
    "Account",
    "Rules",
    "Unannounced",
    "account",
    "default_rules",
    "load_rules",
    "reconcile",
    "unannounced",
]

_HOMES = {
    "Rules": "rules",
    "default_rules": "rules",
    "load_rules": "rules",
    "reconcile": "settle",
    "Account": "claimed",
    "Unannounced": "claimed",
    "account": "claimed",
    "unannounced": "claimed",
}


def __getattr__(name: str) -> Any:
    """What the package offers is imported when it is first asked for: a command's help loads none of it."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
