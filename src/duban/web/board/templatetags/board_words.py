"""What the board's pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from duban.web.cases import service as cases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template import Context

    from duban.web.board.views import Line, Option

__all__ = ["register"]

register = template.Library()


@register.simple_tag(takes_context=True)
def shows(context: Context, **other: Any) -> str:
    """The query of the board's address that shows the same with some of it otherwise."""
    return str(context["choice"].address(**other))


@register.simple_tag
def chosen(options: Iterable[Option], value: str) -> SafeString:
    """The options of a list; a hundred of them take a template longer than all else on the page."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}{}</option>',
        (
            (
                one.value,
                _SELECTED if one.value == value else "",
                one.label,
                "" if one.count is None else f" ({one.count})",
            )
            for one in options
        ),
    )


_SELECTED = SafeString(" selected")


@register.simple_tag
def heat(line: Line) -> SafeString:
    """A unit's lights in the matrix; of cells there are hundreds too."""
    cells = []
    for light, name, count, url in line.cells:
        if count and line.unit:
            cells.append(
                format_html(
                    '<td class="number {}"><a href="{}" aria-label="{} {} {}">{}</a></td>',
                    *(light, url, line.unit, name, count, count),
                )
            )
        elif count:
            cells.append(format_html('<td class="number {}">{}</td>', light, count))
        else:
            cells.append(_NONE)
    return SafeString("".join(cells))


_NONE = SafeString('<td class="number none">·</td>')


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
