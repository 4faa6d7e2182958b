"""Rows of the database as the API gives them."""

from collections.abc import Sequence
from typing import Any

from duban.supervision.words import label, sentence
from duban.web.api.schemas import (
    AllowedOut,
    AttemptOut,
    CaseDetail,
    CaseOut,
    CommitmentOut,
    DeliveryOut,
    FileOut,
    LightOut,
    MembershipOut,
    PostOut,
    ReasonOut,
    Taken,
    UnitOut,
    WebhookOut,
)
from duban.web.base.language import lang
from duban.web.cases import service as cases
from duban.web.cases.service import Case, Looked
from duban.web.files.service import StoredFile, content_type
from duban.web.organisation.service import Membership, Post, Unit
from duban.web.reports import service as reports
from duban.web.reports.service import Commitment, Report
from duban.web.webhooks.service import Delivery, Subscription

__all__ = [
    "case_detail",
    "case_out",
    "commitments_out",
    "delivery_out",
    "file_out",
    "membership_out",
    "post_out",
    "report_out",
    "taken",
    "unit_out",
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
