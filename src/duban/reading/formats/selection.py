"""Which of a reading's findings are wanted, and in which language they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from duban.reading.formats.records import Recorder
from duban.reading.reading import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.reading.formats.records import Record
    from duban.reading.reading import Reading

__all__ = ["Selection"]


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The findings asked for, and the kinds and statuses they must have; an empty set lets all pass.

    A finding that has no kind (a statement) or no status (a distinction) does not pass a filter on it.
    """

    of: tuple[Finding, ...]
    kinds: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    lang: str = "zh"
    """Of headings and labels; the findings keep the words of the report."""

    def records(self, reading: Reading, of: Finding | None = None) -> Iterator[Record]:
        """The records that pass, in the order figures, distinctions, statements; only those `of` a sort if given."""
        recorder = Recorder(reading)
        for finding in self.of if of is None else (of,):
            yield from filter(self._wants, recorder.records(finding))

    def _wants(self, record: Record) -> bool:
        kind = record.get("kind", record.get("distinction"))
        return (not self.kinds or kind in self.kinds) and (
            not self.statuses or record.get("status") in self.statuses
        )
