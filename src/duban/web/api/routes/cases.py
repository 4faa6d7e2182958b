"""Cases: lists, one case whole, its events, and letting an act happen to it."""

from datetime import date
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Status, UploadedFile

from duban.errors import InputError
from duban.supervision import Act, Colour, Details, Evidence, Stage
from duban.web.api.caller import caller, needs, their_case
from duban.web.api.once import once
from duban.web.api.paging import Cursor, Limit, page
from duban.web.api.problems import MeanwhileError
from duban.web.api.routes.reports import makes_file
from duban.web.api.schemas import (
    AllowedOut,
    CaseDetail,
    CaseOut,
    EventOut,
    EvidenceIn,
    FileOut,
    Id,
    Key,
    Page,
    Said,
    Taken,
)
from duban.web.api.show import allowed_out, case_detail, case_out, file_out, taken
from duban.web.base.problems import ConflictError
from duban.web.cases import service
from duban.web.cases.service import Case, Pile, Saying
from duban.web.files import service as files
from duban.web.files.service import StoredFile
from duban.web.organisation import service as organisation
from duban.web.tokens.service import Caller

__all__ = ["router"]

router = Router(tags=["cases"])

EVENTS = 500
Words = Annotated[str | None, Query(max_length=80, description="Characters of the title, or a key.")]


@router.get("/cases", response=Page[CaseOut], summary="Cases", **needs("task.see"))
def case_list(
    request: HttpRequest,
    pile: Annotated[Pile | None, Query(description="Cases that wait for the same thing.")] = None,
    stage: Stage | None = None,
    light: Colour | None = None,
    work_type: Annotated[str | None, Query(max_length=16)] = None,
    unit: Annotated[
        str | None, Query(max_length=80, description="Key of a unit that leads or has a part.")
    ] = None,
    report: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    due_before: Annotated[date | None, Query(description="Due before this day begins.")] = None,
    q: Words = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Those that the caller may see, in the order they were registered."""
    rows = service.visible(caller(request).standing)
    if pile:
        rows = service.pile(rows, pile)
    if unit:
        rows = _of_unit(rows, unit)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(key=q))
    wanted = {
        "stage": stage and stage.value,
        "light": light and light.value,
        "work_type": work_type,
        "commitment__report": report,
        "due__date__lt": due_before,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return page(rows, lambda found: [case_out(one) for one in found], cursor, limit)


def _of_unit(rows: QuerySet[Case], key: str) -> QuerySet[Case]:
    ids = [unit.pk for unit in organisation.by_key({key}).values()]
    part = Case.co.through.objects.filter(unit__in=ids).values("case")
    return rows.filter(Q(lead__in=ids) | Q(pk__in=part))


@router.get("/cases/{key}", response=CaseDetail, summary="A case whole", **needs("task.see"))
def case(request: HttpRequest, key: Key) -> CaseDetail:
    """State, clocks, lights with their reasons, what the caller may do now, and its files."""
    who = caller(request)
    return case_detail(service.look(their_case(who, key, "task.see"), who.standing, who.user))


@router.get("/cases/{key}/events", response=EventOut, summary="A case's events", **needs("task.see"))
def events(
    request: HttpRequest, key: Key, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> dict[str, Any]:
    """As they are kept, each with the hash of the one before; 500 at most, `after` a number."""
    found = [
        event
        for event in service.events_of(their_case(caller(request), key, "task.see"))
        if event.seq > after
    ]
    more = len(found) > EVENTS
    return {"items": found[:EVENTS], "next": found[EVENTS - 1].seq if more else None}


@router.get("/cases/{key}/acts", response=list[AllowedOut], summary="What may be done", **needs("task.see"))
def acts(request: HttpRequest, key: Key) -> list[AllowedOut]:
    """The acts that the caller's posts may take now, with what each has to say."""
    who = caller(request)
    return allowed_out(service.look(their_case(who, key, "task.see"), who.standing, who.user))


@router.post(
    "/cases/{key}/acts/{act}", response={201: Taken}, summary="Let an act happen", **needs("task.act")
)
@once
def take(request: HttpRequest, key: Key, act: Act, body: Said) -> Status[Taken]:
    """If the rules allow it now.

    `seen` is the last event that was looked at: where something else has happened since, nothing happens, and the
    answer (409) says what did.
    """
    who, case = caller(request), their_case(caller(request), key, "task.act")
    if act is Act.NOTE:
        raise InputError(_("notes have an address of their own"), todo="POST /cases/{key}/notes")
    if body.seen is None:
        raise InputError(
            _("say what you looked at"),
            where="seen",
            expected=_("the number of the last event, from GET /cases/{key}"),
        )
    return _take(who, case, act, body)


@router.post(
    "/cases/{key}/notes", response={201: Taken}, summary="Write in its conversation", **needs("task.talk")
)
@once
def note(request: HttpRequest, key: Key, body: Said) -> Status[Taken]:
    """`details.text` is what is said. A note disturbs nobody."""
    who, case = caller(request), their_case(caller(request), key, "task.talk")
    if not body.details.text.strip():
        raise InputError(_("a note says something"), where="details.text")
    said = body.model_copy(update={"seen": None, "details": Details(text=body.details.text)})
    return _take(who, case, Act.NOTE, said)


def _take(who: Caller, case: Case, act: Act, body: Said) -> Status[Taken]:
    chosen = {one.file for one in body.evidence if one.file is not None}
    own = {
        file.pk: file
        for file in files.by_ids(chosen).values()
        if file.by_id == who.user.pk and file.purpose == "evidence"
    }
    if chosen - set(own):
        raise InputError(
            _("there is no file %(id)d that you brought") % {"id": min(chosen - set(own))},
            where="evidence",
            todo="POST /evidence",
        )
    saying = Saying(
        details=body.details,
        reason=body.reason,
        records=[_record(one) for one in body.evidence if one.file is None],
        kept=[(own[one.file], one.kind) for one in body.evidence if one.file is not None],
    )
    try:
        done = service.take(case.pk, act, saying, by=who.user, standing=who.standing, seen=body.seen)
    except ConflictError as error:
        since = [event for event in service.events_of(case) if event.seq > (body.seen or 0)]
        raise MeanwhileError(error, since) from None
    return Status(201, taken(done))


def _record(one: EvidenceIn) -> Evidence:
    """Evidence that is no file of ours: a record, a value, an address."""
    if not one.ref.strip() or one.ref.startswith("file/"):
        raise InputError(_("evidence is a file that you brought, or says where it is seen"), where="evidence")
    return Evidence(kind=one.kind, ref=one.ref, title=one.title)


@router.post("/evidence", response={201: FileOut}, summary="Bring a file", **needs("evidence.add"))
@once
def evidence(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="A paper, a picture, a table.")],
) -> Status[FileOut]:
    """To be named by an act afterwards; until then nobody sees it."""
    kept = files.keep(file, file.name or "", purpose="evidence", by=caller(request).user)
    return Status(201, file_out(kept))


@router.get("/cases/{key}/files/{id}", summary="A file of a case", **makes_file("task.see"))
def case_file(request: HttpRequest, key: Key, id: Id) -> HttpResponseBase:  # noqa: A002
    """As it was brought."""
    found = their_case(caller(request), key, "task.see")
    return files.download(get_object_or_404(StoredFile, pk__in=found.files.values("file"), pk=id))
