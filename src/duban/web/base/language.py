"""The language of whoever asks, as the rest of Duban names it."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import get_language

__all__ = ["Lang", "lang"]

Lang = Literal["zh", "en"]


def lang() -> Lang:
    """Chinese, unless English was chosen."""
    return "en" if (get_language() or "").startswith("en") else "zh"
