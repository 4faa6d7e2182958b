"""The JSON Schema of a file of rules, written from the types it is read into."""

from __future__ import annotations

from typing import Any

import msgspec

from duban.supervision.work_types.rules import Layer

__all__ = ["schema"]


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a work type or a city's layer; `work_types/schema.json` is a copy for editors."""
    written = msgspec.json.schema(Layer)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://duban.invalid/work-type.schema.json",
        "title": "Work type",
        **written,
    }
