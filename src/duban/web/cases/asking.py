"""What cases there are, which somebody may see, and what each is: nothing happens here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from duban.supervision import WORK_TYPES, Act, Actor, Event, Lights, Role, Stage, State, WorkType
from duban.web.base.language import lang
from duban.web.cases import rules
from duban.web.cases.models import Case, CaseEvent
from duban.web.organisation import service as organisation
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__ = [
    "ENDED",
    "PILES",
    "SOON",
    "Looked",
    "Pile",
    "allowed_to_applicant",
    "at_moment",
    "evaluation",
    "events_of",
    "how_many_visible",
    "in_order",
    "kept_case",
    "kept_lights",
    "kept_state",
    "last_day",
    "led",
    "look",
    "open_cases",
    "pile",
    "units_of",
    "unrouted",
    "visible",
    "waiting",
    "why",
    "words_of",
]


def visible(standing: Standing) -> QuerySet[Case]:
    """The cases that somebody may see: all, or those that a unit of theirs leads or has a part in."""
    cases = Case.objects.select_related("lead")
    if standing.may_everywhere("task.see"):
        return cases
    return cases.filter(pk__in=_of_units(standing))


def how_many_visible(standing: Standing) -> int:
    """How many they are, without looking at each."""
    if standing.may_everywhere("task.see"):
        return Case.objects.count()
    return _of_units(standing).count()


def _of_units(standing: Standing) -> QuerySet[Case, Any]:
    """A union of two short lists; "or" would look at every row."""
    own = standing.units("task.see")
    part = Case.co.through.objects.filter(unit__in=own).values("case")
    return Case.objects.filter(lead__in=own).order_by().values("pk").union(part)


def led(standing: Standing, act: str) -> QuerySet[Case]:
    """The cases that a unit leads for which somebody may do the act."""
    return Case.objects.select_related("lead").filter(lead__in=standing.units(act))


def in_order(pks: Iterable[int]) -> list[Case]:
    """The cases of a page, without what is wide; so that finding the page reads nothing wide either."""
    wanted = list(pks)
    found = Case.objects.select_related("lead").defer("state", "lights").in_bulk(wanted)
    return [found[pk] for pk in wanted]


class Pile(StrEnum):
    """Cases that wait for the same thing."""

    TO_SIGN = "to_sign"
    UNDER_WAY = "under_way"
    DUE_SOON = "due_soon"
    LATE = "late"
    CLAIMED = "claimed"
    ASKED = "asked"


SOON = timedelta(days=14)


PILES = {
    Pile.TO_SIGN: gettext_lazy("To sign for"),
    Pile.UNDER_WAY: gettext_lazy("Under way"),
    Pile.DUE_SOON: gettext_lazy("Due within two weeks"),
    Pile.LATE: gettext_lazy("Late"),
    Pile.CLAIMED: gettext_lazy("To be checked"),
    Pile.ASKED: gettext_lazy("To be decided"),
}
"""What people call them."""


ENDED = (Stage.CLOSED, Stage.ARCHIVED, Stage.DECLINED, Stage.WITHDRAWN)
"""The stages in which nobody has to do anything any more."""


def pile(cases: QuerySet[Case], which: Pile, now: datetime | None = None) -> QuerySet[Case]:
    """Those of the cases that lie on this pile, what is due first first."""
    moment = now or timezone.now()
    chosen = {
        Pile.TO_SIGN: Q(stage=Stage.HANDED_OVER),
        Pile.UNDER_WAY: Q(stage=Stage.UNDER_WAY),
        Pile.DUE_SOON: Q(due__gt=moment, due__lte=moment + SOON),
        Pile.LATE: Q(due__lte=moment),
        Pile.CLAIMED: Q(stage=Stage.CLAIMED),
        Pile.ASKED: Q(asked=True),
    }
    return cases.filter(chosen[which]).order_by("due", "key")


def open_cases() -> QuerySet[Case]:
    """The cases that are still somebody's to carry on, in order of their keys."""
    return Case.objects.exclude(stage__in=ENDED).order_by("pk")


def unrouted() -> QuerySet[Case]:
    """The cases that a unit can be planned for: registered (and accepted, where the law asks for that) or given back."""
    today = organisation.today()
    chosen = Q(pk=None)
    for name in WORK_TYPES:
        plan = rules.rules_of(name, today).acts[Act.PLAN]
        chosen |= Q(work_type=name, stage__in=plan.stages)
    return Case.objects.filter(chosen).order_by("key")


def waiting(report: reports.Report) -> QuerySet[reports.Commitment]:
    """The accepted commitments of a report that were not handed over yet."""
    return reports.accepted(report).filter(case=None)


def last_day(due: datetime | None) -> date | None:
    """The last day on which it is in time: an end is the first moment after it."""
    return timezone.localtime(due - timedelta(seconds=1)).date() if due else None


def units_of(case: Case) -> frozenset[int]:
    """The units that lead it or have a part in it."""
    units = set(case.co.values_list("pk", flat=True))
    return frozenset(units | ({case.lead_id} if case.lead_id else set()))


def events_of(case: Case) -> list[Event]:
    """Its events, in order."""
    kept = CaseEvent.objects.filter(case=case).order_by("seq").values_list("record", flat=True)
    return [rules.event_of(record) for record in kept]


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A case as somebody sees it at a moment."""

    case: Case
    work: WorkType
    state: State
    events: list[Event]
    moment: datetime
    allowed: dict[str, tuple[rules.Allowed, Actor]]


def look(case: Case, standing: Standing, user: User, moment: datetime | None = None) -> Looked:
    """The case as of now, and what this person may do to it."""
    now = moment or timezone.now()
    events = events_of(case)
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events, now)
    may = rules.allowed(work, state, rules.actors(standing, user.username), now)
    return Looked(case=case, work=work, state=state, events=events, moment=now, allowed=may)


def evaluation(looked: Looked) -> Lights:
    """The lights of the case as of the moment it was looked at."""
    return rules.lights_of(looked.work, looked.state)


def allowed_to_applicant(case: Case, applicant: str, now: datetime | None = None) -> frozenset[Act]:
    """What the rules let them do now."""
    moment = now or timezone.now()
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events_of(case), moment)
    actor = Actor(role=Role.APPLICANT, person=applicant)
    return frozenset(Act(act) for act in rules.allowed(work, state, [actor], moment))


def kept_state(case: Case) -> State:
    """The state of the case as it was last written down, without its void events."""
    return msgspec.convert(case.state, State)


def kept_case(case: Case) -> tuple[WorkType, State]:
    """The rules of the case, and its state as it was when it was last looked at."""
    return rules.rules_of(case.work_type, case.registered), kept_state(case)


def kept_lights(case: Case) -> Lights:
    """Its lights as they were when it was last looked at."""
    return msgspec.convert(case.lights, Lights)


def at_moment(case: Case, moment: datetime) -> tuple[WorkType, State, Lights]:
    """The case as it was at a moment: its rules, state and lights, from its events."""
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events_of(case), moment)
    return work, state, rules.lights_of(work, state)


def why(case: Case) -> list[str]:
    """Why its light is as it is, in sentences."""
    reasons = [
        reason
        for light in case.lights.get("lights", ())
        if light["colour"] == case.light
        for reason in light["reasons"]
    ]
    return [rules.sentence("reason", one["code"], one.get("facts", {}), lang()) for one in reasons]


def words_of(event: CaseEvent) -> str:
    """What somebody said with an event."""
    details = event.record.get("details", {})
    said = (event.record.get("reason", ""), details.get("text", ""), details.get("problems", ""))
    return " ".join(filter(None, said))
