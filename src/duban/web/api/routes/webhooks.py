"""Webhooks of the token's owner."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Status

from duban.errors import InputError
from duban.web.api.caller import caller, needs
from duban.web.api.once import once
from duban.web.api.paging import Cursor, Limit, page
from duban.web.api.schemas import DeliveryOut, Id, Page, WebhookIn, WebhookOut, WebhookSecret
from duban.web.api.show import delivery_out, webhook_out
from duban.web.organisation import service as organisation
from duban.web.webhooks import service
from duban.web.webhooks.service import Delivery, Subscription, Wanted

__all__ = ["router"]

router = Router(tags=["webhooks"])


def _own(request: HttpRequest, pk: int) -> Subscription:
    return get_object_or_404(service.subscriptions(caller(request).user), pk=pk)


def _wanted(body: WebhookIn) -> Wanted:
    units = organisation.by_key(body.units)
    unknown = [key for key in body.units if key not in units]
    if unknown:
        raise InputError(_("there is no unit %(name)s") % {"name": unknown[0]}, where="units")
    return Wanted(
        name=body.name.strip(),
        url=body.url,
        acts=tuple(dict.fromkeys(body.acts)),
        units=tuple(units.values()),
        active=body.active,
    )


@router.get("/webhooks", response=Page[WebhookOut], summary="Webhooks", **needs("webhook.manage"))
def webhook_list(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """Those of the token's owner."""
    rows = service.subscriptions(caller(request).user)
    return page(rows, lambda found: [webhook_out(one) for one in found], cursor, limit)


@router.post("/webhooks", response={201: WebhookSecret}, summary="Subscribe", **needs("webhook.manage"))
@once
def webhook_make(request: HttpRequest, body: WebhookIn) -> Status[WebhookSecret]:
    """The secret is given this once. Addresses in an inner network are refused unless the installation allows them."""
    who = caller(request)
    made = service.subscribe(_wanted(body), by=who.user, standing=who.standing, post=who.token.post_id)
    return Status(201, WebhookSecret(**webhook_out(made), secret=made.secret))


@router.get("/webhooks/{id}", response=WebhookOut, summary="A webhook", **needs("webhook.manage"))
def webhook(request: HttpRequest, id: Id) -> dict[str, Any]:  # noqa: A002
    """What it is told of, and whether it still is."""
    return webhook_out(_own(request, id))


@router.put("/webhooks/{id}", response=WebhookOut, summary="Change it", **needs("webhook.manage"))
@once
def webhook_change(request: HttpRequest, id: Id, body: WebhookIn) -> Status[WebhookOut]:  # noqa: A002
    """The secret stays."""
    found = _own(request, id)
    service.change(found, _wanted(body), standing=caller(request).standing)
    return Status(200, WebhookOut(**webhook_out(_own(request, id))))


@router.delete("/webhooks/{id}", response={204: None}, summary="Remove it", **needs("webhook.manage"))
def webhook_remove(request: HttpRequest, id: Id) -> Status[None]:  # noqa: A002
    """With the record of its deliveries."""
    service.remove(_own(request, id))
    return Status(204, None)


@router.post(
    "/webhooks/{id}/ping", response={201: DeliveryOut}, summary="Send a trial", **needs("webhook.manage")
)
@once
def webhook_ping(request: HttpRequest, id: Id) -> Status[DeliveryOut]:  # noqa: A002
    """It goes out with the next delivery."""
    return Status(201, delivery_out(service.ping(_own(request, id))))


@router.get(
    "/webhooks/{id}/deliveries", response=Page[DeliveryOut], summary="How deliveries went",
    **needs("webhook.manage"),
)  # fmt: skip
def delivery_list(
    request: HttpRequest,
    id: Id,  # noqa: A002
    cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Each message with every try."""
    rows = Delivery.objects.filter(subscription=_own(request, id)).select_related("case")
    rows = rows.prefetch_related("attempts")
    return page(rows, lambda found: [delivery_out(one) for one in found], cursor, limit)


@router.post(
    "/webhooks/{id}/deliveries/{delivery}/again", response=DeliveryOut, summary="Send a message again",
    **needs("webhook.manage"),
)  # fmt: skip
@once
def delivery_again(request: HttpRequest, id: Id, delivery: Id) -> Status[DeliveryOut]:  # noqa: A002
    """Under the id that it has."""
    found = get_object_or_404(Delivery, subscription=_own(request, id), pk=delivery)
    service.again(found)
    return Status(200, delivery_out(found))
