"""The door of succession: what a post or a unit answers for, and its passing on to whoever comes after."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from msgspec.structs import replace

from duban.errors import InputError
from duban.supervision import Act, Details, Handover, Stage, handover
from duban.supervision import Membership as HeldBy
from duban.web.access import Role
from duban.web.cases import service as cases
from duban.web.organisation import service as organisation
from duban.web.succession.models import Handing

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from duban.supervision import State
    from duban.web.access import Standing
    from duban.web.accounts.service import User
    from duban.web.organisation.service import Membership, Post, Unit

__all__ = ["Handing", "answers_for", "led_by", "merge", "pass_on"]

_MOVABLE = (Stage.PLANNED, Stage.HANDED_OVER, Stage.UNDER_WAY)
"""The stages in which a case may be given to another lead unit."""
_STANDING = ~Q(stage__in=cases.ENDED) | Q(stage=Stage.CLOSED, state__following=True)
"""What is open, or of which something is still followed."""


def led_by(units: frozenset[int]) -> QuerySet[cases.Case]:
    """The cases that units lead and that are open, or of which something is still followed."""
    return cases.Case.objects.filter(_STANDING, lead__in=units)


def answers_for(post: Post) -> QuerySet[cases.Case]:
    """What a post answers for: a head's and a liaison's unit's cases, a leader's units'; of another post nothing.

    A post of the supervision office answers for no case: whoever holds one finds all of them.
    """
    if post.role == Role.LEADER:
        return led_by(organisation.charges_of([post.pk]).get(post.pk, frozenset()))
    if post.role in (Role.HEAD, Role.LIAISON):
        return led_by(frozenset([post.unit_id]))
    return cases.Case.objects.none()


@transaction.atomic
def pass_on(
    sender: object,  # noqa: ARG001 - the signal's
    *,
    membership: Membership,
    before: Membership,
    by: User | None,
    **_signal: object,
) -> Handing | None:
    """Hand what a post answers for from one holder to the next: the list, and an event in each case on it.

    None where there is nothing to hand over.
    """
    post = membership.post
    last_day = (before.until or membership.since) - timedelta(days=1)
    held = [
        HeldBy(
            person_id=before.user.username,
            post_id=_ref(post),
            start_date=min(before.since, last_day),
            end_date=last_day,
        ),
        HeldBy(person_id=membership.user.username, post_id=_ref(post), start_date=membership.since),
    ]
    states = [_answered(post, cases.kept_state(case)) for case in answers_for(post)]
    found = handover(_ref(post), held, states, on=membership.since)
    if not found.items:
        return None
    for item in found.items:
        cases.hand_on(_pk(item.case), found.details(), by=by)
    return Handing.objects.create(
        key=found.id,
        unit=post.unit,
        post=post,
        from_user=before.user,
        to_user=membership.user,
        day=membership.since,
        items=msgspec.to_builtins(found.items),
        by=by,
    )


def _ref(post: Post) -> str:
    return f"post/{post.pk}"


def _answered(post: Post, state: State) -> State:
    """The state with the post answering in the part of its role, where the case names no post of its own for that."""
    return replace(state, posts={post.role: _ref(post), **state.posts})


def _pk(key: str) -> int:
    return cases.Case.objects.values_list("pk", flat=True).get(key=key)


@transaction.atomic
def merge(
    unit: Unit, successor: Unit | None, day: date, reason: str, *, by: User, standing: Standing
) -> Handing | None:
    """End a unit; its open tasks go over to its successor, each by an event that the rules allow, and its part in others'.

    All of it or nothing. None where there is nothing to hand over.
    Raises InputError where it leads open tasks and has no successor, or one of them is claimed to be done and has to be
    decided first; RefusedError where whoever does it may not hand tasks to another unit.
    """
    leads = list(led_by(frozenset([unit.pk])).exclude(stage__in=cases.ENDED))
    if leads and successor is None:
        raise InputError(
            _("it leads %(count)d open tasks") % {"count": len(leads)},
            where=str(unit),
            todo=_("name the unit that takes them over"),
        )
    stuck = [case for case in leads if case.stage not in _MOVABLE]
    if stuck:
        raise InputError(
            _("some of its tasks wait for a decision: %(keys)s")
            % {"keys": "、".join(case.key for case in stuck[:10])},
            where=str(unit),
            todo=_("check them and close them or send them back, then merge"),
        )
    listed = _list_of(unit, leads, day)
    for case in leads:
        details = Details(lead=successor.key if successor else "", co=_co(case, unit, successor))
        saying = cases.Saying(details=details, reason=reason)
        cases.take(case.pk, Act.TRANSFER, saying, by=by, standing=standing, seen=None)
    for case in _co_open(unit):
        part = Details(part_of=unit.key, part_to=successor.key if successor else "")
        cases.hand_on(case.pk, part, by=by, reason=reason)
    organisation.dissolve(unit, day, successor)
    if not leads:
        return None
    return Handing.objects.create(
        key=listed.id,
        unit=unit,
        successor=successor,
        day=day,
        items=msgspec.to_builtins(listed.items),
        by=by,
    )


def _list_of(unit: Unit, leads: list[cases.Case], day: date) -> Handover:
    """What the unit answers for as lead, as it stands."""
    states = [replace(cases.kept_state(case), posts={"lead": unit.key}) for case in leads]
    return handover(unit.key, [], states, on=day)


def _co_open(unit: Unit) -> QuerySet[cases.Case]:
    """The cases of other units that it has a part in and that are open, or of which something is still followed."""
    return cases.Case.objects.filter(_STANDING, co=unit).order_by("pk")


def _co(case: cases.Case, unit: Unit, successor: Unit | None) -> tuple[str, ...]:
    """The co-units that stay: neither the one that ends nor the one that leads from now on."""
    gone = {unit.pk, successor.pk if successor else 0}
    return tuple(other.key for other in case.co.all() if other.pk not in gone)
