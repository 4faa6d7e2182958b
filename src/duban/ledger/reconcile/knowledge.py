"""The YAML files beside this one, read once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["knowledge", "pattern"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def knowledge(name: str) -> dict[str, Any]:
    """A file of this folder as it stands."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    return loaded


@cache
def pattern(expression: str) -> re.Pattern[str]:
    """The expression, compiled once."""
    return re.compile(expression)
