"""One JSON object a line: the contract for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from duban.reading.formats.records import dumps

if TYPE_CHECKING:
    from duban.reading.formats.selection import Selection
    from duban.reading.reading import Reading

__all__ = ["Writer", "render"]


def render(reading: Reading, selection: Selection) -> str:
    """The records of one reading, a line each. Names and values are the same in every language."""
    return "".join(f"{dumps(record)}\n" for record in selection.records(reading))


class Writer:
    """Lines of UTF-8; half of a surrogate pair, which has no UTF-8, becomes its JSON escape."""

    def __init__(self, stream: BinaryIO, _selection: Selection) -> None:
        self._stream = stream

    def write(self, chunk: str) -> None:
        self._stream.write(chunk.encode("utf-8", errors="backslashreplace"))

    def close(self) -> None:
        self._stream.flush()
