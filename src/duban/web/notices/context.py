"""The bell in the head of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import SimpleLazyObject

from duban.web.notices.service import count_unread

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["bell"]


def bell(request: HttpRequest) -> dict[str, Any]:
    """For templates: `unread`, asked of the database only where it is shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread": SimpleLazyObject(lambda: count_unread(user))}
