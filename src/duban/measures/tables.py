"""What a pack's tables hold: columns with types, units, allowed values and the names files give them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from duban.errors import PackError
from duban.measures import units
from duban.measures.node import Text

if TYPE_CHECKING:
    from duban.measures.node import Node

__all__ = ["Column", "Layout", "Property", "Table", "Type", "plain"]


class Type(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    TIME = "time"
    DATE = "date"
    FLAG = "flag"
    MEASURED = "measured"
    """A number that may be below what can be detected (`detection.py`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column. A value outside `low`…`high` or `allowed` is set aside, the row stays."""

    name: str
    text: Text
    type: Type
    required: bool
    """The row is set aside without it."""
    optional: bool
    """The file may lack the column altogether."""
    unit: str | None
    low: float | None
    high: float | None
    allowed: tuple[str, ...]
    refers: tuple[str, str] | None
    """The table and column in which the value has to be found."""
    names: tuple[str, ...]
    """What files call it; blanks, case and a unit in brackets do not count."""
    told_by: tuple[tuple[str, float], ...]
    """(unit, median): a column whose unit is not declared and whose median is above this is in that unit."""
    below: str | None
    """The parameter that says as what share of the limit a value below detection counts."""
    detection: float | None
    """The limit of a bare 未检出, in the column's unit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """What a source may declare of itself in `TABLE.yaml` beside the file."""

    name: str
    text: Text
    default: str
    allowed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Another shape that files come in: one line a time and item, with the values below or beside.

    `wide` has a column a station; otherwise `value` names the column of the values.
    """

    name: str
    item: str
    """The file's column that says which of our columns a line holds."""
    items: dict[str, str]
    """What stands in it → our column. Lines of other items are left alone."""
    time: tuple[str, ...]
    """The file's columns that make the time: one, or date and hour."""
    wide: str | None
    """Our column that the headings of the remaining columns are values of."""
    value: str | None
    carried: dict[str, str]
    """The file's column → ours."""
    unit: str | None
    """The file's column that says what unit a line's value is in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    name: str
    title: Text
    row: Text
    """What one row is."""
    key: tuple[str, ...]
    time: str | None
    """The column that says when; records are chosen by it."""
    optional: bool
    """The folder may lack it: then it has no rows."""
    hourly: bool
    """There is at most one row an hour and key."""
    columns: dict[str, Column]
    properties: dict[str, Property]
    layouts: tuple[Layout, ...]

    def column_of(self, heading: str) -> Column | None:
        """The column that a file's heading stands for."""
        wanted = plain(heading)
        for column in self.columns.values():
            if wanted in {plain(name) for name in (column.name, column.text.zh, *column.names)}:
                return column
        return None


_BRACKETED = re.compile(r"\s*[(（\[【](?P<inside>[^()（）\[\]【】]*)[)）\]】]\s*$")


def plain(heading: str) -> str:
    """A heading as it is compared: full width, case, blanks, underscores and a unit in brackets taken away.

    >>> plain("PM2.5（μg/m³）"), plain("NO₂ "), plain("Station_ID")
    ('pm2.5', 'no2', 'stationid')
    """
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", _BRACKETED.sub("", heading)).casefold()
        if not character.isspace() and character not in "_-"
    )


def unit_in(heading: str) -> str | None:
    """The unit that a heading names in brackets."""
    match = _BRACKETED.search(heading)
    return match["inside"] if match and units.known(match["inside"]) else None


def read(name: str, node: Node) -> Table:
    """The table that a mapping of tables.yaml declares. Raises `PackError` where it does not hold together."""
    columns = {column: _column(column, each) for column, each in node.nodes("columns")}
    key = node.words("key")
    time = node.word("time", "") or None
    for each in (*key, *([time] if time else [])):
        if each not in columns:
            raise PackError(
                f"“{each}” is no column", where=node.where, expected=f"one of {', '.join(columns)}"
            )
    made = Table(
        name=name,
        title=node.text("title"),
        row=node.text("row"),
        key=key,
        time=time,
        optional=node.take("optional", bool, default=False),
        hourly=node.word("every", "") == "hour",
        columns={each: _required(column, key) for each, column in columns.items()},
        properties={each: _property(each, below) for each, below in node.nodes("declares")},
        layouts=tuple(_layout(each, below, columns) for each, below in node.nodes("layouts")),
    )
    node.done()
    return made


def _column(name: str, node: Node) -> Column:
    unit = node.word("unit", "") or None
    table, _, column = node.word("refers", "").partition(".")
    made = Column(
        name=name,
        text=node.text("text"),
        type=node.choice("type", Type),
        required=node.take("required", bool, default=False),
        optional=node.take("optional", bool, default=False),
        unit=units.unit(unit).name if unit else None,
        low=node.number("low"),
        high=node.number("high"),
        allowed=node.words("allowed"),
        refers=(table, column) if table else None,
        names=node.words("names"),
        told_by=tuple(
            (each, float(below.take("median_above", (int, float)))) for each, below in node.nodes("told_by")
        ),
        below=node.word("below", "") or None,
        detection=node.number("detection"),
    )
    node.done()
    if (made.type is Type.MEASURED) != (made.below is not None):
        raise PackError(
            "“below” and the type “measured” go together",
            where=node.where,
            todo="name the parameter under below",
        )
    return made


def _required(column: Column, key: tuple[str, ...]) -> Column:
    return replace(column, required=True) if column.name in key else column


def _property(name: str, node: Node) -> Property:
    made = Property(
        name=name, text=node.text("text"), default=node.word("default"), allowed=node.words("allowed")
    )
    node.done()
    if made.default not in made.allowed:
        raise PackError(f"the default “{made.default}” is not allowed", where=node.where)
    return made


def _layout(name: str, node: Node, columns: dict[str, Column]) -> Layout:
    items = node.mapping("items")
    if strange := set(items.values()) - set(columns):
        raise PackError(f"“{min(strange)}” is no column", where=node.where)
    made = Layout(
        name=name,
        item=node.word("item"),
        items=items,
        time=node.words("time"),
        wide=node.word("wide", "") or None,
        value=node.word("value", "") or None,
        carried=node.mapping("carried"),
        unit=node.word("unit", "") or None,
    )
    node.done()
    return made
