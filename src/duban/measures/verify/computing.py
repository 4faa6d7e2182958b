"""From ways to numbers: the records of each pack are evaluated once, for all that is wanted of them."""

from __future__ import annotations

from contextlib import ExitStack
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from duban.errors import CorrectionError, InputError
from duban.measures.compare import breaks, compare
from duban.measures.coverage import Reason
from duban.measures.definition import Compared, Comparison
from duban.measures.evaluate import evaluate, named
from duban.measures.node import Text
from duban.measures.verify.model import Computed, Why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from duban.measures.backends import Backend
    from duban.measures.evaluate import Evaluation
    from duban.measures.pack import Pack
    from duban.measures.periods import Period
    from duban.measures.values import Value
    from duban.measures.verify.model import Way

    Sources = tuple[tuple[Value, Evaluation], ...]

__all__ = ["Records"]

_NO_RECORDS = frozenset({"no_records", "no_period_before"})


class Records:
    """The evaluations of the packs, open until it is closed: the rows behind a value are looked up in them."""

    def __init__(self, packs: Mapping[str, Pack], folders: Mapping[str, Path]) -> None:
        self._packs = packs
        self._folders = folders
        self._open = ExitStack()
        self._found: dict[tuple[str, str, Period, str], tuple[Value, Evaluation]] = {}
        self._places: dict[str, set[str]] = {}
        self.problems: dict[str, str] = {}
        """Pack → why its records cannot be evaluated."""

    def evaluate(self, ways: Iterable[Way], backend: Callable[[], Backend]) -> None:
        """Evaluate all that the ways want. What fails for one period is left out, and the rest goes on."""
        wanted: dict[str, tuple[dict[str, None], dict[Period, None]]] = {}
        for way in ways:
            measures, periods = wanted.setdefault(way.pack, ({}, {}))
            measures[way.measure] = None
            periods.update(dict.fromkeys(way.periods))
        for name, (measures, periods) in wanted.items():
            if name not in self._folders:
                continue
            try:
                self._add(name, tuple(measures), tuple(periods), backend)
            except (InputError, CorrectionError) as error:
                self._one_by_one(name, tuple(measures), tuple(periods), backend, str(error))

    def _one_by_one(
        self,
        name: str,
        measures: Sequence[str],
        periods: Sequence[Period],
        backend: Callable[[], Backend],
        problem: str,
    ) -> None:
        """Each period by itself, where not all of them can be evaluated: a standard was not yet in force in one."""
        done = 0
        for period in periods if len(periods) > 1 else ():
            fitting = [code for code in measures if self._packs[name].measures[code].fits(period)]
            try:
                self._add(name, fitting, (period,), backend)
                done += 1
            except (InputError, CorrectionError) as error:
                problem = str(error)
        if not done:
            self.problems[name] = problem

    def _add(
        self, name: str, measures: Sequence[str], periods: Sequence[Period], backend: Callable[[], Backend]
    ) -> None:
        found = evaluate(
            self._packs[name], self._folders[name], periods, measures=measures, backend=backend()
        )
        self._open.enter_context(found)
        texts = {str(period): period for period in periods}
        for value in (*found.compared, *found.values):
            self._places.setdefault(name, set()).add(value.place)
            if value.period in texts:
                key = (name, value.measure, texts[value.period], value.place)
                self._found[key] = (value, found)

    def compute(self, way: Way, place: str | None) -> Computed:
        """What the way gives for a place, and what speaks against it."""
        there = self._places.get(way.pack, set())
        unit = self._packs[way.pack].measures[way.measure].unit
        if way.pack not in self._folders or not there:
            why = Why.FAILED if way.pack in self.problems else Why.NO_RECORDS
            return _nothing(way, unit, why, self.problems.get(way.pack, ""))
        known = named(place, there) if place else None
        if known is None:
            return _nothing(way, unit, Why.OTHER_PLACE, "")
        found = [self._found.get((way.pack, way.measure, period, known)) for period in way.periods]
        there_are = [each for each in found if each is not None]
        if len(there_are) < len(found):
            return _nothing(way, unit, Why.NO_RECORDS, "")
        sources = tuple(there_are)
        return _of_two(way, sources) if way.by else _of_one(way, sources)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()


def _nothing(way: Way, unit: str, why: Why, message: str) -> Computed:
    remarks = (Text(message, message),) if message else ()
    return Computed(way=way, number=None, published=None, unit=unit, sources=(), why_not=why, remarks=remarks)


def _of_one(way: Way, sources: Sources) -> Computed:
    value = sources[0][0]
    number = None if value.exact is None else Decimal(value.exact)
    return Computed(
        way=way,
        number=number,
        published=value.value if isinstance(value.value, Decimal) else None,
        unit=value.unit,
        sources=sources,
        why_not=_why_not(value.reasons, number),
        remarks=_said(value.reasons),
    )


def _of_two(way: Way, sources: Sources) -> Computed:
    """Two levels compared, of the values as they are published (as the engine's own comparisons are)."""
    (now, evaluation), (then, _) = sources
    reasons = [*now.reasons, *then.reasons, *_broken(way, evaluation)]
    number: Decimal | None = None
    if isinstance(now.value, Decimal) and isinstance(then.value, Decimal) and way.by:
        years = way.period.end.year - way.base.end.year if way.base else 1
        number = compare(now.value, then.value, way.by, years)
        if number is None:
            reasons.append(Reason("base_zero", (("period", then.period),)))
    level = "个百分点" if now.unit == "%" else now.unit
    return Computed(
        way=way,
        number=number,
        published=None,
        unit=level if way.by is Compared.DIFFERENCE else "%",
        sources=sources,
        why_not=_why_not(tuple(reasons), number),
        remarks=_said(tuple(dict.fromkeys(reasons))),
    )


def _broken(way: Way, evaluation: Evaluation) -> list[Reason]:
    """What changed between the two periods, by the pack's own comparisons of this measure."""
    data, base = evaluation.data, way.base
    found: dict[Reason, None] = {}
    for measure in data.pack.measures.values():
        how = measure.how
        if not isinstance(how, Comparison) or how.measure != way.measure or base is None:
            continue
        if how.unless is None or data.declared(*how.unless) == data.pack.default(*how.unless):
            found |= dict.fromkeys(breaks(data.pack, how.breaks, way.period, base))
    return list(found)


def _why_not(reasons: tuple[Reason, ...], number: Decimal | None) -> Why | None:
    if not reasons:
        return Why.NO_RECORDS if number is None else None
    return Why.NO_RECORDS if any(reason.name in _NO_RECORDS for reason in reasons) else Why.TOO_THIN


def _said(reasons: tuple[Reason, ...]) -> tuple[Text, ...]:
    return tuple(Text(reason.message("zh"), reason.message("en")) for reason in reasons)
