"""Units, posts, and who holds them; a workbook of them taken over."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Query, Router, UploadedFile

from duban.web.api.caller import caller, needs
from duban.web.api.paging import Cursor, Limit, page
from duban.web.api.schemas import Id, MembershipOut, Page, PostOut, RosterOut, UnitOut
from duban.web.api.show import membership_out, post_out, unit_out
from duban.web.organisation import service
from duban.web.organisation.service import Membership, Post, Unit

__all__ = ["router"]

router = Router(tags=["units"])

OnDay = Annotated[date | None, Query(description="As of this day; without it, today.")]
All = Annotated[bool, Query(description="Dissolved and ended ones too.")]


@router.get("/units", response=Page[UnitOut], summary="Units", **needs("unit.see"))
def unit_list(
    request: HttpRequest,  # noqa: ARG001
    on: OnDay = None,
    all: All = False,  # noqa: A002
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Those that there are on a day. `key` is what events name them by."""
    rows = (Unit.objects.all() if all else service.units(on)).select_related("parent", "successor")
    return page(rows, lambda found: [unit_out(one) for one in found], cursor, limit)


@router.get("/units/{id}", response=UnitOut, summary="A unit", **needs("unit.see"))
def unit(request: HttpRequest, id: Id) -> UnitOut:  # noqa: A002, ARG001
    """One that is no more, too."""
    return unit_out(get_object_or_404(Unit.objects.select_related("parent", "successor"), pk=id))


@router.get("/posts", response=Page[PostOut], summary="Posts", **needs("unit.see"))
def post_list(
    request: HttpRequest,  # noqa: ARG001
    unit: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """What answers for cases, whoever holds it."""
    rows = Post.objects.select_related("unit").prefetch_related("charge")
    rows = rows.filter(unit=unit) if unit else rows
    return page(rows, lambda found: [post_out(one) for one in found], cursor, limit)


@router.get("/memberships", response=Page[MembershipOut], summary="Who holds which post", **needs("unit.see"))
def membership_list(
    request: HttpRequest,  # noqa: ARG001
    post: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    on: OnDay = None,
    all: All = False,  # noqa: A002
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """On a day, or since ever."""
    rows = Membership.objects.all() if all else service.memberships(on)
    rows = rows.filter(post=post) if post else rows
    return page(
        rows.select_related("user"), lambda found: [membership_out(one) for one in found], cursor, limit
    )


@router.post("/roster", response=RosterOut, summary="Take over a workbook of them", **needs("unit.edit"))
def roster(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="An .xlsx as the template has it.")],
    apply: Annotated[bool, Form(description="Without it, only what it would change is told.")] = False,
) -> RosterOut:
    """Units, posts and people; all of it or, where it has errors, nothing.

    Taken over twice, the second time changes nothing; first passwords are kept nowhere, so that this address takes no
    Idempotency-Key.
    """
    check, new = service.take_roster(file, file.name or "", by=caller(request).user, apply=apply)
    return RosterOut(
        applied=apply and not check.errors,
        errors=check.errors,
        issues=[asdict(issue) for issue in check.issues],
        changes=[asdict(change) for change in check.changes],
        accounts=[
            {"username": one.user.username, "name": one.user.name, "password": one.password} for one in new
        ],
    )
