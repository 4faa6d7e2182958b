"""The door of webhooks: subscribe, put a message out with what it tells of, and deliver what is due.

A message is written in the transaction that keeps the event, so that there is one exactly if there is the other. It is
delivered at least once: whoever sends it takes it for a while (`LEASE`), and where that process dies another takes it
up. Deliveries are signed as Standard Webhooks says (https://www.standardwebhooks.com).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version as installed
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.errors import InputError
from duban.supervision import Act
from duban.web.cases import service as cases
from duban.web.organisation import service as organisation
from duban.web.organisation.service import Unit
from duban.web.webhooks import addresses
from duban.web.webhooks.models import Attempt, Delivery, Subscription

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from duban.supervision import Event
    from duban.web.access import Standing
    from duban.web.accounts.service import User
    from duban.web.cases.service import Case

__all__ = [
    "Attempt",
    "Delivered",
    "Delivery",
    "Subscription",
    "Wanted",
    "again",
    "change",
    "deliver_due",
    "forget_old",
    "ping",
    "put_out",
    "remove",
    "signature",
    "subscribe",
    "subscriptions",
]

PAUSES = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""Seconds to wait after each try that failed (the schedule of the Standard Webhooks specification); then it is dead."""
LEASE = timedelta(minutes=5)
"""How long a message belongs to whoever is sending it: longer than any sending takes."""
KEPT = timedelta(days=30)
"""How long what was delivered, or given up, is shown."""
MOST = 20
"""Subscriptions of one person."""
_GONE = 410


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a subscription is to be."""

    name: str
    url: str
    acts: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivered:
    """What `deliver_due` did."""

    done: int = 0
    failed: int = 0
    dropped: int = 0


# --- subscribing ------------------------------------------------------------------------------------------------------


def subscriptions(owner: User) -> QuerySet[Subscription]:
    """Those of a person, or of a service's account."""
    return Subscription.objects.filter(owner=owner).prefetch_related("units")


@transaction.atomic
def subscribe(wanted: Wanted, *, by: User, standing: Standing, post: int | None = None) -> Subscription:
    """Let an address be told from now on. `post`: where a service subscribes, the post it acts in.

    Raises InputError: an address that cannot be or leads into an inner network, an act that there is not, another's
    unit, or more subscriptions than anybody needs.
    """
    if Subscription.objects.filter(owner=by).count() >= MOST:
        raise InputError(_("there are %(most)d webhooks already") % {"most": MOST})
    _refuse(wanted, standing)
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    made = Subscription.objects.create(
        owner=by,
        post_id=post,
        name=wanted.name,
        url=wanted.url,
        secret=secret,
        acts=list(wanted.acts),
        active=wanted.active,
    )
    made.units.set(wanted.units)
    return made


@transaction.atomic
def change(subscription: Subscription, wanted: Wanted, *, standing: Standing) -> None:
    """Let it be another; raises InputError as `subscribe` does. Taken up again, it is told of what happens from now."""
    _refuse(wanted, standing)
    subscription.name, subscription.url = wanted.name, wanted.url
    subscription.acts, subscription.active = list(wanted.acts), wanted.active
    subscription.why_stopped = ""
    subscription.save()
    subscription.units.set(wanted.units)


def _refuse(wanted: Wanted, standing: Standing) -> None:
    if not wanted.name.strip():
        raise InputError(_("a webhook needs a name"))
    unknown = set(wanted.acts) - {act.value for act in Act}
    if unknown:
        raise InputError(_("there is no act %(act)s") % {"act": min(unknown)}, expected=" ".join(Act))
    if not standing.may_everywhere("task.see"):
        own = standing.units("task.see")
        others = [unit for unit in wanted.units if unit.pk not in own]
        if others:
            raise InputError(_("%(unit)s is not your unit") % {"unit": others[0]})
    addresses.resolve(wanted.url, private=settings.ENVIRONMENT.webhook_private)


def remove(subscription: Subscription) -> None:
    """Let it be told no more; what was to be told to it goes with it."""
    subscription.delete()


# --- the outbox -------------------------------------------------------------------------------------------------------


def put_out(*, case: Case, event: Event, **_signal: object) -> None:
    """Write a message for every address that wants to be told of the event, in the transaction that keeps it."""
    wanting = [
        one
        for one in Subscription.objects.filter(active=True).prefetch_related("units")
        if not one.acts or event.act.value in one.acts
    ]
    if not wanting:
        return
    units = cases.units_of(case)
    body = _encoded(f"case.{event.act.value}", event.recorded, _data(case, event))
    Delivery.objects.bulk_create(
        Delivery(subscription=one, message=f"evt_{event.hash[:40]}", case=case, body=body)
        for one in wanting
        if not (wanted := {unit.pk for unit in one.units.all()}) or wanted & units
    )


def _data(case: Case, event: Event) -> dict[str, Any]:
    """What is told: enough to know whether to look; the API has the rest."""
    return {
        "case": case.key,
        "title": case.title,
        "work_type": case.work_type,
        "seq": event.seq,
        "act": event.act.value,
        "at": event.at.isoformat(),
        "unit": event.actor.unit,
        "role": event.actor.role.value,
        "stage": case.stage,
        "light": case.light,
        "lead": case.lead.key if case.lead else None,
        "due": case.due.isoformat() if case.due else None,
        "hash": event.hash,
    }


