"""A pack: one domain's tables, parameters, measures and cases, read from its folder and held together."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from importlib.metadata import entry_points
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duban.errors import PackError
from duban.measures import definition, families, parameters, tables
from duban.measures.definition import Compared, Comparison, Counted, Measure
from duban.measures.node import Node, Text, load
from duban.measures.parameters import Parameter, Standard
from duban.measures.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from types import ModuleType

    import ibis.expr.types as ir

    from duban.measures.data import Data
    from duban.measures.periods import Period

    Rows = Callable[..., ir.Table]

__all__ = ["GROUP", "Pack", "installed", "read"]

GROUP = "duban.packs"
"""The entry points by which an installed pack is found: its name → its Python package."""


@dataclass(frozen=True, kw_only=True)
class Pack:
    name: str
    title: Text
    text: Text
    standards: dict[str, Standard]
    tables: dict[str, Table]
    parameters: dict[str, Parameter]
    measures: dict[str, Measure]
    behind: dict[str, tuple[str, ...]]
    """A function of measures.py → the functions whose rows are behind its own, nearest first."""
    folder: Traversable
    module: str
    """The pack's Python package; empty for a pack that is only a folder."""

    @cached_property
    def code(self) -> ModuleType:
        """The pack's measures.py. Raises `PackError` if it cannot be imported."""
        where = f"{self.name}/measures.py"
        try:
            return (
                import_module(f"{self.module}.measures") if self.module else _import(self.folder, self.name)
            )
        except (ImportError, SyntaxError, FileNotFoundError) as error:
            raise PackError(f"the code cannot be imported ({error})", where=where) from error

    def rows(self, name: str) -> Rows:
        """The function of measures.py that gives these rows. Raises `PackError` for an unknown one."""
        function: Rows | None = getattr(self.code, name, None)
        if function is None:
            raise PackError(f"there is no function “{name}”", where=f"{self.name}/measures.py")
        return function

    @cached_property
    def each_period(self) -> frozenset[str]:
        """The functions whose rows are those of one period, and that have to be told which."""
        counted = [each.how for each in self.measures.values() if isinstance(each.how, Counted)]
        return frozenset(how.rows for how in counted if how.each_period)

    def rows_of(self, name: str, data: Data, period: Period) -> ir.Table:
        """The rows of a period, whatever the function that gives them is told."""
        if name in self.each_period:
            return self.rows(name)(data, period)
        rows = self.rows(name)(data)
        return rows.filter(rows["day"].between(period.start, period.end))

    def known_on(self, day: date | None) -> Pack:
        """The pack with its parameters as they were known on a day; all of them for None."""
        known = {name: parameter.known_on(day) for name, parameter in self.parameters.items()}
        return replace(self, parameters={name: each for name, each in known.items() if each})

    def default(self, table: str, name: str) -> str:
        """What is taken for granted of a table's source that does not declare it."""
        return self.tables[table].properties[name].default

    def parameter(self, path: str) -> Parameter:
        """The parameter of a path such as `percentiles.so2`. Raises `PackError` for an unknown one."""
        name = path.partition(".")[0]
        if name not in self.parameters:
            raise PackError(
                f"there is no parameter “{name}”, or none had been issued by the day asked for",
                where=self.name,
                expected=", ".join(self.parameters),
            )
        return self.parameters[name]


def installed() -> dict[str, str]:
    """The packs that can be named, and the Python package of each."""
    return {
        point.name: point.value for point in sorted(entry_points(group=GROUP), key=lambda each: each.name)
    }


def read(name: str) -> Pack:
    """The pack of that name, or the one in that folder. Raises `PackError` if there is none or it is broken.

    >>> read("air").title.zh  # doctest: +SKIP
    '环境空气质量'
    """
    folder = Path(name)
    if (folder / "pack.yaml").is_file():
        return _read(folder.resolve().name, folder.resolve(), "")
    known = installed()
    if name not in known:
        raise PackError(
            f"there is no pack “{name}”",
            expected=f"one of {', '.join(known) or 'none, for none is installed'}, or a pack's folder",
            todo="duban pack list shows the packs",
        )
    try:
        return _read(name, files(known[name]), known[name])
    except ModuleNotFoundError as error:
        raise PackError(f"the pack “{name}” is not there ({error})", todo="install it again") from error


