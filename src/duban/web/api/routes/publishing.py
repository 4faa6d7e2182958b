"""What is public of the cases. The data that everybody may read stands where it stands, without a token."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from duban.errors import InputError
from duban.web.api.caller import caller, needs, their_case
from duban.web.api.once import once
from duban.web.api.paging import Cursor, Limit, page
from duban.web.api.schemas import (
    CountOut,
    Key,
    Page,
    PublicationOut,
    PublishableDetail,
    PublishableOut,
    PublishedIn,
    PublishManyIn,
    WithdrawnIn,
)
from duban.web.api.show import publication_out, publishable_detail, publishable_out
from duban.web.cases.service import Case
from duban.web.publish import service
from duban.web.publish.service import Chosen, Show
from duban.web.tokens.service import Caller

__all__ = ["router"]

router = Router(tags=["publishing"])


@router.get(
    "/publications", response=Page[PublishableOut], summary="What is or can be public", **needs("task.publish")
)  # fmt: skip
def publishable_list(
    request: HttpRequest,  # noqa: ARG001
    state: Annotated[
        Literal["public", "not"] | None, Query(description="Only what is public now, or what is not.")
    ] = None,
    report: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    section: Annotated[int | None, Query(ge=0, le=2**31 - 1, description="Of the report.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The cases that were handed over once and are no private affair."""
    wanted = {"commitment__report": report, "commitment__section": section}
    rows = _publishable().filter(**{name: value for name, value in wanted.items() if value is not None})
    if state == "public":
        rows = rows.filter(publication__is_open=True)
    elif state == "not":
        rows = rows.exclude(publication__is_open=True)
    return page(rows, lambda found: [publishable_out(one) for one in found], cursor, limit)


def _publishable() -> QuerySet[Case]:
    return service.publishable().select_related("lead", "publication").defer("lights", "state")


@router.get(
    "/cases/{key}/publication", response=PublishableDetail, summary="What is public of a case",
    **needs("task.publish"),
)  # fmt: skip
def publication(request: HttpRequest, key: Key) -> PublishableDetail:
    """And what could be."""
    return publishable_detail(_theirs(caller(request), key))


def _theirs(who: Caller, key: str) -> Case:
    """Raises InputError for a case that is never published, or was not handed over yet."""
    pk = their_case(who, key, "task.publish").pk
    found = _publishable().filter(pk=pk).first()
    if found is None:
        raise InputError(_("nothing can be published of it"), where=key, todo=_("hand it over first"))
    return found


@router.put(
    "/cases/{key}/publication", response=PublicationOut, summary="Publish it", **needs("task.publish")
)
@once
def publication_put(request: HttpRequest, key: Key, body: PublishedIn) -> Status[PublicationOut]:
    """In place of what everybody could read before. A text that is not among the parts is not kept."""
    who = caller(request)
    chosen = Chosen(
        parts=frozenset(body.parts),
        wording=body.wording,
        progress=body.progress,
        progress_day=body.progress_day,
        answer=body.answer,
    )
    return Status(200, publication_out(service.publish(_theirs(who, key).pk, chosen, by=who.user)))


@router.delete(
    "/cases/{key}/publication", response={204: None}, summary="Withdraw it", **needs("task.publish")
)
def publication_withdraw(request: HttpRequest, key: Key) -> Status[None]:
    """A cache in between may show it some minutes longer."""
    who = caller(request)
    service.withdraw([their_case(who, key, "task.publish").pk], by=who.user)
    return Status(204, None)


@router.post("/publications", response=CountOut, summary="Publish many", **needs("task.publish"))
@once
def publish_many(request: HttpRequest, body: PublishManyIn) -> Status[CountOut]:
    """The plain parts of each, under its title; texts that were published before stay. All of them or none."""
    parts = [Show(part) for part in body.parts]
    count = service.publish_many(_all(body.cases), parts, by=caller(request).user)
    return Status(200, CountOut(count=count))


@router.post("/publications/withdraw", response=CountOut, summary="Withdraw many", **needs("task.publish"))
@once
def withdraw_many(request: HttpRequest, body: WithdrawnIn) -> Status[CountOut]:
    """How many of them were public."""
    return Status(200, CountOut(count=service.withdraw(_all(body.cases), by=caller(request).user)))


def _all(keys: Iterable[str]) -> list[int]:
    """Raises InputError that names the first of which nothing can be published."""
    found = dict(service.publishable().filter(key__in=set(keys)).values_list("key", "pk"))
    unknown = [key for key in keys if key not in found]
    if unknown:
        raise InputError(_("nothing can be published of it"), where=unknown[0])
    return list(found.values())
