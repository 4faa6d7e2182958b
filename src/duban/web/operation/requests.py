"""A line in the log for each request, and where it came from."""

from __future__ import annotations

import logging
import secrets
from time import perf_counter
from typing import TYPE_CHECKING

from django.conf import settings

from duban.web.operation.logs import request_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

__all__ = ["RequestLog", "address"]

_log = logging.getLogger("duban.web.requests")


class RequestLog:
    """Gives each request an id (`X-Request-Id` of the answer) and logs how it was answered, in what time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(secrets.token_hex(8))
        began = perf_counter()
        try:
            response = self._get_response(request)
            response["X-Request-Id"] = request_id.get()
            _log.info(
                "%s %s %d",
                request.method,
                request.path,
                response.status_code,
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "milliseconds": round((perf_counter() - began) * 1000, 1),
                    "address": address(request),
                },
            )
            return response
        finally:
            request_id.reset(token)


def address(request: HttpRequest) -> str:
    """The address the request came from, as the outermost of our own proxies saw it; "" if it has none.

    What a client itself writes into X-Forwarded-For stands further left and is not believed.
    """
    proxies: int = settings.ENVIRONMENT.proxies
    forwarded = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR") or "")
