"""The words people read for the codes of a verification (labels.yaml)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["label", "labels", "message", "style"]


def label(group: str, code: str, lang: str) -> str:
    """What a code of a group (verdicts, whys, kinds, headings, sheets) is called."""
    return str(labels()[group][code][lang])


def style(verdict: str) -> str:
    """The terminal's style for a verdict."""
    return str(labels()["verdicts"][verdict]["style"])


def message(name: str, lang: str, /, **fields: object) -> str:
    """A sentence, filled in."""
    return label("messages", name, lang).format(**fields)


@cache
def labels() -> dict[str, Any]:
    """The file, read once."""
    text = files(__package__).joinpath("labels.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
