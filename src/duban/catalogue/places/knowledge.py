"""The words of words.yaml, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["words_file"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def words_file() -> dict[str, Any]:
    """words.yaml as it stands."""
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    return loaded
