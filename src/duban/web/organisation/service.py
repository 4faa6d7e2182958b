"""The door of organisation: units and posts, who holds them on a day, and what somebody may do by that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.catalogue import bodies
from duban.errors import InputError
from duban.web.access import Held, Role, Standing
from duban.web.files import service as files
from duban.web.organisation.models import Membership, Post, Roster, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from duban.web.accounts.service import NewAccount, User
    from duban.web.organisation import roster

__all__ = [
    "Membership",
    "Post",
    "SuggestedUnit",
    "Unit",
    "appoint",
    "body_of",
    "by_key",
    "by_name",
    "holders",
    "holders_of",
    "memberships",
    "post_of",
    "relieve",
    "require",
    "standing_of",
    "standing_of_post",
    "suggest_units",
    "take_roster",
    "unit_names",
    "units",
]


def today() -> date:
    """The day in the installation's time zone."""
    return timezone.localdate()


def standing_of(user: User, on: date | None = None) -> Standing:
    """The posts that the person holds on that day (today), and so what they may do."""
    held = _on(Membership.objects.filter(user=user), on or today()).select_related("post__unit")
    return Standing(
        held=tuple(
            _held(membership.post) for membership in held.order_by("post__unit__order", "post__order", "id")
        )
    )


def standing_of_post(post: Post) -> Standing:
    """What the post itself may do, whoever holds it: none once its unit is no more."""
    dissolved = post.unit.dissolved
    if dissolved is not None and dissolved <= today():
        return Standing()
    return Standing(held=(_held(post),))


def _held(post: Post) -> Held:
    return Held(
        post=post.pk,
        title=post.title,
        unit=post.unit_id,
        unit_key=post.unit.key,
        unit_name=str(post.unit),
        role=Role(post.role),
    )


def require(request: HttpRequest, act: str, units_: Iterable[int]) -> None:
    """Go on only if whoever asks may do the act on what these units have a part in.

    Raises PermissionDenied.
    """
    standing: Standing = request.standing  # type: ignore[attr-defined]
    if not standing.may_on(act, frozenset(units_)):
        raise PermissionDenied(act)


def _on(memberships: QuerySet[Membership], day: date) -> QuerySet[Membership]:
    return memberships.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))


def units(on: date | None = None) -> QuerySet[Unit]:
    """The units that there are on that day (today), in their order."""
    day = on or today()
    return Unit.objects.filter(Q(founded=None) | Q(founded__lte=day)).filter(
        Q(dissolved=None) | Q(dissolved__gt=day)
    )


def unit_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of units, by id: the short one where there is one."""
    return {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=set(ids))}


def by_key(keys: Iterable[str]) -> dict[str, Unit]:
    """Units by what events name them by, dissolved ones too."""
    return {unit.key: unit for unit in Unit.objects.filter(key__in=set(keys))}


def by_name(name: str, on: date | None = None) -> Unit | None:
    """The unit of that name or short name on that day."""
    return units(on).filter(Q(name=name) | Q(short=name)).order_by("order").first()


def holders(units_: Iterable[int], role: Role, on: date | None = None) -> dict[int, list[Membership]]:
    """Who holds posts of this role in the units on that day, by unit."""
    found: dict[int, list[Membership]] = {}
    chosen = Membership.objects.filter(post__unit__in=set(units_), post__role=role)
    for membership in _on(chosen, on or today()).select_related("post", "user"):
        found.setdefault(membership.post.unit_id, []).append(membership)
    return found


def holders_of(post: int, on: date | None = None) -> list[Membership]:
    """Who holds the post on that day."""
    return list(_on(Membership.objects.filter(post=post), on or today()).select_related("user"))


def memberships(on: date | None = None) -> QuerySet[Membership]:
    """Who holds which post on that day (today)."""
    return _on(Membership.objects.all(), on or today())


def post_of(standing: Standing, *roles: Role, units_: frozenset[int] | None = None) -> Held | None:
    """The post in which somebody acts: the first of these roles that they hold, of one of the units if any are named."""
    for role in roles:
        for held in standing.held:
            if held.role is role and (units_ is None or held.unit in units_):
                return held
    return None


# --- who holds what ---------------------------------------------------------------------------------------------------


@transaction.atomic
def appoint(post: Post, user: User, since: date, *, alone: bool = True) -> Membership:
    """Give the post to somebody. `alone`: whoever holds it now no longer does from that day.

    Raises InputError if the day lies before the one on which the present holder began.
    """
    Post.objects.select_for_update().get(pk=post.pk)
    present = list(Membership.objects.filter(post=post, until=None))
    for membership in present:
        if membership.user_id == user.pk:
            return membership
        if alone:
            relieve(membership, since)
    return Membership.objects.create(post=post, user=user, since=since)


def relieve(membership: Membership, day: date) -> None:
    """End a membership: from that day the post is no longer held.

    Raises InputError if it had not begun by then.
    """
    if day < membership.since:
        raise InputError(
            _("%(name)s holds the post only since %(since)s")
            % {"name": membership.user, "since": membership.since},
            where=str(membership.post),
            todo=_("choose a later day"),
        )
    membership.until = day
    membership.save(update_fields=["until"])


# --- a workbook of them ------------------------------------------------------------------------------------------------


@transaction.atomic
def take_roster(
    upload: IO[bytes], name: str, *, by: User, apply: bool
) -> tuple[roster.Check, list[NewAccount]]:
    """A workbook checked against what is there and, where `apply` is set and it has no errors, taken over.

    Raises InputError for a file that is no such workbook.
    """
    from duban.web.organisation import roster

    stored = files.keep(upload, name, purpose="roster", by=by)
    path = files.path_of(stored)
    found = roster.check(path)
    if not apply or found.errors:
        return found, []
    Roster.objects.create(file=stored, by=by, applied=timezone.now())
    return found, roster.apply(path)


# --- whose task it would be -------------------------------------------------------------------------------------------


def body_of(name: str) -> bodies.Body | None:
    """The city's body of that name in the catalogue, if one alone has it."""
    try:
        return bodies.find(name, level=bodies.BodyLevel.CITY)
    except bodies.AmbiguousBodyError:
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class SuggestedUnit:
    """A unit that a text speaks for, and the words that do."""

    unit: Unit
    score: float
    words: tuple[str, ...]


def suggest_units(text: str, of: Iterable[Unit] | None = None) -> list[SuggestedUnit]:
    """The units that the words of the text speak for, the likeliest lead first (`duban.catalogue.bodies.suggest`)."""
    by_body = {unit.body: unit for unit in (units() if of is None else of) if unit.body}
    return [
        SuggestedUnit(unit=by_body[body.id], score=score, words=tuple(reason.word for reason in reasons))
        for body, score, reasons in bodies.suggest(text)
        if body.id in by_body
    ]
