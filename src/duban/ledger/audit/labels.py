"""The words people read for the codes of a finding (labels.yaml)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["checks", "label", "message", "style"]


def label(group: str, code: str, lang: str) -> str:
    """What a code of a group (checks, gravities, headings) is called."""
    return str(_labels()[group][code][lang])


def style(gravity: str) -> str:
    """The terminal's style for a gravity."""
    return str(_labels()["gravities"][gravity]["style"])


def message(name: str, lang: str, **fields: object) -> str:
    """A sentence, filled in."""
    return str(_labels()["messages"][name][lang]).format(**fields)


def checks() -> list[str]:
    """The names of the checks that have a label."""
    return list(_labels()["checks"])


@cache
def _labels() -> dict[str, Any]:
    text = files(__package__).joinpath("labels.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
