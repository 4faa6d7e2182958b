"""How an event is kept: checked by the rules, sealed to the one before, and the row of its case brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec.structs import replace

from duban.errors import DubanError, InputError
from duban.supervision import Act, Actor, Details, Event, Evidence, EvidenceKind, State
from duban.web.base.language import lang
from duban.web.cases import rules
from duban.web.cases.asking import ENDED, events_of
from duban.web.cases.models import Case, CaseEvent, CaseFile
from duban.web.files import service as files
from duban.web.files.service import StoredFile
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from datetime import datetime

    from duban.web.accounts.service import User

__all__ = [
    "RefusedError",
    "Saying",
    "after",
    "append",
    "evaluate_open",
    "happened",
    "rebuild",
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


def after(events: Sequence[Event]) -> datetime:
    """Now, or the moment of the last event if a clock was set back: time does not run backwards in a case."""
    now = timezone.now()
    return max(now, events[-1].recorded) if events else now


def append(
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
