"""Duban (督办): a city government's year from promise to proof.

>>> import duban
>>> reading = duban.read("全市地区生产总值增长6.5%。", year=2023)  # doctest: +SKIP
>>> reading.figures[0].indicator  # doctest: +SKIP
'地区生产总值'

Importing this package loads nothing else; what its names stand for is imported when they are used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duban.reading.batch import read
    from duban.reading.reading import Reading

    __version__: str

__all__ = ["Reading", "__version__", "read"]

_HOMES = {"read": "duban.reading.batch", "Reading": "duban.reading.reading"}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("duban")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
