"""Reports and their commitments."""

from typing import Annotated, Any, Literal

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router, Status, UploadedFile

from duban.errors import InputError
from duban.web.api.caller import caller, needs
from duban.web.api.once import once
from duban.web.api.paging import Cursor, Limit, page
from duban.web.api.schemas import (
    Accepted,
    CaseOut,
    CommitmentOut,
    Cut,
    Decided,
    Dropped,
    Edited,
    HandedOver,
    Id,
    Merged,
    Page,
    ReportDetail,
    ReportOut,
    SectionOut,
    SpanIn,
)
from duban.web.api.show import case_out, commitments_out, report_out
from duban.web.cases import service as cases
from duban.web.files import service as files
from duban.web.organisation import service as organisation
from duban.web.organisation.service import Unit
from duban.web.reports import service
from duban.web.reports.service import Commitment, Report, Seen

__all__ = ["makes_file", "router", "unit_of"]

router = Router(tags=["reports"])

_FILE = {"responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}}


def makes_file(act: str) -> dict[str, Any]:
    """What an operation is declared with that takes this act and answers with a file."""
    wanted = needs(act)
    return wanted | {"openapi_extra": {**wanted["openapi_extra"], **_FILE}}


@router.get("/reports", response=Page[ReportOut], summary="Reports", **needs("report.see"))
def report_list(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:  # noqa: ARG001
    """The reports that were brought in, in the order they were."""
    rows = Report.objects.select_related("by", "file").defer("text", "document")
    return page(rows, lambda found: [report_out(one) for one in found], cursor, limit)


@router.post("/reports", response={201: ReportDetail}, summary="Bring a report", **needs("report.import"))
@once
def report_bring(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="Word, PDF with text in it, a web page or plain text.")],
    place: Annotated[str, Form(max_length=60)] = "",
    year: Annotated[int | None, Form(ge=1954, le=2100)] = None,
) -> Status[ReportDetail]:
    """Read it and cut its commitments out. A report is brought once."""
    report = service.bring(file, file.name or "", by=caller(request).user, place=place, year=year)
    return Status(201, _detail(report))


@router.get("/reports/{id}", response=ReportDetail, summary="A report with its text", **needs("report.see"))
def report(request: HttpRequest, id: Id) -> ReportDetail:  # noqa: A002, ARG001
    """Offsets of commitments are characters of `text`."""
    return _detail(get_object_or_404(Report.objects.select_related("by", "file"), pk=id))


def _detail(report: Report) -> ReportDetail:
    counts = Commitment.objects.filter(report=report).values_list("state").annotate(n=Count("pk")).order_by()
    sections = report.document["sections"]
    starts: dict[int, int] = {}
    for block in report.document["blocks"]:
        starts.setdefault(block["section"], block["start"])
    return ReportDetail(
        **report_out(report),
        text=report.text,
        sections=[
            SectionOut(
                heading=section["heading"] or "",
                path=service.section_path(report, index),
                start=starts.get(index, 0),
            )
            for index, section in enumerate(sections)
        ],
        counts=dict(counts),
    )


@router.get("/reports/{id}/file", summary="The file it came in", **makes_file("report.see"))
def report_file(request: HttpRequest, id: Id) -> HttpResponseBase:  # noqa: A002, ARG001
    """As it was brought."""
    return files.download(get_object_or_404(Report.objects.select_related("file"), pk=id).file)


CommitmentState = Literal["open", "accepted", "dropped", "replaced"]


# --- commitments ------------------------------------------------------------------------------------------------------


