"""What `duban.read` gives back: one report with everything found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from duban.documents.model import Document
from duban.reading.model import Distinction, Figure, Statement

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Finding", "Reading"]

Finding = Literal["figures", "distinctions", "statements"]


class Reading(Struct, frozen=True, kw_only=True):
    """A document and its figures, distinctions and statements, each list in the order of the text.

    For all of them `document.text[found.start:found.end] == found.text`.
    """

    document: Document
    figures: tuple[Figure, ...] = ()
    distinctions: tuple[Distinction, ...] = ()
    statements: tuple[Statement, ...] = ()

    def to_frame(self, of: Finding = "figures") -> pa.Table:
        """An Arrow table with one row for each figure (or distinction, or statement).

        The column types are the same for every reading, an empty one too. `value` and `high` are
        float64; `value_text` and `high_text` hold the exact decimals. What is unknown is null.
        Goes on to `polars.from_arrow(table)` or `table.to_pandas()`.
        """
        from duban.reading.formats.frame import frame

        return frame(self, of)

    def _repr_html_(self) -> str:
        """A small table of the figures for notebooks."""
        from duban.reading.formats.notebook import notebook_table

        return notebook_table(self)
