"""The door of cases: register one, let something happen to it, ask what it is, and what somebody may do.

What happens is an event, checked by the rules before it is kept; the row of the case is locked meanwhile, so that two
people at once come one after the other, and the second is told if what they looked at is no longer so.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from django.core.files import File
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec.structs import replace

from duban.errors import DubanError, InputError
from duban.supervision import WORK_TYPES, tally
from duban.supervision.chain import Checkpoint, checkpoint, verify_chain
from duban.supervision.days import day_of
from duban.supervision.light import Lights
from duban.supervision.model import (
    Act,
    Actor,
    Details,
    Event,
    Evidence,
    EvidenceKind,
    Origin,
    Role,
    Stage,
    Target,
)
from duban.supervision.state import State
from duban.supervision.work_types.load import WorkType
from duban.web.base.language import lang
from duban.web.base.problems import ConflictError
from duban.web.cases import rules
from duban.web.cases.models import Case, CaseEvent, CaseFile, LogCheckpoint
from duban.web.cases.parts import add_part
from duban.web.cases.routing import Route, Row, fill, picked, send
from duban.web.files import service as files
from duban.web.files.service import StoredFile
from duban.web.organisation import service as organisation
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from decimal import Decimal

    from django.db.models import QuerySet

    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__ = [
    "ENDED",
    "PILES",
    "SOON",
    "Act",
    "Case",
    "CaseEvent",
    "Climbed",
    "Counted",
    "HandOver",
    "Looked",
    "Pile",
    "RefusedError",
    "Registration",
    "Route",
    "Row",
    "Saying",
    "add_part",
    "allowed_to_applicant",
    "at_moment",
    "climb",
    "evaluate_open",
    "evaluation",
    "events_of",
    "fill",
    "hand_on",
    "hand_over",
    "happened",
    "in_order",
    "kept_case",
    "kept_lights",
    "kept_state",
    "last_day",
    "led",
    "log",
    "look",
    "open_cases",
    "picked",
    "pile",
    "rates",
    "rebuild",
    "register",
    "routed",
    "seal_log",
    "send",
    "take",
    "take_as_applicant",
    "units_of",
    "unrouted",
    "visible",
    "waiting",
]


happened = Signal()
"""Sent in the transaction that keeps an event: `case`, `event`, and `before`, the state that it came to. What is written
then is kept with the event or not at all."""


class RefusedError(DubanError):
    """The rules do not allow it; the sentences say why."""


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What somebody says with an act."""

    details: Details = field(default_factory=Details)
    reason: str = ""
    files: Sequence[tuple[File[bytes], str, EvidenceKind]] = ()
    """Evidence: the upload, its name, and what kind it is said to be."""
    records: Sequence[Evidence] = ()
    kept: Sequence[tuple[StoredFile, EvidenceKind]] = ()
    """Files that were kept before: by the same person, or with what was taken in."""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A case as somebody sees it at a moment."""

    case: Case
    work: WorkType
    state: State
    events: list[Event]
    moment: datetime
    allowed: dict[str, tuple[rules.Allowed, Actor]]


# --- asking -----------------------------------------------------------------------------------------------------------


def visible(standing: Standing) -> QuerySet[Case]:
    """The cases that somebody may see: all, or those that a unit of theirs leads or has a part in."""
    cases = Case.objects.select_related("lead")
    if standing.may_everywhere("task.see"):
        return cases
    own = standing.units("task.see")
    part = Case.co.through.objects.filter(unit__in=own).values("case")
    # A union of two short lists; "or" would look at every row.
    return cases.filter(pk__in=Case.objects.filter(lead__in=own).order_by().values("pk").union(part))


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


def waiting(report: reports.Report) -> QuerySet[reports.Commitment]:
    """The accepted commitments of a report that were not handed over yet."""
    return reports.accepted(report).filter(case=None)


# --- letting something happen -----------------------------------------------------------------------------------------


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
    now = now or _after(events)
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events, now)
    capacities = rules.actors(standing, by.username)
    may = rules.allowed(work, state, capacities, now)
    if not capacities:
        raise RefusedError(_("your posts have no part in this"), where=case.key)
    actor = may[act.value][1] if act.value in may else capacities[0]
    _append(case, events, actor, act, saying, by=by, now=now)
    return case


@transaction.atomic
def hand_on(case_pk: int, details: Details, *, by: User | None) -> Case:
    """Write down that the post which answers for the case has another holder; whoever changed that is the person.

    Raises RefusedError where the rules do not allow it.
    """
    case = Case.objects.select_for_update().get(pk=case_pk)
    events = events_of(case)
    actor = Actor(role=Role.SYSTEM, person=by.username if by else "")
    _append(case, events, actor, Act.HAND_ON, Saying(details=details), by=by, now=_after(events))
    return case


def kept_state(case: Case) -> State:
    """The state of the case as it was last written down, without its void events."""
    return msgspec.convert(case.state, State)


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
    _append(case, events, actor, act, saying, by=None, now=now or _after(events))
    return case


def allowed_to_applicant(case: Case, applicant: str, now: datetime | None = None) -> frozenset[Act]:
    """What the rules let them do now."""
    moment = now or timezone.now()
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events_of(case), moment)
    actor = Actor(role=Role.APPLICANT, person=applicant)
    return frozenset(Act(act) for act in rules.allowed(work, state, [actor], moment))


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


def _after(events: Sequence[Event]) -> datetime:
    """Now, or the moment of the last event if a clock was set back: time does not run backwards in a case."""
    now = timezone.now()
    return max(now, events[-1].recorded) if events else now


def _append(
    case: Case,
    events: list[Event],
    actor: Actor,
    act: Act,
    saying: Saying,
    *,
    by: User | None,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """Check the event, keep it, and bring the projection up to date. `at`: when it happened, if that was before now."""
    _refuse_far_days(saying.details)
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events, now)
    event = Event(
        case=case.key,
        seq=state.seq + 1,
        act=act,
        at=at or now,
        recorded=now,
        actor=actor,
        reason=saying.reason,
        evidence=(*saying.records, *_kept_files(case, saying, by)),
        details=saying.details,
    )
    refused = rules.refusals(work, state, event)
    if refused:
        raise RefusedError(rules.said(refused, lang()), where=f"{case.key} {case.title}")
    event = rules.sealed(event, events[-1] if events else None)
    CaseEvent.objects.create(
        case=case,
        seq=event.seq,
        act=act.value,
        at=event.at,
        recorded=event.recorded,
        person=by,
        record=rules.record_of(event),
        hash=event.hash,
    )
    events.append(event)
    _project(case, rules.state_of(work, events, now))
    happened.send(sender=Case, case=case, event=event, before=state)


def _kept_files(case: Case, saying: Saying, by: User | None) -> list[Evidence]:
    brought = [
        (files.keep(upload, name, purpose="evidence", by=by), kind) for upload, name, kind in saying.files
    ]
    kept = []
    for stored, kind in (*saying.kept, *brought):
        CaseFile.objects.get_or_create(case=case, file=stored)
        kept.append(_evidence(stored, kind))
    return kept


def _evidence(stored: files.StoredFile, kind: EvidenceKind) -> Evidence:
    return Evidence(kind=kind, ref=f"file/{stored.pk}", title=stored.name, sha256=stored.sha256)


_LAST_YEAR = 2200
"""The calendar has days behind it in which nothing can be counted on."""


def _refuse_far_days(details: Details) -> None:
    """Raises InputError for a day that no term can end on."""
    for day in (details.due, details.until):
        if day is not None and day.year > _LAST_YEAR:
            raise InputError(_("the day is too far off"), where=day.isoformat())


# --- the projection ---------------------------------------------------------------------------------------------------


def _project(case: Case, state: State) -> None:
    """Write down what the events make of the case. All of it follows from them: `rebuild` gives the same."""
    work = rules.rules_of(case.work_type, case.registered)
    units = organisation.by_key({state.lead, *state.co} - {""})
    main = state.clock(work.main)
    due = main.deadline.current_due.at if main and main.deadline and main.is_running else None
    evaluation = rules.lights_of(work, state)
    case.title = state.title[:500]
    case.stage = state.stage.value
    case.lead = units.get(state.lead)
    case.due = due
    case.asked = state.request is not None or state.refusal is not None
    case.lights = msgspec.json.decode(msgspec.json.encode(evaluation))
    case.light = evaluation.colour.value
    case.meets = f" {' '.join(rules.met(work, state))} "
    case.state = msgspec.json.decode(msgspec.json.encode(replace(state, void=())))
    case.seq, case.head, case.evaluated = state.seq, state.head, state.as_of
    case.save()
    case.co.set([units[key] for key in state.co if key in units])


@transaction.atomic
def rebuild(case_pk: int, moment: datetime | None = None) -> Case:
    """The projection anew from the events."""
    case = Case.objects.select_for_update().get(pk=case_pk)
    work = rules.rules_of(case.work_type, case.registered)
    _project(case, rules.state_of(work, events_of(case), moment or timezone.now()))
    return case


def evaluate_open(moment: datetime | None = None) -> int:
    """Look at every open case as of now, each in a transaction of its own; how many there were. Safe to run twice.

    One that was kept before cases were counted in rates is looked at too.
    """
    found = list(Case.objects.filter(~Q(stage__in=ENDED) | Q(meets="")).values_list("pk", flat=True))
    for pk in found:
        rebuild(pk, moment)
    return len(found)


def open_cases() -> QuerySet[Case]:
    """The cases that are still somebody's to carry on, in order of their keys."""
    return Case.objects.exclude(stage__in=ENDED).order_by("pk")


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


