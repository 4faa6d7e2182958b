"""Cases: rows in, values out, and where the example comes from. An official could write one, in YAML.

    - name: what the case shows
      source: the standard's worked example, or the published result
      place: 甲市
      period: 2024-03-05
      tables:
        stations: [{station: A, place: 甲市}]
        hourly:
          - {station: A, pm25: 75, repeat: {column: time, from: 2024-03-05 01:00, every: hour, times: 24}}
      expect: {pm25: 75.0, aqi: {value: 100, valid: true}}

`repeat` writes a row several times; a list in such a row is gone through in turn. `declares` says of a table
what its source would (`{hourly: {label: start}}`); `corrections` are those of a folder.
"""

from __future__ import annotations

import csv
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from duban.errors import DubanError, PackError
from duban.measures.evaluate import evaluate
from duban.measures.node import Node, load
from duban.measures.periods import add_months, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.measures.backends import Backend
    from duban.measures.pack import Pack

__all__ = ["Case", "Failure", "cases", "run"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    name: str
    source: str
    where: str
    place: str
    period: str
    tables: dict[str, list[dict[str, Any]]]
    declares: dict[str, Any]
    corrections: list[Any]
    as_of: date | None
    expect: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """One value that is not as expected."""

    measure: str
    expected: object
    found: object

    def __str__(self) -> str:
        return f"{self.measure}: expected {self.expected}, found {self.found}"


def cases(pack: Pack) -> tuple[Case, ...]:
    """The cases of a pack, by file. Raises `PackError` for one that is not understood."""
    folder = pack.folder / "cases"
    found: list[Case] = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".yaml"):
            where = f"{pack.name}/cases/{file.name}"
            for number, entry in enumerate(load(file, where) or [], 1):
                found.append(_read(Node(entry, f"{where}: case {number}"), pack))
    return tuple(found)


def _read(node: Node, pack: Pack) -> Case:
    made = Case(
        name=node.word("name"),
        source=node.word("source"),
        where=node.where,
        place=node.word("place"),
        period=str(node.any("period")),
        tables=node.take("tables", dict),
        declares=node.take("declares", dict, {}),
        corrections=node.take("corrections", list, []),
        as_of=node.take("as_of", date, None),
        expect=node.take("expect", dict),
    )
    node.done()
    for code in made.expect:
        if code not in pack.measures:
            raise PackError(f"there is no measure “{code}”", where=node.where)
    return made


def run(pack: Pack, case: Case, *, backend: Backend | None = None) -> tuple[Failure, ...]:
    """What a case expects and does not find; nothing if all is well. The rows are read as files would be."""
    with tempfile.TemporaryDirectory(prefix="duban-case-") as name:
        folder = Path(name)
        _write(case, folder)
        try:
            with evaluate(
                pack, folder, [parse(case.period)], places=[case.place], measures=list(case.expect),
                as_of=case.as_of, backend=backend,
            ) as found:  # fmt: skip
                values = {value.measure: value for value in found.values}
        except DubanError as error:
            return tuple(Failure(code, expected, str(error)) for code, expected in case.expect.items())
    return tuple(
        failure
        for code, expected in case.expect.items()
        for failure in _compare(code, expected, values.get(code))
    )


def _compare(code: str, expected: Any, value: Any) -> Iterator[Failure]:
    if value is None:
        yield Failure(code, expected, "no value: the measure has no meaning for this period")
        return
    wanted = expected if isinstance(expected, dict) else {"value": expected}
    for field, each in wanted.items():
        found = getattr(value, field)
        same = (
            found == Decimal(str(each)) if isinstance(found, Decimal) and each is not None else found == each
        )
        if not same:
            yield Failure(f"{code} {field}" if field != "value" else code, each, found)


def _write(case: Case, folder: Path) -> None:
    """The case's rows as the files of a folder of records."""
    for name, rows in case.tables.items():
        written = [each for row in rows for each in _repeated(row)]
        columns = list(dict.fromkeys(column for row in written for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(written)
    for name, declared in case.declares.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
    if case.corrections:
        text = yaml.safe_dump(case.corrections, allow_unicode=True)
        (folder / "corrections.yaml").write_text(text, encoding="utf-8")


def _repeated(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    repeat = row.get("repeat")
    if repeat is None:
        yield row
        return
    fixed = {column: value for column, value in row.items() if column != "repeat"}
    for number in range(int(repeat["times"])):
        turn = {c: v[number % len(v)] if isinstance(v, list) else v for c, v in fixed.items()}
        yield {**turn, repeat["column"]: _later(repeat["from"], repeat["every"], number)}


def _later(first: Any, every: str, number: int) -> date | datetime:
    start = datetime.fromisoformat(first) if isinstance(first, str) else first
    match every:
        case "hour":
            return start + timedelta(hours=number)
        case "day":
            return start + timedelta(days=number)
        case "month":
            return add_months(start, number)
        case "year":
            return add_months(start, 12 * number)
    raise PackError(f"“{every}” is no step", expected="hour, day, month or year")
