"""The OpenAPI document laid out for people: on the page /api/v1/docs and in docs/reference/api.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Answer", "Field", "Group", "Operation", "groups", "markdown"]

_PAGES = "Page_"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """Something that is sent: in the path, the query, a header or the body."""

    name: str
    place: str
    type: str
    required: bool
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    status: str
    type: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    method: str
    path: str
    summary: str
    text: str
    scope: str
    """"" where any token, or none, may ask."""
    fields: tuple[Field, ...]
    answers: tuple[Answer, ...]

    @property
    def id(self) -> str:
        """For links within a page."""
        plain = "".join(char if char.isalnum() else "-" for char in self.path)
        return f"{self.method}-{plain.strip('-')}".lower()


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    name: str
    operations: tuple[Operation, ...]


def groups(document: dict[str, Any]) -> list[Group]:
    """The operations of a document, by tag, in its order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            found.setdefault(said["tags"][0], []).append(_operation(document, path, method, said))
    return [Group(name=name, operations=tuple(operations)) for name, operations in found.items()]


def _operation(document: dict[str, Any], path: str, method: str, said: dict[str, Any]) -> Operation:
    return Operation(
        method=method.upper(),
        path=path,
        summary=said["summary"],
        text=" ".join(said.get("description", "").split()),
        scope=said.get("x-scope", ""),
        fields=tuple(_fields(document, said)),
        answers=tuple(
            Answer(status=status, type=_content(answer), text=answer["description"])
            for status, answer in said["responses"].items()
            if "application/problem+json" not in answer.get("content", {})
        ),
    )


def _fields(document: dict[str, Any], said: dict[str, Any]) -> Iterator[Field]:
    for one in said["parameters"]:
        yield _field(one["name"], one["in"], one["schema"], required=one.get("required", False))
    for kind, content in said.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(document, content["schema"])
        for name, each in schema.get("properties", {}).items():
            place = "body" if kind == "application/json" else "form"
            yield _field(name, place, each, required=name in schema.get("required", ()))


def _field(name: str, place: str, schema: dict[str, Any], *, required: bool) -> Field:
    text = " ".join(str(schema.get("description", "")).split())
    said = type_of(schema)
    said = said if required else said.removesuffix(" or null")
    return Field(name=name, place=place, type=said, required=required, text=text)


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _content(answer: dict[str, Any]) -> str:
    for kind, content in answer.get("content", {}).items():
        said = type_of(content.get("schema", {}))
        return said if kind == "application/json" else kind
    return ""


def type_of(schema: dict[str, Any]) -> str:
    """A schema in a word or two.

    >>> type_of({"type": "array", "items": {"$ref": "#/components/schemas/CaseOut"}})
    'list of CaseOut'
    >>> type_of({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]})
    'date or null'
    """
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return f"page of {name[len(_PAGES) : -1]}" if name.startswith(_PAGES) else name
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(type_of(each) for each in schema[several]))
    if schema.get("type") == "array":
        return f"list of {type_of(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or "any")


# --- as a page of the documentation ---------------------------------------------------------------------------------------


def markdown(document: dict[str, Any]) -> str:
    """Every operation and every record as Markdown."""
    lines: list[str] = []
    for group in groups(document):
        lines += [f"## {group.name}", ""]
        for operation in group.operations:
            lines += _lines(operation)
    lines += ["## Records", ""]
    for name, schema in sorted(document["components"]["schemas"].items()):
        if not name.startswith(_PAGES) and "properties" in schema:
            lines += _record(name, schema)
    return "\n".join(lines).rstrip() + "\n"


def _lines(operation: Operation) -> Iterator[str]:
    scope = f" Scope `{operation.scope}`." if operation.scope else ""
    yield from (f"### `{operation.method} {operation.path}`", "")
    yield from (f"{operation.summary}. {operation.text}{scope}".strip(), "")
    if operation.fields:
        yield from ("| sent | in | type | |", "|---|---|---|---|")
        for field in operation.fields:
            needed = "" if field.required else " (optional)"
            yield f"| `{field.name}` | {field.place}{needed} | {_cell(field.type)} | {_cell(field.text)} |"
        yield ""
    answers = "; ".join(
        f"{answer.status}" + (f" {_cell(answer.type)}" if answer.type else "") for answer in operation.answers
    )
    yield from (f"Answers: {answers}", "")


def _record(name: str, schema: dict[str, Any]) -> Iterator[str]:
    text = " ".join(str(schema.get("description", "")).split())
    yield from (f"### {name}", "")
    if text:
        yield from (text, "")
    yield from ("| field | type | |", "|---|---|---|")
    for field, each in schema["properties"].items():
        yield f"| `{field}` | {_cell(type_of(each))} | {_cell(' '.join(str(each.get('description', '')).split()))} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
