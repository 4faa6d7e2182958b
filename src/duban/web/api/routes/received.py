"""What does not come from a report: taking it in, deciding on it, who asked, and handing it over."""

import io
from datetime import date
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Status, UploadedFile

from duban.web.api.caller import caller, needs, their_case
from duban.web.api.once import once
from duban.web.api.paging import Cursor, Limit, page
from duban.web.api.routes.reports import makes_file, unit_of
from duban.web.api.schemas import (
    ApplicantOut,
    BatchOut,
    CaseOut,
    CodeOut,
    DeclinedIn,
    Id,
    Key,
    Page,
    RegisteredIn,
    RoutedIn,
    SubmissionDetail,
    SubmissionOut,
    UnroutedOut,
)
from duban.web.api.show import batch_out, case_out, submission_detail, submission_out, unrouted_out
from duban.web.cases import service as cases
from duban.web.files import service as files
from duban.web.intake import service
from duban.web.intake.service import MOST_FILES, Batch, Submission, SubmissionFile
from duban.web.organisation import service as organisation
from duban.web.papers import service as papers

__all__ = ["router"]

router = Router(tags=["received"])

Sort = Literal["appeal", "petition", "proposal", "instruction", "inspection"]
State = Literal["waiting", "registered", "declined"]


def _submissions() -> QuerySet[Submission]:
    return Submission.objects.select_related("case").prefetch_related("files__file")