# --- the log ----------------------------------------------------------------------------------------------------------


def log() -> Iterator[Event | Checkpoint]:
    """Every event of every case and every checkpoint, as the audit log holds them."""
    kept = CaseEvent.objects.order_by("case", "seq").values_list("record", flat=True)
    yield from (rules.event_of(record) for record in kept.iterator(chunk_size=2000))
    for record in LogCheckpoint.objects.order_by("number").values_list("record", flat=True):
        yield msgspec.convert(record, Checkpoint)


_IN_FLIGHT = timedelta(minutes=1)
"""How old an event has to be before a checkpoint counts it: whoever wrote it down has finished by then."""


@transaction.atomic
def seal_log(now: datetime | None = None) -> Checkpoint:
    """A checkpoint over all that the log held a minute ago, kept behind the one before."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE cases_caseevent IN SHARE MODE")
    last = LogCheckpoint.objects.order_by("number").last()
    before = msgspec.convert(last.record, Checkpoint) if last else None
    at = (now or timezone.now()) - _IN_FLIGHT
    by_then = CaseEvent.objects.filter(recorded__lte=at)
    later = by_then.filter(case=OuterRef("case"), seq=OuterRef("seq") + 1)
    heads = by_then.filter(~Exists(later)).values_list("record", flat=True)
    sealed = checkpoint(
        (rules.event_of(record) for record in heads.iterator(chunk_size=2000)),
        events=by_then.count(),
        at=at,
        before=before,
    )
    LogCheckpoint.objects.create(number=sealed.number, at=at, record=msgspec.to_builtins(sealed))
    return sealed


def refuse_broken(**_signal: object) -> None:
    """Stop a restore whose log is not whole: nothing of it stays.

    Raises InputError that names the first place where it is broken.
    """
    breaks = verify_chain(log())
    if breaks:
        raise InputError(
            f"the log is broken in {len(breaks)} places",
            where=f"{breaks[0].case} {breaks[0].seq} {breaks[0].code}",
            todo="take an older backup",
        )


# --- the ladder -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Climbed:
    """What came of the ladder's rungs that a case had come to."""

    case: Case
    taken: list[Event] = field(default_factory=list)
    advised: list[rules.Prompt] = field(default_factory=list)
    """What a person has to decide: another unit, a leader that nobody is, the board."""


