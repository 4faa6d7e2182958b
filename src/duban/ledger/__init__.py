"""Many readings over places and years: linking, promises and outcomes, audit, corrections, exports.

>>> import duban.ledger
>>> with duban.ledger.open("reports.duckdb") as ledger:  # doctest: +SKIP
...     ledger.panel("地区生产总值", kind="growth", statuses=["target"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from duban.ledger.store.ledger import Ledger

__all__ = ["open"]


def open(path: str | os.PathLike[str], *, writable: bool = False) -> Ledger:  # noqa: A001 - duban.ledger.open
    """The ledger in a file; a writable one is made where it is missing. Raises `LedgerError` as `open_ledger` does."""
    from duban.ledger.store.ledger import open_ledger

    return open_ledger(path, writable=writable)
