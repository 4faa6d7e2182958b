"""The ledger's file: one DuckDB database of documents, their readings, and what was made of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duban.ledger.store.ledger import Ledger, open_ledger

__all__ = ["Ledger", "open_ledger"]


def __getattr__(name: str) -> Any:
    """What the package offers is imported when it is first asked for: a command's help loads none of it."""
    if name in __all__:
        return getattr(import_module(f"{__name__}.ledger"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
