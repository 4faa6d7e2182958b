"""Growth and difference: of a level in per cent, of a share in percentage points, never one for the other."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from duban.measures.coverage import Reason
from duban.measures.definition import Compared, With
from duban.measures.rounding import settle
from duban.measures.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.measures.data import Data
    from duban.measures.definition import Comparison, Measure
    from duban.measures.pack import Pack
    from duban.measures.periods import Period

__all__ = ["base_period", "breaks", "compare", "compared", "periods_of"]


def base_period(period: Period, to: With) -> Period | None:
    """The period that is compared with; None where there is none (a 29 February and the year before)."""
    if to is With.BASE_YEAR:
        return period.base_year()
    return period.year_before() if to is With.YEAR_BEFORE else period.before()


def periods_of(period: Period, to: With) -> tuple[Period, Period | None]:
    """The two periods whose values a comparison of the period compares: the later one, and its base."""
    return period.last_year() if to is With.BASE_YEAR else period, base_period(period, to)


def compare(now: Decimal, then: Decimal, by: Compared, years: int = 1) -> Decimal | None:
    """By how much `now` differs from `then`, in its unit or in per cent of it.

    `years` lie between them for a mean growth. None for a growth from nothing or from below nothing, which has no
    meaning.

    >>> from decimal import Decimal as D
    >>> compare(D("30.2"), D("31.5"), Compared.GROWTH).quantize(D("0.1"))
    Decimal('-4.1')
    >>> compare(D("87.4"), D("86.6"), Compared.DIFFERENCE)
    Decimal('0.8')
    >>> compare(D("1921.7"), D("1456.5"), Compared.MEAN_GROWTH, 5).quantize(D("0.1"))
    Decimal('5.7')
    """
    if by is Compared.DIFFERENCE:
        return now - then
    if then <= 0:
        return None
    if by is Compared.MEAN_GROWTH:
        return None if now <= 0 else ((now / then) ** (1 / Decimal(years)) - 1) * 100
    return (now - then) / then * 100


def compared(data: Data, measure: Measure, period: Period, now: Value, then: Value | None) -> Value:
    """The value of a comparison; `then` is None where there is no period to compare with."""
    how = measure.comparison
    found, reasons = _compared(data, how, period, now, then)
    return Value(
        measure=measure.code,
        indicator=measure.indicator,
        place=now.place,
        period=str(period),
        value=settle(found, measure.digits or 0) if found is not None else None,
        exact=float(found) if found is not None else None,
        unit=measure.unit,
        valid=not reasons,
        reasons=tuple(reasons),
        coverage=None,
        definition_version=measure.version,
        as_of=data.as_of,
        vintage=data.vintage,
    )


def _compared(
    data: Data, how: Comparison, period: Period, now: Value, then: Value | None
) -> tuple[Decimal | None, list[Reason]]:
    """The number, of the values as they are published, and what speaks against it."""
    base = base_period(period, how.to)
    if then is None or base is None or then.value is None or now.value is None:
        return None, [Reason("no_period_before")]
    reasons = [Reason("base_not_valid", (("period", each.period),)) for each in (now, then) if not each.valid]
    if how.unless is None or data.declared(*how.unless) == data.pack.default(*how.unless):
        reasons += [*breaks(data.pack, how.breaks, period, base)]
    years = period.end.year - base.end.year
    found = compare(Decimal(now.value), Decimal(then.value), how.by, years)
    if found is None:
        reasons.append(Reason("base_zero", (("period", then.period),)))
    return found, reasons


def breaks(pack: Pack, names: Sequence[str], period: Period, base: Period) -> Iterator[Reason]:
    """The parameters that were others in the one period than in the other."""
    for name in names:
        parameter = pack.parameter(name)
        days = ((period.start, base.start), (period.end, base.end))
        if any(parameter.value_on(now) != parameter.value_on(then) for now, then in days):
            yield Reason("not_comparable", (("name", parameter.text.zh),))
