"""The door of organisation: units and posts, who holds them on a day, and what somebody may do by that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max, Q
from django.dispatch import Signal
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
    "changed_hands",
    "charges_of",
    "dissolve",
    "found",
    "held_by",
    "holders",
    "holders_of",
    "holders_with",
    "in_charge",
    "leaders_of",
    "leading_posts",
    "lock",
    "memberships",
    "post_for",
    "post_names",
    "post_of",
    "relieve",
    "rename",
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
    held = held.order_by("post__unit__order", "post__order", "id")
    leading = [membership.post_id for membership in held if membership.post.role == Role.LEADER]
    charges = charges_of(leading) if leading else {}
    return Standing(
        held=tuple(
            _held(membership.post, charges.get(membership.post_id, frozenset())) for membership in held
        )
    )


def charges_of(posts: Iterable[int]) -> dict[int, frozenset[int]]:
    """The units in the charge of each of these posts."""
    found: dict[int, set[int]] = {}
    pairs = Post.charge.through.objects.filter(post__in=set(posts)).values_list("post_id", "unit_id")
    for post, unit in pairs:
        found.setdefault(post, set()).add(unit)
    return {post: frozenset(units_) for post, units_ in found.items()}


def leading_posts(on: date | None = None) -> list[Post]:
    """The posts of leaders, each with who holds it on that day (`holding`)."""
    posts = list(Post.objects.filter(role=Role.LEADER).select_related("unit"))
    held = _on(Membership.objects.filter(post__in=posts), on or today()).select_related("user")
    names: dict[int, list[str]] = {}
    for membership in held:
        names.setdefault(membership.post_id, []).append(str(membership.user.name))
    for post in posts:
        post.holding = "、".join(names.get(post.pk, ()))  # type: ignore[attr-defined]
    return posts


def standing_of_post(post: Post) -> Standing:
    """What the post itself may do, whoever holds it: none once its unit is no more."""
    dissolved = post.unit.dissolved
    if dissolved is not None and dissolved <= today():
        return Standing()
    return Standing(held=(_held(post, charges_of([post.pk]).get(post.pk, frozenset())),))


def _held(post: Post, charge: frozenset[int]) -> Held:
    return Held(
        post=post.pk,
        title=post.title,
        unit=post.unit_id,
        unit_key=post.unit.key,
        unit_name=str(post.unit),
        role=Role(post.role),
        charge=charge,
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


def held_by(people: Iterable[int], on: date | None = None) -> list[Membership]:
    """The posts that these people hold on that day."""
    chosen = Membership.objects.filter(user__in=set(people))
    return list(_on(chosen, on or today()).select_related("user", "post__unit"))


def post_names(refs: Iterable[str]) -> dict[str, str]:
    """What posts are called that events name (post/3)."""
    numbers = {ref.removeprefix("post/"): ref for ref in refs if ref.startswith("post/")}
    posts = Post.objects.filter(pk__in=[one for one in numbers if one.isdigit()]).select_related("unit")
    return {numbers[str(post.pk)]: str(post) for post in posts}


def memberships(on: date | None = None) -> QuerySet[Membership]:
    """Who holds which post on that day (today)."""
    return _on(Membership.objects.all(), on or today())


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


changed_hands = Signal()
"""Sent when a post that somebody had held was given to somebody else: `membership`, `before` (or None), `by` (or None)."""


@transaction.atomic
def appoint(post: Post, user: User, since: date, *, alone: bool = True, by: User | None = None) -> Membership:
    """Give the post to somebody. `alone`: whoever holds it now no longer does from that day.

    What the post answers for passes on with it (`changed_hands`).
    Raises InputError if the day lies before the one on which the present holder began.
    """
    Post.objects.select_for_update().get(pk=post.pk)
    present = list(Membership.objects.filter(post=post, until=None))
    for membership in present:
        if membership.user_id == user.pk:
            return membership
        if alone:
            relieve(membership, since)
    before = Membership.objects.filter(post=post).exclude(user=user).order_by("-until").first()
    membership = Membership.objects.create(post=post, user=user, since=since)
    if alone and before is not None:
        changed_hands.send(Membership, membership=membership, before=before, by=by)
    return membership


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


# --- units that change ------------------------------------------------------------------------------------------------


@transaction.atomic
def rename(unit: Unit, name: str, short: str, day: date) -> Unit:
    """Give the unit another name from that day on; the unit of the old name, which now has been.

    The unit stays what it is: its posts, its work, and what events name it by.
    Raises InputError if another unit has the name, or the day lies before the unit was founded.
    """
    _refuse_taken(name, besides=unit)
    _refuse_before(unit, day)
    former = Unit.objects.create(
        name=unit.name,
        short=unit.short,
        kind=unit.kind,
        parent=unit.parent,
        order=unit.order,
        founded=unit.founded,
        dissolved=day,
        successor=unit,
    )
    unit.name, unit.short, unit.founded = name, short, day
    unit.save(update_fields=["name", "short", "founded"])
    return former


@transaction.atomic
def dissolve(unit: Unit, day: date, successor: Unit | None = None) -> None:
    """End the unit, from that day on; nobody holds a post of it any more, and no leader is in charge of it.

    Leaders in charge of it are from then on in charge of its successor. Its work is to have passed on before.
    Raises InputError if it is dissolved already, the day lies before it was founded, or the successor is none.
    """
    if unit.dissolved:
        raise InputError(_("it is dissolved already"), where=str(unit))
    _refuse_before(unit, day)
    if successor is not None and (successor.dissolved or successor.pk == unit.pk):
        raise InputError(_("the successor is no unit that goes on"), where=str(successor))
    for membership in Membership.objects.filter(post__unit=unit, until=None):
        relieve(membership, max(day, membership.since))
    for post in Post.objects.filter(charge=unit):
        post.charge.remove(unit)
        if successor is not None:
            post.charge.add(successor)
    unit.dissolved, unit.successor = day, successor
    unit.save(update_fields=["dissolved", "successor"])


def found(name: str, short: str, kind: str, parent: Unit | None, founded: date | None) -> Unit:
    """A new unit, the last in order.

    Raises InputError if there is one of that name.
    """
    _refuse_taken(name)
    last = Unit.objects.aggregate(last=Max("order"))["last"] or 0
    body = body_of(name)
    return Unit.objects.create(
        name=name,
        short=short,
        kind=kind,
        parent=parent,
        founded=founded,
        order=last + 1,
        body=body.id if body else "",
    )


def _refuse_taken(name: str, besides: Unit | None = None) -> None:
    there = Unit.objects.filter(name=name, dissolved=None)
    if any(unit != besides for unit in there):
        raise InputError(_("there is a unit of that name"), where=name)


def _refuse_before(unit: Unit, day: date) -> None:
    if unit.founded and day < unit.founded:
        raise InputError(
            _("it has been a unit of that name only since %(since)s") % {"since": unit.founded},
            where=str(unit),
            todo=_("choose a later day"),
        )


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
