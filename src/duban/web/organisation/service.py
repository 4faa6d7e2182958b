"""The door of organisation: units and posts, who holds them on a day, and what somebody may do by that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.catalogue import bodies
from duban.errors import InputError
from duban.web.access import Held, Role, Standing
from duban.web.organisation.models import Membership, Post, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from duban.web.accounts.service import User

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
    "holders_with",
    "in_charge",
    "leaders_of",
    "lock",
    "post_for",
    "post_names",
    "post_of",
    "relieve",
    "require",
    "standing_of",
    "suggest_units",
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
            Held(
                post=membership.post_id,
                title=membership.post.title,
                unit=membership.post.unit_id,
                unit_key=membership.post.unit.key,
                unit_name=str(membership.post.unit),
                role=Role(membership.post.role),
            )
            for membership in held.order_by("post__unit__order", "post__order", "id")
        )
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


def holders_with(role: Role, on: date | None = None) -> list[Membership]:
    """Who holds posts of this role on that day, whatever the unit."""
    return list(_on(Membership.objects.filter(post__role=role), on or today()).select_related("user"))


def leaders_of(unit: int) -> list[Post]:
    """The leaders' posts that answer for the unit (分管), who answers for the fewest first."""
    posts = Post.objects.filter(role=Role.LEADER, charge=unit)
    counted = Post.objects.filter(pk__in=posts.values("pk")).annotate(width=Count("charge"))
    return list(counted.order_by("width", "order", "pk"))


def in_charge(posts: Iterable[int]) -> set[int]:
    """The units that these leaders' posts answer for."""
    return set(Unit.objects.filter(leaders__in=list(posts)).values_list("pk", flat=True))


def post_for(unit: int | None, to: str) -> str:
    """The post that the ladder means by `to`: `lead.head`, `lead.liaison`, `leader`; "" where there is none."""
    if unit is None:
        return ""
    role = to.removeprefix("lead.")
    if role == Role.LEADER:
        found = next(iter(leaders_of(unit)), None)
    else:
        found = Post.objects.filter(unit=unit, role=role).order_by("order", "pk").first()
    return f"post/{found.pk}" if found else ""


def post_names(keys: Iterable[str]) -> dict[str, str]:
    """The names of posts, by what events name them by ("post/7")."""
    ids = {int(key[5:]): key for key in keys if key.startswith("post/") and key[5:].isdigit()}
    return {ids[post.pk]: str(post) for post in Post.objects.filter(pk__in=ids).select_related("unit")}


def lock(unit: int) -> None:
    """Let nobody else who asks for it go on until this transaction has ended."""
    Unit.objects.select_for_update(no_key=True).filter(pk=unit).values_list("pk").first()


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
