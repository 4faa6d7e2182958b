"""The door of cases: register one, let something happen to it, ask what it is, and what somebody may do.

What happens is an event, checked by the rules before it is kept; the row of the case is locked meanwhile, so that two
people at once come one after the other, and the second is told if what they looked at is no longer so.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from django.core.files import File
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec.structs import replace

from duban.errors import DubanError, InputError
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
from duban.web.base.language import lang
from duban.web.base.problems import ConflictError
from duban.web.cases import rules
from duban.web.cases.models import Case, CaseEvent, CaseFile, LogCheckpoint
from duban.web.files import service as files
from duban.web.organisation import service as organisation
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from duban.supervision.work_types.load import WorkType
    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__ = [
    "Case",
    "Climbed",
    "HandOver",
    "Looked",
    "Pile",
    "RefusedError",
    "Saying",
    "at_moment",
    "climb",
    "evaluate_open",
    "events_of",
    "hand_over",
    "happened",
    "kept_lights",
    "kept_state",
    "log",
    "look",
    "open_cases",
    "pile",
    "rebuild",
    "seal_log",
    "take",
    "units_of",
    "visible",
    "waiting",
]


happened = Signal()
"""Sent in the transaction of an event, once it is kept: `case`, `event`, and `before`, the state that it came to."""


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


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A case as somebody sees it at a moment."""

    case: Case
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
    return cases.filter(Q(lead__in=own) | Q(pk__in=part))


class Pile(StrEnum):
    """Cases that wait for the same thing."""

    TO_SIGN = "to_sign"
    UNDER_WAY = "under_way"
    DUE_SOON = "due_soon"
    LATE = "late"
    CLAIMED = "claimed"
    ASKED = "asked"


SOON = timedelta(days=14)


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
    return Looked(case=case, state=state, events=events, moment=now, allowed=may)


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
    case: Case, events: list[Event], actor: Actor, act: Act, saying: Saying, *, by: User | None, now: datetime
) -> None:
    """Check the event, keep it, and bring the projection up to date."""
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events, now)
    event = Event(
        case=case.key,
        seq=state.seq + 1,
        act=act,
        at=now,
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
    kept = []
    for upload, name, kind in saying.files:
        stored = files.keep(upload, name, purpose="evidence", by=by)
        CaseFile.objects.create(case=case, file=stored)
        kept.append(Evidence(kind=kind, ref=f"file/{stored.pk}", title=stored.name, sha256=stored.sha256))
    return kept


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
    """Look at every open case as of now, each in a transaction of its own; how many there were. Safe to run twice."""
    found = list(open_cases().values_list("pk", flat=True))
    for pk in found:
        rebuild(pk, moment)
    return len(found)


def open_cases() -> QuerySet[Case]:
    """The cases that are still somebody's to carry on, in order of their keys."""
    ended = (Stage.CLOSED, Stage.ARCHIVED, Stage.DECLINED, Stage.WITHDRAWN)
    return Case.objects.exclude(stage__in=ended).order_by("pk")


def kept_state(case: Case) -> tuple[WorkType, State]:
    """The rules of the case, and its state as it was when it was last looked at."""
    return rules.rules_of(case.work_type, case.registered), msgspec.convert(case.state, State)


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
class HandOver:
    """What the office decided on a commitment: who leads, who has a part, what there will be to see, and by when."""

    commitment: int
    lead: organisation.Unit
    co: Sequence[organisation.Unit] = ()
    result_form: str = ""
    due: date | None = None


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
    case = Case.objects.create(
        work_type=commitment.work_type,
        registered=day_of(now),
        commitment=commitment,
        key=secrets.token_hex(8),
    )
    case.key = f"{case.registered.year}-{case.pk:05d}"
    plan = Details(
        lead=given.lead.key,
        co=tuple(unit.key for unit in given.co),
        result_form=given.result_form,
        due=given.due,
        targets=_targets(commitment),
    )
    events: list[Event] = []
    actor = _office(standing, by)
    for act, details in (
        (Act.REGISTER, Details(title=commitment.wording, origin=_origin(commitment))),
        (Act.PLAN, plan),
        (Act.HAND_OVER, Details(result_form=given.result_form, due=given.due)),
    ):
        _append(case, events, actor, act, Saying(details=details), by=by, now=now)
    return case


def _office(standing: Standing, by: User) -> Actor:
    """The capacity of the supervision office."""
    for actor in rules.actors(standing, by.username):
        if actor.role is Role.OFFICE:
            return actor
    raise RefusedError(_("only the supervision office hands over"))


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
