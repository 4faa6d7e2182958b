"""Papers of all cases, their templates, and a unit's progress by workbook."""

from datetime import date
from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import File, Path, Query, Router, Status, UploadedFile

from duban.web.api.caller import caller, needs
from duban.web.api.once import once
from duban.web.api.routes.reports import makes_file
from duban.web.api.schemas import CircularIn, CircularOut, FileOut, Id, ProgressApplied, ProgressOut
from duban.web.api.show import circular_out, file_out, progress_out
from duban.web.files import service as files
from duban.web.papers import service
from duban.web.papers.service import Circular, CircularText, ProgressBook
from duban.web.reports.service import Report
from duban.web.tokens.service import Caller

__all__ = ["router"]

router = Router(tags=["papers"])

Form = Literal["docx", "xlsx"]
Paper = Annotated[str, Path(pattern=r"^[a-z]{1,16}$", examples=["circular"])]


# --- papers of all cases ----------------------------------------------------------------------------------------------


@router.get(
    "/reports/{id}/breakdown", summary="Breakdown of a report (重点任务分解表)", **makes_file("paper.make")
)
def breakdown(request: HttpRequest, id: Id, form: Form = "docx") -> HttpResponseBase:  # noqa: A002, ARG001
    """Its tasks in the order of its text, from the city's template where it has one."""
    report = get_object_or_404(Report.objects.defer("document", "text"), pk=id)
    return service.download(*service.breakdown(report, form), form)


@router.get(
    "/papers/circular", response=CircularOut, summary="What a circular would say", **needs("paper.make")
)
def circular(
    request: HttpRequest,  # noqa: ARG001
    since: Annotated[date, Query()],
    until: Annotated[date, Query(description="Its last day.")],
) -> CircularOut:
    """The numbers of a period, and whom they suggest to praise and to criticise."""
    return circular_out(_circular(since, until))


def _circular(since: date, until: date) -> Circular:
    service.check_period(since, until)
    return service.circular(since, until)


@router.post("/papers/circular", summary="Make a circular (督办通报)", **makes_file("paper.make"))
def circular_make(request: HttpRequest, body: CircularIn) -> HttpResponseBase:  # noqa: ARG001
    """A paper with what people wrote. Nothing is kept of it."""
    found = _circular(body.since, body.until)
    text = CircularText(
        number=body.number,
        title=body.title or service.circular_title(found),
        praised=body.praised,
        criticised=body.criticised,
        demands=body.demands,
    )
    return service.download(*service.circular_paper(found, text, body.form), body.form)


# --- templates --------------------------------------------------------------------------------------------------------


def _known(paper: str) -> str:
    if paper not in service.PAPERS:
        raise Http404(paper)
    return paper


@router.get("/papers/{paper}/template", summary="The template of a paper", **makes_file("paper.make"))
def template(
    request: HttpRequest,  # noqa: ARG001
    paper: Paper,
    original: Annotated[bool, Query(description="The one that comes with Duban, to start from.")] = False,
) -> HttpResponseBase:
    """The one in use; `paper` is `breakdown` or `circular`."""
    own = None if original else service.in_use(_known(paper))
    if own is not None:
        return files.download(own.file)
    return service.download(service.original(_known(paper)), f"{paper}-template", "docx")


@router.post(
    "/papers/{paper}/template", response={201: FileOut}, summary="Bring a template", **needs("paper.template")
)
@once
def template_bring(
    request: HttpRequest,
    paper: Paper,
    file: Annotated[UploadedFile, File(description="A .docx that shows what ours shows.")],
) -> Status[FileOut]:
    """Used from now on, if it is found good; else the one before stays."""
    made = service.bring_template(file, file.name or "", _known(paper), by=caller(request).user)
    return Status(201, file_out(made.file))


@router.delete(
    "/papers/{paper}/template", response={204: None}, summary="Use Duban's template again",
    **needs("paper.template"),
)  # fmt: skip
def template_put_aside(request: HttpRequest, paper: Paper) -> Status[None]:  # noqa: ARG001
    """Put the city's own aside."""
    service.put_aside(_known(paper))
    return Status(204, None)


# --- progress by workbook ---------------------------------------------------------------------------------------------


@router.get(
    "/progress-workbook", summary="The workbook to report progress in", **makes_file("progress.exchange")
)
def progress_workbook(request: HttpRequest) -> HttpResponseBase:
    """A row for each target of each open task that a unit of the caller's leads (.xlsx)."""
    return service.download(*service.progress_workbook(caller(request).standing), "xlsx")


@router.post(
    "/progress", response={201: ProgressOut}, summary="Bring it filled in", **needs("progress.exchange")
)
@once
def progress_bring(
    request: HttpRequest, file: Annotated[UploadedFile, File(description="The .xlsx, filled in.")]
) -> Status[ProgressOut]:
    """It is checked; nothing is reported before it is applied."""
    who = caller(request)
    return Status(201, _checked(service.bring_progress(file, file.name or "", by=who.user), who))


def _checked(book: ProgressBook, who: Caller) -> ProgressOut:
    return progress_out(book, service.foresee(book, by=who.user, standing=who.standing))


def _own(who: Caller, pk: int) -> ProgressBook:
    return get_object_or_404(ProgressBook.objects.select_related("file"), pk=pk, by=who.user)


@router.get(
    "/progress/{id}", response=ProgressOut, summary="What it would report", **needs("progress.exchange")
)
def progress(request: HttpRequest, id: Id) -> ProgressOut:  # noqa: A002
    """As of now, with what is wrong with each row. Only who brought it sees it."""
    who = caller(request)
    return _checked(_own(who, id), who)


@router.post("/progress/{id}/apply", response=ProgressOut, summary="Report it", **needs("progress.exchange"))
@once
def progress_apply(request: HttpRequest, id: Id, body: ProgressApplied) -> Status[ProgressOut]:  # noqa: A002
    """As many reports as the check said, or none."""
    who = caller(request)
    done = service.apply_progress(_own(who, id), body.ready, by=who.user, standing=who.standing)
    return Status(200, _checked(done, who))
