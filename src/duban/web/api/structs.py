"""What `duban.supervision` speaks of (msgspec's structs), as the API takes, gives and documents it: defined once."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec
from pydantic_core import CoreSchema, core_schema

from duban.supervision import ClockState, Details, Event, Lights, State

__all__ = ["Struct", "components", "with_references"]

_TEMPLATE = "#/components/schemas/{name}"
_MARK = "x-struct"
_TYPES = (Details, Event, State, ClockState, Lights)


class Struct:
    """Marks a field that holds a struct: `Annotated[Event, Struct(Event)]`."""

    def __init__(self, of: type[msgspec.Struct]) -> None:
        self._of = of

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        """Checked by msgspec, written by msgspec."""
        return core_schema.no_info_plain_validator_function(
            self._take,
            serialization=core_schema.plain_serializer_function_ser_schema(msgspec.to_builtins),
        )

    def __get_pydantic_json_schema__(self, _core: CoreSchema, _handler: Any) -> dict[str, Any]:
        """Only its name; `with_references` puts the reference there."""
        return {_MARK: self._of.__name__}

    def _take(self, value: Any) -> Any:
        if isinstance(value, self._of):
            return value
        try:
            return msgspec.convert(value, self._of)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from None


@cache
def _schemas() -> dict[str, Any]:
    _references, found = msgspec.json.schema_components(_TYPES, ref_template=_TEMPLATE)
    return found


def components() -> dict[str, Any]:
    """The schemas of every struct, by name."""
    return _schemas()


def with_references(schema: Any) -> Any:
    """The OpenAPI document with a reference in each place that was marked."""
    if isinstance(schema, dict):
        if _MARK in schema:
            return {"$ref": _TEMPLATE.format(name=schema[_MARK])}
        return {key: with_references(value) for key, value in schema.items()}
    if isinstance(schema, Iterable) and not isinstance(schema, str):
        return [with_references(value) for value in schema]
    return schema
