"""Words of a list of what is handed over."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

__all__ = ["register"]

register = template.Library()

_WAITS = {
    "sign": _("to be signed for"),
    "refusal": _("a refusal to be decided"),
    "extension": _("an extension to be decided"),
    "claim": _("to be checked"),
    "board": _("on the board"),
    "follow-up": _("to be followed up"),
}


@register.filter
def waits_for(code: str) -> Any:
    """What a case waits for, as people say it."""
    return _WAITS.get(code, code)