def _read(name: str, folder: Traversable, module: str) -> Pack:
    head = Node(load(folder / "pack.yaml", f"{name}/pack.yaml"), f"{name}/pack.yaml")
    standards = {number: parameters.read_standard(number, each) for number, each in head.nodes("standards")}
    declared = Node(load(folder / "tables.yaml", f"{name}/tables.yaml"), f"{name}/tables.yaml")
    listed = Node(load(folder / "measures.yaml", f"{name}/measures.yaml"), f"{name}/measures.yaml")
    known = dict(_parameters(name, folder, standards))
    every = Node(dict(families.expand(listed.take("measures", dict), known, listed.where)), listed.where)
    pack = Pack(
        name=name,
        title=head.text("title"),
        text=head.text("text"),
        standards=standards,
        tables={each: tables.read(each, node) for each, node in declared.every()},
        parameters=known,
        measures={code: definition.read(code, node, standards) for code, node in every.every()},
        behind={each: tuple(map(str, below)) for each, below in listed.take("behind", dict, {}).items()},
        folder=folder,
        module=module,
    )
    head.done()
    listed.done()
    _hold_together(pack)
    return replace(pack, measures={code: _named(measure, pack) for code, measure in pack.measures.items()})


def _named(measure: Measure, pack: Pack) -> Measure:
    """A comparison is of the indicator it compares, unless it says of which."""
    if isinstance(measure.how, Counted) or measure.indicator:
        return measure
    return replace(measure, indicator=pack.measures[measure.how.measure].indicator)


def _parameters(
    name: str, folder: Traversable, standards: dict[str, Standard]
) -> Iterator[tuple[str, Parameter]]:
    seen: set[str] = set()
    for file in sorted((folder / "parameters").iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".yaml"):
            continue
        where = f"{name}/parameters/{file.name}"
        node = Node(load(file, where), where)
        for each, below in node.every():
            if each in seen:
                raise PackError(f"“{each}” is declared twice", where=where)
            seen.add(each)
            yield each, parameters.read(each, below, standards)


def _hold_together(pack: Pack) -> None:
    """Raises `PackError` where one declaration names another that is not there, or units do not fit."""
    for table in pack.tables.values():
        for column in table.columns.values():
            if column.refers and column.refers[1] not in _columns(pack, column.refers[0]):
                raise PackError(
                    f"“{'.'.join(column.refers)}” is no column",
                    where=f"{pack.name}/tables.yaml: {table.name}",
                )
            if column.below and column.below not in pack.parameters:
                raise PackError(
                    f"there is no parameter “{column.below}”",
                    where=f"{pack.name}/tables.yaml: {table.name}.{column.name}",
                )
    for measure in pack.measures.values():
        where = f"{pack.name}/measures.yaml: {measure.code}"
        wanted = [*measure.parameters]
        if isinstance(measure.how, Counted):
            wanted += [each for each in (measure.how.quantile, measure.how.coverage) if each]
        else:
            wanted += measure.how.breaks
            _compares(pack, measure, measure.how, where)
        for each in wanted:
            if each.partition(".")[0] not in pack.parameters:
                raise PackError(f"there is no parameter “{each}”", where=where)


def _columns(pack: Pack, table: str) -> dict[str, Any]:
    return dict(pack.tables[table].columns) if table in pack.tables else {}


def _properties(pack: Pack, table: str) -> dict[str, Any]:
    return dict(pack.tables[table].properties) if table in pack.tables else {}


def _compares(pack: Pack, measure: Measure, how: Comparison, where: str) -> None:
    """A growth is in per cent and not of a share; a share changes by percentage points."""
    if how.measure not in pack.measures or isinstance(pack.measures[how.measure].how, Comparison):
        raise PackError(f"there is no counted measure “{how.measure}”", where=where)
    base = pack.measures[how.measure].unit
    wanted = {"%": "个百分点"}.get(base, base) if how.by is Compared.DIFFERENCE else "%"
    if measure.unit != wanted:
        raise PackError(f"the unit of this {how.by} is “{measure.unit}”", where=where, expected=f"“{wanted}”")
    if how.unless and how.unless[1] not in _properties(pack, how.unless[0]):
        raise PackError(f"“{'.'.join(how.unless)}” is nothing that a source declares", where=where)
    if how.by is not Compared.DIFFERENCE and base == "%":
        raise PackError("a share changes by percentage points, not by per cent", where=where)


def _import(folder: Traversable, name: str) -> ModuleType:
    """The measures.py of a folder that is no installed package."""
    with as_file(folder / "measures.py") as path:
        spec = importlib.util.spec_from_file_location(f"duban_pack_{abs(hash(str(path)))}_{name}", path)
        if spec is None or spec.loader is None:
            raise ImportError(f"no module in {path}")
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module
