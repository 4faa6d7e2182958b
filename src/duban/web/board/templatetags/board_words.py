"""What the board's pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from duban.supervision import sentence
from duban.web.base.language import lang

if TYPE_CHECKING:
    from django.template import Context

    from duban.web.cases.service import Case, CaseEvent

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


@register.filter
def worst_reasons(case: Case) -> list[str]:
    """Why the light of a case is as it is, in sentences."""
    lights = case.lights.get("lights", ())
    reasons = [one for light in lights if light["colour"] == case.light for one in light["reasons"]]
    return [sentence("reason", one["code"], one.get("facts", {}), lang()) for one in reasons]


@register.filter
def event_words(event: CaseEvent) -> str:
    """What somebody said with an event."""
    details = event.record.get("details", {})
    said = (event.record.get("reason", ""), details.get("text", ""), details.get("problems", ""))
    return " ".join(one for one in said if one)
