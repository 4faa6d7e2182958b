"""Words that were searched for, marked where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

__all__ = ["register"]

register = template.Library()


@register.filter
def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text with each of the words marked; whatever else is in it is no markup.

    >>> marked("<b>改造老旧小区</b>", ("老旧",))
    '&lt;b&gt;改造<mark>老旧</mark>小区&lt;/b&gt;'
    """
    longest_first = sorted(words, key=len, reverse=True)
    parts = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text, flags=re.IGNORECASE)
    pieces = ((format_html("<mark>{}</mark>", part) if at % 2 else part,) for at, part in enumerate(parts))
    return format_html_join("", "{}", pieces)
