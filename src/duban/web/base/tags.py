"""Template tags that every page may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from duban.supervision import work_type
from duban.web.access import Role
from duban.web.base.language import lang

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString

__all__ = ["register"]

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: Context, url: str) -> str:
    """`aria-current="page"` if the page lies below the named one."""
    request = context.get("request")
    path = reverse(url)
    below = request is not None and (request.path == path or request.path.startswith(path))
    return mark_safe(' aria-current="page"') if below else ""  # no word of anybody's in it


@register.simple_tag(takes_context=True)
def may(context: Context, act: str, units: frozenset[int] | None = None) -> bool:
    """Whether whoever looks may do the act, on what these units have a part in if any are named."""
    standing = context.get("standing")
    if standing is None:
        return False
    return bool(standing.may(act) if units is None else standing.may_on(act, units))


@register.filter
def either(words: Any) -> str:
    """The Chinese or the English of what has both (`{"zh": …, "en": …}`, or fields `zh` and `en`)."""
    return str(words[lang()] if isinstance(words, dict) else getattr(words, lang()))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A sign that is also a word for who cannot see it."""
    hidden = (
        format_html(' role="img" aria-label="{}"', label) if label else format_html(' aria-hidden="true"')
    )
    return format_html('<span class="icon icon-{}"{}></span>', name, hidden)


@register.filter
def role_name(role: str) -> str:
    """What a role is called."""
    return str(_ROLES[Role(role)])


@register.filter
def work_type_name(name: str) -> str:
    """What a sort of case is called."""
    return str(getattr(work_type(name, on=timezone.localdate()).text, lang()))


_ROLES = {
    Role.OFFICE: _("supervision office"),
    Role.LEADER: _("city leader"),
    Role.HEAD: _("head of the unit"),
    Role.LIAISON: _("liaison"),
    Role.AUDITOR: _("auditor"),
    Role.ADMINISTRATOR: _("administrator"),
}
