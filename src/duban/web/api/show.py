"""Rows of the database as the API gives them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from duban.supervision import label, sentence
from duban.web.api.schemas import (
    AllowedOut,
    AttemptOut,
    BatchOut,
    CaseDetail,
    CaseOut,
    CircularOut,
    CircularUnit,
    CommitmentOut,
    DeliveryOut,
    EntryOut,
    FileOut,
    LightOut,
    LikeOut,
    MembershipOut,
    PostOut,
    ProgressOut,
    ProposalOut,
    PublicationOut,
    PublishableDetail,
    PublishableOut,
    ReasonOut,
    SubmissionDetail,
    SubmissionOut,
    SuggestedOut,
    SuggestionOut,
    Taken,
    UnitOut,
    UnroutedOut,
    WebhookOut,
)
from duban.web.base.language import lang
from duban.web.cases import service as cases
from duban.web.cases.service import Case, Looked
from duban.web.files.service import StoredFile, content_type
from duban.web.intake import service as intake
from duban.web.intake.service import Batch, Submission
from duban.web.organisation.service import Membership, Post, SuggestedUnit, Unit
from duban.web.papers import service as papers
from duban.web.papers.service import Circular, Entry, Outcome, ProgressBook
from duban.web.publish import service as publish
from duban.web.publish.service import Publication
from duban.web.reports import service as reports
from duban.web.reports.service import Commitment, Report
from duban.web.tokens.service import Caller
from duban.web.webhooks.service import Delivery, Subscription

__all__ = [
    "allowed_out",
    "batch_out",
    "case_detail",
    "case_out",
    "circular_out",
    "commitments_out",
    "delivery_out",
    "file_out",
    "membership_out",
    "post_out",
    "progress_out",
    "publication_out",
    "publishable_detail",
    "publishable_out",
    "report_out",
    "submission_detail",
    "submission_out",
    "taken",
    "unit_out",
    "unrouted_out",
    "webhook_out",
]


def file_out(file: StoredFile) -> FileOut:
    """A kept file."""
    return FileOut(id=file.pk, name=file.name, size=file.size, sha256=file.sha256, type=content_type(file))


def report_out(report: Report) -> dict[str, Any]:
    """A report without its text."""
    return {
        "id": report.pk,
        "title": report.title,
        "place": report.place,
        "year": report.year,
        "sha256": report.sha256,
        "reader": report.reader,
        "at": report.at,
        "by": report.by.username,
        "file": file_out(report.file),
    }


def commitments_out(found: Sequence[Commitment]) -> list[CommitmentOut]:
    """Commitments, whose reports are loaded with them; the cases they were handed over as are looked up at once."""
    keys = dict(
        Case.objects.filter(commitment__in=[one.pk for one in found]).values_list("commitment", "key")
    )
    return [_commitment(one, keys.get(one.pk)) for one in found]


def _commitment(one: Commitment, key: str | None) -> CommitmentOut:
    return CommitmentOut(
        id=one.pk,
        report=one.report_id,
        start=one.start,
        end=one.end,
        quote=one.quote,
        section=reports.section_path(one.report, one.section),
        wording=one.wording,
        work_type=one.work_type,
        due=one.due,
        figures=one.figures,
        origin=one.origin,
        state=one.state,
        version=one.version,
        case=key,
    )


def case_out(case: Case) -> CaseOut:
    """A case as it stands in lists."""
    return CaseOut(**_case(case))


def _case(case: Case) -> dict[str, Any]:
    return {
        "key": case.key,
        "work_type": case.work_type,
        "registered": case.registered,
        "title": case.title,
        "stage": case.stage,
        "lead": case.lead.key if case.lead else None,
        "due": case.due,
        "asked": case.asked,
        "light": case.light,
        "seq": case.seq,
        "evaluated": case.evaluated,
    }


def case_detail(looked: Looked) -> CaseDetail:
    """A case as it was looked at: state, clocks, lights with their reasons, and what the caller may do."""
    case, evaluation = looked.case, cases.evaluation(looked)
    return CaseDetail(
        **_case(case),
        co=[unit.key for unit in case.co.all()],
        commitment=case.commitment_id,
        state=looked.state,
        clocks=list(looked.state.clocks),
        main=looked.work.main,
        evaluation=evaluation,
        lights=[
            LightOut(
                dimension=light.dimension.value,
                colour=light.colour.value,
                reasons=[
                    ReasonOut(
                        code=reason.code,
                        facts=reason.facts,
                        text=sentence("reason", reason.code, reason.facts, lang()),
                    )
                    for reason in light.reasons
                ],
            )
            for light in evaluation.lights
        ],
        allowed=allowed_out(looked),
        files=[file_out(kept.file) for kept in case.files.select_related("file").order_by("pk")],
    )


def allowed_out(looked: Looked) -> list[AllowedOut]:
    """What may be done to the case, in the order of its work type."""
    return [
        AllowedOut(
            act=act,
            name=label("act", act, lang()),
            needs=list(may.needs),
            until=may.until.at if may.until else None,
        )
        for act, (may, _actor) in looked.allowed.items()
    ]


def taken(case: Case) -> Taken:
    """What a case is after the act that just happened to it."""
    last = cases.events_of(case)[-1]
    return Taken(
        case=case.key,
        seq=last.seq,
        act=last.act.value,
        hash=last.hash,
        stage=case.stage,
        light=case.light,
        due=case.due,
    )


# --- what is received -------------------------------------------------------------------------------------------------


def submission_out(one: Submission, who: Caller) -> SubmissionOut:
    """What was received, loaded with its case and files; who asked only for those who may see that."""
    return SubmissionOut(**_submission(one, who))


def submission_detail(one: Submission, who: Caller) -> SubmissionDetail:
    """With what it may be the same as."""
    waits = one.state == Submission.State.WAITING
    likes = intake.similar(one) if waits else []
    return SubmissionDetail(
        **_submission(one, who),
        similar=[
            LikeOut(
                id=like.submission.pk,
                title=like.submission.title,
                received=like.submission.received,
                state=like.submission.state,
                share=like.share,
                same_applicant=like.same_applicant,
            )
            for like in likes
        ],
    )


def _submission(one: Submission, who: Caller) -> dict[str, Any]:
    near = who.may("applicant.see") and intake.may_see_applicant(who.standing, one)
    return {
        "id": one.pk,
        "receipt": one.receipt,
        "work_type": one.work_type,
        "kind": one.kind,
        "session": one.session,
        "number": one.number,
        "title": one.title,
        "text": one.text,
        "channel": one.channel,
        "received": one.received,
        "state": one.state,
        "reason": one.reason,
        "case": one.case.key if one.case else None,
        "applicant": one.applicant if near or intake.name_is_open(one) else None,
        "contact": one.contact if near else None,
        "files": [file_out(kept.file) for kept in one.files.all()],
    }


def batch_out(batch: Batch) -> BatchOut:
    """A workbook of proposals, and what is wrong with it. Of proposals the names of who asks are open."""
    check = intake.checked(batch)
    return BatchOut(
        id=batch.pk,
        applied=batch.applied,
        errors=check.errors,
        issues=[asdict(issue) for issue in check.issues],
        proposals=[
            ProposalOut(
                line=row.line,
                number=row.number,
                title=row.title,
                applicant=row.applicant,
                kind=row.kind,
                lead=row.lead.key if row.lead else None,
                co=[unit.key for unit in row.co],
            )
            for row in check.rows
        ],
    )


def unrouted_out(case: Case, suggested: Sequence[SuggestedUnit]) -> UnroutedOut:
    """A case that no unit has, with those that its words speak for."""
    return UnroutedOut(
        **_case(case),
        suggested=[
            SuggestionOut(unit=one.unit.key, name=one.unit.name, words=list(one.words)) for one in suggested
        ],
    )


# --- what is public ---------------------------------------------------------------------------------------------------


def publication_out(one: Publication) -> PublicationOut:
    """What is public, or was."""
    return PublicationOut(
        public=one.is_open,
        parts=one.parts,
        wording=one.wording,
        progress=one.progress,
        progress_day=one.progress_day,
        answer=one.answer,
        source=one.source,
        section=one.section,
        at=one.at,
    )


def publishable_out(case: Case) -> PublishableOut:
    """A case, loaded with its lead and what is public of it."""
    return PublishableOut(**_publishable(case))


def publishable_detail(case: Case) -> PublishableDetail:
    """With what could be public."""
    chosen = publish.suggested(case)
    return PublishableDetail(
        **_publishable(case),
        suggested=SuggestedOut(
            parts=sorted(chosen.parts),
            wording=chosen.wording,
            progress=chosen.progress,
            progress_day=chosen.progress_day,
            answer=chosen.answer,
        ),
    )


def _publishable(case: Case) -> dict[str, Any]:
    public = getattr(case, "publication", None)
    return {
        "case": case.key,
        "work_type": case.work_type,
        "title": case.title,
        "lead": case.lead.key if case.lead else "",
        "publication": publication_out(public) if public else None,
    }


# --- papers -----------------------------------------------------------------------------------------------------------


def circular_out(found: Circular) -> CircularOut:
    """The numbers of a circular, with the keys of the cases that it names."""
    praised, criticised = papers.suggested(found)
    return CircularOut(
        title=papers.circular_title(found),
        overview=found.overview,
        praised=praised,
        criticised=criticised,
        cases=[line.case.key for line in found.lines],
        late=[line.case.key for line in found.late],
        unsigned=[line.case.key for line in found.unsigned],
        done=[line.case.key for line in found.done],
        lights=dict(found.lights),
        units=[CircularUnit(**asdict(unit)) for unit in found.units],
        rates=dict(found.rates),
    )


def progress_out(book: ProgressBook, entries: Sequence[Entry]) -> ProgressOut:
    """A workbook, and what would come of each of its rows."""
    return ProgressOut(
        id=book.pk,
        applied=book.applied,
        count=book.count,
        ready=sum(entry.outcome is Outcome.READY for entry in entries),
        entries=[
            EntryOut(
                line=entry.said.line,
                case=entry.said.case,
                title=entry.said.title,
                outcome=entry.outcome.value,
                why=entry.why,
                shown=entry.shown,
            )
            for entry in entries
        ],
    )


# --- units and webhooks -----------------------------------------------------------------------------------------------


def unit_out(unit: Unit) -> UnitOut:
    """A unit, loaded with its parent and successor."""
    return UnitOut(
        id=unit.pk,
        key=unit.key,
        name=unit.name,
        short=unit.short,
        kind=unit.kind,
        parent=unit.parent.key if unit.parent else None,
        founded=unit.founded,
        dissolved=unit.dissolved,
        successor=unit.successor.key if unit.successor else None,
    )


def post_out(post: Post) -> PostOut:
    """A post, loaded with its unit and charge."""
    return PostOut(
        id=post.pk,
        unit=post.unit.key,
        title=post.title,
        role=post.role,
        charge=[unit.key for unit in post.charge.all()],
    )


def membership_out(one: Membership) -> MembershipOut:
    """Who holds a post, and since when."""
    return MembershipOut(
        id=one.pk,
        post=one.post_id,
        username=one.user.username,
        name=one.user.name,
        since=one.since,
        until=one.until,
    )


def webhook_out(one: Subscription) -> dict[str, Any]:
    """A subscription without its secret."""
    return WebhookOut(
        id=one.pk,
        name=one.name,
        url=one.url,
        acts=one.acts,
        units=[unit.key for unit in one.units.all()],
        active=one.active,
        why_stopped=one.why_stopped,
        made=one.made,
    ).model_dump()


def delivery_out(one: Delivery) -> DeliveryOut:
    """A message with every try."""
    return DeliveryOut(
        id=one.pk,
        message=one.message,
        case=one.case.key if one.case else None,
        state=one.state,
        made=one.made,
        due=one.due,
        tries=one.tries,
        body=one.body,
        attempts=[
            AttemptOut(at=each.at, status=each.status, told=each.told, milliseconds=each.milliseconds)
            for each in one.attempts.all()
        ],
    )
