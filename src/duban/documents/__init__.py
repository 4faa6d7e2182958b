"""Any file → Document: the text exactly as read, with blocks, sections and metadata."""

from __future__ import annotations

from duban.documents.build import from_text
from duban.documents.load import load
from duban.documents.model import Block, BlockKind, Document, Level, Part, Section

__all__ = ["Block", "BlockKind", "Document", "Level", "Part", "Section", "from_text", "load"]
