"""What a measure is: what it is called, what it counts, how it adds up, and when there is enough to count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from duban.errors import PackError
from duban.measures.node import Text
from duban.measures.parameters import Citation, citation

if TYPE_CHECKING:
    from duban.measures.node import Node
    from duban.measures.parameters import Standard
    from duban.measures.periods import Period

__all__ = ["Compared", "Comparison", "Counted", "Measure", "Over", "With"]


class Over(StrEnum):
    """How the rows of a period become one value."""

    MEAN = "mean"
    SUM = "sum"
    COUNT = "count"
    """Of the rows in which the column is true."""
    SHARE = "share"
    """The same as a percentage of the rows in which the column is not empty."""
    QUANTILE = "quantile"
    MAX = "max"
    MIN = "min"
    ONLY = "only"
    """The one row there is; a value of the rows' own period and no other."""
    LAST = "last"
    """The latest row: a level at the end of the period."""
    CHAIN = "chain"
    """The product of indices that each have the one before as 100: an index with what was before the period as 100."""
    MEAN_GROWTH = "mean_growth"
    """The growth a row, in per cent, that gives the same product (平均增长速度, 水平法)."""


class Compared(StrEnum):
    GROWTH = "growth"
    DIFFERENCE = "difference"
    MEAN_GROWTH = "mean_growth"
    """A year, in per cent: the one that makes the one level of the other (平均增长速度, 水平法)."""


class With(StrEnum):
    YEAR_BEFORE = "year_before"
    PERIOD_BEFORE = "period_before"
    BASE_YEAR = "base_year"
    """Of several years the last one with the year before the first: 2025 with 2020 for 2021-2025."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A value counted from rows."""

    rows: str
    """The function of the pack's measures.py that gives them: one a place and day."""
    each_period: bool
    """The function gives the rows of one period: what they are cannot be said without it (a class by a mean)."""
    also: With | None
    """Such a function also looks at the records of this period."""
    column: str
    over: Over
    quantile: str | None
    """The parameter that says which (0.95)."""
    coverage: str | None
    """The parameter that says how many rows make a value valid."""
    where: dict[str, str]
    """Column → what stands in it in the rows that are counted; all rows are if it is empty."""
    kind: str
    """`level`, or `growth` or `change` where the rows hold such a thing already."""
    valid: str | None
    """The column that says of a row whether there was enough behind it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A value that compares two values of another measure."""

    measure: str
    by: Compared
    to: With
    breaks: tuple[str, ...]
    """Parameters whose change between the two periods makes them incomparable…"""
    unless: tuple[str, str] | None
    """…unless the source of this table declares this property to be other than taken for granted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    code: str
    indicator: str
    """The catalogue's code of what is measured; of a comparison, of what is compared, unless it has its own."""
    name: Text
    text: Text
    """The definition, for somebody who wants to know how the figure is counted."""
    unit: str
    version: int
    """Raised whenever the definition gives other values than before."""
    since: date
    """The day this version of the definition was written."""
    sources: tuple[Citation, ...]
    parameters: tuple[str, ...]
    """Those it hangs on, to be shown with it."""
    digits: int | None
    """Decimals it is published with; None for a text."""
    periods: tuple[str, ...]
    """The frequencies it has a meaning for; all of them if empty."""
    how: Counted | Comparison

    @property
    def kind(self) -> str:
        """What sort of figure it is, as readings call it: `level`, `growth` or `change`."""
        if isinstance(self.how, Counted):
            return self.how.kind
        return "change" if self.how.by is Compared.DIFFERENCE else "growth"

    def fits(self, period: Period) -> bool:
        """Whether the measure has a meaning for a period of this frequency."""
        return not self.periods or period.frequency in self.periods

    @property
    def comparison(self) -> Comparison:
        """What it compares. Raises `PackError` for a measure that is counted from rows."""
        if isinstance(self.how, Comparison):
            return self.how
        raise PackError("it is counted from rows and compares nothing", where=self.code)

    @property
    def counted(self) -> Counted:
        """How it is counted. Raises `PackError` for a comparison, which counts nothing itself."""
        if isinstance(self.how, Counted):
            return self.how
        raise PackError("a comparison is not counted from rows", where=self.code)


def read(code: str, node: Node, standards: dict[str, Standard]) -> Measure:
    """The measure that an entry of measures.yaml declares."""
    made = Measure(
        code=code,
        indicator=node.word("indicator", "") if "compare" in node else node.word("indicator"),
        name=node.text("name"),
        text=node.text("text"),
        unit=node.word("unit"),
        version=node.take("version", int),
        since=node.day("since"),
        sources=tuple(citation(each, standards, node.where) for each in node.words("source")),
        parameters=node.words("parameters"),
        digits=node.take("digits", int, None),
        periods=node.words("periods"),
        how=_comparison(node.node("compare")) if "compare" in node else _counted(node),
    )
    node.done()
    return made


def _counted(node: Node) -> Counted:
    return Counted(
        rows=node.word("rows"),
        column=node.word("column"),
        over=node.choice("over", Over),
        quantile=node.word("quantile", "") or None,
        coverage=node.word("coverage", "") or None,
        each_period=_each_period(node),
        also=node.choice("also", With) if "also" in node else None,
        where=node.mapping("where"),
        kind=node.word("kind", "level"),
        valid=node.word("valid", "") or None,
    )


def _each_period(node: Node) -> bool:
    """Whether `each: period` says that the rows are those of a period. Raises `PackError` for another word."""
    word = node.word("each", "day")
    if word not in {"day", "period"}:
        raise PackError(f"“each” is “{word}”", where=node.where, expected="day or period")
    return word == "period"


def _comparison(node: Node) -> Comparison:
    table, _, name = node.word("unless", "").partition(".")
    made = Comparison(
        measure=node.word("measure"),
        by=node.choice("by", Compared),
        to=node.choice("with", With),
        breaks=node.words("breaks"),
        unless=(table, name) if table else None,
    )
    node.done()
    return made
