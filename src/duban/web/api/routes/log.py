"""The log of events, to be proven from outside."""

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router

from duban.supervision import write_log
from duban.web.api.caller import needs
from duban.web.cases import service

__all__ = ["router"]

router = Router(tags=["log"])

_LINES = {"responses": {200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}}}


@router.get(
    "/log", summary="Every event of every case", auth=needs("log.export")["auth"],
    openapi_extra={**needs("log.export")["openapi_extra"], **_LINES},
)  # fmt: skip
def log(request: HttpRequest) -> StreamingHttpResponse:  # noqa: ARG001
    """One JSON record a line, as `duban audit-log verify` reads it."""
    response = StreamingHttpResponse(write_log(service.log()), content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="duban-log.jsonl"'
    return response
