"""What other apps show on a case's page: they know cases, cases do not know them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from duban.web.cases.models import Case

__all__ = ["Part", "add_part", "parts"]

Part = Callable[["HttpRequest", "Case"], "SafeString | str"]
"""A card for the page of a case as whoever asks may see it; empty where there is nothing to show."""

_PARTS: list[Part] = []


def add_part(part: Part) -> None:
    """Show this on the page of every case, below those added before. Called when an app is ready."""
    if part not in _PARTS:
        _PARTS.append(part)


def parts(request: HttpRequest, case: Case) -> Iterator[SafeString | str]:
    """The parts that have something to show."""
    return filter(None, (part(request, case) for part in _PARTS))
