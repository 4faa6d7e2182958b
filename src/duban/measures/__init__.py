"""Measures: figures computed from the records behind them. Packs declare tables, parameters and measures.

>>> from duban import measures
>>> pack = measures.read("air")  # doctest: +SKIP
>>> with measures.evaluate(pack, "records/", [measures.parse("2024")]) as found:  # doctest: +SKIP
...     print(found.values[0].value)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duban.measures.data import Data, open_data
    from duban.measures.evaluate import Evaluation, evaluate
    from duban.measures.pack import Pack, installed, read
    from duban.measures.periods import Period, parse
    from duban.measures.values import Value

__all__ = [
    "Data",
    "Evaluation",
    "Pack",
    "Period",
    "Value",
    "evaluate",
    "installed",
    "open_data",
    "parse",
    "read",
]

_HOMES = {
    "Data": "data",
    "open_data": "data",
    "Evaluation": "evaluate",
    "evaluate": "evaluate",
    "Pack": "pack",
    "installed": "pack",
    "read": "pack",
    "Period": "periods",
    "parse": "periods",
    "Value": "values",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"duban.measures.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
