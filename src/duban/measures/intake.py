"""Records read as a pack's table: headings mapped, units converted, every row checked, none lost unseen.

All of it is expressions over columns. A hundred million rows are looked through once for any fault at all;
only if there is one are faults counted and looked up row by row. What comes as text is read into types once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from duban.errors import InputError
from duban.measures import cells, detection, units
from duban.measures.duplicates import KNOWN_SINCE, contradictions, count, has_duplicates, one_a_key
from duban.measures.issues import Issue
from duban.measures.layouts import LINES, lay_out, layout_of
from duban.measures.sources import Source
from duban.measures.tables import Column, Table, Type, plain, unit_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from duban.measures.backends import Backend

__all__ = ["Records", "empty", "take_in"]

_KNOWN_NAMES = frozenset(map(plain, (KNOWN_SINCE, "入库时间", "获知日期", "更正日期")))
_SHOWN = 5
"""Rows of which the numbers are given."""
_SAMPLE = 100_000
"""Values by which an undeclared unit is told."""
_UNREADABLE = "_unreadable_"
"""Before a column's name: whether something stands in the cell that could not be read."""
_BARE = "_bare_"
"""Before a column's name: whether a 未检出 had to be given the column's own limit."""
_TOLD_ONLY = ("unreadable", "bare")
"""Rules whose values `_clean` leaves as they are: missing already, or good enough to be counted."""
_TYPES = {
    Type.TEXT: "string",
    Type.NUMBER: "float64",
    Type.INTEGER: "int64",
    Type.TIME: "timestamp(6)",
    Type.DATE: "date",
    Type.FLAG: "boolean",
    Type.MEASURED: "float64",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Records:
    """A table's good rows, typed and in the declared units, and what was wrong with the others."""

    table: Table
    source: Source
    rows: ir.Table
    from_files: Callable[[], ir.Table]
    """The same rows as an expression over the files alone."""
    issues: tuple[Issue, ...]
    read: int
    aside: int
    """Rows that were set aside; those of a later or an earlier day of knowledge are not among them."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """One rule about one column, and the limit or the list that it has."""

    rule: str
    column: Column
    whole_row: bool
    fields: tuple[tuple[str, str], ...] = ()

    def broken(self, rows: ir.Table) -> ir.BooleanValue:
        """Whether a row breaks it."""
        value: Any = rows[self.column.name]
        match self.rule:
            case "missing":
                return value.isnull()
            case "unreadable":
                return rows[_UNREADABLE + self.column.name]
            case "bare":
                return rows[_BARE + self.column.name]
            case "too_low":
                return value < self.column.low
            case "too_high":
                return value > self.column.high
        return value.notnull() & ~value.isin(self.column.allowed)


def take_in(
    table: Table,
    source: Source,
    backend: Backend,
    known: Mapping[str, Records],
    *,
    days: tuple[date, date] | None = None,
    as_of: date | None = None,
) -> Records:
    """The records of a source as the table declares them.

    `known` holds the tables that this one refers to; `days` leaves all other days alone; `as_of` leaves out
    what was not known on that day. Raises `InputError` where a column is missing or a file cannot be read.
    """
    reading = _Reading(table, source, backend.read(source))
    parsed = reading.parsed()
    # What was laid out is worked out before it is read into types: both at once take the engine minutes.
    here = reading.parsed(backend.keep(reading.raw)) if reading.laid_out else parsed
    rows = _within(table, backend.keep(here) if reading.is_text else parsed, days)
    read = count(rows)
    hits = [fault for fault in _faults(table, rows) if reading.may_break(fault)]
    found = _counted(rows, hits)
    issues = [*reading.told, *reading.left_out()]
    issues += [_issue(reading, fault, number, backend, days) for fault, number in found]
    hits = [fault for fault, _ in found]
    unknown = list(_unknown(_clean(rows, hits), table, known))
    good = _known_by(_referring(_clean(rows, hits), table, known, unknown), as_of)
    duplicates = has_duplicates(good, table)
    issues += unknown + (contradictions(good, table) if duplicates else [])

    def from_files() -> ir.Table:
        again = _clean(_within(table, parsed, days), hits)
        chosen = _known_by(_referring(again, table, known, unknown, from_files=True), as_of)
        return one_a_key(chosen, table, duplicates=duplicates)

    good = one_a_key(good, table, duplicates=duplicates)
    told = sum(issue.count for issue in issues if issue.severity == "error" or issue.rule == "repeated")
    return Records(
        table=table,
        source=source,
        rows=good,
        from_files=from_files,
        issues=tuple(issues),
        read=read,
        aside=read - count(good) if told and not reading.known else told,
    )


def empty(table: Table) -> ir.Table:
    """No rows of a table."""
    none = {column.name: ibis.null(_TYPES[column.type]) for column in table.columns.values()}
    return ibis.literal(1).name("one").as_table().select(**none).limit(0)


class _Reading:
    """A source's rows seen through the table's declarations."""

    def __init__(self, table: Table, source: Source, raw: ir.Table) -> None:
        self.table = table
        self.source = source
        layout = layout_of(table, raw)
        self.laid_out = layout is not None
        self.is_text = source.form in {"csv", "sheet"} or self.laid_out
        self.raw = lay_out(raw, layout, table) if layout else raw
        self.headings = self._headings()
        self.known = next((name for name in self.raw.columns if plain(name) in _KNOWN_NAMES), None)
        self.nan = self._columns_with_nan()
        self.given = self._given_units()
        self.told = [
            self.issue("unit_told", column, fields=(("unit", unit),)) for column, unit in self._tell()
        ]

    def _headings(self) -> dict[str, str]:
        """Our column → the file's heading. Raises `InputError` for one that is missing or there twice."""
        found: dict[str, str] = {}
        for heading in self.raw.columns:
            name = self.source.declared.headings.get(heading)
            column = self.table.columns[name] if name else self.table.column_of(heading)
            if column is None:
                continue
            if column.name in found:
                raise self._bad(
                    f"two columns, “{found[column.name]}” and “{heading}”, are both {column.name}"
                )
            found[column.name] = heading
        for column in self.table.columns.values():
            if column.name not in found and not column.optional:
                raise self._bad(
                    f"there is no column for “{column.name}” ({column.text.zh})",
                    f"a heading such as {', '.join((column.name, *column.names)[:4])}; "
                    f"the file has {', '.join(self.raw.columns[:12])}",
                )
        return found

    def _bad(self, what: str, expected: str = "") -> InputError:
        return InputError(
            what,
            where=str(self.source.files[0].path),
            expected=expected,
            todo=f"rename the column, or declare it under columns in {self.table.name}.yaml",
        )

    def _columns_with_nan(self) -> frozenset[str]:
        """Our columns in which some floats are no numbers. As the greatest of all they are found by `max`."""
        floats = {
            name: self.raw[heading].max().isnan()
            for name, heading in self.headings.items()
            if self.raw[heading].type().is_floating()
        }
        if not floats:
            return frozenset()
        row = self.raw.aggregate(**floats).to_pyarrow().to_pylist()[0]
        return frozenset(name for name, found in row.items() if found)

    def _given_units(self) -> dict[str, str]:
        """Our column → the unit its numbers are in, where the source or the heading says so."""
        found = {}
        for name, heading in self.headings.items():
            given = self.source.declared.units.get(name) or unit_in(heading)
            if given and self.table.columns[name].unit:
                found[name] = given
        return found

    def _tell(self) -> Iterator[tuple[Column, str]]:
        """Take the unit that the numbers tell where none is declared."""
        for column in self.table.columns.values():
            if not column.told_by or column.name not in self.headings or column.name in self.given:
                continue
            value, _ = cells.read(
                self.raw[self.headings[column.name]], column.type, nan=column.name in self.nan
            )
            sample = self.raw.select(value=value).filter(lambda t: t.value.notnull()).limit(_SAMPLE)
            median = sample.value.median().to_pyarrow().as_py()
            for unit, above in column.told_by:
                if median is not None and median > above:
                    self.given[column.name] = unit
                    yield column, unit

    def parsed(self, raw: ir.Table | None = None) -> ir.Table:
        """The file's rows with our columns, typed and in the declared units, and with what tells faults."""
        rows = self.raw if raw is None else raw
        made: dict[str, ir.Value] = {}
        for column in self.table.columns.values():
            if column.name not in self.headings:
                made[column.name] = ibis.null(_TYPES[column.type])
                continue
            if column.type is Type.MEASURED:
                made |= self._measured(rows, column)
                continue
            made[column.name], unreadable = self._value(rows, column)
            if self.is_text and column.type is not Type.TEXT:
                made[_UNREADABLE + column.name] = unreadable
        if self.known:
            made[KNOWN_SINCE], _ = cells.read(rows[self.known], Type.DATE)
        for extra in (LINES, "_file", "_row"):
            if extra in rows.columns:
                made[extra] = rows[extra]
        return rows.select(**made)

    def _measured(self, rows: ir.Table, column: Column) -> dict[str, ir.Value]:
        """The columns that a number or a limit of detection is read into."""
        cell = rows[self.headings[column.name]]
        if not cell.type().is_string():
            value, _ = self._value(rows, column)
            return {column.name: value, column.name + detection.BELOW: ibis.literal(value=False)}
        text = cell.strip()
        bare = detection.bare(text)
        number = self._converted(detection.limit(text), column)
        if column.detection is not None:
            number = bare.ifelse(column.detection, number)
        found = {column.name: number, column.name + detection.BELOW: detection.below(text).fill_null(False)}
        if self.is_text:
            found[_UNREADABLE + column.name] = detection.unreadable(text, column)
            found[_BARE + column.name] = bare if column.detection is not None else ibis.literal(value=False)
        return found

    def _value(self, rows: ir.Table, column: Column) -> tuple[ir.Value, ir.BooleanValue]:
        value, unreadable = cells.read(
            rows[self.headings[column.name]], column.type, typed=not self.is_text, nan=column.name in self.nan
        )
        return self._converted(value, column), unreadable

    def _converted(self, value: Any, column: Column) -> Any:
        """The numbers in the declared unit."""
        given = self.given.get(column.name)
        factor = units.convert(given, column.unit) if given and column.unit else Decimal(1)
        if factor != 1:
            # Dividing by 1000 gives the nearest float to the decimal; multiplying by 0.001 does not.
            value = value * float(factor) if factor > 1 else value / float(1 / factor)
        return value

    def may_break(self, fault: _Fault) -> bool:
        """Whether rows of this source can break the rule at all: a column that the file lacks breaks none."""
        there = fault.column.name in self.headings and (self.is_text or fault.rule not in _TOLD_ONLY)
        return there or fault.rule == "missing"

    def left_out(self) -> list[Issue]:
        """A note for each column of the file that is none of ours."""
        ours = {*self.headings.values(), self.known}
        return [
            Issue(
                rule="left_out", table=self.table.name, column=heading, count=0,
                file=self.source.files[0].path.name, rows=(), fields=(("column", heading),),
            )
            for heading in self.raw.columns
            if heading not in ours and not self.laid_out
        ]  # fmt: skip

    def issue(
        self, rule: str, column: Column, number: int = 0, *, file: str = "", rows: tuple[int, ...] = (),
        fields: tuple[tuple[str, str], ...] = (),
    ) -> Issue:  # fmt: skip
        """A rule broken in this source."""
        words = {
            "column": self.headings.get(column.name, column.name),
            "unit": column.unit or "",
            "type": column.type,
            **dict(fields),
        }
        names = {str(each.path): each.path.name for each in self.source.files}
        return Issue(
            rule=rule, table=self.table.name, column=column.name, count=number,
            file=names.get(file) or self.source.files[0].path.name, rows=rows, fields=tuple(words.items()),
        )  # fmt: skip


def _within(table: Table, rows: ir.Table, days: tuple[date, date] | None) -> ir.Table:
    """The rows of the days, and those whose time cannot be read."""
    if days is None or table.time is None:
        return rows
    first, last = (ibis.literal(day).cast("timestamp(6)") for day in days)
    time: Any = rows[table.time]
    return rows.filter(time.isnull() | time.between(first, last))


def _faults(table: Table, rows: ir.Table) -> Iterator[_Fault]:
    """Every rule that concerns one row alone."""
    for column in table.columns.values():
        if column.required:
            yield _Fault("missing", column, whole_row=True)
        elif _UNREADABLE + column.name in rows.columns:
            yield _Fault("unreadable", column, whole_row=False)
        if _BARE + column.name in rows.columns:
            yield _Fault("bare", column, whole_row=False, fields=(("limit", f"{column.detection or 0:g}"),))
        if column.low is not None:
            yield _Fault("too_low", column, whole_row=False, fields=(("limit", f"{column.low:g}"),))
        if column.high is not None:
            yield _Fault("too_high", column, whole_row=False, fields=(("limit", f"{column.high:g}"),))
        if column.allowed:
            yield _Fault(
                "not_allowed", column, whole_row=False, fields=(("allowed", "、".join(column.allowed)),)
            )


def _counted(rows: ir.Table, faults: list[_Fault]) -> list[tuple[_Fault, int]]:
    """The faults that rows have, and how many: one look for any of them, and most often no more."""
    if not faults:
        return []
    any_fault = rows.filter(reduce(or_, [fault.broken(rows) for fault in faults]))
    if not any_fault.limit(1).to_pyarrow().num_rows:
        return []
    counts = {f"f{number}": fault.broken(rows).sum() for number, fault in enumerate(faults)}
    row = rows.aggregate(**counts).to_pyarrow().to_pylist()[0]
    return [(fault, int(row[f"f{number}"])) for number, fault in enumerate(faults) if row[f"f{number}"]]


def _issue(
    reading: _Reading, fault: _Fault, number: int, backend: Backend, days: tuple[date, date] | None
) -> Issue:
    """The fault as something to tell, with the first rows it was met in."""
    if reading.laid_out:
        return reading.issue(fault.rule, fault.column, number, fields=fault.fields)
    again = _within(reading.table, reading.parsed(backend.read(reading.source, numbered=True)), days)
    found = again.filter(fault.broken(again)).order_by("_file", "_row").limit(_SHOWN)
    places = found.select("_file", "_row").to_pyarrow().to_pylist()
    file = str(places[0]["_file"])
    rows = tuple(int(each["_row"]) for each in places if each["_file"] == file)
    return reading.issue(fault.rule, fault.column, number, file=file, rows=rows, fields=fault.fields)


def _clean(rows: ir.Table, hits: list[_Fault]) -> ir.Table:
    """The good rows, their values null where they were set aside."""
    bad = [fault.broken(rows) for fault in hits if fault.whole_row]
    good = rows.filter(~reduce(or_, bad)) if bad else rows
    aside: dict[str, list[ir.BooleanValue]] = {}
    for fault in hits:
        if not fault.whole_row and fault.rule not in _TOLD_ONLY:
            aside.setdefault(fault.column.name, []).append(fault.broken(good))
    good = good.mutate(
        **{name: reduce(or_, broken).ifelse(None, good[name]) for name, broken in aside.items()}
    )
    return good.drop(*[name for name in good.columns if name.startswith((_UNREADABLE, _BARE))])


def _unknown(good: ir.Table, table: Table, known: Mapping[str, Records]) -> Iterator[Issue]:
    """For each column that refers to another table, what is not found there."""
    for column in table.columns.values():
        if column.refers is None or column.refers[0] not in known:
            continue
        other = known[column.refers[0]]
        there = other.rows.select(_there=other.rows[column.refers[1]]).distinct()
        counts = good.group_by(column.name).aggregate(_rows=good.count())
        strange = counts.anti_join(there, counts[column.name] == there["_there"]).order_by(column.name)
        found = [row for row in strange.to_pyarrow().to_pylist() if row[column.name] is not None]
        if found:
            names = "、".join(str(row[column.name]) for row in found[:_SHOWN])
            yield Issue(
                rule="unknown", table=table.name, column=column.name, file="", rows=(),
                count=sum(int(row["_rows"]) for row in found),
                fields=(("column", f"{column.text.zh} {names}"), ("refers", other.table.title.zh)),
            )  # fmt: skip


def _referring(
    good: ir.Table,
    table: Table,
    known: Mapping[str, Records],
    unknown: list[Issue],
    *,
    from_files: bool = False,
) -> ir.Table:
    """Without the rows that refer to something that is not there."""
    for issue in unknown:
        refers = table.columns[issue.column].refers
        if refers:
            other = known[refers[0]].from_files() if from_files else known[refers[0]].rows
            there = other.select(_there=other[refers[1]]).distinct()
            good = good.semi_join(there, good[issue.column] == there["_there"])
    return good


def _known_by(good: ir.Table, as_of: date | None) -> ir.Table:
    """Of each row what was known on the day; what has no day was always known."""
    if as_of is None or KNOWN_SINCE not in good.columns:
        return good
    return good.filter(good[KNOWN_SINCE].isnull() | (good[KNOWN_SINCE] <= as_of))
