"""Two consecutive reports of an invented city, what became of the first one's promises, and its records.

澜川市 does not exist; nor do its districts, rivers, companies and its mayor. The reports are written
in the manner of real ones, for demonstrations, documentation and tests: all numbers agree with one another. The records
bear them out, but for what `contradictions.yaml` lists.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["PLACE", "contradictions_path", "paths", "promises_path", "records_path", "texts"]

PLACE = "澜川市"


def paths() -> tuple[Path, Path]:
    """The files of the reports given in 2025 and in 2026 (UTF-8)."""
    return _file("lanchuan_2025.txt"), _file("lanchuan_2026.txt")


def texts() -> tuple[str, str]:
    """The two reports themselves, exactly as they stand in `paths()`."""
    first, second = (path.read_bytes().decode("utf-8") for path in paths())
    return first, second


def promises_path() -> Path:
    """The YAML file that says, promise by promise, what the second report answers to the first."""
    return _file("promises.yaml")


def contradictions_path() -> Path:
    """The YAML file that says which claims of the reports the records deny."""
    return _file("contradictions.yaml")


def records_path(pack: str) -> Path:
    """The folder of the city's records for a pack: `air` has hourly readings of 2023 to 2025."""
    return _file("records") / pack


def _file(name: str) -> Path:
    return Path(str(files(__name__).joinpath(name)))
