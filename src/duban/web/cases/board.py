"""The hand-over board: a row for each accepted commitment, with the units that its words speak for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from duban.errors import DubanError, InputError
from duban.web.cases.models import Case
from duban.web.cases.service import HandOver, hand_over
from duban.web.organisation import service as organisation
from duban.web.organisation.service import SuggestedUnit
from duban.web.reports import service as reports
from duban.web.reports.service import Commitment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from duban.web.access import Standing
    from duban.web.accounts.service import User
    from duban.web.organisation.service import Unit

__all__ = ["Outcome", "Row", "fill", "rows", "send"]

SUGGESTIONS = 3
_SEPARATORS = str.maketrans(dict.fromkeys("，,;；/ \t", "、"))


@dataclass(kw_only=True)
class Row:
    """A commitment with what was suggested, or typed in, for it."""

    commitment: Commitment
    suggestions: list[SuggestedUnit]
    lead: str
    co: str = ""
    result: str = ""
    due: str = ""
    picked: bool = False
    problem: str = ""
    by_context: bool = False
    """Whether the suggestions come from the words around it."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    done: list[Case]
    failed: dict[int, str]
    """What was wrong, by commitment."""


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
                commitment=commitment,
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


def fill(rows_: Sequence[Row], posted: Mapping[str, str], failed: Mapping[int, str]) -> None:
    """Put back what was typed in, where it could not be taken."""
    for row in rows_:
        pk = row.commitment.pk
        if f"lead-{pk}" in posted:
            row.lead, row.co = posted[f"lead-{pk}"], posted.get(f"co-{pk}", "")
            row.result, row.due = posted.get(f"result-{pk}", ""), posted.get(f"due-{pk}", "")
            row.picked = f"pick-{pk}" in posted
        row.problem = failed.get(pk, "")


def send(picked: Iterable[int], posted: Mapping[str, str], *, by: User, standing: Standing) -> Outcome:
    """Hand over each that was picked. One that cannot be does not keep the others back."""
    done, failed = [], {}
    for pk in picked:
        try:
            done.append(hand_over(_given(pk, posted), by=by, standing=standing))
        except DubanError as error:
            failed[pk] = str(error)
    return Outcome(done=done, failed=failed)


def _given(pk: int, posted: Mapping[str, str]) -> HandOver:
    due = posted.get(f"due-{pk}", "").strip()
    try:
        day = parse_date(due) if due else None
    except ValueError:
        day = None
    if due and day is None:
        raise InputError(_("%(word)s is no day") % {"word": due}, expected="2026-12-31")
    lead = posted.get(f"lead-{pk}", "").strip()
    if not lead:
        raise InputError(_("no lead unit is named"))
    names = posted.get(f"co-{pk}", "").translate(_SEPARATORS).split("、")
    co = [_unit(name) for name in dict.fromkeys(names) if name and name != lead]
    return HandOver(
        commitment=pk, lead=_unit(lead), co=co, result_form=posted.get(f"result-{pk}", "").strip(), due=day
    )


def _unit(name: str) -> Unit:
    unit = organisation.by_name(name)
    if unit is None:
        raise InputError(_("there is no unit %(name)s") % {"name": name}, todo=_("choose one from the list"))
    return unit
