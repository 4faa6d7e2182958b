"""What the board's pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from duban.web.cases import service as cases

if TYPE_CHECKING:
    from django.template import Context


__all__ = ["register"]

register = template.Library()


@register.simple_tag(takes_context=True)
def shows(context: Context, **other: Any) -> str:
    """The query of the board's address that shows the same with some of it otherwise."""
    return str(context["choice"].address(**other))


@register.filter
def of(holder: Any, name: str) -> Any:
    """What stands under a name; of a choice, as a form sends it."""
    if isinstance(holder, dict):
        return holder[name]
    value = getattr(holder, name)
    return "" if value is None else str(value)


@register.filter
def indent(depth: int) -> str:
    """Blanks before a heading that lies below others."""
    return "\u3000" * depth


register.filter("worst_reasons", cases.why)
register.filter("event_words", cases.words_of)
