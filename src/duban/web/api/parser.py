"""Reading requests: text that no database can keep is refused at the door."""

import json
from typing import Any, cast

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser

__all__ = ["TextParser"]


class TextParser(Parser):
    """JSON and forms without NUL characters and halves of characters."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The JSON of the body."""
        found = json.loads(request.body)
        _refuse_unkeepable(found)
        return cast("dict[str, Any]", found)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The fields of a query or a form; files are looked at where they are kept."""
        found = super().parse_querydict(data, list_fields, request)
        for name, value in found.items():
            several = value if isinstance(value, list) else [value]
            _refuse_unkeepable([name, *(one for one in several if isinstance(one, str))])
        return found


def _refuse_unkeepable(value: Any) -> None:
    """Raises HttpError where a text holds what no database keeps: NUL, or half of a pair of surrogates."""
    try:
        written = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (UnicodeEncodeError, ValueError):
        written = b"\\u0000"
    if b"\\u0000" in written:
        raise HttpError(400, "text")
