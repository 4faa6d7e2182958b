"""What people let happen with a case that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from duban.supervision import Act, Actor, Details, Event, Role
from duban.web.base.language import lang
from duban.web.base.problems import ConflictError
from duban.web.cases import rules
from duban.web.cases.asking import events_of
from duban.web.cases.keeping import RefusedError, Saying, after, append
from duban.web.cases.models import Case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__ = [
    "hand_on",
    "take",
    "take_as_applicant",
]


@transaction.atomic
def take(
    case_pk: int,
    act: Act,
    saying: Saying,
    *,
    by: User,
    standing: Standing,
    seen: int | None,
    now: datetime | None = None,
) -> Case:
    """Let the act happen, if the rules allow it now (or then, where what happened before is brought in).

    `seen` is the number of the last event that the person looked at; None where that does not matter (a note).
    Raises ConflictError if something else happened since, RefusedError with the rules' own sentences, InputError for a
    file that is not taken. Then nothing has happened.
    """
    case = Case.objects.select_for_update().get(pk=case_pk)
    events = events_of(case)
    _refuse_unseen(case, events, seen)
    now = now or after(events)
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events, now)
    capacities = rules.actors(standing, by.username)
    may = rules.allowed(work, state, capacities, now)
    if not capacities:
        raise RefusedError(_("your posts have no part in this"), where=case.key)
    actor = may[act.value][1] if act.value in may else capacities[0]
    append(case, events, actor, act, saying, by=by, now=now)
    return case


@transaction.atomic
def hand_on(case_pk: int, details: Details, *, by: User | None, reason: str = "") -> Case:
    """Write down that the post which answers for the case has another holder, or a co-unit's part another unit.

    Whoever changed that is the person.

    Raises RefusedError where the rules do not allow it.
    """
    case = Case.objects.select_for_update().get(pk=case_pk)
    events = events_of(case)
    actor = Actor(role=Role.SYSTEM, person=by.username if by else "")
    append(case, events, actor, Act.HAND_ON, Saying(details=details, reason=reason), by=by, now=after(events))
    return case


@transaction.atomic
def take_as_applicant(
    case_pk: int, act: Act, saying: Saying, *, applicant: str, now: datetime | None = None
) -> Case:
    """Let whoever asked for something say what they think of the answer, or want it taken up again.

    `applicant`: what the events name them by. Raises as `take` does.
    """
    case = Case.objects.select_for_update().get(pk=case_pk)
    events = events_of(case)
    actor = Actor(role=Role.APPLICANT, person=applicant)
    append(case, events, actor, act, saying, by=None, now=now or after(events))
    return case


def _refuse_unseen(case: Case, events: Sequence[Event], seen: int | None) -> None:
    """Notes do not disturb; anything else that happened meanwhile does."""
    if seen is None:
        return
    since = [event for event in events if event.seq > seen and event.act is not Act.NOTE]
    if since:
        acts = ", ".join(rules.label("act", event.act, lang()) for event in since)
        raise ConflictError(
            _("meanwhile something has happened to it: %(acts)s") % {"acts": acts},
            where=f"{case.key} {case.title}",
            todo=_("reload the page and look again; nothing of yours was taken over"),
        )
