"""What stands behind a verdict: the values that were counted, and the rows that they were counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from duban.measures.compare import periods_of
from duban.measures.definition import Comparison
from duban.measures.node import Text
from duban.measures.periods import parse
from duban.measures.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir

    from duban.measures.evaluate import Evaluation
    from duban.measures.verify.model import Computed

__all__ = ["Behind", "Rows", "counted"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """The rows that a value was counted from."""

    value: Value
    name: Text
    """The measure's."""
    column: str
    """The column that was counted."""
    columns: tuple[str, ...]
    """`day`, the counted column, and what tells rows apart or says more of them."""
    rows: tuple[tuple[Any, ...], ...]
    total: int
    """How many there are; `rows` may hold fewer."""


def counted(computed: Computed) -> list[tuple[Value, Evaluation]]:
    """The values that a result rests on, a comparison's two among them instead of itself; each once."""
    found: dict[tuple[str, str, str], tuple[Value, Evaluation]] = {}
    for value, evaluation in computed.sources:
        for each in _parts(value, evaluation):
            found.setdefault((each.measure, each.place, each.period), (each, evaluation))
    return list(found.values())


def _parts(value: Value, evaluation: Evaluation) -> Iterator[Value]:
    how = evaluation.pack.measures[value.measure].how
    if not isinstance(how, Comparison):
        yield value
        return
    periods = {str(period) for period in periods_of(parse(value.period), how.to)}
    for each in evaluation.compared:
        if each.measure == how.measure and each.place == value.place and each.period in periods:
            yield each


class Rows:
    """Looks rows up; what a pack's function gives is worked out once for all values."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: dict[tuple[int, str], ir.Table] = {}
        self._found: dict[tuple[int, str, str, str], Behind] = {}

    def behind(self, computed: Computed) -> list[Behind]:
        """The rows behind each counted value of a result; the first of them where there are more than the limit."""
        return [self._of(value, evaluation) for value, evaluation in counted(computed)]

    def _of(self, value: Value, evaluation: Evaluation) -> Behind:
        key = (id(evaluation), value.measure, value.place, value.period)
        if key not in self._found:
            self._found[key] = self._look_up(value, evaluation)
        return self._found[key]

    def _look_up(self, value: Value, evaluation: Evaluation) -> Behind:
        measure = evaluation.pack.measures[value.measure]
        column = measure.counted.column
        rows = self._rows(value, evaluation)
        columns = _columns(rows, column)
        chosen = rows.filter(rows[column].notnull()).select(*columns)
        total = int(chosen.count().to_pyarrow().as_py())
        found = chosen.order_by(columns).limit(self._limit).to_pyarrow().to_pylist()
        return Behind(
            value=value,
            name=measure.name,
            column=column,
            columns=tuple(columns),
            rows=tuple(tuple(_plain(row[name]) for name in columns) for row in found),
            total=total,
        )

    def _rows(self, value: Value, evaluation: Evaluation) -> ir.Table:
        """The rows with all that they say: of a function told the period those kept, else its days worked out once."""
        pack, data = evaluation.pack, evaluation.data
        counted = pack.measures[value.measure].counted
        if counted.each_period:
            return evaluation.rows(value)
        key = (id(evaluation), counted.rows)
        if key not in self._kept:
            self._kept[key] = data.backend.keep(pack.rows(counted.rows)(data))
        rows, period = self._kept[key], parse(value.period)
        rows = rows.filter((rows["place"] == value.place) & rows["day"].between(period.start, period.end))
        for column, wanted in counted.where.items():
            rows = rows.filter(rows[column] == wanted)
        return rows


def _columns(rows: ir.Table, counted_column: str) -> list[str]:
    """The day if there is one, texts and whole numbers that say which row it is, and the counted column last."""
    days = ["day"] if "day" in rows.columns else []
    said = [
        name
        for name in rows.columns
        if name not in {"place", "day", counted_column}
        and (
            rows[name].type().is_string() or rows[name].type().is_integer() or rows[name].type().is_temporal()
        )
    ]
    return [*days, *said, counted_column]


def _plain(cell: Any) -> Any:
    """A cell as a table shows it: numbers with the digits that they have, flags as 1 and 0."""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, float):
        return Decimal(f"{cell:.10g}")
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else cell
