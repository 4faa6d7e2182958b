"""What a report is before anybody interprets it: its text, blocks, sections and metadata."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

__all__ = ["PLANS", "Block", "BlockKind", "Document", "Level", "Part", "Section"]


class Part(StrEnum):
    """What a section of a report speaks of."""

    REVIEW_YEAR = "review_year"
    """Review of the past year (过去一年工作回顾)."""
    REVIEW_TERM = "review_term"
    """Review of a term of office or a plan period (五年来, "十四五"时期工作回顾)."""
    PLAN_YEAR = "plan_year"
    """Plan for the year (今年工作安排)."""
    PLAN_OUTLINE = "plan_outline"
    """Outline of a plan period ("十五五"时期目标任务)."""
    OTHER = "other"


PLANS = frozenset({Part.PLAN_YEAR, Part.PLAN_OUTLINE})
"""The parts that say what is to be done."""


class Level(StrEnum):
    """The level of the government that gave the report."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    """One row of a table; its cells are parted by tabs."""


class Block(Struct, frozen=True, kw_only=True, gc=False):
    """One paragraph, heading or table row: `document.text[start:end]`, without surrounding blanks.

    A block may hold line breaks of the layout (a PDF's lines, a web page's hyperlinks): they are
    blanks to a reader. `furniture` names what the block is if it is no part of the report
    ("navigation", "byline", "related", "paywall", "page_number", "footer"), else None.
    """

    start: int
    end: int
    kind: BlockKind
    section: int
    """Index into `Document.sections`."""
    furniture: str | None = None


class Section(Struct, frozen=True, kw_only=True, gc=False):
    """A node of the tree of headings. `sections[0]` is the root: the whole text, level 0."""

    start: int
    end: int
    level: int
    """1 for 一、 2 for （一） 3 for 1. 4 for 一是; 0 for the root."""
    heading: str
    part: Part
    parent: int | None


class Document(Struct, frozen=True, kw_only=True):
    """A report's text exactly as read. All offsets are characters of `text`, end exclusive."""

    text: str
    source: str
    """File name, or "-" for text given directly."""
    sha256: str
    """Of the text's UTF-8."""
    id: str
    """The corpus id where there is one, else the source's name."""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    title: str | None = None
    place: str | None = None
    """The jurisdiction, as a full name where it can be told (鞍山市, 辽宁省, 全国)."""
    level: Level | None = None
    year: int | None = None
    """The year the report was given in: it reviews the year before and plans this one."""
    speaker: str | None = None
    occasion: str | None = None
    """Where it was given (辽宁省第十四届人民代表大会第五次会议)."""
    date: str | None = None
    """When it was given, ISO 8601, as far as the text tells."""
    pages: tuple[int, ...] = ()
    """Offsets at which the pages of a PDF begin; empty for other formats."""
