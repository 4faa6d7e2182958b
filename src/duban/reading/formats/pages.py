"""The page for a browser: one file of each report that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from duban.reading.formats.page import render as render_page

if TYPE_CHECKING:
    from duban.reading.formats.selection import Selection
    from duban.reading.reading import Reading

__all__ = ["Writer", "render"]


def render(reading: Reading, selection: Selection) -> str:
    """The whole page: it has filters of its own, and speaks both languages, `selection.lang` first."""
    return render_page(reading, lang=selection.lang)


class Writer:
    """One page into one file."""

    def __init__(self, stream: BinaryIO, _selection: Selection) -> None:
        self._stream = stream

    def write(self, chunk: str) -> None:
        self._stream.write(chunk.encode("utf-8", errors="replace"))

    def close(self) -> None:
        self._stream.flush()