@router.get(
    "/submissions", response=Page[SubmissionOut], summary="What was received", **needs("appeal.register")
)
def submission_list(
    request: HttpRequest,
    state: State | None = None,
    work_type: Sort | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Appeals, petitions, proposals, instructions and inspections, in the order they were typed in."""
    wanted = {"state": state, "work_type": work_type}
    rows = _submissions().filter(**{name: value for name, value in wanted.items() if value})
    who = caller(request)
    return page(rows, lambda found: [submission_out(one, who) for one in found], cursor, limit)


@router.post(
    "/submissions", response={201: SubmissionDetail}, summary="Take something in", **needs("appeal.register")
)
@once
def submission_take_in(
    request: HttpRequest,
    work_type: Annotated[Sort, Form()],
    title: Annotated[str, Form(min_length=1, max_length=200)],
    received: Annotated[date, Form(description="The day it really came: terms of the law count from it.")],
    channel: Annotated[Literal["paper", "visit", "telephone", "meeting", "above"], Form()],
    text: Annotated[str, Form(max_length=20_000, description="In their words.")] = "",
    kind: Annotated[str, Form(max_length=16)] = "",
    number: Annotated[str, Form(max_length=40, description="Of a proposal, within its session.")] = "",
    session: Annotated[str, Form(max_length=40)] = "",
    applicant: Annotated[str, Form(max_length=200, description="Who asks.")] = "",
    contact: Annotated[str, Form(max_length=200, description="How they are reached.")] = "",
    file: Annotated[
        list[UploadedFile], File(max_length=MOST_FILES, description="What came with it; may be repeated.")
    ] = [],  # noqa: B006 - ninja's way to say that there may be none
) -> Status[SubmissionDetail]:
    """It waits to be looked at and decided on."""
    who = caller(request)
    given = service.Received(
        work_type=work_type,
        title=title,
        received=service.moment_of(received),
        channel=channel,
        text=text,
        kind=kind,
        number=number,
        session=session,
        applicant=applicant,
        contact=contact,
    )
    service.check_typed(given)
    made = service.take_in(given, [(one, one.name or "") for one in file], by=who.user)
    return Status(201, submission_detail(_there(made.pk), who))


def _there(pk: int) -> Submission:
    return get_object_or_404(_submissions(), pk=pk)


@router.get("/submissions/{id}", response=SubmissionDetail, summary="One of them", **needs("appeal.register"))
def submission(request: HttpRequest, id: Id) -> SubmissionDetail:  # noqa: A002
    """As it was received, with what it may be the same as."""
    return submission_detail(_there(id), caller(request))


@router.get(
    "/submissions/{id}/files/{file}", summary="A file that came with it", **makes_file("appeal.register")
)
def submission_file(request: HttpRequest, id: Id, file: Id) -> HttpResponseBase:  # noqa: A002, ARG001
    """As it was brought."""
    kept = SubmissionFile.objects.select_related("file")
    return files.download(get_object_or_404(kept, submission=id, file=file).file)


@router.post(
    "/submissions/{id}/register", response={201: CaseOut}, summary="Make a case of it", **needs("appeal.register")
)  # fmt: skip
@once
def submission_register(request: HttpRequest, id: Id, body: RegisteredIn) -> Status[CaseOut]:  # noqa: A002
    """As of the day it was received."""
    who, found = caller(request), _there(id)
    kind = found.kind if body.kind is None else body.kind
    made = service.register(found.pk, title=body.title, kind=kind, by=who.user, standing=who.standing)
    return Status(201, case_out(made))


@router.post(
    "/submissions/{id}/decline", response=SubmissionDetail, summary="Take it no further", **needs("appeal.register")
)  # fmt: skip
@once
def submission_decline(request: HttpRequest, id: Id, body: DeclinedIn) -> Status[SubmissionDetail]:  # noqa: A002
    """With a reason. A petition cannot be declined: it is registered first."""
    who = caller(request)
    service.decline(_there(id).pk, reason=body.reason, by=who.user)
    return Status(200, submission_detail(_there(id), who))


@router.post(
    "/submissions/{id}/code", response=CodeOut, summary="A code for whoever asked", **needs("appeal.register")
)
def submission_code(request: HttpRequest, id: Id) -> CodeOut:  # noqa: A002, ARG001
    """With the receipt number it lets them follow it and rate the answer. The code before opens nothing any more.

    It is kept nowhere, so that this address takes no Idempotency-Key.
    """
    made = service.new_code(_there(id))
    return CodeOut(receipt=made.submission.receipt, code=made.code)


# --- a workbook of proposals ------------------------------------------------------------------------------------------


@router.get("/proposals-workbook", summary="An empty workbook of proposals", **makes_file("appeal.register"))
def proposals_workbook(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """With the headings and an example (.xlsx)."""
    stream = io.BytesIO()
    service.batch_template(stream)
    return papers.download(stream.getvalue(), "proposals", "xlsx")


@router.post(
    "/proposals",
    response={201: BatchOut},
    summary="Bring a workbook of proposals",
    **needs("appeal.register"),
)
@once
def proposals_bring(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="The .xlsx, filled in.")],
    session: Annotated[str, Form(min_length=1, max_length=40, examples=["十六届三次会议"])],
    received: Annotated[date, Form(description="The day on which the papers came.")],
) -> Status[BatchOut]:
    """It is checked; nothing is registered before it is applied."""
    by = caller(request).user
    made = service.bring_batch(file, file.name or "", session=session, received=received, by=by)
    return Status(201, batch_out(made))


def _batch(pk: int) -> Batch:
    return get_object_or_404(Batch.objects.select_related("file"), pk=pk)


@router.get(
    "/proposals/{id}", response=BatchOut, summary="What it would register", **needs("appeal.register")
)
def proposals(request: HttpRequest, id: Id) -> BatchOut:  # noqa: A002, ARG001
    """As of now, with what is wrong with it."""
    return batch_out(_batch(id))


@router.post("/proposals/{id}/apply", response=BatchOut, summary="Register them", **needs("appeal.register"))
@once
def proposals_apply(request: HttpRequest, id: Id) -> Status[BatchOut]:  # noqa: A002
    """Each is registered, and planned for the unit that it names: all of them or none."""
    who = caller(request)
    service.take_over_batch(_batch(id).pk, by=who.user, standing=who.standing)
    return Status(200, batch_out(_batch(id)))


# --- cases that were registered ---------------------------------------------------------------------------------------


@router.get(
    "/cases/{key}/submission", response=SubmissionOut, summary="What a case was received as", **needs("task.see")
)  # fmt: skip
def case_submission(request: HttpRequest, key: Key) -> SubmissionOut:
    """In the words of whoever asked; a case of a report has none (404)."""
    who = caller(request)
    return submission_out(get_object_or_404(_submissions(), case=their_case(who, key, "task.see")), who)


@router.get(
    "/cases/{key}/applicant", response=ApplicantOut, summary="Who asked, and how they are reached",
    **needs("applicant.see"),
)  # fmt: skip
def case_applicant(request: HttpRequest, key: Key) -> ApplicantOut:
    """For the office and the unit that is to answer."""
    who = caller(request)
    found = get_object_or_404(_submissions(), case=their_case(who, key, "applicant.see"))
    if not service.may_see_applicant(who.standing, found):
        raise PermissionDenied("applicant.see")
    return ApplicantOut(receipt=found.receipt, applicant=found.applicant, contact=found.contact)


@router.get(
    "/unrouted", response=Page[UnroutedOut], summary="Cases that no unit has yet", **needs("task.hand_over")
)
def unrouted_list(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:  # noqa: ARG001
    """Registered (petitions: accepted) or given back, each with the units that its words speak for."""
    rows = cases.unrouted().select_related("submission", "lead")
    units = list(organisation.units())
    return page(
        rows, lambda found: [unrouted_out(one, service.suggested(one, units)) for one in found], cursor, limit
    )


@router.post(
    "/cases/{key}/hand-over", response={201: CaseOut}, summary="Hand it over", **needs("task.hand_over")
)
@once
def case_hand_over(request: HttpRequest, key: Key, body: RoutedIn) -> Status[CaseOut]:
    """Plan it for its lead unit and hand it over, or plan it only."""
    who = caller(request)
    found = their_case(who, key, "task.hand_over")
    given = cases.Route(
        lead=unit_of(body.lead),
        co=[unit_of(key) for key in dict.fromkeys(body.co) if key != body.lead],
        result_form=body.result_form,
        due=body.due,
    )
    done = cases.routed(found.pk, given, by=who.user, standing=who.standing, plan_only=body.plan_only)
    return Status(201, case_out(done))
