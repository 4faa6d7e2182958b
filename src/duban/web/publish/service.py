"""The door of publishing: choose what is public of a case, and read what is.

`items` is the only way from a case to the public: an Item has what was chosen and no way back to its case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.errors import InputError
from duban.supervision import Act, Colour, Stage
from duban.web.cases import service as cases
from duban.web.publish.models import Publication, PublishingAct
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from duban.web.accounts.service import User
    from duban.web.cases.service import Case

__all__ = [
    "NEVER",
    "PLAIN",
    "Chosen",
    "Item",
    "Publication",
    "Show",
    "Status",
    "items",
    "publish",
    "publish_many",
    "publishable",
    "status_of",
    "suggested",
    "withdraw",
]

NEVER = frozenset({"petition"})
"""Work types that are nobody's affair but of who asked."""


class Show(StrEnum):
    """What can be shown of a case besides its wording."""

    SENTENCE = "sentence"
    UNIT = "unit"
    STATUS = "status"
    DUE = "due"
    PROGRESS = "progress"
    ANSWER = "answer"


PLAIN = (Show.SENTENCE, Show.UNIT, Show.STATUS, Show.DUE)
"""What can be chosen for many at once: nobody has to read a text first."""


class Status(StrEnum):
    """How it stands, for everybody."""

    STARTING = "starting"
    ON_TRACK = "on_track"
    ATTENTION = "attention"
    LATE = "late"
    CHECKING = "checking"
    DONE = "done"
    ANSWERED = "answered"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the office chose to publish of a case."""

    parts: frozenset[Show]
    wording: str
    progress: str = ""
    progress_day: date | None = None
    answer: str = ""

    def shown(self) -> Chosen:
        """Without the texts that are not shown: such are not kept."""
        told, answered = Show.PROGRESS in self.parts, Show.ANSWER in self.parts
        return replace(
            self,
            progress=self.progress if told else "",
            progress_day=self.progress_day if told else None,
            answer=self.answer if answered else "",
        )


@dataclass(frozen=True, kw_only=True)
class Item:
    """What everybody may read of a case; None where it was not chosen or there is none."""

    id: int
    work_type: str
    source: str
    section: str
    wording: str
    published: date
    sentence: str | None = None
    unit: str | None = None
    status: Status | None = None
    due: date | None = None
    progress: str | None = None
    progress_day: date | None = None
    answer: str | None = None


# --- choosing ---------------------------------------------------------------------------------------------------------


def publishable() -> QuerySet[Case]:
    """The cases of which something can be published: handed over once, and no private affair."""
    return cases.Case.objects.exclude(work_type__in=NEVER).exclude(lead=None)


def suggested(case: Case) -> Chosen:
    """What could be published of a case: what was published last, else its title, last report and approved answer."""
    before = Publication.objects.filter(case=case).first()
    if before is not None:
        return Chosen(
            parts=frozenset(map(Show, before.parts)),
            wording=before.wording,
            progress=before.progress,
            progress_day=before.progress_day,
            answer=before.answer,
        )
    return Chosen(parts=frozenset(PLAIN), wording=case.title, **latest(case))


def latest(case: Case) -> dict[str, Any]:
    """The words of the last report with their day, and the last answer if it was approved."""
    found: dict[str, Any] = {"progress": "", "progress_day": None, "answer": ""}
    claimed = ""
    for event in cases.events_of(case):
        if event.act is Act.REPORT and event.details.text:
            found |= {"progress": event.details.text[:2000], "progress_day": timezone.localdate(event.at)}
        elif event.act is Act.CLAIM:
            claimed = event.details.text
        elif event.act is Act.CLOSE:
            found["answer"] = claimed
    return found


@transaction.atomic
def publish(case_pk: int, chosen: Chosen, *, by: User) -> Publication:
    """Let everybody read this of the case, in place of what they could read before.

    Raises InputError for a case that is never published, or a wording that is empty.
    """
    case = publishable().select_for_update(of=("self",)).filter(pk=case_pk).first()
    if case is None:
        raise InputError(_("nothing can be published of it"), todo=_("hand it over first"))
    if not chosen.wording.strip():
        raise InputError(_("what is published needs a wording"), where=case.key)
    commitment, chosen = case.commitment, chosen.shown()
    publication, _made = Publication.objects.update_or_create(
        case=case,
        defaults={
            "is_open": True,
            "parts": sorted(part.value for part in chosen.parts),
            "wording": chosen.wording.strip()[:500],
            "progress": chosen.progress.strip()[:2000],
            "progress_day": chosen.progress_day,
            "answer": chosen.answer.strip()[:10_000],
            "source": commitment.report.title if commitment else "",
            "section": " / ".join(reports.section_path(commitment.report, commitment.section))[:300]
            if commitment
            else "",
            "order": commitment.start if commitment else case.pk,
            "at": timezone.now(),
        },
    )
    _record(publication, PublishingAct.Act.PUBLISH, by)
    return publication


def publish_many(case_pks: Iterable[int], parts: Collection[Show], *, by: User) -> int:
    """Publish the plain parts of each, under its title; texts that were chosen before stay. How many there were."""
    count = 0
    plain = frozenset(parts) & frozenset(PLAIN)
    with transaction.atomic():
        for case in publishable().filter(pk__in=set(case_pks)).order_by("pk"):
            before = suggested(case)
            public = Publication.objects.filter(case=case, is_open=True).exists()
            texts = before.parts - frozenset(PLAIN) if public else frozenset()
            publish(case.pk, replace(before, parts=plain | texts), by=by)
            count += 1
    return count


@transaction.atomic
def withdraw(case_pks: Iterable[int], *, by: User) -> int:
    """Take cases from the public page; how many were on it. A cache in between may show them some minutes longer."""
    chosen = Publication.objects.select_for_update().filter(case__in=set(case_pks), is_open=True)
    count = 0
    for publication in chosen:
        publication.is_open = False
        publication.save(update_fields=["is_open"])
        _record(publication, PublishingAct.Act.WITHDRAW, by)
        count += 1
    return count


def _record(publication: Publication, act: PublishingAct.Act, by: User) -> None:
    shown = {}
    if publication.is_open:
        names = ("parts", "wording", "progress", "answer")
        shown = {name: getattr(publication, name) for name in names}
    PublishingAct.objects.create(case=publication.case, act=act, shown=shown, by=by)


# --- reading ----------------------------------------------------------------------------------------------------------


def items(now: datetime | None = None) -> list[Item]:
    """What everybody may read, in the order of the reports."""
    moment = now or timezone.now()
    public = Publication.objects.filter(is_open=True).exclude(case__work_type__in=NEVER)
    chosen = public.select_related("case__lead", "case__commitment__report").defer(
        "case__lights", "case__commitment__report__document"
    )
    return [_item(one, moment) for one in chosen]


def _item(publication: Publication, moment: datetime) -> Item:
    """Only what was chosen goes over."""
    case, parts = publication.case, frozenset(publication.parts)

    def chosen(part: Show, value: Any) -> Any:
        return (value or None) if part.value in parts else None

    return Item(
        id=publication.pk,
        work_type=case.work_type,
        source=publication.source,
        section=publication.section,
        wording=publication.wording,
        published=timezone.localdate(publication.at),
        sentence=chosen(Show.SENTENCE, case.commitment.quote if case.commitment else ""),
        unit=chosen(Show.UNIT, case.lead.name if case.lead else ""),
        status=chosen(Show.STATUS, status_of(case, moment)),
        due=chosen(Show.DUE, cases.last_day(case.due)),
        progress=chosen(Show.PROGRESS, publication.progress),
        progress_day=chosen(Show.PROGRESS, publication.progress_day),
        answer=chosen(Show.ANSWER, publication.answer),
    )


_ENDED = frozenset({Stage.DECLINED, Stage.WITHDRAWN})
_COLOURS = {Colour.RED: Status.LATE, Colour.YELLOW: Status.ATTENTION}


def status_of(case: Case, moment: datetime) -> Status:
    """How a case stands, for everybody: its stage, and while it is under way its light."""
    stage = Stage(case.stage)
    if stage in _ENDED:
        return Status.ENDED
    if stage in {Stage.CLOSED, Stage.ARCHIVED}:
        return Status.DONE if case.state.get("solved") else Status.ANSWERED
    if stage is Stage.CLAIMED:
        return Status.CHECKING
    if case.due and case.due <= moment:
        return Status.LATE
    if stage is Stage.UNDER_WAY:
        return _COLOURS.get(Colour(case.light), Status.ON_TRACK) if case.light else Status.ON_TRACK
    return Status.STARTING
