"""The tree of headings for the page's outline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duban.documents.model import Document

__all__ = ["Entry", "outline"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One heading with those below it. A section without a heading goes by its part."""

    anchor: str
    heading: str
    part: str
    below: list[Entry] = field(default_factory=list)


def outline(document: Document) -> list[Entry]:
    """The entries below the root, in the order of the text."""
    entries: list[Entry] = []
    for i, section in enumerate(document.sections):
        heading = " ".join(section.heading.split())
        entry = Entry(anchor=f"h{i}", heading=heading, part=section.part.value)
        if section.parent is not None:
            entries[section.parent].below.append(entry)
        entries.append(entry)
    return entries[0].below if entries else []
