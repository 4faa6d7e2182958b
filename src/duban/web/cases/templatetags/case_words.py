"""Words of supervision on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext_lazy as _

from duban.web.base.language import lang
from duban.web.cases import rules, service

if TYPE_CHECKING:
    from duban.web.cases.show import ShownEvent

__all__ = ["register"]

register = template.Library()
register.filter(service.last_day)


@register.filter
def word(value: str, kind: str) -> str:
    """A word of supervision as people say it."""
    return rules.label(kind, value, lang())


@register.filter
def file_number(ref: str) -> int:
    """The number of the kept file that a piece of evidence points at; 0 if it points elsewhere."""
    kind, _slash, number = ref.partition("/")
    return int(number) if kind == "file" and number.isdigit() else 0


@register.filter
def text_of(event: ShownEvent) -> str:
    """What a note says."""
    return event.text


@register.filter
def said(name: str) -> Any:
    """The label of something that an event says; the name of a target stands as it is."""
    return _LABELS.get(name, name)


@register.filter
def qualified(qualifier: str) -> Any:
    """What stands before a target's number."""
    return _QUALIFIERS.get(qualifier, "")


@register.filter
def reasons(light: dict[str, Any]) -> list[str]:
    """Why a light is as it is, in sentences."""
    return [rules.sentence("reason", one["code"], one.get("facts", {}), lang()) for one in light["reasons"]]


_LABELS = {
    "text": _("Text"),
    "lead": _("Lead unit"),
    "co": _("Co-units"),
    "percent": _("Own estimate"),
    "problems": _("Problems"),
    "next_steps": _("Next steps"),
    "result_form": _("Form of result"),
    "due": _("Due"),
    "until": _("New end"),
    "result": _("Result"),
    "satisfaction": _("Satisfaction"),
    "to_post": _("To the post"),
    "to_person": _("To"),
    "part_of": _("Part of"),
    "part_to": _("To"),
}
_QUALIFIERS = {"at_least": "≥ ", "at_most": "≤ ", "over": "> ", "about": "≈ ", "nearly": "≈ "}
