"""The API put together, and what its OpenAPI document says of every operation alike."""

from collections.abc import Iterator
from importlib.metadata import version as installed
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from duban.web.api import problems, structs
from duban.web.api.parser import TextParser
from duban.web.api.routes import board, cases, log, me, papers, publishing, received, reports, units, webhooks
from duban.web.api.schemas import Problem
from duban.web.tokens.service import scopes

__all__ = ["api", "document"]

PREFIX = "/api/v1"


class Api(NinjaAPI):
    """Operations are called what their functions are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Short, and the same wherever the function moves."""
        return operation.view_func.__name__


api = Api(
    title="Duban",
    version="1",
    description="Everything that the screens do, for programs. See docs/how-to/api.md.",
    urls_namespace="api-1",
    parser=TextParser(),
    docs_url=None,
    openapi_url=None,
)
for each in (me, reports, cases, received, board, publishing, papers, units, log, webhooks):
    api.add_router("", each.router)
problems.handle(api)

_PROBLEMS = {
    400: "The request cannot be read.",
    401: "No token, or one that opens nothing any more.",
    403: "The token lacks the scope, or the posts behind it do not allow it.",
    404: "There is no such thing, or it is not theirs to see.",
    409: "Somebody was faster: nothing happened. `meanwhile` has what did.",
    422: "It does not fit, or the rules do not allow it; nothing happened.",
    429: "Too many requests in this minute; Retry-After says how long to wait.",
    503: "The database cannot be reached just now; Retry-After says when to ask again.",
}
_READS = ("get",)


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    schema: dict[str, Any] = structs.with_references(dict(api.get_openapi_schema(path_prefix=PREFIX + "/")))
    schema["info"]["version"] = f"1 (duban {installed('duban')})"
    schema["info"]["x-scopes"] = {scope.name: scope.en for scope in scopes().values()}
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"] |= {"Problem": problem, **structs.components()}
    for method, operation in _operations(schema):
        _add_problems(method, operation)
    return schema


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in schema["paths"].values():
        yield from path.items()


def _add_problems(method: str, operation: dict[str, Any]) -> None:
    """What can go wrong with it."""
    wanted = set(_PROBLEMS) - ({409} if method in _READS else set())
    if "security" not in operation:
        wanted = {503}
    answers = operation["responses"] = {str(status): said for status, said in operation["responses"].items()}
    for status in sorted(wanted):
        answers.setdefault(
            str(status),
            {
                "description": _PROBLEMS[status],
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