@transaction.atomic
def climb(case_pk: int, now: datetime | None = None) -> Climbed:
    """Take each rung that the case has come to and that the system may take. Safe to run twice: a rung is taken once."""
    case = Case.objects.select_for_update().get(pk=case_pk)
    events = events_of(case)
    moment = now or _after(events)
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events, moment)
    climbed = Climbed(case=case)
    if not rules.prompts_of(work, state, ()):
        return climbed
    asked = _asked_lately(case, work, moment)
    seen: set[str] = set()
    while prompt := rules.next_prompt(work, state, asked, seen):
        seen.add(prompt.rung)
        if not rules.system_may(work, state, prompt.act, moment) or (
            prompt.act is Act.ESCALATE and not _post_for(case, prompt)
        ):
            climbed.advised.append(prompt)
            continue
        saying = Saying(
            details=replace(prompt.details(), to_post=_post_for(case, prompt)),
            reason=rules.sentence("reason", prompt.reason.code, prompt.reason.facts, "zh"),
        )
        _append(case, events, rules.SYSTEM, prompt.act, saying, by=None, now=moment)
        asked.append(moment)
        state = rules.state_of(work, events, moment)
        climbed.taken.append(events[-1])
    return climbed


def _asked_lately(case: Case, work: WorkType, moment: datetime) -> list[datetime]:
    """When its lead unit was asked for something, over all its cases; nobody else asks it until this is committed."""
    if work.asks is None or case.lead_id is None:
        return []
    organisation.lock(case.lead_id)
    asked = CaseEvent.objects.filter(
        act__in=[act.value for act in work.asks.acts], at__gt=moment - _LATELY, case__lead=case.lead_id
    )
    return list(asked.values_list("at", flat=True))


_LATELY = timedelta(days=62)


def _post_for(case: Case, prompt: rules.Prompt) -> str:
    """The post that is asked: the case's own, else the unit's, or of who answers for the unit."""
    return prompt.post or organisation.post_for(case.lead_id, prompt.to)


# --- handing over -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class HandOver(Route):
    """What the office decided on a commitment."""

    commitment: int