def _encoded(kind: str, moment: datetime, data: dict[str, Any]) -> str:
    message = {"type": kind, "timestamp": moment.isoformat(), "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def ping(subscription: Subscription) -> Delivery:
    """Put a trial out: it tells nothing, and shows whether the address answers."""
    body = _encoded("ping", timezone.now(), {"name": subscription.name})
    return Delivery.objects.create(
        subscription=subscription, message=f"ping_{secrets.token_hex(12)}", body=body
    )


def again(delivery: Delivery) -> None:
    """Let a message be sent once more, under the id that it has; it then has all its tries again."""
    delivery.state, delivery.due, delivery.tries = Delivery.State.WAITING, timezone.now(), 0
    delivery.save(update_fields=["state", "due", "tries"])


# --- delivering -------------------------------------------------------------------------------------------------------


def deliver_due(*, most: int = 500, now: datetime | None = None) -> Delivered:
    """Send what is due, the oldest first, `most` messages at most. Safe to run twice and in several processes at once.

    An address that failed is left alone for the rest of the run, so that one that hangs keeps only itself waiting.
    """
    counts = {"done": 0, "failed": 0, "dropped": 0}
    failing: set[int] = set()
    for _turn in range(most):
        delivery = _claim(failing, now or timezone.now())
        if delivery is None:
            break
        outcome = _deliver(delivery)
        counts[outcome] += 1
        if outcome == "failed":
            failing.add(delivery.subscription_id)
    return Delivered(**counts)


@transaction.atomic
def _claim(failing: Iterable[int], now: datetime) -> Delivery | None:
    """Take the next message, for as long as the lease: nobody else sends it meanwhile."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, due__lte=now, subscription__active=True)
    claimed = (
        waiting.exclude(subscription__in=list(failing))
        .order_by("due", "id")
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if claimed is not None:
        claimed.tries += 1
        claimed.due = now + LEASE
        claimed.save(update_fields=["tries", "due"])
    return claimed


def _deliver(delivery: Delivery) -> str:
    """Send it, and write down how that went: `done`, `failed` or `dropped`."""
    subscription = Subscription.objects.select_related("owner", "post__unit").get(pk=delivery.subscription_id)
    if not _may_know(subscription, delivery):
        delivery.state = Delivery.State.DROPPED
        delivery.save(update_fields=["state"])
        return "dropped"
    began = perf_counter()
    status, told = _send(subscription, delivery)
    Attempt.objects.create(
        delivery=delivery, status=status, told=told[:200], milliseconds=int((perf_counter() - began) * 1000)
    )
    if status is not None and 200 <= status < 300:
        delivery.state = Delivery.State.DONE
        delivery.save(update_fields=["state"])
        return "done"
    _put_off(delivery)
    if status == _GONE:
        subscription.active, subscription.why_stopped = False, _("the receiver answered 410: it is gone")
        subscription.save(update_fields=["active", "why_stopped"])
    return "failed"


def _may_know(subscription: Subscription, delivery: Delivery) -> bool:
    """Whether whoever subscribed may still see the case, today."""
    if not subscription.owner.is_active:
        return False
    standing = (
        organisation.standing_of_post(subscription.post)
        if subscription.post
        else organisation.standing_of(subscription.owner)
    )
    if not standing.may("webhook.manage"):
        return False
    return delivery.case_id is None or cases.visible(standing).filter(pk=delivery.case_id).exists()


def _send(subscription: Subscription, delivery: Delivery) -> tuple[int | None, str]:
    """The status of the answer, or why there is none."""
    body = delivery.body.encode("utf-8")
    moment = int(timezone.now().timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"duban/{installed('duban')}",
        "webhook-id": delivery.message,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(subscription.secret, delivery.message, moment, body),
    }
    try:
        target = addresses.resolve(subscription.url, private=settings.ENVIRONMENT.webhook_private)
        status = addresses.send(target, body, headers)
    except InputError as error:
        return None, error.what
    except (OSError, http.client.HTTPException) as error:
        return None, f"{type(error).__name__}: {error}"
    return status, "" if 200 <= status < 300 else f"HTTP {status}"


def signature(secret: str, message: str, moment: int, body: bytes) -> str:
    """The webhook-signature: HMAC-SHA256 of id, timestamp and body, as Standard Webhooks has it.

    >>> signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def _put_off(delivery: Delivery) -> None:
    """Until the next try; after the last there is none."""
    if delivery.tries > len(PAUSES):
        delivery.state = Delivery.State.DEAD
    else:
        spread = (
            1 + secrets.randbelow(200) / 1000
        )  # so that an address that was down is not met by all at once
        delivery.due = timezone.now() + timedelta(seconds=PAUSES[delivery.tries - 1] * spread)
    delivery.save(update_fields=["state", "due"])


def forget_old(now: datetime | None = None) -> int:
    """Delete what was settled long ago; how many messages."""
    settled = ~Q(state=Delivery.State.WAITING)
    old = Delivery.objects.filter(settled, made__lt=(now or timezone.now()) - KEPT)
    count = old.count()
    old.delete()
    return count
