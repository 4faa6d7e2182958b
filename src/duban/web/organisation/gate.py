"""Asks of every request whether the posts of whoever makes it allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import SimpleLazyObject

from duban.web.access import BY_TOKEN, OPEN, SIGNED_IN, Standing, act_of
from duban.web.organisation.service import standing_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

__all__ = ["Posts"]


class Posts:
    """Puts `request.standing` there, and refuses a view whose act none of the posts allow."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.standing = SimpleLazyObject(lambda: _standing(request))  # type: ignore[attr-defined]
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> None:
        act = act_of(view)
        if act not in {OPEN, SIGNED_IN, BY_TOKEN} and (act is None or not request.standing.may(act)):  # type: ignore[attr-defined]
            raise PermissionDenied(act or "")


def _standing(request: HttpRequest) -> Standing:
    return standing_of(request.user) if request.user.is_authenticated else Standing()
