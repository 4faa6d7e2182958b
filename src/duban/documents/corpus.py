"""A corpus: JSON Lines with `id, level, region, year, title, text`, read one line at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from duban.documents.build import from_text
from duban.documents.model import Document, Level
from duban.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["read_corpus"]


def read_corpus(
    path: Path,
    *,
    on_error: Callable[[InputError], None] | None = None,
    **given: Any,
) -> Iterator[Document]:
    """One document a line; `given` (place, year, title, level) overrides the line's own fields.

    A line that cannot be read is an `InputError` with file and line. It is raised where no `on_error` is
    given; else it is handed over and the rest goes on.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                yield _document(line, f"{path}, line {number}", f"{path.name}:{number}", path.name, given)
            except InputError as error:
                if on_error is None:
                    raise
                on_error(error)


def _document(line: bytes, where: str, id_: str, source: str, given: dict[str, Any]) -> Document:
    row = _row(line, where)
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(
            "the line has no text",
            where=where,
            expected='a field "text" with the report',
            todo="fix or drop it",
        )
    fields: dict[str, Any] = {
        "title": row.get("title"),
        "place": row.get("region") or row.get("place"),
        "level": _level(row.get("level"), where),
        "year": _year(row.get("year"), where),
    }
    fields.update({name: value for name, value in given.items() if value is not None})
    return from_text(text, source=source, id=str(row.get("id") or id_), **fields)


def _row(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError(
            f"the line is no JSON ({error})",
            where=where,
            expected="one JSON object a line, in UTF-8",
            todo="fix or drop it",
        ) from error
    if not isinstance(row, dict):
        raise InputError(
            "the line is no JSON object", where=where, expected='{"id": …, "text": …}', todo="fix or drop it"
        )
    return row


def _level(value: object, where: str) -> Level | None:
    if value is None:
        return None
    try:
        return Level(str(value))
    except ValueError as error:
        names = ", ".join(level.value for level in Level)
        raise InputError(
            f'unknown level "{value}"', where=where, expected=names, todo="fix or drop the field"
        ) from error


def _year(value: object, where: str) -> int | None:
    if value is None or value == "":
        return None
    try:
        return int(str(value))
    except ValueError as error:
        raise InputError(
            f'year "{value}" is no number', where=where, expected="a year such as 2026", todo="fix it"
        ) from error
