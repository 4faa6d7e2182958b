"""A pack's records, opened: the tables and parameters that the pack's functions are given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from duban.errors import PackError
from duban.measures import corrections, detection, sources
from duban.measures.backends import DuckDB
from duban.measures.intake import empty, take_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from types import TracebackType

    import ibis.expr.types as ir

    from duban.measures.backends import Backend
    from duban.measures.corrections import Correction
    from duban.measures.intake import Records
    from duban.measures.issues import Issue
    from duban.measures.pack import Pack
    from duban.measures.periods import Period
    from duban.measures.tables import Table

__all__ = ["Data", "Input", "open_data"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """A file that went into a value."""

    table: str
    path: str
    sha256: str


class Data:
    """Records of one folder as one pack sees them; close it, or use it in a `with` statement."""

    def __init__(
        self,
        pack: Pack,
        records: dict[str, Records],
        inputs: tuple[Input, ...],
        backend: Backend,
        *,
        days: tuple[date, date] | None = None,
        as_of: date | None = None,
    ) -> None:
        self.pack = pack
        self.as_of = as_of
        self.days = days
        self.records = records
        self.inputs = inputs
        self.backend = backend
        self._kept: dict[object, ir.Table] | None = {}

    def table(self, name: str) -> ir.Table:
        """The good rows of a table, corrected; none of an optional one that the folder lacks.

        Raises `PackError` for one that the pack does not declare or that has to be there.
        """
        if name in self.records:
            return self.records[name].rows
        declared = self.pack.tables.get(name)
        if declared is None or not declared.optional:
            raise PackError(f"there is no table “{name}”", where=self.pack.name)
        none = empty(declared)
        if self._kept is None:
            return none
        if ("empty", name) not in self._kept:
            self._kept["empty", name] = self.backend.empty(none.schema())
        return self._kept["empty", name]

    def from_files(self) -> Data:
        """The same data with tables that are expressions over the files alone: for a query to be run elsewhere."""
        records = {name: replace(each, rows=each.from_files()) for name, each in self.records.items()}
        made = Data(self.pack, records, self.inputs, self.backend, days=self.days, as_of=self.as_of)
        made._kept = None
        return made

    def keep(self, name: object, build: Callable[[], ir.Table]) -> ir.Table:
        """What `build` gives, worked out once under that name (a function's, with its period): others build on it.

        Of data from the files alone nothing is kept, so that a query goes down to them.
        """
        if self._kept is None:
            return build()
        if name not in self._kept:
            self._kept[name] = self.backend.keep(build())
        return self._kept[name]

    def declared(self, table: str, name: str) -> str:
        """What the source of a table declares of itself, or else what the table takes for granted."""
        declared = self.records[table].source.declared.properties
        return declared.get(name, self.pack.default(table, name))

    def at(self, parameter: str, day: ir.DateValue, build: Callable[[Any], Any] = lambda value: value) -> Any:
        """For each row what `build` makes of the parameter's value in force on its day (`Parameter.at`)."""
        return self.pack.parameter(parameter).at(day, build, within=self.days)

    def on(self, parameter: str, period: Period) -> Any:
        """The parameter's value in force on the period's last day. Raises `InputError` before the first."""
        return self.pack.parameter(parameter).on(period.end).value

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What was found wrong, worst first."""
        order = ("error", "warning", "info")
        found = [issue for records in self.records.values() for issue in records.issues]
        return tuple(sorted(found, key=lambda issue: order.index(issue.severity)))

    @cached_property
    def vintage(self) -> str:
        """The fingerprint of all the inputs: the same files, wherever they are, have the same one."""
        lines = sorted(f"{each.table} {each.sha256}" for each in self.inputs)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the engine and its temporary files."""
        self.backend.close()


def open_data(
    pack: Pack,
    folder: Path | str,
    *,
    days: tuple[date, date] | None = None,
    as_of: date | None = None,
    backend: Backend | None = None,
) -> Data:
    """The records of a folder or a database file as the pack declares them, checked.

    `days` reads no others. `as_of` gives what was known on that day: records without a `known_since` were
    always known, corrections and standards from their day on. Raises `InputError` where a file is missing or
    cannot be read, `CorrectionError` where a correction's guard fails.
    """
    place = Path(folder)
    pack = pack.known_on(as_of)
    mending = corrections.find(place, pack.tables)
    engine = backend or DuckDB()
    records: dict[str, Records] = {}
    try:
        for table in _in_order(pack.tables):
            source = sources.find(place, table, needed=not table.optional)
            if source is None:
                continue
            found = _detected(take_in(table, source, engine, records, days=days, as_of=as_of), pack, days)
            corrected = corrections.due(mending, table, days=days, as_of=as_of)
            corrections.guard(found.rows, corrected)
            records[table.name] = replace(
                found,
                rows=corrections.apply(found.rows, corrected),
                from_files=partial(_corrected, found.from_files, corrected),
            )
    except BaseException:
        engine.close()
        raise
    return Data(pack, records, tuple(_inputs(records, place)), engine, days=days, as_of=as_of)


def _detected(found: Records, pack: Pack, days: tuple[date, date] | None) -> Records:
    """The records with values below detection as the pack's parameter counts them."""
    given = found.from_files

    def from_files() -> ir.Table:
        return detection.counted(given(), found.table, pack, days)

    rows = detection.counted(found.rows, found.table, pack, days)
    return found if rows is found.rows else replace(found, rows=rows, from_files=from_files)


def _corrected(rows: Callable[[], ir.Table], corrected: Sequence[Correction]) -> ir.Table:
    return corrections.apply(rows(), corrected)


def _in_order(tables: dict[str, Table]) -> Iterator[Table]:
    """The tables, those referred to before those that refer to them. Raises `PackError` for a circle."""
    left, done = dict(tables), set[str]()
    while left:
        ready = [
            table
            for table in left.values()
            if all(c.refers is None or c.refers[0] in done | {table.name} for c in table.columns.values())
        ]
        if not ready:
            raise PackError(f"the tables {', '.join(left)} refer to one another in a circle")
        for table in ready:
            yield table
            done.add(table.name)
            del left[table.name]


def _inputs(records: dict[str, Records], place: Path) -> Iterator[Input]:
    for name, each in records.items():
        for file in each.source.files:
            yield Input(table=name, path=str(file.path), sha256=file.sha256)
    for beside in (corrections.FILE, *(f"{name}.yaml" for name in records)):
        path = (place if place.is_dir() else place.parent) / beside
        if path.is_file():
            yield Input(table=beside, path=str(path), sha256=hashlib.sha256(path.read_bytes()).hexdigest())
