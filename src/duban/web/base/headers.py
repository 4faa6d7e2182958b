"""What a browser may do with our pages: nothing that does not come from here, nothing inline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

__all__ = ["POLICY", "ContentSecurity"]

POLICY = "; ".join(
    (
        *(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
        ),
        *("connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'"),
        "frame-ancestors 'none'",
    )
)
_FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ContentSecurity:
    """Adds the policy to every answer that has none of its own (a downloaded file's is stricter)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", _FEATURES)
        return response