@router.get(
    "/reports/{id}/commitments", response=Page[CommitmentOut], summary="A report's commitments",
    **needs("report.see"),
)  # fmt: skip
def commitment_list(
    request: HttpRequest,  # noqa: ARG001
    id: Id,  # noqa: A002
    state: Annotated[
        CommitmentState | None, Query(description="Without it: all that nothing took the place of.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """In the order they were made; `start` says where each stands."""
    report = get_object_or_404(Report, pk=id)
    rows = Commitment.objects.filter(report=report, state=state) if state else service.live(report)
    return page(rows, lambda found: _of(report, found), cursor, limit)


def _of(report: Report, found: list[Commitment]) -> list[CommitmentOut]:
    for one in found:
        one.report = report
    return commitments_out(found)


@router.post(
    "/reports/{id}/commitments", response={201: Decided}, summary="Add a commitment by hand",
    **needs("commitment.review"),
)  # fmt: skip
@once
def commitment_add(request: HttpRequest, id: Id, body: SpanIn) -> Status[Decided]:  # noqa: A002
    """Of characters of the text that no other one holds."""
    report = get_object_or_404(Report, pk=id)
    return _decided(service.add(report, start=body.start, end=body.end, by=caller(request).user), status=201)


@router.get("/commitments/{id}", response=CommitmentOut, summary="A commitment", **needs("report.see"))
def commitment(request: HttpRequest, id: Id) -> CommitmentOut:  # noqa: A002, ARG001
    """With its quotation and where it stands."""
    return commitments_out([_there(id)])[0]


def _there(pk: int) -> Commitment:
    return get_object_or_404(Commitment.objects.select_related("report"), pk=pk)


def _decided(*made: Commitment, status: int = 200) -> Status[Decided]:
    return Status(status, Decided(items=commitments_out(made)))


@router.post("/commitments/{id}/accept", response=Decided, summary="Accept it", **needs("commitment.review"))
@once
def accept(request: HttpRequest, id: Id, body: Accepted) -> Status[Decided]:  # noqa: A002
    """Somebody is to be held to it."""
    return _decided(service.accept(Seen(pk=_there(id).pk, version=body.version), by=caller(request).user))


@router.post("/commitments/{id}/drop", response=Decided, summary="Drop it", **needs("commitment.review"))
@once
def drop(request: HttpRequest, id: Id, body: Dropped) -> Status[Decided]:  # noqa: A002
    """It is no task, for a reason."""
    seen = Seen(pk=_there(id).pk, version=body.version)
    return _decided(service.drop(seen, reason=body.reason, by=caller(request).user))


@router.post(
    "/commitments/{id}/reopen", response=Decided, summary="Take it up again", **needs("commitment.review")
)
@once
def reopen(request: HttpRequest, id: Id, body: Accepted) -> Status[Decided]:  # noqa: A002
    """Take a decision back."""
    return _decided(service.reopen(Seen(pk=_there(id).pk, version=body.version), by=caller(request).user))


@router.post("/commitments/{id}/edit", response=Decided, summary="Reword it", **needs("commitment.review"))
@once
def edit(request: HttpRequest, id: Id, body: Edited) -> Status[Decided]:  # noqa: A002
    """The quotation stays what it is."""
    seen = Seen(pk=_there(id).pk, version=body.version)
    return _decided(service.edit(seen, wording=body.wording, by=caller(request).user))


@router.post("/commitments/{id}/merge", response=Decided, summary="Merge two", **needs("commitment.review"))
@once
def merge(request: HttpRequest, id: Id, body: Merged) -> Status[Decided]:  # noqa: A002
    """Two neighbours become one."""
    first = Seen(pk=_there(id).pk, version=body.version)
    second = Seen(pk=_there(body.other).pk, version=body.other_version)
    if first.pk == second.pk:
        raise InputError(_("only neighbours can be merged"), where="other")
    return _decided(service.merge(first, second, by=caller(request).user))


@router.post("/commitments/{id}/split", response=Decided, summary="Split it", **needs("commitment.review"))
@once
def split(request: HttpRequest, id: Id, body: Cut) -> Status[Decided]:  # noqa: A002
    """At offsets behind a mark that ends a clause."""
    seen = Seen(pk=_there(id).pk, version=body.version)
    return _decided(*service.split(seen, at=body.at, by=caller(request).user))


@router.post(
    "/commitments/{id}/hand-over", response={201: CaseOut}, summary="Hand it over", **needs("task.hand_over")
)
@once
def hand_over(request: HttpRequest, id: Id, body: HandedOver) -> Status[CaseOut]:  # noqa: A002
    """Make a case of an accepted commitment and hand it to its lead unit: registered, planned, handed over."""
    who = caller(request)
    given = cases.HandOver(
        commitment=_there(id).pk,
        lead=unit_of(body.lead),
        co=[unit_of(key) for key in dict.fromkeys(body.co) if key != body.lead],
        result_form=body.result_form,
        due=body.due,
    )
    return Status(201, case_out(cases.hand_over(given, by=who.user, standing=who.standing)))


def unit_of(key: str) -> Unit:
    """The unit that there is of this key today. Raises InputError."""
    found = organisation.units().filter(key=key).first()
    if found is None:
        raise InputError(_("there is no unit %(name)s") % {"name": key}, todo=_("GET /units has their keys"))
    return found