@transaction.atomic
def hand_over(given: HandOver, *, by: User, standing: Standing, now: datetime | None = None) -> Case:
    """Make a task of an accepted commitment and hand it to its lead unit: registered, planned, handed over.

    Raises ConflictError if somebody else has handed it over or taken it back, RefusedError if the rules do not allow it.
    """
    commitment = (
        reports.Commitment.objects.select_for_update(of=("self",))
        .select_related("report")
        .get(pk=given.commitment)
    )
    if (
        commitment.state != reports.Commitment.State.ACCEPTED
        or Case.objects.filter(commitment=commitment).exists()
    ):
        raise ConflictError(
            _("it was handed over already, or is no longer accepted"),
            where=commitment.wording,
            todo=_("reload the board"),
        )
    now = now or timezone.now()
    case = _new_case(commitment.work_type, day_of(now), commitment)
    events: list[Event] = []
    actor = _office(standing, by)
    for act, details in (
        (Act.REGISTER, Details(title=commitment.wording, origin=_origin(commitment))),
        (Act.PLAN, replace(_planned(given), targets=_targets(commitment))),
        (Act.HAND_OVER, Details(result_form=given.result_form, due=given.due)),
    ):
        _append(case, events, actor, act, Saying(details=details), by=by, now=now)
    return case


def _new_case(work_type: str, registered: date, commitment: reports.Commitment | None = None) -> Case:
    case = Case.objects.create(
        work_type=work_type, registered=registered, commitment=commitment, key=secrets.token_hex(8)
    )
    case.key = f"{registered.year}-{case.pk:05d}"
    return case


def _planned(given: Route) -> Details:
    return Details(
        lead=given.lead.key,
        co=tuple(unit.key for unit in given.co),
        result_form=given.result_form,
        due=given.due,
    )


# --- what does not come from a report ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Registration:
    """Something that somebody asked for, to be taken up."""

    work_type: str
    title: str
    kind: str = ""
    applicant: str = ""
    """What its events name whoever asked by: never a name, since events are kept for ever."""
    received: datetime
    records: Sequence[Evidence] = ()
    kept: Sequence[StoredFile] = ()


@transaction.atomic
def register(given: Registration, *, by: User, standing: Standing, now: datetime | None = None) -> Case:
    """A case of what was received. The rules of the day it was received on hold for it.

    Raises RefusedError if the rules do not allow it: there is no such kind, it would come from the future.
    """
    now = now or timezone.now()
    case = _new_case(given.work_type, day_of(given.received))
    details = Details(title=given.title, kind=given.kind, applicant=given.applicant)
    saying = Saying(
        details=details,
        records=given.records,
        kept=[(stored, EvidenceKind.DOCUMENT) for stored in given.kept],
    )
    _append(case, [], _office(standing, by), Act.REGISTER, saying, by=by, now=now, at=given.received)
    return case


def unrouted() -> QuerySet[Case]:
    """The cases that a unit can be planned for: registered (and accepted, where the law asks for that) or given back."""
    today = organisation.today()
    chosen = Q(pk=None)
    for name in WORK_TYPES:
        plan = rules.rules_of(name, today).acts[Act.PLAN]
        chosen |= Q(work_type=name, stage__in=plan.stages)
    return Case.objects.filter(chosen).order_by("key")


@transaction.atomic
def routed(
    case_pk: int,
    given: Route,
    *,
    by: User,
    standing: Standing,
    plan_only: bool = False,
    now: datetime | None = None,
) -> Case:
    """Plan who is to do it and hand it over to them, or plan it only.

    Raises RefusedError if the rules do not allow it: a petition has to be accepted first.
    """
    case = Case.objects.select_for_update().get(pk=case_pk)
    events = events_of(case)
    now = now or _after(events)
    actor = _office(standing, by)
    _append(case, events, actor, Act.PLAN, Saying(details=_planned(given)), by=by, now=now)
    if not plan_only:
        details = Details(result_form=given.result_form, due=given.due)
        _append(case, events, actor, Act.HAND_OVER, Saying(details=details), by=by, now=now)
    return case


def _office(standing: Standing, by: User) -> Actor:
    """The capacity of the supervision office."""
    for actor in rules.actors(standing, by.username):
        if actor.role is Role.OFFICE:
            return actor
    raise RefusedError(_("only the supervision office registers and hands over"))


def _origin(commitment: reports.Commitment) -> Origin:
    return Origin(
        document=commitment.report.sha256,
        start=commitment.start,
        end=commitment.end,
        quote=commitment.quote,
        section=" / ".join(reports.section_path(commitment.report, commitment.section)),
    )


def _targets(commitment: reports.Commitment) -> tuple[Target, ...]:
    """The numbers to be reached, as the report names them; parts and wholes of others are counted anew."""
    return tuple(
        replace(msgspec.convert(figure["target"], Target), key=f"t{number}")
        for number, figure in enumerate(commitment.figures, start=1)
    )


# --- rates ------------------------------------------------------------------------------------------------------------


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
        return tally.per_cent(self.counted, self.of)


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
