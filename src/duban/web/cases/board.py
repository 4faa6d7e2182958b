"""The hand-over board: a row for each accepted commitment, with the units that its words speak for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from duban.web.base.tags import work_type_name
from duban.web.cases.routing import Row
from duban.web.organisation import service as organisation
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.web.reports.service import Commitment

__all__ = ["rows"]

SUGGESTIONS = 3


def rows(commitments: Iterable[Commitment]) -> list[Row]:
    """A row for each: the likeliest lead filled in, the next ones beside it, due at the end of the last year it names.

    Where its own words speak for no unit, those of its sentence and of the heading above may: such are only shown.
    """
    units = list(organisation.units())
    found = []
    for commitment in commitments:
        own = organisation.suggest_units(commitment.quote, units)
        suggested = (own or organisation.suggest_units(reports.context_of(commitment), units))[:SUGGESTIONS]
        due = commitment.due or date(timezone.localdate().year, 12, 31)
        found.append(
            Row(
                pk=commitment.pk,
                text=commitment.wording,
                badges=[f"{figure['indicator'] or ''} {figure['text']}" for figure in commitment.figures],
                sort="" if commitment.work_type == "task" else work_type_name(commitment.work_type),
                suggestions=suggested,
                lead=own[0].unit.name if own else "",
                by_context=not own,
                result=_("figures reached, with their records")
                if commitment.figures
                else _("what was done, with papers that show it"),
                due=due.isoformat(),
            )
        )
    return found
