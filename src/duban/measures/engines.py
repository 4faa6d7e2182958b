"""The engines by name: DuckDB in this process, or Apache Spark for records that do not fit one machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from duban.measures.backends import Backend

__all__ = ["ENGINES", "engine"]

ENGINES = ("duckdb", "spark")


def engine(name: str) -> Callable[[], Backend]:
    """What opens the engine of that name."""
    if name == "spark":
        from duban.measures.spark import Spark

        return Spark
    from duban.measures.backends import DuckDB

    return DuckDB
