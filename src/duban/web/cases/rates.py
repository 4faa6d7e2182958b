"""The rates that a work type is counted in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from duban.supervision import per_cent
from duban.web.base.language import lang
from duban.web.cases import rules
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from decimal import Decimal

    from django.db.models import QuerySet

    from duban.web.cases.models import Case

__all__ = [
    "Counted",
    "rates",
]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A rate of a work type over some cases: of `of` of them, `counted`."""

    name: str
    label: str
    source: str
    condition: str
    among: str
    counted: int
    of: int

    @property
    def value(self) -> Decimal | None:
        """In per cent with one decimal, halves up; None where there is nothing to count."""
        return per_cent(self.counted, self.of)


def rates(work_type: str, cases: QuerySet[Case]) -> list[Counted]:
    """The rates of the work type over these cases, as each was last looked at."""
    work = rules.rules_of(work_type, organisation.today())
    groups = [
        (frozenset(meets.split()), count)
        for meets, count in cases.filter(work_type=work_type)
        .order_by()
        .values_list("meets")
        .annotate(count=Count("pk"))
    ]
    return [
        Counted(
            name=name,
            label=getattr(rule.text, lang()),
            source=rule.source,
            condition=rule.counts.value,
            among=rule.of.value,
            counted=sum(count for met, count in groups if {rule.of, rule.counts} <= met),
            of=sum(count for met, count in groups if rule.of in met),
        )
        for name, rule in work.rates.items()
    ]
