"""The first screen, by the posts that somebody holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from duban.web.access import signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__: list[str] = []


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is to be done."""
    return render(request, "desk/home.html")
