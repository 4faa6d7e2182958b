"""How a case begins: of a commitment of a report, or of what somebody asked for; and how it comes to a unit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec.structs import replace

from duban.supervision import Act, Actor, Details, Event, Evidence, EvidenceKind, Origin, Role, Target, day_of
from duban.web.base.problems import ConflictError
from duban.web.cases import rules
from duban.web.cases.asking import events_of
from duban.web.cases.keeping import RefusedError, Saying, after, append
from duban.web.cases.models import Case
from duban.web.cases.routing import Route
from duban.web.files.service import StoredFile
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__ = [
    "HandOver",
    "Registration",
    "hand_over",
    "register",
    "routed",
]


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
        append(case, events, actor, act, Saying(details=details), by=by, now=now)
    return case


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
    append(case, [], _office(standing, by), Act.REGISTER, saying, by=by, now=now, at=given.received)
    return case


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
    now = now or after(events)
    actor = _office(standing, by)
    append(case, events, actor, Act.PLAN, Saying(details=_planned(given)), by=by, now=now)
    if not plan_only:
        details = Details(result_form=given.result_form, due=given.due)
        append(case, events, actor, Act.HAND_OVER, Saying(details=details), by=by, now=now)
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
