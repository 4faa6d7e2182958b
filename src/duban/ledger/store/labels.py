"""The words people read for the ledger's codes and names (labels.yaml)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["label", "message", "style"]


def label(group: str, code: str, lang: str) -> str:
    """What a code of a group (headings, states, changes) is called."""
    return str(_labels()[group][code][lang])


def style(state: str) -> str:
    """The terminal's style for a state."""
    return str(_labels()["states"][state]["style"])


def message(name: str, lang: str, **fields: object) -> str:
    """A sentence, filled in."""
    return str(_labels()["messages"][name][lang]).format(**fields)


@cache
def _labels() -> dict[str, Any]:
    text = files(__package__).joinpath("labels.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
